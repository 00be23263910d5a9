"""Frame + page → HTML, remembered by everything that it shows."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.catalog.body import path_of
from generator.errors import RenderError
from generator.pages import sizes
from generator.pages.chrome import Frame
from generator.pages.folder import with_file_names
from generator.pages.head import head
from generator.pages.leaving import way_out
from generator.pages.links import Found, Leads, found_in, leads_of
from generator.pages.markup import ELSEWHERE, Article, article
from generator.pages.media_views import PictureView
from generator.pages.site_facts import SiteFacts
from generator.pages.views import Page, TextView
from generator.store import Store, digest_of_file, key_of

ROOM = "pages"
"""The room of the store that holds pages, and beside each where it leads."""

LEADS_SUFFIX = ".links"

_MAKERS = (
    "render.py", "markup.py", "sizes.py", "leaving.py",
    "head.py", "linked_data.py", "subject.py", "site_facts.py", "links.py", "folder.py",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The pages of the site as files of the store, and how many of them were made now."""

    files: Mapping[str, Path]  # path under the site → file
    keys: Mapping[str, str]  # path under the site → what the page is remembered under
    sources: Mapping[str, str]  # path under the site → what to edit where the page is wrong
    made: int


def render(pages: Iterable[Page], frame: Frame, templates_dir: Path, site: SiteFacts, store: Store) -> Rendered:
    """Every page as a file of *store*; what was rendered before from the same values is not rendered again.

    Raises:
        RenderError: a template is broken, or two pages claim one address.
    """
    renderer = _Renderer(frame, templates_dir, site)
    files: dict[str, Path] = {}
    keys: dict[str, str] = {}
    sources: dict[str, str] = {}
    made = 0
    for page in pages:
        if page.path in files:
            raise RenderError(f"两个页面使用同一个地址 {page.path}")
        key = keys[page.path] = key_of(renderer.version, page)
        path = store.find(ROOM, key, ".html")
        if path is None:
            text, leads = renderer.made(page)
            # First where it leads: of a build that was killed no page is left without.
            store.keep(ROOM, key, leads.as_json().encode(), LEADS_SUFFIX)
            path = store.keep(ROOM, key, text.encode(), ".html")
            made += 1
        files[page.path] = path
        is_prose = isinstance(page.view, TextView) and page.url != "404.html"
        sources[page.path] = f" {page.url.strip('/')}.md" if is_prose else f"模板 {page.template}"
    return Rendered(files=files, keys=keys, sources=sources, made=made)


_NO_PICTURES: Mapping[str, PictureView] = {}
_NO_FILES: Mapping[str, str] = {}


class _Renderer:
    """Templates and frame, loaded once for a run."""

    def __init__(self, frame: Frame, templates_dir: Path, site: SiteFacts) -> None:
        self._frame = frame
        self._site = site
        self._found: dict[str, Found] = {}  # of the frame, by the way to the root
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates_dir),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(day=day, duration=duration, filesize=filesize, way_out=way_out)
        self._environment.globals.update(
            site=site,
            sizes=sizes,
            script=frame.scripts.__getitem__,
            elsewhere=Markup(ELSEWHERE),  # noqa: S704
        )
        self._macros: Any = self._environment.get_template("macros.html").module
        here = Path(__file__).parent
        self.version = key_of(
            frame.digest,
            [(path.name, digest_of_file(path)) for path in sorted(templates_dir.glob("*.html"))],
            [digest_of_file(here / name) for name in _MAKERS],
            site,
        )

    def made(self, page: Page) -> tuple[str, Leads]:
        """The page whole, and where it leads."""
        root = "" if page.url == "" else "../" * (page.path.count("/"))
        if self._site.preview == "folder":
            root = root or "./"  # an empty address would name no file
        elif page.url == "404.html":
            root = self._site.path  # it answers at any depth

        is_ours = isinstance(page.view, TextView)

        def markdown(
            text: str,
            base: str,
            pictures: Mapping[str, PictureView] = _NO_PICTURES,
            files: Mapping[str, str] = _NO_FILES,
        ) -> Article:
            def resolve(target: str) -> str | None:
                if is_ours:  # the pages of prose belong to the site: they lead where they say, or fail
                    return base + target.removeprefix("/") if target.startswith("/") else target
                name = files.get(path_of(target))
                return f"{base}media/{name}" if name else None

            def leave(address: str) -> str | None:
                way = way_out(address)
                return f"{base}{way}" if way else None

            if is_ours:
                return article(text, pictures, lambda view: str(self._macros.plain(view, base)), resolve, leave)
            return _without_dead_anchors(article(text, pictures, lambda view: self._drawn(view, base), resolve, leave))

        try:
            main = self._environment.get_template(page.template).render(
                page=page, view=page.view, root=root, markdown=markdown
            )
        except jinja2.TemplateError as error:
            raise RenderError(f"模板 {page.template} 有误：{error}") from error
        title = f"{page.title} - {self._site.name}" if page.title else self._site.name
        if self._site.preview:
            title = f"【预览】{title}"
        holes = {
            "root": root or "./",
            "title": html.escape(title),
            "description": html.escape(page.description),
            "head": "\n".join(head(page, root, self._site)),
            "main": main,
            "scripts": "\n".join(
                f'<script src="{root}{self._frame.scripts[name]}" defer></script>' for name in page.scripts
            ),
        }
        if "standing" in page.extra:
            holes["standing"] = html.escape(f"这个案例：{page.extra['standing']}。")
        if page.section:
            holes[f"current-{page.section}"] = ' aria-current="page"'
        own = "\n".join((holes["head"], main, holes["scripts"]))
        text = self._frame.fill(holes)
        if self._site.preview == "folder":
            text = with_file_names(text)
        return text, leads_of(own, page.path, self._site, self._found_in_frame(holes["root"]))

    def _found_in_frame(self, root: str) -> Found:
        if root not in self._found:
            self._found[root] = found_in(self._frame.fill({"root": root}))
        return self._found[root]

    def _drawn(self, view: PictureView, root: str) -> str:
        draw = self._macros.enlarging
        told = sizes.in_text(view.width_px, view.height_px)
        return str(draw(view, root, told, size=sizes.whole(view.width_px, view.height_px)))


_TO_ANCHOR = re.compile(r'<a href="#([^"]*)"')


def _without_dead_anchors(made: Article) -> Article:
    """Contributed text without links to places that it does not have; its editor was told by LNK006."""
    if '<a href="#' not in made.html:
        return made
    ids = set(re.findall(r' id="([^"]*)"', made.html))
    return dataclasses.replace(
        made, html=_TO_ANCHOR.sub(lambda found: found.group(0) if found.group(1) in ids else "<a", made.html)
    )


def day(date: str) -> str:
    """“2021-10-18” → “2021年10月18日”."""
    parts = date.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def duration(seconds: float) -> str:
    """“1分23秒”; under a minute only seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}分{rest:02}秒" if minutes else f"{rest}秒"


def filesize(size_bytes: int) -> Markup:
    """“1.2 MB” or “345 KB”, decimal, as file managers show it."""
    text = f"{size_bytes / 1_000_000:.1f} MB" if size_bytes >= 1_000_000 else f"{max(1, size_bytes // 1000)} KB"
    return Markup(text.replace(" ", "&nbsp;"))  # noqa: S704
