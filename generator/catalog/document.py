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
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

LARGEST_FRONT_MATTER = 256 * 1024
"""Characters. The longest real one has some 6,000."""

Loc = tuple[str | int, ...]
"""The way to a value: ``("videos", 0, "captions")``."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; both count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a document, or a part of it, cannot be read."""

    kind: str  # encoding, unclosed, duplicate-key … ; a rule of family DOC each
    mark: Mark
    facts: tuple[tuple[str, str], ...] = ()
    is_fatal: bool = True  # no value came of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read. After a fatal problem `front` is empty, and so may be the body."""

    front: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[Loc, Mark] = field(default_factory=dict)  # where a value begins; of an empty one or a block, its key
    body: str = ""
    body_line: int = 1  # where the body begins in the file
    front_lines: tuple[int, int] = (1, 1)  # the first line of the front matter, and that of the --- that closes it
    problems: tuple[Problem, ...] = ()

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


class _UnreadableError(Exception):
    def __init__(self, kind: str, mark: Mark, **facts: str) -> None:
        self.problem = Problem(kind=kind, mark=mark, facts=tuple(facts.items()))


def read_document(data: bytes, known_keys: frozenset[str] = frozenset()) -> Document:
    """Front matter and body of a Markdown file.

    *known_keys* are the fields whose full-width colon is told apart from prose.
    """
    problems: list[Problem] = []
    try:
        text = _decoded(data, problems)
        front_text, first_line, body, body_line = _split(text)
        front_lines = (first_line, first_line + front_text.count("\n"))
        front, marks = _values(front_text, first_line=first_line, known_keys=known_keys)
    except _UnreadableError as unreadable:
        return Document(problems=(*problems, unreadable.problem))
    return Document(
        front=front, marks=marks, body=body, body_line=body_line, front_lines=front_lines, problems=tuple(problems)
    )


def read_data(data: bytes) -> Document:
    """A YAML file (campaign.yml, regions.yml) with the same strictness; it has no body."""
    problems: list[Problem] = []
    try:
        front, marks = _values(_decoded(data, problems), first_line=1, known_keys=frozenset())
    except _UnreadableError as unreadable:
        return Document(problems=(*problems, unreadable.problem))
    return Document(front=front, marks=marks, problems=tuple(problems))


def _decoded(data: bytes, problems: list[Problem]) -> str:
    """UTF-8 with line ends of one character; a byte order mark is taken off."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        raise _UnreadableError("empty", Mark(1, 1))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = "UTF-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "GBK"
        raise _UnreadableError("encoding", Mark(line, 1), guess=guess) from error
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(Problem(kind="line-ends", mark=Mark(line, 1), is_fatal=False))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        raise _UnreadableError(
            "control-character", _mark_at(text, control.start()), code=f"U+{ord(control.group()):04X}"
        )
    return text


def _split(text: str) -> tuple[str, int, str, int]:
    """Front matter and its first line, body and its first line."""
    # The handler's own split drops the first line of "---title: x", and does not say how many empty lines it skipped.
    boundary: re.Pattern[str] = YAMLHandler.FM_BOUNDARY
    opening = boundary.match(text)
    if opening is None:
        raise _UnreadableError("no-front-matter", Mark(1, 1))
    closing = boundary.search(text, opening.end())
    if closing is None:
        raise _UnreadableError("unclosed", Mark(1, 1))
    front_text = text[opening.end() + 1 : closing.start()]
    if len(front_text) > LARGEST_FRONT_MATTER:
        raise _UnreadableError("front-matter-too-large", Mark(2, 1), size=str(len(front_text)))
    return front_text, _line_of(text, opening.end() + 1), text[closing.end() :], _line_of(text, closing.end())


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _mark_at(text: str, offset: int, first_line: int = 1) -> Mark:
    return Mark(first_line + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _values(text: str, first_line: int, known_keys: frozenset[str]) -> tuple[dict[str, Any], dict[Loc, Mark]]:
    for found in re.finditer(r"^[ \t]*(?:- )?([A-Za-z_]+)(：)", text, re.MULTILINE):
        if found.group(1) in known_keys:
            raise _UnreadableError("fullwidth-colon", _mark_at(text, found.start(2), first_line), key=found.group(1))
    for found in re.finditer(r"^([a-z_]+):(?=[^\s])", text, re.MULTILINE):
        if found.group(1) in known_keys:
            raise _UnreadableError("no-blank", _mark_at(text, found.end(), first_line), key=found.group(1))
    builder = _Builder(first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _explained(error, text, first_line) from error
    if not isinstance(builder.result, dict):
        raise _UnreadableError("not-a-mapping", Mark(first_line, 1))
    return builder.result, builder.marks


def _explained(error: yaml.YAMLError, text: str, first_line: int) -> _UnreadableError:
    """A YAML error as what the editor did: a tab, an unquoted colon, an open quote, or else the parser's words."""
    place = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    mark = _mark_of(place, lines, first_line) if place else Mark(first_line, 1)
    line = lines[mark.line - first_line]
    said = str(getattr(error, "problem", None) or error)
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in said:
        return _UnreadableError("tab", Mark(mark.line, line.index("\t") + 1 if "\t" in line else 1))
    if "mapping values are not allowed" in said:
        return _UnreadableError("unquoted-colon", mark, key=line.split(":", 1)[0].strip())
    context = getattr(error, "context_mark", None)
    if "found unexpected end of stream" in said and context:
        return _UnreadableError("open-quote", _mark_of(context, lines, first_line))
    return _UnreadableError("yaml", mark, said=said)


def _mark_of(place: Any, lines: list[str], first_line: int) -> Mark:
    """Where the parser was; what it found missing after the last line is missing at its end."""
    if place.line >= len(lines):
        return Mark(first_line + len(lines) - 1, len(lines[-1]) + 1)
    return Mark(first_line + place.line, place.column + 1)


# What nobody sees: C0 and C1 without tab and line feed, the separators that YAML takes for the end of a line, and a
# byte order mark inside the file, which the parser swallows where a line begins, so that columns behind it are wrong.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class _Builder:
    """YAML events → plain values and marks, refusing what makes YAML surprising or dangerous."""

    def __init__(self, first_line: int) -> None:
        self.result: Any = None
        self.marks: dict[Loc, Mark] = {}
        self._first_line = first_line
        self._open: list[tuple[Any, Loc]] = []  # containers around the next value, outermost first
        self._key: list[str | None] = []  # for each of them: the key that waits for its value

    def take(self, event: Any) -> None:
        """The next event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_reuse(event)
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_reuse(event)
            container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            loc = self._put(container, event)
            self._open.append((container, loc))
            self._key.append(None)
            if len(self._open) > _DEEPEST:
                raise _UnreadableError("too-deep", self._mark(event))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _UnreadableError("alias", self._mark(event), name=f"*{event.anchor}")
        elif isinstance(event, yaml.DocumentStartEvent) and self.result is not None:
            raise _UnreadableError("second-document", self._mark(event))

    def _mark(self, event: Any) -> Mark:
        return Mark(self._first_line + event.start_mark.line, event.start_mark.column + 1)

    def _refuse_reuse(self, event: Any) -> None:
        if event.anchor:
            raise _UnreadableError("alias", self._mark(event), name=f"&{event.anchor}")
        if event.tag and event.tag != "!":
            raise _UnreadableError("tag", self._mark(event), name=event.tag)

    def _scalar(self, event: Any) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            mapping, loc = self._open[-1]
            key = event.value.strip()
            if key in mapping:
                first = self.marks[(*loc, key)]
                raise _UnreadableError("duplicate-key", self._mark(event), key=key, line=str(first.line))
            self._key[-1] = key
            self.marks[(*loc, key)] = self._mark(event)
            return
        self._put(_plain(event.value) if event.implicit[0] else event.value, event)

    def _put(self, value: Any, event: Any) -> Loc:
        if not self._open:
            self.result = value
            return ()
        container, around = self._open[-1]
        if isinstance(container, list):
            loc: Loc = (*around, len(container))
            container.append(value)
            self.marks[loc] = self._mark(event)
            return loc
        key = self._key[-1]
        if key is None:
            raise _UnreadableError("complex-key", self._mark(event))
        self._key[-1] = None
        container[key] = value
        if _begins_itself(event):
            self.marks[(*around, key)] = self._mark(event)
        return (*around, key)


def _begins_itself(event: Any) -> bool:
    """Whether a value has a place of its own; one left empty has none, and a block begins with its first entry."""
    if isinstance(event, yaml.ScalarEvent):
        return bool(event.value) or not event.implicit[0]
    return bool(event.flow_style)


def _plain(text: str) -> Any:
    """What an unquoted scalar means: null, true, false, a number, or itself. Dates stay texts.

    So does a number that would be written otherwise afterwards (3.10, +5): it may be a title.
    """
    if text in _WORDS:
        return _WORDS[text]
    number: int | float | None = None
    if _INTEGER.fullmatch(text):
        number = int(text)
    elif _FLOAT.fullmatch(text):
        number = float(text)
    return text if number is None or str(number) != text else number
