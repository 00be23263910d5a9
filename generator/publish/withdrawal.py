"""Withdrawal is final: which releases hold a case that is withdrawn now. Values in, values out.

A case's words stand in lists, feeds, tables, other pages' recommendations, shards of the search index: no release can be
rid of them file by file and be shown to be. So a release that holds the case goes as a whole; docs/adr/0007.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.errors import PublishError
from generator.publish.census import Census
from generator.publish.release import Content, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What has to go, so that no way back brings a withdrawn case back."""

    releases: tuple[str, ...]  # oldest first; never the live one
    cases: tuple[str, ...]  # the withdrawn addresses that they hold, sorted
    files: int  # files of theirs that no other release names
    bytes: int


def purge_of(standing: Standing, withdrawn: Iterable[str], site: Mapping[str, Content] | None = None) -> Purge:
    """What has to go from *standing* for the addresses of *withdrawn*.

    *site* is what will be live beside it; None: it is live already. The live release is never among them: what is live
    was made after the withdrawal, or will be replaced first.
    """
    gone = _with_former(withdrawn, (manifest.census for manifest in standing.manifests.values()))
    held = {name: gone & manifest.census.told.keys() for name, manifest in standing.manifests.items()}
    names = sorted(name for name, cases in held.items() if cases and (name != standing.current or site is not None))
    kept = {content for name in standing.manifests.keys() - set(names) for content in _contents(standing, name)}
    kept |= set(site.values()) if site else set()
    lost = {content for name in names for content in _contents(standing, name)} - kept
    return Purge(
        releases=tuple(names),
        cases=tuple(sorted(set().union(*(held[name] for name in names)))),
        files=len(lost),
        bytes=sum(content.bytes for content in lost),
    )


def refuse_withdrawn(standing: Standing, name: str) -> None:
    """Stops the way back to a release with a case that the newest one calls withdrawn: its purge was broken off.

    Raises:
        PublishError: release *name* holds one.
    """
    newest = standing.manifests[max(standing.manifests)]
    gone = _with_former(newest.census.withdrawn, (manifest.census for manifest in standing.manifests.values()))
    if name != standing.current and (held := sorted(gone & standing.manifests[name].census.told.keys())):
        raise PublishError(
            f"版本 {name} 里有已撤回的案例 {'、'.join(held[:10])}，不能切回；线上网站没有变化。"
            "请再运行一次 showcase publish，它会清除这样的版本"
        )


def _with_former(withdrawn: Iterable[str], censuses: Iterable[Census]) -> frozenset[str]:
    """*withdrawn*, and every address that one of those cases had before it was renamed, as far as any release knows."""
    former: dict[str, set[str]] = {}
    for census in censuses:
        for address, old in census.told.items():
            former.setdefault(address, set()).update(old)
    found: set[str] = set()
    left = list(withdrawn)
    while left:
        address = left.pop()
        if address not in found:
            found.add(address)
            left += former.get(address, ())
    return frozenset(found)


def _contents(standing: Standing, name: str) -> Iterable[Content]:
    return standing.manifests[name].files.values()
