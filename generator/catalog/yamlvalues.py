"""YAML of front matter and of a call → plain values, and on demand the place of each.

Strict: no anchors, no tags, no duplicate keys, no “yes is true”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from generator.catalog.marks import Loc, Mark, UnreadableError, mark_at


def values_of(text: str, first_line: int, known_keys: frozenset[str]) -> dict[str, Any]:
    """The mapping that *text* writes; it begins in *first_line* of its file.

    *known_keys* are the fields whose full-width colon is told apart from prose.

    Raises:
        UnreadableError: it is not YAML, or more of YAML than values need.
    """
    # Each pattern is asked for by what it cannot be without: looking at the head of every line takes as long as the values.
    for found in _WIDE_COLON.finditer(text) if _LETTER_AND_WIDE_COLON.search(text) else ():
        if found.group(1) in known_keys:
            raise UnreadableError("fullwidth-colon", mark_at(text, found.start(2), first_line), key=found.group(1))
    for found in _NO_BLANK.finditer(text) if _TIGHT_COLON.search(text) else ():
        if found.group(1) in known_keys:
            raise UnreadableError("no-blank", mark_at(text, found.end(), first_line), key=found.group(1))
    try:
        values = _values(text)
    except (_DoubtError, yaml.YAMLError):
        values = _built(text, first_line).result  # which says where, and why
    if not isinstance(values, dict):
        raise UnreadableError("not-a-mapping", Mark(first_line, 1))
    return values


def marks_of(text: str, first_line: int) -> Mapping[Loc, Mark]:
    """Where each value of *text*, which could be read, begins; of an empty one or a block, its key."""
    return _built(text, first_line).marks


def _built(text: str, first_line: int) -> _Builder:
    builder = _Builder(first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _explained(error, text, first_line) from error
    return builder


class _DoubtError(Exception):
    """Something that wants a closer look, and its place told."""


def _values(text: str) -> Any:
    """What a `_Builder` would build, without the places: they cost as much again, and few are asked for."""
    loader = _LOADER(text)
    try:
        following = loader.get_event
        following()  # the stream begins
        if type(following()) is yaml.StreamEndEvent:
            return None
        value = _value(following(), following, 1)
        following()  # the document ends
        if type(following()) is not yaml.StreamEndEvent:
            raise _DoubtError
        return value
    finally:
        loader.dispose()


def _value(event: Any, following: Callable[[], Any], depth: int) -> Any:
    kind = type(event)
    if kind not in _STARTS or event.anchor or (event.tag and event.tag != "!") or depth > _DEEPEST:
        raise _DoubtError
    if kind is yaml.ScalarEvent:
        return _plain(event.value) if event.implicit[0] else event.value
    if kind is yaml.SequenceStartEvent:
        items = []
        while type(event := following()) is not yaml.SequenceEndEvent:
            items.append(_value(event, following, depth + 1))
        return items
    mapping: dict[str, Any] = {}
    while type(key := following()) is yaml.ScalarEvent:
        name = key.value.strip()
        if name in mapping or key.anchor or (key.tag and key.tag != "!"):
            raise _DoubtError
        mapping[name] = _value(following(), following, depth + 1)
    if type(key) is not yaml.MappingEndEvent:
        raise _DoubtError
    return mapping


def _explained(error: yaml.YAMLError, text: str, first_line: int) -> UnreadableError:
    """A YAML error as what the editor did: a tab, an unquoted colon, an open quote, or else the parser's words."""
    place = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    mark = _mark_of(place, lines, first_line) if place else Mark(first_line, 1)
    line = lines[mark.line - first_line]
    said = str(getattr(error, "problem", None) or error)
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in said:
        return UnreadableError("tab", Mark(mark.line, line.index("\t") + 1 if "\t" in line else 1))
    if "mapping values are not allowed" in said:
        return UnreadableError("unquoted-colon", mark, key=line.split(":", 1)[0].strip())
    context = getattr(error, "context_mark", None)
    if "found unexpected end of stream" in said and context:
        return UnreadableError("open-quote", _mark_of(context, lines, first_line))
    return UnreadableError("yaml", mark, said=said)


def _mark_of(place: Any, lines: list[str], first_line: int) -> Mark:
    """Where the parser was; what it found missing after the last line is missing at its end."""
    if place.line >= len(lines):
        return Mark(first_line + len(lines) - 1, len(lines[-1]) + 1)
    return Mark(first_line + place.line, place.column + 1)


_WIDE_COLON = re.compile(r"^[ \t]*(?:- )?([A-Za-z_]+)(：)", re.MULTILINE)
_LETTER_AND_WIDE_COLON = re.compile("：(?<=[A-Za-z_]：)")
_TIGHT_COLON = re.compile(r":(?=\S)")
_NO_BLANK = re.compile(r"^([a-z_]+):(?=[^\s])", re.MULTILINE)
_STARTS = frozenset((yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent))
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
                raise UnreadableError("too-deep", self._mark(event))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise UnreadableError("alias", self._mark(event), name=f"*{event.anchor}")
        elif isinstance(event, yaml.DocumentStartEvent) and self.result is not None:
            raise UnreadableError("second-document", self._mark(event))

    def _mark(self, event: Any) -> Mark:
        return Mark(self._first_line + event.start_mark.line, event.start_mark.column + 1)

    def _refuse_reuse(self, event: Any) -> None:
        if event.anchor:
            raise UnreadableError("alias", self._mark(event), name=f"&{event.anchor}")
        if event.tag and event.tag != "!":
            raise UnreadableError("tag", self._mark(event), name=event.tag)

    def _scalar(self, event: Any) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._key[-1] is None:
            mapping, loc = self._open[-1]
            key = event.value.strip()
            if key in mapping:
                first = self.marks[(*loc, key)]
                raise UnreadableError("duplicate-key", self._mark(event), key=key, line=str(first.line))
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
            raise UnreadableError("complex-key", self._mark(event))
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
