"""What a publication would change, counted by kind of file. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.publish.release import Content, Manifest
from generator.publish.withdrawal import Purge

KINDS = ("页面", "媒体", "搜索", "数据", "样式和脚本")
"""What files are to people, in the order in which they are told."""

_DATA = (".json", ".csv", ".xml", ".xlsx", ".docx", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Some files."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What would become of the files of a kind."""

    new: Count
    changed: Count  # bytes as they would be
    gone: Count  # bytes as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a publication would do, as far as can be told without writing."""

    changes: Mapping[str, Change]  # by kind, in the order of `KINDS`; kinds without a change are left out
    unchanged: Count
    purge: Purge
    withdrawn: int  # cases that the live release shows and this site calls withdrawn
    removed: tuple[str, ...]  # releases beyond the last that are kept, oldest first
    is_new: bool  # no: the live release is this very site
    has_way_back: bool  # a release to go back to is left afterwards
    refusal: str | None  # why it would not be published


def kind_of(path: str) -> str:
    """The kind of a file of the site, one of `KINDS`."""
    if path.endswith(".html"):
        return "页面"
    if path.startswith("media/"):
        return "媒体"
    if path.startswith("search/"):
        return "搜索"
    return "数据" if path.endswith(_DATA) and not path.startswith("assets/") else "样式和脚本"


def changes(files: Mapping[str, Content], live: Manifest | None) -> tuple[dict[str, Change], Count]:
    """What becomes new, other and gone when *files* take the place of *live*, by kind; and what stays as it is."""
    before = live.files if live else {}
    new = files.keys() - before.keys()
    gone = before.keys() - files.keys()
    changed = {path for path, content in files.items() if path in before and before[path] != content}
    found = {
        kind: Change(
            new=_count(files[path] for path in new if kind_of(path) == kind),
            changed=_count(files[path] for path in changed if kind_of(path) == kind),
            gone=_count(before[path] for path in gone if kind_of(path) == kind),
        )
        for kind in KINDS
    }
    told = {
        kind: change for kind, change in found.items() if change != Change(new=Count(), changed=Count(), gone=Count())
    }
    return told, _count(content for path, content in files.items() if path not in new and path not in changed)


def _count(contents: Iterable[Content]) -> Count:
    sizes = [content.bytes for content in contents]
    return Count(files=len(sizes), bytes=sum(sizes))
