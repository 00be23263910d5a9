"""The numbers and bullets that Word draws: counted as Word counts them, paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.intake.numerals import numeral
from generator.intake.parts import Element, W, at, is_on, value_of

_LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands before a paragraph: its words ("（一）", "3.", or "" for a bullet), and how deep in its list."""

    text: str
    depth: int
    is_bullet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    form: str
    text: str
    start: int
    is_legal: bool  # all numbers in Arabic figures
    restart: int | None  # None: after any level above; 0: never


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file. It counts: paragraphs must be asked about in their order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        for one in () if root is None else root.iterchildren(W + "abstractNum"):
            self._lists[one.get(W + "abstractNumId", "")] = _List(dict(_levels(one)))
        for one in () if root is None else root.iterchildren(W + "num"):
            self._read(one)

    def _read(self, num: Element) -> None:
        num_id = num.get(W + "numId", "")
        self._nums[num_id] = value_of(num, "abstractNumId") or ""
        for override in num.iterchildren(W + "lvlOverride"):
            depth = _number(override.get(W + "ilvl"), 0)
            start = value_of(override, "startOverride")
            if start is not None:
                self._starts.setdefault(num_id, {})[depth] = _number(start, 1)
            level = at(override, "lvl")
            if level is not None:
                self._own.setdefault(num_id, {})[depth] = _level(level)

    def label(self, num_id: str | None, depth: int | None) -> Label | None:
        """The label of the next paragraph of that list; None where there is none."""
        found = self._lists.get(self._nums.get(num_id or "", ""))
        depth = min(max(depth or 0, 0), _LEVELS - 1)
        if found is None or num_id is None:
            return None
        levels = {**found.levels, **self._own.get(num_id, {})}
        level = levels.get(depth)
        if level is None:
            return None
        if level.form == "bullet":
            return Label(text="", depth=depth, is_bullet=True)
        self._count(found, levels, num_id, depth)
        return Label(text=_written(levels, found.counts, depth), depth=depth, is_bullet=False)

    def _count(self, found: _List, levels: dict[int, _Level], num_id: str, depth: int) -> None:
        # Lists of one pattern count on, one after the other; one that says where it begins does so once.
        for at_depth, start in self._starts.pop(num_id, {}).items():
            found.counts[at_depth] = start - 1
        start = levels[depth].start
        found.counts[depth] = found.counts.get(depth, start - 1) + 1
        for above in range(depth):
            found.counts.setdefault(above, levels[above].start if above in levels else 1)
        for deeper in [one for one in found.counts if one > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart > 0 and depth < restart):
                del found.counts[deeper]


def _levels(abstract: Element) -> list[tuple[int, _Level]]:
    return [(_number(one.get(W + "ilvl"), 0), _level(one)) for one in abstract.iterchildren(W + "lvl")]


def _level(one: Element) -> _Level:
    restart = value_of(one, "lvlRestart")
    return _Level(
        form=value_of(one, "numFmt") or "decimal",
        text=value_of(one, "lvlText") or "",
        start=_number(value_of(one, "start"), 1),
        is_legal=bool(is_on(one, "isLgl")),
        restart=None if restart is None else _number(restart, 0),
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _written(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    is_legal = levels[depth].is_legal

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        form = "decimal" if is_legal or place not in levels else levels[place].form
        return numeral(counts.get(place, 1), form)

    return re.sub(r"%([1-9])", number, levels[depth].text)
