"""A front matter that can be read, mended at the marks of its values: dates, names of files, private fields."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.catalog.case import Case
from generator.catalog.marks import Loc
from generator.check.fieldnames import is_private, known_names
from generator.intake.mending.spans import Span, spans_of

_DAYS = frozenset({("published",), ("updated",), ("consent", "date")})
_MONTHS = frozenset({("period", "from"), ("period", "to")})
_FILE_FIELDS = frozenset({"file", "captions", "poster"})
_DATE = re.compile(r"\s*(\d{4})\s*(?:[年./-]\s*(\d{1,2})\s*(?:[月./-]\s*(?:(\d{1,2})\s*[日号]?)?)?|年)?\s*")
_FLOW_KEY = re.compile(r"[“]?([A-Za-z_]+)[”]?[:：]\s*(\S.*)", re.DOTALL)
_WITH_NOUGHT = re.compile(r"0\d+")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters from *start* to before *end* become *new*."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class PrivateField:
    """A field that belongs in the office's register: its way in words, and what stands there."""

    name: str
    content: str
    is_removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A front matter after its edits. `touched` are the values that are meant to be others, or gone, by their ways."""

    text: str
    changes: tuple[str, ...] = ()
    private: tuple[PrivateField, ...] = ()
    touched: frozenset[Loc] = frozenset()


def applied(text: str, edits: list[Edit]) -> str:
    """*text* after *edits*, of which one that reaches into the one before it is left out."""
    pieces, done = list[str](), 0
    for edit in sorted(edits):
        if edit.start >= done:
            pieces += [text[done : edit.start], edit.new]
            done = edit.end
    return "".join([*pieces, text[done:]])


def mended_marks(front: str, renames: Mapping[str, str], *, takes_private: bool) -> Marked:
    """*front* with dates as 2021-03-05, references to *renames* (old → new), and without private fields if so wanted."""
    spans = spans_of(front)
    edits, changes, touched = list[Edit](), list[str](), set[Loc]()
    private = list[PrivateField]()
    for span in spans:
        loc, words = span.loc, ".".join(str(part) for part in span.loc if isinstance(part, str))
        if any(loc[: len(gone)] == gone for gone in touched):
            continue
        if span.key_end > span.key_start and _is_private(loc):
            edit = _without(front, span, spans) if takes_private else None
            private.append(PrivateField(words, front[span.start : span.end].strip(), is_removed=edit is not None))
            if edit:
                edits.append(edit)
                touched.add(loc)
                changes.append(f"个人信息“{words}”移出信息区")
        elif new := _new_key(front, span):
            edits.append(Edit(span.key_start, span.key_end, new))
            touched.add(loc)
            changes.append(f"括号里的中文冒号改为英文冒号，并加空格：{words.split('.')[-1][:12]}")
        elif span.text is not None and (new := _new_value(span, renames)) is not None:
            edits.append(Edit(span.start, span.end, new))
            if new.strip("\"'") != span.text:
                touched.add(loc)
                changes.append(f"{words}：{span.text} → {new.strip(chr(34) + chr(39))}")
            else:
                changes.append(f"给内容加上引号：{words}")
    return Marked(
        text=applied(front, edits), changes=tuple(changes), private=tuple(private), touched=frozenset(touched)
    )


def _is_private(loc: Loc) -> bool:
    name = str(loc[-1])
    known = known_names(Case, loc[:-1])
    return bool(known) and name not in known and is_private(name)


def _new_key(front: str, span: Span) -> str | None:
    """``{name：x}`` is a name without a value; what was meant."""
    if not (span.is_in_flow and span.text == "" and not span.quote and isinstance(span.loc[-1], str)):
        return None
    meant = _FLOW_KEY.fullmatch(front[span.key_start : span.key_end])
    return f"{meant[1]}: {meant[2]}" if meant and meant[1] in known_names(Case, span.loc[:-1]) else None


def _new_value(span: Span, renames: Mapping[str, str]) -> str | None:
    text = span.text or ""
    new = text
    if span.loc in _DAYS:
        new = _day(text) or text
    elif span.loc in _MONTHS:
        new = _day(text) or _month(text) or text
    elif span.loc == ("cover",) or (span.loc[-1] in _FILE_FIELDS and len(span.loc) == 3):
        new = renames.get(posixpath.normpath(text), text)
    if new != text:
        return None if span.quote in ("|", ">") else span.quote + new + span.quote
    return f'"{text}"' if not span.quote and _WITH_NOUGHT.fullmatch(text) else None


def _day(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if not found or not found[3]:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _month(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if not found or found[3]:
        return None
    if found[2]:
        return f"{found[1]}-{int(found[2]):02}" if 1 <= int(found[2]) <= 12 else None
    return found[1] if "年" in text else None


def _siblings(span: Span, spans: list[Span]) -> Iterator[Span]:
    return (one for one in spans if one.loc[:-1] == span.loc[:-1] and len(one.loc) == len(span.loc))


def _without(front: str, span: Span, spans: list[Span]) -> Edit | None:
    """What takes an entry away and leaves its neighbours as they are; None where it is the only one."""
    others = list(_siblings(span, spans))
    at = others.index(span)
    following = others[at + 1] if at + 1 < len(others) else None
    if len(others) == 1:
        return None
    if span.is_in_flow:
        if following and at == 0:
            return Edit(span.key_start, following.key_start, "")
        return Edit(others[at - 1].end, span.end, "") if at else None
    line_start = front.rfind("\n", 0, span.key_start) + 1
    if front[line_start : span.key_start].strip():  # behind the dash of an item
        return Edit(span.key_start, following.key_start, "") if following else None
    end = span.end if front[span.end - 1 : span.end] == "\n" else front.find("\n", span.end) + 1
    return Edit(line_start, end or len(front), "")
