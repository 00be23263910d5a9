"""What is private in all that a case says and brings, and where it stands: front matter, text, files and their names."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.catalog.document import Document
from generator.catalog.facts import Facts
from generator.catalog.marks import Loc, Mark, mark_at
from generator.catalog.submission import Submission
from generator.check.diagnostics import InBody, Text
from generator.check.privacy import PrivateDatum, scan
from generator.check.references import beginning, places

Place = Loc | Mark | InBody
# Nothing private reaches over it: neither a number broken over lines nor a word and what it is a word for.
_BETWEEN_VALUES = "\n。\n"
_COMMENT = re.compile(r"#(?<![^\s]#)[^\n]*")
# What may stand between two signs that are shown side by side. It gives nothing back, so that a hostile text costs no time.
_MARKUP = r"(?:\](?:\([^()\n]{0,200}\)|\[[^\[\]\n]{0,60}\])|<[^<>\n]{0,60}>|&#?\w{1,8};|[\W_]){0,12}+"
_ENOUGH_WORDS = 4
"""Characters before a datum by which its line is told from others."""
_TEXT = Text("正文", "the text")


@dataclass(frozen=True, slots=True)
class Placed:
    """A private datum, its place, and the place in words: “in …”."""

    datum: PrivateDatum
    at: Place
    where: Text


def in_submission(submission: Submission) -> Iterator[Placed]:
    """Everything private in *submission*, in the order of a reader."""
    yield from in_front(submission.document)
    yield from _in_body(submission)
    yield from _in_files(submission)


def in_front(document: Document) -> Iterator[Placed]:
    """What is private in values, and in comments, which are as public as the rest of the file."""
    known = set()
    for loc, datum in _in_values(document.front):
        known.add((datum.kind, datum.masked))
        name = str(next((part for part in loc if isinstance(part, str)), ""))
        yield Placed(datum, loc, Text(f"信息区 {name} ", name))
    for comment, mark in _comments(document):
        for datum in scan(comment):
            if (datum.kind, datum.masked) not in known:
                at = Mark(mark.line, mark.column + datum.offset)
                yield Placed(datum, at, Text("信息区的注释", "a comment of the front matter"))


def _in_values(front: Any) -> Iterator[tuple[Loc, PrivateDatum]]:
    """What is private in any value. All are looked through at once: two hundred short texts would cost ten times as much."""
    locs, starts, texts, length = list[Loc](), list[int](), list[str](), 0
    for loc, text in _strings(front):
        locs.append(loc)
        starts.append(length)
        texts.append(text)
        length += len(text) + len(_BETWEEN_VALUES)
    for datum in scan(_BETWEEN_VALUES.join(texts)):
        yield locs[bisect.bisect_right(starts, datum.offset) - 1], datum


def _in_body(submission: Submission) -> Iterator[Placed]:
    """The text as written, with its places; then as shown, for what markup or entities tear apart."""
    markdown = submission.document.body
    written = scan(markdown)
    for datum in written:
        yield Placed(datum, InBody(mark_at(markdown, datum.offset)), _TEXT)
    known = {(datum.kind, datum.masked) for datum in written}
    shown = _only_shown(submission.body.text, markdown)
    for datum in scan(shown):
        if (datum.kind, datum.masked) not in known:
            yield Placed(datum, _written_at(datum, shown, markdown) or beginning(submission.document), _TEXT)


def _written_at(datum: PrivateDatum, shown: str, markdown: str) -> InBody | None:
    """Where *markdown* writes what stands in *shown*: its signs with markup between them, else the line of the words before."""
    signs = [sign for sign in shown[datum.offset : datum.end] if sign.isalnum()]
    pattern = re.compile(rf"(?<![0-9A-Za-z]){_MARKUP.join(map(re.escape, signs))}(?![0-9A-Za-z])")
    if found := pattern.search(markdown):
        return InBody(mark_at(markdown, found.start()))
    before = shown[shown.rfind("\n", 0, datum.offset) + 1 : datum.offset]
    words = "".join(filter(str.isalnum, before))[-_ENOUGH_WORDS:]
    for number, line in enumerate(markdown.split("\n"), 1):
        if len(words) == _ENOUGH_WORDS and words in "".join(filter(str.isalnum, line)):
            return InBody(Mark(number, 1))
    return None


def _only_shown(text: str, markdown: str) -> str:
    """The lines of *text* that do not stand so in *markdown*: the others were looked through there."""
    written = set(markdown.split("\n"))
    return "\n".join(line for line in text.split("\n") if line not in written)


def _in_files(submission: Submission) -> Iterator[Placed]:
    """What files hold, and what they are called: a name is as public as a text."""
    named = places(submission)
    for entry in submission.files:
        for datum in scan(entry.path):
            yield Placed(datum, named.get(entry.path, ()), Text(f"文件名 {entry.path} ", f"the name of {entry.path}"))
    for path, facts in submission.facts.items():
        for datum in scan(_words_of(facts)):
            yield Placed(datum, named.get(path, ()), Text(f"{path} ", path))


def _words_of(facts: Facts) -> str:
    if facts.document:
        return "\n".join((facts.document.text, *(value for _, value in facts.document.properties)))
    if facts.picture:
        return facts.picture.words
    return facts.caption.text if facts.caption else ""


def _strings(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every scalar inside *value* as text, with the way to it; numbers count, for a phone may be written as one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*loc, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _strings(inner, (*loc, i))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield loc, str(value)


def _comments(document: Document) -> Iterator[tuple[str, Mark]]:
    """What follows a “#” behind a blank; inside quotes that is no comment, which costs a second look at it."""
    text = document.front_text
    for found in _COMMENT.finditer(text) if "#" in text else ():
        yield found.group(), mark_at(text, found.start(), document.front_lines[0])
