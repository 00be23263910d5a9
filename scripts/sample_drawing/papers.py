"""A worksheet on a desk, filled in by hand and marked in red, among the things that lie there."""

from __future__ import annotations

import math
import random

from PIL import Image

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import WHITE, WOODS, Colour, darker, lighter
from sample_drawing.exercises import BLUE_INK, MATHEMATICS, PRINT, SENTENCES, draw_planned, draw_question
from sample_drawing.plan import Sheet
from sample_drawing.subject import Subject


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
    if subject.sheet:
        _print_planned(sheet, subject, subject.sheet, rng)
        return
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
        draw_question(sheet, top + index * step, step, index, label, value, rng, start=start, is_maths=is_maths)


def _print_planned(sheet: Canvas, subject: Subject, filled: Sheet, rng: random.Random) -> None:
    """A sheet whose every word is in the plan: no praise, no marks but those that it names."""
    printed, written = filled.head.split("：", 1)
    sheet.text(90, 176, f"{printed}：", 32, PRINT, anchor="lm")
    sheet.handwriting(96 + sheet.text_width(f"{printed}：", 32), 176, written, 34, BLUE_INK, rng)
    sheet.stroke([(80, 212), (sheet.width - 80, 212)], 2.5, (150, 154, 164))
    step = (sheet.height - 330) / len(subject.labels)
    for index, label in enumerate(subject.labels):
        draw_planned(sheet, 240 + index * step, index, label, filled)


def _star_row(sheet: Canvas, x: float, y: float, lit: int) -> None:
    for index in range(5):
        points = []
        for corner in range(10):
            radius = 20 if corner % 2 == 0 else 8
            turn = math.radians(-90 + corner * 36)
            points.append((x + index * 48 + radius * math.cos(turn), y + radius * math.sin(turn)))
        sheet.polygon(points, (246, 176, 60) if index < lit else (222, 222, 222))


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
