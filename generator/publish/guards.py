"""What is not published unless somebody insists: a shrunken site, a search that lacks cases, a withdrawn case come back.

Values in, values out. A broken night makes all of these, and each looks like a success to everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.release import Content, Manifest, Standing

_SHOWN = 10


def reference(standing: Standing) -> Manifest | None:
    """What a new site is measured by: the live release, or the newest one where the live one has lost its manifest."""
    newest = max(standing.manifests, default="")
    return standing.manifests.get(standing.current or "") or standing.manifests.get(newest)


def newly_withdrawn(census: Census, live: Manifest | None) -> frozenset[str]:
    """The cases that *live* shows and *census* calls withdrawn."""
    return census.withdrawn & live.census.told.keys() if live else frozenset()


def refuse_shrunken(
    files: Mapping[str, Content], census: Census, live: Manifest | None, *, max_lost_percent: int
) -> None:
    """Stops a site that has lost more than *max_lost_percent* of the pages of *live*.

    A withdrawal is meant: its page answers still, and the lists that go with it are allowed for by the share of the
    withdrawn among the cases of *live*.

    Raises:
        PublishError: it has; says which, why that may be, and what to do.
    """
    if live is None:
        return
    pages = {path for path in live.files if path.endswith(".html")}
    lost = pages - files.keys()
    withdrawn = len(newly_withdrawn(census, live))
    cases = max(1, len(live.census.told))
    # Without fractions: lost / pages > max_lost_percent / 100 + withdrawn / cases.
    if len(lost) * 100 * cases <= len(pages) * (max_lost_percent * cases + withdrawn * 100):
        return
    addresses = {path.removesuffix("index.html") for path in lost}
    lost_cases = addresses & live.census.cases.keys()
    raise PublishError(
        f"新网站比线上少了 {len(lost)} 个页面（线上 {len(pages)} 个，少了 {len(lost) / len(pages):.1%}），"
        f"超过了允许的 {max_lost_percent}%，没有发布，线上网站没有变化\n"
        + _rows(f"少了的案例 {len(lost_cases)} 个", lost_cases)
        + _rows(f"少了的其他页面 {len(addresses - lost_cases)} 个", addresses - lost_cases)
        + f"  这次撤回的案例 {withdrawn} 个：撤回是有意的，不算在里面\n"
        "  可能的原因：案例有错误、暂不展示（运行 showcase check 查看）；案例目录被删掉或改了名而没有写 aliases；"
        "案例没有取全（git pull）；模板改错了\n"
        "  请先查明原因，再发布。确实要少这么多，就在发布命令后面加 --force；"
        "以后都要放宽，就改 mkdocs.yml 的 max_lost_percent"
    )


def refuse_short_index(census: Census, indexed: frozenset[str] | None) -> None:
    """Stops a site whose search finds fewer cases than it has; *indexed* are those it finds, None: it has no index.

    Raises:
        PublishError: it does; says which.
    """
    missing = census.cases.keys() - (indexed or frozenset())
    if not missing:
        return
    what = "网站没有能读的搜索索引" if indexed is None else f"搜索索引里只有 {len(census.cases) - len(missing)} 个案例"
    raise PublishError(
        f"{what}，网站有 {len(census.cases)} 个，没有发布，线上网站没有变化\n"
        + _rows(f"搜不到的案例 {len(missing)} 个", missing)
        + "  可能的原因：生成时被打断，磁盘坏了，或者有人改过 site/\n"
        "  请重新运行 showcase build，再发布。一定要照现在这样发布，就在发布命令后面加 --force"
    )


def refuse_returned(census: Census, live: Manifest | None) -> None:
    """Stops a case that *live* calls withdrawn and that is shown again: more often an old branch than a change of mind.

    Raises:
        PublishError: there is one; says which.
    """
    returned = census.told.keys() & live.census.withdrawn if live else frozenset()
    if returned:
        raise PublishError(
            "线上已经撤回的案例又出现了，没有发布，线上网站没有变化\n"
            + _rows(f"又出现的案例 {len(returned)} 个", returned)
            + "  可能的原因：有人合并了撤回以前的旧分支，或者仓库退回了旧的提交\n"
            "  请编辑把它的 status 改回“已撤回”。作者重新同意公开，就在发布命令后面加 --force，只要一次"
        )


def _rows(head: str, addresses: Iterable[str]) -> str:
    found = sorted(addresses)
    if not found:
        return ""
    rows = [f"  {head}：", *(f"    {address}" for address in found[:_SHOWN])]
    if len(found) > _SHOWN:
        rows.append(f"    另有 {len(found) - _SHOWN} 个")
    return "\n".join(rows) + "\n"
