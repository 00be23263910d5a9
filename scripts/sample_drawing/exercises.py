"""The questions of a worksheet: what is printed, and what a pupil wrote, calculated or drew below it."""

from __future__ import annotations

import math
import random

from sample_drawing.canvas import Canvas
from sample_drawing.colour import Colour
from sample_drawing.plan import Sheet

BLUE_INK: Colour = (38, 62, 130)
RED_INK: Colour = (208, 46, 44)
PRINT: Colour = (60, 62, 70)
RULE: Colour = (176, 180, 190)
BOX = 84.0  # the height of the printed boxes at the right edge; those to write in are twice as wide

SENTENCES = (
    "到这一步就想不下去了，想再听一遍。",
    "和同桌说了说，这里明白了。",
    "先自己试一试，再看别人的办法。",
    "这个地方我还想问一问老师。",
    "画了图以后，看得更清楚了。",
    "今天比昨天多想出来一种。",
    "我记下来了，明天讲给组里听。",
    "开头看错了，改过来就对了。",
)
ENGLISH = (
    "It is long and thin.",
    "My grandpa made it.",
    "It is red and white.",
    "It goes up and down.",
    "I can see it on the water.",
    "Here is my picture.",
    "We say it together.",
    "I like this one best.",
)
FIGURES = frozenset("形圆角积图")
MATHEMATICS = frozenset("数算角形圆积米尺倍")


def draw_planned(sheet: Canvas, top: float, index: int, label: str, filled: Sheet) -> None:
    """Question *index* with what the plan writes: lines in blue, a printed box if the plan has boxes, a red mark.

    A mark stands in the box when nothing else does, else to the left of it.
    """
    w = sheet.width
    rng = random.Random(f"{index} {label}")
    words = f"{index + 1}. {label}"
    sheet.text(90, top + 34, words, sheet.fitted(words, 38, w * 0.66), PRINT, anchor="lm", bold=True)
    end = w - (290 if filled.boxes else 110)
    for row, line in enumerate(filled.answers[index].split(" / ") if filled.answers else ()):
        y = top + 104 + row * 60
        sheet.stroke([(110, y + 26), (end, y + 26)], 2, RULE)
        sheet.handwriting(120, y, line, sheet.fitted(line, 40, end - 150), BLUE_INK, rng)
    middle = (w - 90 - BOX, top + 78)
    if filled.boxes:
        written = filled.boxes[index]
        half = BOX if written else BOX / 2
        sheet.rounded((middle[0] - half, top + 36, middle[0] + half, top + 120), 4, None, edge=PRINT, edge_width=3)
        size = sheet.fitted(written, 46, BOX * 1.6)
        sheet.handwriting(middle[0] - sheet.text_width(written, size) / 2, middle[1], written, size, BLUE_INK, rng)
    mark = filled.marks[index] if filled.marks else ""
    x = middle[0] - BOX - 60 if filled.boxes and filled.boxes[index] else middle[0]
    if mark == "√":
        sheet.stroke([(x - 32, top + 78), (x - 12, top + 104), (x + 40, top + 46)], 7, RED_INK, 1.0)
    elif mark:
        sheet.handwriting(x - 26, middle[1], mark, 58, RED_INK, rng)


def draw_question(
    sheet: Canvas,
    top: float,
    tall: float,
    index: int,
    label: str,
    value: float | None,
    rng: random.Random,
    *,
    start: int,
    is_maths: bool,
) -> None:
    """A numbered question; its answer is drawn, calculated or written; most are ticked."""
    w = sheet.width
    words = f"{index + 1}. {label}"
    sheet.text(90, top + 34, words, sheet.fitted(words, 38, w * 0.8), PRINT, anchor="lm", bold=True)
    space = tall - 70
    kind = index % 3
    if kind == 0 and is_maths:
        shows_figure = bool(FIGURES & set(label)) or (value is None and index == 0)
        if shows_figure:
            _figure(sheet, 130, top + 72, min(space - 24, 190), rng)
        left = 470.0 if shows_figure else 110.0
        total = round(value) if value is not None else rng.randint(24, 96)
        part = rng.randint(6, max(total // 2, 7))
        for row, answer in enumerate((f"{part} + {total - part} = {total}", f"答：{total}")):
            y = top + 120 + row * 62
            sheet.stroke([(left, y + 26), (w - 120, y + 26)], 2, (176, 180, 190))
            sheet.handwriting(left + 20, y, answer, 42, BLUE_INK, rng)
    elif kind == 1 or not is_maths:
        for row in range(max(1, int(space // 62))):
            y = top + 104 + row * 60
            sheet.stroke([(110, y + 26), (w - 110, y + 26)], 2, (176, 180, 190))
            sentences = ENGLISH if label.isascii() else SENTENCES
            if row < 2:
                sentence = sentences[(start + index * 3 + row) % len(sentences)]
                sheet.handwriting(120, y, sentence, 40, BLUE_INK, rng)
    else:
        _table(sheet, top + 76, min(space - 20, 150), rng)
    if rng.random() < 0.85:
        x, y = w - 130, top + 46
        sheet.stroke([(x - 30, y - 4), (x - 8, y + 24), (x + 52, y - 44)], 7, RED_INK, 1.0)


def _figure(sheet: Canvas, x: float, y: float, size: float, rng: random.Random) -> None:
    """A figure drawn by hand: circle with its diameter, triangle with its height, or a grid."""
    kind = rng.randrange(3)
    if kind == 0:
        ring = [
            (x + size * 0.7 + size * 0.5 * math.cos(t / 8), y + size / 2 + size * 0.48 * math.sin(t / 8 + 0.02))
            for t in range(52)
        ]
        sheet.stroke(ring, 4, BLUE_INK)
        sheet.stroke([(x + size * 0.2, y + size / 2), (x + size * 1.2, y + size / 2 + 3)], 3, RED_INK)
        sheet.handwriting(x + size * 0.62, y + size * 0.34, "d", 34, BLUE_INK, rng)
    elif kind == 1:
        corners = [(x, y + size), (x + size * 1.3, y + size - 3), (x + size * 0.55, y), (x, y + size)]
        sheet.stroke(corners, 4, BLUE_INK)
        sheet.stroke([(x + size * 0.55, y), (x + size * 0.56, y + size)], 3, RED_INK)
        sheet.handwriting(x + size * 0.6, y + size * 0.6, "h", 34, BLUE_INK, rng)
    else:
        cell = size / 4
        for row in range(4):
            for column in range(6):
                box = (x + column * cell, y + row * cell, x + (column + 1) * cell, y + (row + 1) * cell)
                is_filled = column + row * 2 < 7
                sheet.rounded(box, 1, (188, 206, 240) if is_filled else None, edge=BLUE_INK, edge_width=2)


def _table(sheet: Canvas, y: float, tall: float, rng: random.Random) -> None:
    x, wide, columns = 120.0, sheet.width - 240, 6
    for row in range(3):
        sheet.stroke([(x, y + row * tall / 2), (x + wide, y + row * tall / 2)], 2, PRINT)
    for column in range(columns + 1):
        at = x + column * wide / columns
        sheet.stroke([(at, y), (at, y + tall)], 2, PRINT)
        if column < columns:
            middle = at + wide / columns / 2
            sheet.text(middle, y + tall * 0.25, "次数" if column == 0 else str(column), 30, PRINT)
            written = "结果" if column == 0 else str(rng.randint(2, 48))
            if column == 0:
                sheet.text(middle, y + tall * 0.75, written, 30, PRINT)
            else:
                sheet.handwriting(middle - 20, y + tall * 0.75, written, 38, BLUE_INK, rng)
