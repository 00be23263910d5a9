"""Data boards as an education office puts on its wall: figures on top, curves and shares below."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from sample_drawing.canvas import Canvas, Point
from sample_drawing.charts import written
from sample_drawing.colour import SERIES, WHITE, Colour, darker, lighter, mix
from sample_drawing.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Skin:
    """The colours of a board, by day or by night."""

    ground: tuple[Colour, Colour]
    card: Colour
    ink: Colour
    pale: Colour
    line: Colour
    is_dark: bool


NIGHT = Skin(
    ground=((10, 22, 52), (14, 34, 74)),
    card=(20, 42, 88),
    ink=(232, 242, 255),
    pale=(146, 172, 214),
    line=(44, 74, 128),
    is_dark=True,
)
DAY = Skin(
    ground=((240, 244, 250), (232, 238, 247)),
    card=WHITE,
    ink=(38, 48, 70),
    pale=(120, 132, 152),
    line=(226, 231, 240),
    is_dark=False,
)


def draw_dashboard(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A card for each label with its value; below them a curve of the weeks, a ring of shares and bars."""
    skin = rng.choice((NIGHT, DAY))
    w, h = canvas.width, canvas.height
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], *skin.ground)
    _header(canvas, subject.title, skin)
    labels, values = subject.labels[:8], subject.values[:8]
    rows = 1 if len(labels) <= 5 else 2
    columns = math.ceil(len(labels) / rows)
    wide = (w - 60 - 24 * (columns + 1)) / max(columns, 1)
    tall = 170 if rows == 1 else 138
    for index, (label, value) in enumerate(zip(labels, values, strict=True)):
        row, column = divmod(index, columns)
        left, top = 54 + column * (wide + 24), 150 + row * (tall + 22)
        _figure(canvas, (left, top, left + wide, top + tall), label, value, skin, SERIES[index % 8], rng)
    top = 150 + rows * (tall + 22) + 4
    cut = w * (0.5 if w > h else 0.96)
    _curve_card(canvas, (54, top, cut, h - 40 if w > h else top + 420), skin, rng)
    if w > h:
        _ring_card(canvas, (cut + 24, top, w * 0.74, h - 40), values, skin)
        _bars_card(canvas, (w * 0.74 + 24, top, w - 54, h - 40), _compared(subject, rng), skin)
    else:
        _bars_card(canvas, (54, top + 444, w - 54, h - 40), _compared(subject, rng), skin)


def _header(canvas: Canvas, title: str, skin: Skin) -> None:
    w = canvas.width
    if skin.is_dark:
        canvas.gradient([(0, 0), (w, 0), (w, 112), (0, 112)], (24, 60, 128), (14, 34, 78))
        for sign in (-1, 1):
            canvas.stroke(
                [(w / 2 + sign * 330, 96), (w / 2 + sign * 380, 66), (w / 2 + sign * w * 0.42, 66)], 3, (70, 170, 250)
            )
        canvas.text(w / 2, 58, title, canvas.fitted(title, 50, 620, bold=True), skin.ink, bold=True)
    else:
        canvas.rectangle(0, 0, w, 112, WHITE)
        canvas.rounded((54, 30, 106, 82), 14, (46, 110, 200))
        canvas.stroke([(68, 66), (78, 52), (86, 60), (94, 44)], 5, WHITE)
        canvas.text(128, 57, title, canvas.fitted(title, 42, w * 0.6, bold=True), skin.ink, anchor="lm", bold=True)
        for index, name in enumerate(("总览", "学校", "课堂")):
            x = w - 360 + index * 110
            canvas.text(x, 57, name, 28, (46, 110, 200) if index == 0 else skin.pale, bold=index == 0)
        canvas.rounded((w - 385, 98, w - 335, 104), 3, (46, 110, 200))


def _card(canvas: Canvas, box: tuple[float, float, float, float], skin: Skin, heading: str = "") -> None:
    left, top, right, bottom = box
    if not skin.is_dark:
        canvas.soft(
            [[(left, top + 8), (right, top + 8), (right, bottom + 6), (left, bottom + 6)]], 10, (100, 120, 160), 0.16
        )
    canvas.rounded(box, 18, skin.card)
    if skin.is_dark:
        canvas.rounded(box, 18, None, edge=(44, 88, 160), edge_width=2)
    if heading:
        canvas.rounded((left + 24, top + 26, left + 31, top + 56), 3, (70, 160, 250))
        canvas.text(left + 44, top + 41, heading, 28, skin.ink, anchor="lm", bold=True)


def _figure(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    label: str,
    value: float,
    skin: Skin,
    colour: Colour,
    rng: random.Random,
) -> None:
    left, top, right, bottom = box
    _card(canvas, box, skin)
    bright = lighter(colour, 0.3) if skin.is_dark else colour
    is_share = "%" in label or "％" in label or "率" in label
    name = label.replace("（%）", "").replace("(%)", "").replace("（％）", "")
    canvas.text(left + 26, top + 40, name, canvas.fitted(name, 28, right - left - 50), skin.pale, anchor="lm")
    words = written(value) + ("%" if is_share and value <= 100 else "")
    size = canvas.fitted(words, 62, (right - left) * 0.56, bold=True)
    canvas.text(left + 26, (top + bottom) / 2 + 22, words, size, bright, anchor="lm", bold=True)
    steps = [rng.uniform(0.2, 0.5) + 0.06 * index for index in range(7)]
    x0, wide = left + (right - left) * 0.66, (right - left) * 0.27
    points = [(x0 + wide * i / 6, bottom - 24 - (bottom - top) * 0.6 * step) for i, step in enumerate(steps)]
    canvas.gradient(
        [*points, (points[-1][0], bottom - 24), (points[0][0], bottom - 24)], bright, bright, alpha=(0.45, 0.03)
    )
    canvas.stroke(points, 4, bright)


def _curve_card(canvas: Canvas, box: tuple[float, float, float, float], skin: Skin, rng: random.Random) -> None:
    _card(canvas, box, skin, "近十周应用趋势")
    left, top, right, bottom = box[0] + 50, box[1] + 96, box[2] - 40, box[3] - 66
    for row in range(5):
        y = top + (bottom - top) * row / 4
        canvas.stroke([(left, y), (right, y)], 2, skin.line)
    for series, colour in ((0, SERIES[6]), (1, SERIES[2])):
        level, points = 0.28 + 0.12 * series, list[Point]()
        for index in range(10):
            level = min(max(level + rng.uniform(-0.05, 0.12 - 0.03 * series), 0.08), 0.95)
            points.append((left + (right - left) * (index + 0.3) / 9.6, bottom - (bottom - top) * level))
        tone = lighter(colour, 0.15) if skin.is_dark else colour
        canvas.gradient([*points, (points[-1][0], bottom), (points[0][0], bottom)], tone, tone, alpha=(0.34, 0.0))
        canvas.stroke(points, 5, tone)
        for x, y in points:
            canvas.ellipse(x, y, 8, 8, tone)
            canvas.ellipse(x, y, 4.4, 4.4, skin.card)
        key_x = box[2] - 260 + series * 126
        canvas.rounded((key_x, box[1] + 34, key_x + 26, box[1] + 46), 5, tone)
        canvas.text(key_x + 36, box[1] + 40, ("教师", "学生")[series], 24, skin.pale, anchor="lm")
    for index in range(10):
        canvas.text(left + (right - left) * (index + 0.3) / 9.6, bottom + 32, f"第{index + 1}周", 22, skin.pale)


def _ring_card(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    values: tuple[float, ...],
    skin: Skin,
) -> None:
    _card(canvas, box, skin, "学段分布")
    left, top, right, bottom = box
    x, radius = (left + right) / 2, min((right - left) * 0.32, (bottom - top) * 0.28)
    y = top + 90 + radius
    total = sum(values) or 1.0
    first = 0.44 + 0.1 * math.sin(total)
    shares = (first, (1 - first) * 0.62, (1 - first) * 0.38)
    percents = [round(share * 100) for share in shares[:2]]
    percents.append(100 - sum(percents))
    start = -90.0
    for index, share in enumerate(shares):
        colour = SERIES[(0, 1, 2)[index]]
        tone = lighter(colour, 0.2) if skin.is_dark else colour
        canvas.wedge(x, y, radius, start, start + share * 360, tone)
        start += share * 360
    canvas.ellipse(x, y, radius * 0.62, radius * 0.62, skin.card)
    canvas.text(x, y - 4, f"{percents[0]}%", radius * 0.4, skin.ink, bold=True)
    for index, name in enumerate(("小学", "初中", "其他")):
        row = y + radius + 44 + index * 44
        if row < bottom - 18:
            canvas.ellipse(left + 60, row, 10, 10, SERIES[index])
            canvas.text(left + 84, row, name, 26, skin.ink, anchor="lm")
            canvas.text(right - 44, row, f"{percents[index]}%", 26, skin.pale, anchor="rm")


def _compared(subject: Subject, rng: random.Random) -> tuple[str, list[tuple[str, float]]]:
    """A heading and rows (name, share of the longest): the plan's own values when they are of one kind."""
    marked = [("%" in label or "率" in label) for label in subject.labels]
    highest = max((*subject.values, 0.0))
    if len(subject.values) >= 4 and len(set(marked)) == 1 and highest <= 40 * max(min(subject.values), highest / 60):
        rows = sorted(zip(subject.labels, subject.values, strict=True), key=lambda row: -row[1])[:6]
        return "各项对比", [(label.split("（")[0], value / (highest or 1.0)) for label, value in rows]
    names = rng.sample(("语文", "数学", "英语", "科学", "音乐", "美术"), 6)
    return "学科活跃度", [(name, 0.94 - 0.1 * index - rng.uniform(0, 0.05)) for index, name in enumerate(names)]


def _bars_card(
    canvas: Canvas, box: tuple[float, float, float, float], compared: tuple[str, list[tuple[str, float]]], skin: Skin
) -> None:
    heading, rows = compared
    _card(canvas, box, skin, heading)
    left, top, right, bottom = box
    step = (bottom - top - 100) / len(rows)
    for index, (name, share) in enumerate(rows):
        y = top + 100 + step * (index + 0.4)
        canvas.text(left + 30, y, name, canvas.fitted(name, 26, 110), skin.ink, anchor="lm")
        x0, x1 = left + 150, right - 34
        canvas.rounded((x0, y - 10, x1, y + 10), 10, skin.line)
        tone = mix(SERIES[0], SERIES[6], index / 6)
        if share > 0.03:
            shown = lighter(tone, 0.15) if skin.is_dark else darker(tone, 0.02)
            canvas.rounded((x0, y - 10, x0 + (x1 - x0) * share * 0.96, y + 10), 10, shown)
