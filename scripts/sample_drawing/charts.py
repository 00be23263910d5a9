"""Bar and line charts with Chinese labels, as a report would print them."""

from __future__ import annotations

import math
import random
import re

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import SERIES, WHITE, Colour, darker, lighter
from sample_drawing.subject import Subject

INK: Colour = (40, 48, 66)
PALE_INK: Colour = (118, 128, 146)
GRID: Colour = (228, 232, 240)


def written(value: float) -> str:
    """*value* as people write it: no needless decimals, thousands apart."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def unit_of(title: str) -> str:
    """What stands in the last brackets of *title* (％, 人, 节 …), or nothing."""
    found = re.findall(r"[（(]([^（）()]{1,6})[）)]", title)
    return found[-1] if found else ""


def ceiling(subject: Subject) -> tuple[float, float]:
    """A round top for the axis above all values, 100 at most for shares, and the step of its grid."""
    highest = max((*subject.values, 1e-9))
    is_share = unit_of(subject.title) in ("%", "％") and highest <= 100
    top = min(highest * 1.12, 100) if is_share else highest * 1.12
    step = 10 ** math.floor(math.log10(top))
    for factor in (0.2, 0.25, 0.5, 1, 2):
        if top / (step * factor) <= 6:
            step *= factor
            break
    return math.ceil(top / step) * step, step


def _frame(canvas: Canvas, subject: Subject, theme: Colour) -> tuple[float, float, float, float]:
    """Ground, title and grid; returns the plot as (left, top, right, bottom)."""
    w, h = canvas.width, canvas.height
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], (250, 251, 254), (240, 244, 250))
    canvas.soft([[(50, 60), (w - 44, 60), (w - 44, h - 40), (50, h - 40)]], 14, (90, 110, 150), 0.22)
    canvas.rounded((44, 44, w - 44, h - 44), 26, WHITE)
    canvas.rounded((92, 92, 104, 150), 6, theme)
    canvas.text(
        128, 121, subject.title, canvas.fitted(subject.title, 50, w - 330, bold=True), INK, anchor="lm", bold=True
    )
    plot = (190.0, 250.0, w - 120, h - 170)
    top, step = ceiling(subject)
    unit = unit_of(subject.title)
    if unit:
        canvas.text(plot[0] - 22, plot[1] - 62, f"单位：{unit}", 26, PALE_INK, anchor="lm")
    level = 0.0
    while level <= top * 1.0001:
        y = plot[3] - (plot[3] - plot[1]) * level / top
        canvas.stroke([(plot[0], y), (plot[2], y)], 2, GRID if level else (170, 178, 192))
        canvas.text(plot[0] - 22, y, written(round(level, 4)), 26, PALE_INK, anchor="rm")
        level += step
    return plot


def _axis_label(canvas: Canvas, x: float, y: float, label: str, room: float) -> None:
    size = canvas.fitted(label, 32, room * 1.7)
    lines = canvas.wrapped(label, size, room) if canvas.text_width(label, size) > room else [label]
    for index, line in enumerate(lines[:2]):
        canvas.text(x, y + index * size * 1.2, line, size, INK)


def _measured(subject: Subject, rng: random.Random) -> Subject:
    """*subject*, or the twelve months of a year's temperatures when its plan has no numbers."""
    if subject.values:
        return subject
    values = tuple(round(17 - 11.5 * math.cos(month / 12 * 6.283) + rng.uniform(-1, 1), 1) for month in range(12))
    return Subject(title=subject.title, labels=tuple(f"{month + 1}月" for month in range(12)), values=values)


def draw_bar_chart(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """One bar for each label, the highest in full colour."""
    subject = _measured(subject, rng)
    theme = rng.choice(SERIES)
    left, top, right, bottom = _frame(canvas, subject, theme)
    ceiling_value, _ = ceiling(subject)
    count = len(subject.values)
    cell = (right - left) / max(count, 1)
    wide = min(cell * 0.52, 130)
    is_many = rng.random() < 0.4
    highest = max(subject.values)
    for index, (label, value) in enumerate(zip(subject.labels, subject.values, strict=True)):
        x = left + cell * (index + 0.5)
        y = bottom - (bottom - top) * value / ceiling_value
        colour = SERIES[index % len(SERIES)] if is_many else (theme if value == highest else lighter(theme, 0.35))
        radius = min(14, max(bottom - y, 1) / 2)
        canvas.rounded((x - wide / 2, y, x + wide / 2, bottom), radius, colour)
        if bottom - y > 30:
            body = [
                (x - wide / 2, y + radius),
                (x + wide / 2, y + radius),
                (x + wide / 2, bottom),
                (x - wide / 2, bottom),
            ]
            canvas.gradient(body, colour, lighter(colour, 0.22))
        canvas.text(x, y - 28, written(value), 34, darker(colour, 0.3), bold=True)
        _axis_label(canvas, x, bottom + 42, label, cell * 0.94)
    canvas.stroke([(left, bottom), (right, bottom)], 3, (150, 160, 176))


def draw_line_chart(canvas: Canvas, subject: Subject, rng: random.Random, *, shown: int | None = None) -> None:
    """One line through all values, or the first *shown*, over a pale area, each point with its number."""
    subject = _measured(subject, rng)
    theme = rng.choice(SERIES)
    left, top, right, bottom = _frame(canvas, subject, theme)
    ceiling_value, _ = ceiling(subject)
    cell = (right - left) / max(len(subject.values), 1)
    points: list[Point] = [
        (left + cell * (index + 0.5), bottom - (bottom - top) * value / ceiling_value)
        for index, value in enumerate(subject.values[:shown])
    ]
    canvas.gradient(
        [*points, (points[-1][0], bottom), (points[0][0], bottom)],
        lighter(theme, 0.4),
        lighter(theme, 0.9),
        alpha=(0.8, 0.25),
    )
    canvas.stroke(points, 8, theme)
    for (x, y), label, value in zip(points, subject.labels, subject.values, strict=False):
        canvas.stroke([(x, y), (x, bottom)], 1.6, lighter(theme, 0.6))
        canvas.ellipse(x, y, 15, 15, theme)
        canvas.ellipse(x, y, 8.5, 8.5, WHITE)
        words = written(value)
        half = canvas.text_width(words, 32, bold=True) / 2 + 16
        canvas.rounded((x - half, y - 74, x + half, y - 26), 12, darker(theme, 0.12))
        canvas.text(x, y - 51, words, 32, WHITE, bold=True)
        _axis_label(canvas, x, bottom + 42, label, cell * 0.94)
