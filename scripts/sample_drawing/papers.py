"""A worksheet on a desk, filled in by hand and marked in red."""

from __future__ import annotations

import math
import random
import re
from decimal import Decimal

from PIL import Image

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import WHITE, WOODS, Colour, darker, lighter
from sample_drawing.subject import Subject

BLUE_INK: Colour = (38, 62, 130)
RED_INK: Colour = (208, 46, 44)
PRINT: Colour = (60, 62, 70)


def draw_worksheet(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """The sheet fills most of the picture, turned a little; pencil, rubber and ruler lie around it."""
    _desk(canvas, rng)
    _loose_sheets(canvas, rng)
    sheet = Canvas(round(1000 * canvas.px * 1.05), round(1000 * canvas.px * 1.42), ground=(252, 251, 246))
    _print(sheet, subject, rng)
    turn = rng.uniform(-5, 5)
    tall = canvas.height * (1.12 if canvas.width > canvas.height else 0.86)
    wide = tall / 1.42 * 1.05
    if wide > canvas.width * 0.9:
        tall, wide = tall * canvas.width * 0.9 / wide, canvas.width * 0.9
    middle = (canvas.width * rng.uniform(0.46, 0.54), canvas.height * 0.5 + (tall - canvas.height) * 0.3)
    corners = _turned(middle, wide / 2, tall / 2, turn)
    canvas.soft([[(x + 14, y + 20) for x, y in corners]], 20, (40, 26, 14), 0.55)
    small = sheet.image.resize((round(wide * canvas.px), round(tall * canvas.px)))
    rotated = small.convert("RGBA").rotate(-turn, expand=True, resample=Image.Resampling.BICUBIC)
    at = (round(middle[0] * canvas.px - rotated.width / 2), round(middle[1] * canvas.px - rotated.height / 2))
    canvas.image.paste(rotated.convert("RGB"), at, rotated.getchannel("A"))
    canvas.gradient(corners, WHITE, (120, 100, 70), alpha=(0.0, 0.1))
    right = middle[0] + wide / 2
    _pencil(canvas, (right - wide * 0.12, canvas.height * 0.74), (right + wide * 0.2, canvas.height * 0.42), rng)
    _rubber(canvas, middle[0] - wide / 2 - 60, canvas.height * rng.uniform(0.3, 0.6), rng)


def _loose_sheets(canvas: Canvas, rng: random.Random) -> None:
    """Other sheets of the pile, half hidden, their lines only hinted at."""
    side = min(canvas.width, canvas.height)
    for sign in (-1, 1):
        middle = (canvas.width / 2 + sign * side * rng.uniform(0.26, 0.36), canvas.height * rng.uniform(0.45, 0.6))
        turn = sign * rng.uniform(6, 16)
        corners = _turned(middle, side * 0.36, side * 0.5, turn)
        canvas.soft([[(x + 10, y + 14) for x, y in corners]], 14, (40, 26, 14), 0.45)
        canvas.polygon(corners, rng.choice(((248, 246, 238), (244, 240, 228), (238, 244, 248))))
        for row in range(9):
            share = 0.14 + row * 0.09
            a = (
                corners[0][0] + (corners[3][0] - corners[0][0]) * share,
                corners[0][1] + (corners[3][1] - corners[0][1]) * share,
            )
            b = (
                corners[1][0] + (corners[2][0] - corners[1][0]) * share,
                corners[1][1] + (corners[2][1] - corners[1][1]) * share,
            )
            canvas.stroke(
                [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (0.1, rng.uniform(0.6, 0.9))],
                2.5,
                (178, 184, 198),
            )


def _turned(middle: Point, half_wide: float, half_tall: float, degrees: float) -> list[Point]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    square = ((-half_wide, -half_tall), (half_wide, -half_tall), (half_wide, half_tall), (-half_wide, half_tall))
    return [(middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos) for x, y in square]


def _desk(canvas: Canvas, rng: random.Random) -> None:
    wood = rng.choice(WOODS)
    w, h = canvas.width, canvas.height
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(wood, 0.08), darker(wood, 0.16))
    for _ in range(90):
        y, drift = rng.uniform(0, h), rng.uniform(-12, 12)
        line = [(x * w / 14, y + drift * math.sin(x * 0.5 + y)) for x in range(15)]
        canvas.stroke(line, rng.uniform(1, 3), darker(wood, rng.uniform(0.1, 0.35)), 0.35)
    for plank in range(1, 4):
        canvas.stroke([(0, plank * h / 4), (w, plank * h / 4)], 3, darker(wood, 0.45), 0.6)


def _print(sheet: Canvas, subject: Subject, rng: random.Random) -> None:
    w = sheet.width
    size = sheet.fitted(subject.title, 60, w * 0.84, bold=True)
    sheet.text(w / 2, 96, subject.title, size, PRINT, bold=True)
    sheet.text(90, 176, "班级：", 32, PRINT, anchor="lm")
    sheet.handwriting(180, 176, rng.choice(("三（2）班", "四（1）班", "五（1）班", "六（3）班")), 34, BLUE_INK, rng)
    sheet.text(w - 400, 176, "评价：", 32, PRINT, anchor="lm")
    _star_row(sheet, w - 300, 176, rng.randint(3, 5))
    sheet.stroke([(80, 212), (w - 80, 212)], 2.5, (150, 154, 164))
    labels = [label for label in subject.labels if len(label) > 1] or [
        "我的发现",
        "我会算一算",
        "我的疑问",
        "今天的收获",
    ]
    top, step = 240.0, (sheet.height - 330) / min(len(labels), 6)
    start = rng.randrange(len(SENTENCES))
    for index, label in enumerate(labels[:6]):
        value = subject.values[index] if index < len(subject.values) else None
        is_maths = bool(MATHEMATICS & set(subject.title + label))
        _question(sheet, top + index * step, step, index, label, value, rng, start=start, is_maths=is_maths)


def _star_row(sheet: Canvas, x: float, y: float, lit: int) -> None:
    for index in range(5):
        points = []
        for corner in range(10):
            radius = 20 if corner % 2 == 0 else 8
            turn = math.radians(-90 + corner * 36)
            points.append((x + index * 48 + radius * math.cos(turn), y + radius * math.sin(turn)))
        sheet.polygon(points, (246, 176, 60) if index < lit else (222, 222, 222))


def _question(
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
    sum_asked = QUOTIENT.fullmatch(label)
    if sum_asked:
        _worked(sheet, top, sum_asked, rng)
    elif kind == 0 and is_maths:
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


def _worked(sheet: Canvas, top: float, asked: re.Match[str], rng: random.Random) -> None:
    """The result of a sum, written beside it, with its proof below."""
    first, second = Decimal(asked[1]), Decimal(asked[3])
    result = first / second if asked[2] == "÷" else first * second if asked[2] == "×" else first + second
    shown = f"{result:.4f}".rstrip("0").rstrip(".")
    end = 110 + sheet.text_width(f"9. {asked[0]}", 38, bold=True)
    sheet.handwriting(end, top + 34, f"= {shown}", 46, BLUE_INK, rng)
    sheet.stroke([(110, top + 140), (sheet.width - 110, top + 140)], 2, (176, 180, 190))
    if asked[2] == "÷":
        sheet.handwriting(130, top + 112, f"验算：{shown} × {asked[3]} = {asked[1]}", 40, BLUE_INK, rng)


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
QUOTIENT = re.compile(r"([\d.]+)([÷×+])([\d.]+)")
FIGURES = frozenset("形圆角积图")
MATHEMATICS = frozenset("数算角形圆积米尺倍")


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


def _pencil(canvas: Canvas, tip: Point, end: Point, rng: random.Random) -> None:
    colour: Colour = rng.choice(((246, 186, 60), (80, 150, 200), (220, 90, 80), (90, 170, 120)))
    dx, dy = end[0] - tip[0], end[1] - tip[1]
    long = math.hypot(dx, dy)
    ux, uy = dx / long, dy / long
    nx, ny = -uy * 13, ux * 13

    def along(share: float, across: float) -> Point:
        return (tip[0] + dx * share + nx * across, tip[1] + dy * share + ny * across)

    body = [along(0.14, -1), along(0.93, -1), along(0.93, 1), along(0.14, 1)]
    canvas.soft([[(x + 10, y + 16) for x, y in [tip, *body]]], 8, (40, 26, 14), 0.5)
    canvas.polygon([tip, along(0.14, -1), along(0.14, 1)], (236, 206, 160))
    canvas.polygon([tip, along(0.05, -0.36), along(0.05, 0.36)], (50, 50, 56))
    canvas.polygon(body, colour)
    canvas.polygon([along(0.14, -1), along(0.93, -1), along(0.93, -0.4), along(0.14, -0.4)], lighter(colour, 0.35))
    canvas.polygon([along(0.14, 0.4), along(0.93, 0.4), along(0.93, 1), along(0.14, 1)], darker(colour, 0.25))
    canvas.polygon([along(0.93, -1), along(0.96, -1), along(0.96, 1), along(0.93, 1)], (190, 196, 204))
    canvas.polygon([along(0.96, -1), along(1.0, -0.9), along(1.0, 0.9), along(0.96, 1)], (236, 130, 130))


def _rubber(canvas: Canvas, x: float, y: float, rng: random.Random) -> None:
    corners = _turned((x, y), 62, 34, rng.uniform(-40, 40))
    canvas.soft([[(px + 8, py + 12) for px, py in corners]], 8, (40, 26, 14), 0.5)
    canvas.polygon(corners, (248, 246, 244))
    middle = ((corners[0][0] + corners[1][0]) / 2, (corners[0][1] + corners[1][1]) / 2)
    low = ((corners[3][0] + corners[2][0]) / 2, (corners[3][1] + corners[2][1]) / 2)
    canvas.polygon(
        [middle, corners[1], corners[2], low], rng.choice(((90, 150, 210), (230, 120, 130), (110, 180, 130)))
    )
