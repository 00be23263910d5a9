"""No page of the site leads to nothing, or there is no new site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from generator.errors import RenderError
from generator.pages.links import DeadLink, Leads, dead_links
from generator.pages.render import LEADS_SUFFIX, ROOM, Rendered
from generator.store import Store, digest_of_file, key_of

_SHOWN = 10
_SOURCES = 3


def require_no_dead_links(rendered: Rendered, files: Collection[str], store: Store) -> None:
    """Every address on every page of *rendered* is answered by one of *files* (paths under the site).

    What contributors wrote cannot fail here: their links to nothing are diagnostics of their case (LNK), and pages
    leave them out. Where pages and files are those of an earlier build that passed, nothing is read.

    Raises:
        RenderError: something leads to nothing: which page, to where, and what to mend.
    """
    pages = rendered.keys
    for key in pages.values():
        store.path(ROOM, key, LEADS_SUFFIX)  # named, so that no sweep takes it
    passed = key_of("links", digest_of_file(Path(__file__).with_name("links.py")), dict(pages), sorted(files))
    if store.find(ROOM, passed, ".passed"):
        return
    leads = {path: _leads(key, store) for path, key in pages.items()}
    ids = {path: lead.ids for path, lead in leads.items()}
    dead = list(dead_links(leads, files, ids))
    if dead:
        raise RenderError(_told(dead, rendered.sources))
    store.keep(ROOM, passed, b"", ".passed")


def _leads(key: str, store: Store) -> Leads:
    told = store.read(ROOM, key, LEADS_SUFFIX)
    if told is None:
        raise RenderError("缓存目录里缺少页面的链接记录，可能有人删了文件；请删除整个 .showcase/store 再生成一次")
    return Leads.of_json(told.decode())


def _told(dead: list[DeadLink], sources: Mapping[str, str]) -> str:
    """By target: one wrong line of a template stands on many pages, one of the frame on all."""
    pages: dict[str, list[str]] = {}
    for one in dead:
        pages.setdefault(one.target, []).append(one.page)
    lines = []
    for target, where in list(pages.items())[:_SHOWN]:
        to_mend = sorted({sources[page] for page in where})
        at = f"页面 {_address(where[0])}" + (f" 等 {len(where)} 个" if len(where) > 1 else "")
        mend = "、".join(to_mend) if len(to_mend) <= _SOURCES else "页面框架（theme 里的 frame.html 和 partials）"
        lines.append(f"  {at}指向 {_address(target)}；请改正{mend}")
    more = [f"  ……另有 {len(pages) - _SHOWN} 处"] if len(pages) > _SHOWN else []
    return "\n".join(["有站内链接没有对应的页面、文件或位置，网站没有更新：", *lines, *more])


def _address(path: str) -> str:
    """As people write it: /about/, /about/#place."""
    file, mark, place = path.partition("#")
    return f"/{file.removesuffix('index.html')}{mark}{place}"
