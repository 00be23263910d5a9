"""What becomes of one case folder: its text, its files under new names, its files in other formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.intake.mending.document import Mended, mended, references_of
from generator.intake.mending.names import new_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A case folder as it lies there: paths relative to it, and what converting gave."""

    index: bytes
    files: tuple[str, ...]  # regular files but for index.md, which may be renamed
    reserved: tuple[str, ...] = ()  # links and what is hidden, left alone
    made: Mapping[str, tuple[str, bytes]]  # old path → new suffix and new bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to write: the text (None: in no encoding), and old → new path of every file that moves or is made anew."""

    mended: Mended | None
    moves: Mapping[str, str]
    made: Mapping[str, bytes]  # of the moves: what stands under the new path instead
    changes: tuple[str, ...]
    notes: tuple[str, ...]


def plan_of(contents: Contents, *, takes_private: bool) -> Plan:
    """What mending would do to a folder.

    A file moves only where every reference to it can be changed, and none moves while the text cannot be read.
    """
    suffixes = {old: suffix for old, (suffix, _) in contents.made.items()}
    moves = new_paths(contents.files, suffixes, contents.reserved)
    notes = list(contents.notes)
    text = mended(contents.index, moves, takes_private=takes_private)
    if text is None:
        why = "index.md 不是 UTF-8、UTF-16 或 GBK，或者有几个字节坏了，请找原稿重新保存"
        return Plan(mended=None, moves={}, made={}, changes=(), notes=(*notes, why))
    if not text.is_readable:
        moves = {}
    elif stuck := references_of(text.text) & moves.keys():
        moves = {old: new for old, new in moves.items() if old not in stuck}
        notes += [f"{old} 有一处引用写法少见，没有改名" for old in sorted(stuck)]
        text = mended(contents.index, moves, takes_private=takes_private) or text
    made = {old: contents.made[old][1] for old in moves if old in contents.made}
    told = [f"{'转换' if old in made else '改名'} {old} → {new}" for old, new in sorted(moves.items())]
    return Plan(mended=text, moves=moves, made=made, changes=(*text.changes, *told), notes=(*notes, *text.notes))
