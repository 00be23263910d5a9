"""An index.md as its editor saved it → the same, mended, with what was changed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalog import case
from generator.catalog.body import read_body
from generator.catalog.case import Case
from generator.catalog.document import Document, read_document
from generator.catalog.marks import Loc
from generator.catalog.values import Value
from generator.check.fieldnames import known_names
from generator.check.references import lead_of
from generator.intake.mending.encoding import decoded
from generator.intake.mending.lines import Fields, mended_lines
from generator.intake.mending.marked import Marked, PrivateField, mended_marks
from generator.intake.mending.references import redirected
from generator.intake.mending.spans import front_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A text after mending; `changes` and `notes` are Chinese. Only a `is_readable` one had its references followed."""

    text: str
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    private: tuple[PrivateField, ...] = ()
    is_readable: bool = False


def mended(data: bytes, renames: Mapping[str, str], *, takes_private: bool = False) -> Mended | None:
    """What becomes of the bytes of an index.md, where files are renamed as *renames* says; None: in no encoding.

    Every value that could be read before can be read after, and is the same, but for dates, names of files and
    private fields; so are the words of the body. Mending twice is mending once.
    """
    text = decoded(data)
    if text.why_not:
        return None
    changes = list(text.changes)
    front = front_of(text.text)
    if front is None:
        return Mended(text=text.text, changes=text.changes, notes=("没有信息区，信息区和正文没有动",))
    head, inside, body = text.text[: front[0]], text.text[front[0] : front[1]], text.text[front[1] :]
    if not _read(text.text).is_readable:
        inside, told = mended_lines(inside, FIELDS)
        changes += told
    read = _read(head + inside + body)
    if not read.is_readable:
        note = f"信息区第 {read.problems[-1].mark.line} 行还读不出来（运行 check 看原因），日期、引用和文件名没有动"
        return Mended(text=head + inside + body, changes=tuple(changes), notes=(note,))
    marked = mended_marks(inside, renames, takes_private=takes_private)
    end = body.find("\n")
    new_body, redirections = redirected(body[end:], renames) if end >= 0 else ("", ())
    whole = head + marked.text + body[: end if end >= 0 else None] + new_body
    if not _keeps(read, _read(whole), marked):
        note = "信息区的写法太少见，日期、引用和文件名没有动"
        return Mended(text=head + inside + body, changes=tuple(changes), notes=(note,))
    changes += [*marked.changes, *(f"正文里的 {old} → {renames[old]}" for old in redirections)]
    return Mended(
        text=whole,
        changes=tuple(dict.fromkeys(changes)),
        notes=tuple(
            f"个人信息“{one.name}”不能留在信息区：用 --private-out 指定仓库以外的文件移出去，或者手工删去"
            for one in marked.private
            if not one.is_removed
        ),
        private=marked.private,
        is_readable=True,
    )


def references_of(text: str) -> frozenset[str]:
    """Every path that a readable text leads to: each text of its front matter, every picture and link of its body."""
    read = _read(text)
    body = read_body(read.body)
    leads = (lead_of(one.target) for one in (*body.images, *body.links))
    values = (value for _, value in _scalars(read.front, ()) if isinstance(value, str) and value)
    return frozenset(posixpath.normpath(value) for value in values) | {one.path for one in leads if one.kind == "file"}


def _read(text: str) -> Document:
    return read_document(text.encode("utf-8", "replace"), FIELDS.all)


def _keeps(before: Document, after: Document, marked: Marked) -> bool:
    """Whether what was not meant to change did not."""
    if not after.is_readable:
        return False
    old, new = dict(_scalars(before.front, ())), dict(_scalars(after.front, ()))
    return all(
        loc in new and new[loc] == value
        for loc, value in old.items()
        if not any(loc[: len(touched)] == touched for touched in marked.touched)
    )


def _scalars(value: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*loc, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _scalars(inner, (*loc, i))
    else:
        yield loc, value


def _fields() -> Fields:
    """The names of all fields of a case, and of those whose values are one text."""
    every, containers = set[str](), set[str]()
    waiting: list[Loc] = [()]
    while waiting:
        around = waiting.pop()
        for name in known_names(Case, around):
            every.add(name)
            if known_names(Case, (*around, name)):
                containers.add(name)
                waiting.append((*around, name))
    models = [one for one in vars(case).values() if isinstance(one, type) and issubclass(one, Value)]
    lists = {name for model in models for name, field in model.model_fields.items() if "tuple" in str(field.annotation)}
    # “unit” is a mapping of a case and a text of an author: as a text it is never quoted.
    return Fields(frozenset(every), frozenset(every - containers - lists))


FIELDS = _fields()
