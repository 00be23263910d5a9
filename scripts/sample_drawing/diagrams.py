"""Diagrams: boxes in order, joined by arrows, in one row or winding through several."""

from __future__ import annotations

import itertools
import math
import random

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import SERIES, WHITE, Colour, darker, lighter, mix
from sample_drawing.subject import Subject


def draw_diagram(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A box for each label; the way through them winds back and forth when they do not fit in one row."""
    w, h = canvas.width, canvas.height
    theme = rng.choice(SERIES[:5])
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(theme, 0.95), lighter(theme, 0.86))
    for _ in range(3):
        canvas.ellipse(rng.uniform(0, w), rng.uniform(0, h), 260, 260, lighter(theme, 0.8), 0.35)
    size = canvas.fitted(subject.title, 58, w * 0.84, bold=True)
    canvas.text(w / 2, 110, subject.title, size, darker(theme, 0.5), bold=True)
    canvas.rounded((w / 2 - 70, 166, w / 2 + 70, 176), 5, (246, 180, 70))
    boxes = _places(canvas, len(subject.labels))
    for first, second in itertools.pairwise(boxes):
        _arrow(canvas, first, second, darker(theme, 0.1))
    for index, (box, label) in enumerate(zip(boxes, subject.labels, strict=True)):
        _box(canvas, box, label, index, mix(SERIES[index % 8], theme, 0.35))


def _places(canvas: Canvas, count: int) -> list[tuple[float, float, float, float]]:
    """The boxes (left, top, right, bottom) for *count* labels, winding from the upper left."""
    is_upright = canvas.height > canvas.width
    columns = min(count, 2 if is_upright else 4 if count > 5 or count == 4 else count)
    rows = math.ceil(count / max(columns, 1))
    top, low = 230.0, canvas.height - 60
    cell_w, cell_h = (canvas.width - 100) / max(columns, 1), (low - top) / max(rows, 1)
    wide, tall = cell_w * 0.78, min(cell_h * 0.66, 340)
    boxes = []
    for index in range(count):
        row, column = divmod(index, columns)
        if row % 2:
            column = columns - 1 - column
        x, y = 50 + cell_w * (column + 0.5), top + cell_h * (row + 0.5)
        boxes.append((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    return boxes


def _box(canvas: Canvas, box: tuple[float, float, float, float], label: str, index: int, colour: Colour) -> None:
    left, top, right, bottom = box
    canvas.soft(
        [[(left + 4, top + 10), (right, top + 10), (right, bottom + 10), (left + 4, bottom + 10)]],
        12,
        darker(colour, 0.4),
        0.3,
    )
    canvas.rounded(box, 24, WHITE)
    canvas.rounded(box, 24, None, edge=lighter(colour, 0.3), edge_width=4)
    canvas.ellipse((left + right) / 2, top, 36, 36, colour)
    canvas.text((left + right) / 2, top - 1, str(index + 1), 38, WHITE, bold=True)
    size = 42.0
    while True:
        lines = canvas.wrapped(label, size, right - left - 44, bold=True)
        if len(lines) * size * 1.35 <= bottom - top - 66 or size < 20:
            break
        size -= 2
    middle = (top + 24 + bottom) / 2
    for row, line in enumerate(lines):
        canvas.text(
            (left + right) / 2, middle + (row - (len(lines) - 1) / 2) * size * 1.35, line, size, (44, 52, 70), bold=True
        )


def _arrow(
    canvas: Canvas, first: tuple[float, float, float, float], second: tuple[float, float, float, float], colour: Colour
) -> None:
    a: Point
    b: Point
    if abs(first[1] - second[1]) < 5:
        y = (first[1] + first[3]) / 2
        a, b = (
            ((first[2] + 10, y), (second[0] - 12, y))
            if first[0] < second[0]
            else ((first[0] - 10, y), (second[2] + 12, y))
        )
    else:
        x = (first[0] + first[2]) / 2
        a, b = (x, first[3] + 10), (x, second[1] - 46)
    canvas.stroke([a, b], 8, colour)
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    wings = [(b[0] - 26 * math.cos(turn + side), b[1] - 26 * math.sin(turn + side)) for side in (-0.6, 0.6)]
    canvas.polygon([(b[0] + 8 * math.cos(turn), b[1] + 8 * math.sin(turn)), *wings], colour)


def draw_tree(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """The first label above, the next ones below it, and under those as many points as the last label's numeral says."""
    w, h = canvas.width, canvas.height
    theme = rng.choice(SERIES[:5])
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(theme, 0.95), lighter(theme, 0.86))
    canvas.text(
        w / 2, 90, subject.title, canvas.fitted(subject.title, 54, w * 0.84, bold=True), darker(theme, 0.5), bold=True
    )
    lead, middle, last = subject.labels[0], subject.labels[1:-1], subject.labels[-1]
    count = "零一二三四五六七八九十".find(last[:1])
    each, more = divmod(max(count, len(middle)), len(middle))
    root = (w / 2, 232.0)
    for index, name in enumerate(middle):
        x, y = w * (index + 0.5) / len(middle), 500.0
        points = each + (1 if index < more else 0)
        canvas.stroke([(root[0], root[1] + 50), (root[0], 350), (x, 350), (x, y - 60)], 6, lighter(theme, 0.25))
        for point in range(points):
            px, py = x + (point - (points - 1) / 2) * min(w / len(middle) / points, 190), 790.0
            canvas.stroke([(x, y + 60), (x, 650), (px, 650), (px, py - 50)], 4, lighter(SERIES[(index + 1) % 8], 0.3))
            canvas.ellipse(px, py, 58, 58, lighter(SERIES[(index + 1) % 8], 0.15))
            canvas.text(px, py - 2, "教学点", 32, WHITE, bold=True)
        _leaf(canvas, x, y, min(w / len(middle) * 0.8, 430), name, SERIES[(index + 1) % 8])
    _leaf(canvas, *root, 520, lead, theme)
    canvas.text(w / 2, 920, last, 36, darker(theme, 0.4))


def _leaf(canvas: Canvas, x: float, y: float, wide: float, label: str, colour: Colour) -> None:
    box = (x - wide / 2, y - 58, x + wide / 2, y + 58)
    canvas.soft(
        [[(box[0], box[1] + 10), (box[2], box[1] + 10), (box[2], box[3] + 8), (box[0], box[3] + 8)]],
        12,
        darker(colour, 0.5),
        0.3,
    )
    canvas.rounded(box, 26, colour)
    canvas.text(x, y - 2, label, canvas.fitted(label, 44, wide - 50, bold=True), WHITE, bold=True)
