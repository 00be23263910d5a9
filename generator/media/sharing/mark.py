"""The mark of the site as outlines: the paths of theme/partials/mark.svg, drawn without a renderer of SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator

BOX = 48.0
"""The side of the square that the paths are drawn in."""

ROOFS = (
    "M24 5c5 5 11 7 19 7-2 4-6 6-11 6H16C11 18 7 16 5 12c8 0 14-2 19-7z",
    "M13 20h22v3c3 1 6 1 9 1-2 4-6 5-10 5H14c-4 0-8-1-10-5 3 0 6 0 9-1z",
    "M15 31h4v6h-4z",
    "M22 31h4v6h-4z",
    "M29 31h4v6h-4z",
)
"""Filled; the last three are one path in the file."""

WAVE = "M4 41c4-3 7-3 10 0s7 3 10 0 7-3 10 0 7 3 10 0"
"""A stroke."""

STROKE = 2.6

Point = tuple[float, float]

_TOKEN = re.compile(r"[MCcSsHhVvZz]|-?(?:\d+\.?\d*|\.\d+)")
_STEPS = 12


def points(path: str) -> tuple[Point, ...]:
    """The outline of one path of M, h, H, v, V, c, C, s and z as points, curves in short straight steps."""
    return tuple(_walked(path))


def _walked(path: str) -> Iterator[Point]:
    tokens = _TOKEN.findall(path)
    at = 0
    command = ""
    x = y = 0.0
    pull: Point | None = None  # the second handle of the last curve

    def take(count: int) -> list[float]:
        nonlocal at
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        return numbers

    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
            if command in "Zz":
                continue
        is_relative = command.islower()
        if command in "Hh":
            x = take(1)[0] + (x if is_relative else 0)
            pull = None
            yield x, y
        elif command in "Vv":
            y = take(1)[0] + (y if is_relative else 0)
            pull = None
            yield x, y
        elif command == "M":
            given = take(2)
            x, y = given[0], given[1]
            yield x, y
        else:
            given = take(6 if command in "Cc" else 4)
            base = (x, y) if is_relative else (0.0, 0.0)
            spots = [(base[0] + given[i], base[1] + given[i + 1]) for i in range(0, len(given), 2)]
            first = spots.pop(0) if command in "Cc" else (2 * x - pull[0], 2 * y - pull[1]) if pull else (x, y)
            second, end = spots
            yield from _curve((x, y), first, second, end)
            (x, y), pull = end, second


def _curve(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (
            a * start[0] + b * first[0] + c * second[0] + d * end[0],
            a * start[1] + b * first[1] + c * second[1] + d * end[1],
        )
