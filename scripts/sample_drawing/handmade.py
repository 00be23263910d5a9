"""What children make at home: a chart of beans on a tray, a timetable on the kitchen wall, a drawing with its words."""

from __future__ import annotations

import math
import random
import re

from sample_drawing.canvas import Canvas
from sample_drawing.colour import WHITE, Colour, darker, lighter
from sample_drawing.subject import Subject

BEANS: tuple[Colour, ...] = ((238, 200, 110), (110, 160, 84), (206, 178, 130), (150, 70, 60))
INK: Colour = (52, 58, 84)
CRAYON: dict[str, Colour] = {"红": (226, 96, 84), "黄": (246, 202, 92), "绿": (122, 184, 112), "蓝": (104, 164, 220)}


def _boards(canvas: Canvas, wood: Colour, *, upright: bool, rng: random.Random) -> None:
    """A surface of planks with its grain."""
    w, h = canvas.width, canvas.height
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(wood, 0.12), darker(wood, 0.18))
    span, across = (w, h) if upright else (h, w)
    for _ in range(150):
        at, drift = rng.uniform(0, span), rng.uniform(-8, 8)
        line = [(at + drift * math.sin(k * 0.6 + at), across * k / 12) for k in range(13)]
        canvas.stroke(
            line if upright else [(y, x) for x, y in line], rng.uniform(1, 3), darker(wood, rng.uniform(0.1, 0.4)), 0.4
        )
    for plank in range(1, 6):
        at = span * plank / 6
        line = [(at, 0.0), (at, across)]
        canvas.stroke(line if upright else [(y, x) for x, y in line], 5, darker(wood, 0.6), 0.8)


def _note(canvas: Canvas, x: float, y: float, words: str, rng: random.Random) -> None:
    wide = canvas.text_width(words, 50) / 2 + 34
    lean = rng.uniform(-8, 8)
    corners = [
        (x - wide, y - 40 + lean),
        (x + wide, y - 40 - lean),
        (x + wide - 3, y + 40 - lean),
        (x - wide + 3, y + 40 + lean),
    ]
    canvas.soft([[(a + 6, b + 9) for a, b in corners]], 7, (40, 26, 14), 0.5)
    canvas.polygon(corners, (254, 252, 244))
    canvas.handwriting(x - wide + 30, y, words, 50, INK, rng)


def draw_beans(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """One row of beans for each label that ends in a number, on a woven tray, with slips of paper beside them."""
    w, h = canvas.width, canvas.height
    _boards(canvas, (178, 132, 88), upright=False, rng=rng)
    x, y, r = w / 2, h * 0.48, min(w, h) * 0.47
    canvas.shade(x + 20, y + 26, r * 1.02, r * 1.02, 0.5)
    canvas.ellipse(x, y, r, r, (190, 150, 92))
    canvas.ellipse(x, y, r * 0.95, r * 0.95, (222, 188, 128))
    step = r / 22
    for row in range(-20, 21):
        for column in range(-20, 21):
            cx, cy = x + column * step, y + row * step
            if math.hypot(cx - x, cy - y) < r * 0.9:
                tone = (206, 170, 110) if (row + column) % 2 else (232, 202, 146)
                canvas.rounded(
                    (cx - step * 0.47, cy - step * 0.47, cx + step * 0.47, cy + step * 0.47), step * 0.2, tone
                )
    rows = [
        (found[1].strip(), int(found[2])) for label in subject.labels if (found := re.search(r"(.+?)\s*(\d+)$", label))
    ]
    for index, (name, count) in enumerate(rows):
        level = y - r * 0.42 + index * r * 0.42
        gap = min(r * 1.18 / max(max(n for _, n in rows), 1), 44)
        for bean in range(count):
            bx, by = x - r * 0.46 + bean * gap, level + rng.uniform(-4, 4)
            colour = BEANS[index % 4]
            canvas.ellipse(bx + 3, by + 6, gap * 0.47, gap * 0.6, (80, 56, 30), 0.4)
            canvas.ellipse(bx, by, gap * 0.47, gap * 0.6, colour)
            canvas.ellipse(bx - gap * 0.12, by - gap * 0.2, gap * 0.13, gap * 0.16, WHITE, 0.55)
        _note(canvas, x - r * 0.68, level, name, rng)
        _note(canvas, min(x - r * 0.46 + count * gap + 60, x + r * 0.82), level, str(count), rng)
    _note(canvas, x, h * 0.93, subject.title, rng)


def draw_home_timetable(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A hand-drawn week on paper, its cells in the colours that the labels begin with, pasted on a wall of planks."""
    w, h = canvas.width, canvas.height
    _boards(canvas, (150, 110, 76), upright=True, rng=rng)
    canvas.soft([[(0, 0), (w * 0.5, 0), (w * 0.2, h), (0, h)]], 90, (255, 224, 160), 0.3)
    left, top, right, bottom = w * 0.1, h * 0.1, w * 0.9, h * 0.9
    canvas.soft(
        [[(left + 12, top + 16), (right + 12, top + 16), (right + 12, bottom + 16), (left + 12, bottom + 16)]],
        16,
        (30, 20, 10),
        0.55,
    )
    canvas.gradient(
        [(left, top + 6), (right, top), (right - 4, bottom), (left + 5, bottom - 6)], (253, 250, 240), (244, 236, 216)
    )
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        canvas.polygon([(x - 54, y + 16), (x + 38, y - 30), (x + 54, y - 2), (x - 38, y + 44)], (240, 226, 170), 0.8)
    size = canvas.fitted(subject.title, 80, (right - left) * 0.8)
    canvas.handwriting(
        (left + right) / 2 - canvas.text_width(subject.title, size) / 2, top + 84, subject.title, size, INK, rng
    )
    keys = [(CRAYON[label[0]], label[1:].strip()) for label in subject.labels if label[:1] in CRAYON] or [
        (CRAYON["蓝"], "学习")
    ]
    x0, y0, x1, y1 = left + 140, top + 200, right - 50, bottom - 250
    for row in range(8):
        y = y0 + (y1 - y0) * row / 8
        canvas.handwriting(left + 38, y + (y1 - y0) / 16, f"{7 + row + (row > 4) * 2}点", 42, INK, rng)
        for column in range(5):
            x = x0 + (x1 - x0) * column / 5
            _crayon(canvas, (x + 5, y + 5, x + (x1 - x0) / 5 - 5, y + (y1 - y0) / 8 - 5), rng.choice(keys)[0], rng)
    for column in range(6):
        x = x0 + (x1 - x0) * column / 5
        canvas.stroke([(x + rng.uniform(-3, 3), y0), (x + rng.uniform(-3, 3), y1)], 4, INK)
        if column < 5:
            canvas.handwriting(x + (x1 - x0) / 10 - 22, y0 - 34, "一二三四五"[column], 44, INK, rng)
    for row in range(9):
        y = y0 + (y1 - y0) * row / 8
        canvas.stroke([(x0, y + rng.uniform(-3, 3)), (x1, y + rng.uniform(-3, 3))], 4, INK)
    for index, (colour, words) in enumerate(keys):
        y = bottom - 200 + index * 62
        _crayon(canvas, (left + 60, y - 20, left + 120, y + 20), colour, rng)
        canvas.handwriting(left + 140, y, words, 42, INK, rng)
    _phone(canvas, right - 130, bottom - 130)


def _crayon(canvas: Canvas, box: tuple[float, float, float, float], colour: Colour, rng: random.Random) -> None:
    """A box filled with slanting crayon strokes."""
    left, top, right, bottom = box
    canvas.rectangle(left, top, right, bottom, lighter(colour, 0.45))
    x = left
    while x < right - 8:
        canvas.stroke(
            [(x, bottom - rng.uniform(2, 8)), (min(x + 24, right - 3), top + rng.uniform(2, 8))], 7, colour, 0.75
        )
        x += 9


def _phone(canvas: Canvas, x: float, y: float) -> None:
    canvas.rounded((x - 48, y - 90, x + 48, y + 90), 16, None, edge=INK, edge_width=6)
    canvas.rounded((x - 36, y - 70, x + 36, y + 56), 4, (190, 222, 240))
    canvas.ellipse(x, y + 73, 9, 9, INK)
