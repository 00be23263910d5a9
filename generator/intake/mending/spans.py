"""Where every key and every value of a readable front matter stands, as offsets into its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.catalog.marks import Loc

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An entry of a mapping, or an item of a list (which has no key: both its offsets are the value's start)."""

    loc: Loc
    key_start: int
    key_end: int
    start: int
    end: int
    text: str | None  # of a scalar; None of what holds others
    quote: str  # the sign around it: ' or ", | and > of a block, nothing of a plain one
    is_in_flow: bool  # inside { } or [ ]


def front_of(text: str) -> tuple[int, int] | None:
    """From where to where the front matter stands in *text*, as the reader cuts it; None where there is none."""
    opening = YAMLHandler.FM_BOUNDARY.match(text)
    closing = opening and YAMLHandler.FM_BOUNDARY.search(text, opening.end())
    if not opening or not closing:
        return None
    return min(opening.end() + 1, closing.start()), closing.start()


def spans_of(front: str) -> list[Span]:
    """Every entry and item of *front*, which can be read, in the order of their beginnings."""
    starts = [0]
    for line in front.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    walk = _Walk([_Event(one, starts, len(front)) for one in yaml.parse(front, Loader=_LOADER)])
    return sorted(walk.all(), key=lambda span: (span.key_start, -span.end))


class _Event:
    def __init__(self, event: Any, starts: list[int], length: int) -> None:
        self.is_scalar = isinstance(event, yaml.ScalarEvent)
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.is_list = isinstance(event, yaml.SequenceStartEvent)
        self.is_end = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        self.is_flow = bool(getattr(event, "flow_style", False))
        self.value = getattr(event, "value", "")
        self.quote = getattr(event, "style", None) or ""
        self.start: int = min(starts[event.start_mark.line] + event.start_mark.column, length)
        self.end: int = min(starts[event.end_mark.line] + event.end_mark.column, length)


class _Walk:
    def __init__(self, events: list[_Event]) -> None:
        self._events = [one for one in events if one.is_scalar or one.is_mapping or one.is_list or one.is_end]
        self._at = 0
        self._spans: list[Span] = []

    def all(self) -> Iterator[Span]:
        if self._events:
            self._node((), None, is_in_flow=False)
        return iter(self._spans)

    def _node(self, loc: Loc, key: _Event | None, *, is_in_flow: bool) -> int:
        """Takes the node that comes next; where its last sign stands."""
        first = self._events[self._at]
        self._at += 1
        end = first.end
        inner_flow = is_in_flow or first.is_flow
        number = 0
        while not first.is_scalar:
            if self._events[self._at].is_end:
                # The end of a block is told where the next thing begins, beyond comments and empty lines.
                end = self._events[self._at].end if first.is_flow else end
                self._at += 1
                break
            inner_key = None
            if first.is_mapping:
                inner_key = self._events[self._at]
                self._at += 1
            part: str | int = inner_key.value.strip() if inner_key else number
            number += 1
            end = max(end, self._node((*loc, part), inner_key, is_in_flow=inner_flow))
        self._spans.append(
            Span(
                loc=loc,
                key_start=key.start if key else first.start,
                key_end=key.end if key else first.start,
                start=first.start,
                end=end,
                text=first.value if first.is_scalar else None,
                quote=first.quote,
                is_in_flow=is_in_flow,
            )
        )
        return end
