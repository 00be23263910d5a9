"""Text of a case or a call → front matter whose every value knows its line and column, and a body.

Strict where MkDocs is lenient (a broken front matter is printed into the page there, and a byte
order mark makes it vanish): no anchors, no tags, no duplicate keys, no “yes is true”; what cannot
be read is a `Problem`, never an exception, and never half a value.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from generator.catalog.marks import Loc, Mark, Problem, UnreadableError, mark_at
from generator.catalog.yamlvalues import marks_of, values_of

LARGEST_FRONT_MATTER = 256 * 1024
"""Characters. The longest real one has some 6,000."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as read. After a fatal problem `front` is empty, and so may be the body."""

    front: Mapping[str, Any] = field(default_factory=dict)
    front_text: str = ""  # what the values were read from
    body: str = ""
    body_line: int = 1  # where the body begins in the file
    front_lines: tuple[int, int] = (1, 1)  # the first line of the front matter, and that of the --- that closes it
    problems: tuple[Problem, ...] = ()

    @cached_property
    def marks(self) -> Mapping[Loc, Mark]:
        """Where each value begins; of an empty one or a block, its key. Found when somebody asks: most have no fault."""
        return marks_of(self.front_text, self.front_lines[0]) if self.front else {}

    @property
    def is_readable(self) -> bool:
        """Whether the front matter could be read whole."""
        return not any(problem.is_fatal for problem in self.problems)

    def mark(self, loc: Loc) -> Mark:
        """The place of the value at *loc*, or of the nearest one around it that stands in the file."""
        for end in range(len(loc), 0, -1):
            if mark := self.marks.get(loc[:end]):
                return mark
        return Mark(1, 1)


def read_document(
    data: bytes,
    known_keys: frozenset[str] = frozenset(),
    only: re.Pattern[str] | None = None,
    front: Mapping[str, Any] | None = None,
) -> Document:
    """Front matter and body of a Markdown file.

    *known_keys* are the fields whose full-width colon is told apart from prose. With *only* nothing of the front matter is
    read but what it finds there; the lines of such a document are not those of its file. *front* are the values of the
    same bytes, where they were read already.
    """
    problems: list[Problem] = []
    try:
        text = _decoded(data, problems)
        front_text, first_line, body, body_line = _split(text)
        if only:
            front_text = "".join(only.findall(f"{front_text}\n"))
        front_lines = (first_line, first_line + front_text.count("\n"))
        if front is None:
            front = values_of(front_text, first_line=first_line, known_keys=known_keys)
    except UnreadableError as unreadable:
        return Document(problems=(*problems, unreadable.problem))
    return Document(
        front=front,
        front_text=front_text,
        body=body,
        body_line=body_line,
        front_lines=front_lines,
        problems=tuple(problems),
    )


def read_data(data: bytes) -> Document:
    """A YAML file (campaign.yml, regions.yml) with the same strictness; it has no body."""
    problems: list[Problem] = []
    try:
        text = _decoded(data, problems)
        front = values_of(text, first_line=1, known_keys=frozenset())
    except UnreadableError as unreadable:
        return Document(problems=(*problems, unreadable.problem))
    return Document(front=front, front_text=text, problems=tuple(problems))


def _decoded(data: bytes, problems: list[Problem]) -> str:
    """UTF-8 with line ends of one character; a byte order mark is taken off."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        raise UnreadableError("empty", Mark(1, 1))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = "UTF-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "GBK"
        raise UnreadableError("encoding", Mark(line, 1), guess=guess) from error
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(Problem(kind="line-ends", mark=Mark(line, 1), is_fatal=False))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        raise UnreadableError("control-character", mark_at(text, control.start()), code=f"U+{ord(control.group()):04X}")
    return text


def _split(text: str) -> tuple[str, int, str, int]:
    """Front matter and its first line, body and its first line."""
    # The handler's own split drops the first line of "---title: x", and does not say how many empty lines it skipped.
    boundary: re.Pattern[str] = YAMLHandler.FM_BOUNDARY
    opening = boundary.match(text)
    if opening is None:
        raise UnreadableError("no-front-matter", Mark(1, 1))
    closing = _closing(text, opening.end(), boundary)
    if closing is None:
        raise UnreadableError("unclosed", Mark(1, 1))
    front_text = text[opening.end() + 1 : closing.start()]
    if len(front_text) > LARGEST_FRONT_MATTER:
        raise UnreadableError("front-matter-too-large", Mark(2, 1), size=str(len(front_text)))
    return front_text, _line_of(text, opening.end() + 1), text[closing.end() :], _line_of(text, closing.end())


def _closing(text: str, start: int, boundary: re.Pattern[str]) -> re.Match[str] | None:
    """The first line of hyphens from *start* on, looked for by its hyphens: a head of a line is found a character at a time."""
    at = text.find("\n---", start)
    while at >= 0:
        if closing := boundary.match(text, at + 1):
            return closing
        at = text.find("\n---", at + 1)
    return None


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


# What nobody sees: C0 and C1 without tab and line feed, the separators that YAML takes for the end of a line, and a
# byte order mark inside the file, which the parser swallows where a line begins, so that columns behind it are wrong.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
