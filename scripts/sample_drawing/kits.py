"""A set of apparatus on a table, close up: each thing drawn by the word of its label, with a name card before it."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable

from sample_drawing.canvas import Canvas
from sample_drawing.colour import SERIES, SKIRTINGS, WALLS, WHITE, WOODS, Colour, darker, hour, lighter
from sample_drawing.landscape import draw_view
from sample_drawing.rooms import draw_screen
from sample_drawing.subject import Subject

Drawer = Callable[[Canvas, float, float, float, random.Random], None]  # canvas, middle, foot, size (units), chance
DARK: Colour = (54, 60, 72)
STEEL: Colour = (190, 198, 208)


def _slab(canvas: Canvas, box: tuple[float, float, float, float], radius: float, colour: Colour) -> None:
    """A rounded body with light on its left and shade on its right."""
    left, _, right, _ = box
    canvas.rounded(box, radius, colour)
    reach = (right - left) * 0.16
    canvas.rounded((right - reach, box[1], right, box[3]), radius, darker(colour, 0.2))
    canvas.rounded((left, box[1], left + reach * 0.6, box[3]), radius, lighter(colour, 0.25))


def _camera(canvas: Canvas, x: float, y: float, s: float, _rng: random.Random) -> None:
    for sign in (-1, 0, 1):
        canvas.stroke([(x, y - s * 0.6), (x + sign * s * 0.34, y)], s * 0.06, DARK)
    _slab(canvas, (x - s * 0.42, y - s * 1.1, x + s * 0.3, y - s * 0.6), s * 0.08, DARK)
    canvas.ellipse(x + s * 0.2, y - s * 0.84, s * 0.24, s * 0.24, (34, 38, 46))
    canvas.ellipse(x + s * 0.2, y - s * 0.84, s * 0.16, s * 0.16, (60, 90, 140))
    canvas.ellipse(x + s * 0.15, y - s * 0.9, s * 0.05, s * 0.05, WHITE, 0.8)
    canvas.ellipse(x - s * 0.3, y - s * 1.0, s * 0.04, s * 0.04, (240, 80, 70))


def _router(canvas: Canvas, x: float, y: float, s: float, _rng: random.Random) -> None:
    for dx in (-0.3, 0.3):
        canvas.stroke([(x + dx * s, y - s * 0.2), (x + dx * s * 1.25, y - s * 0.85)], s * 0.07, DARK)
    _slab(canvas, (x - s * 0.48, y - s * 0.3, x + s * 0.48, y), s * 0.08, (236, 240, 246))
    for index in range(4):
        canvas.ellipse(x + s * (-0.3 + 0.14 * index), y - s * 0.14, s * 0.035, s * 0.035, (70, 200, 120))


def _power(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    _slab(canvas, (x - s * 0.34, y - s * 0.62, x + s * 0.34, y), s * 0.1, rng.choice(((70, 120, 190), (246, 170, 70))))
    canvas.rounded((x - s * 0.2, y - s * 0.52, x + s * 0.2, y - s * 0.36), s * 0.03, (34, 44, 56))
    canvas.text(x, y - s * 0.44, "86%", s * 0.13, (130, 240, 170), bold=True)
    canvas.stroke(
        [(x + s * 0.3, y - s * 0.1), (x + s * 0.46, y - s * 0.02), (x + s * 0.6, y - s * 0.06)], s * 0.05, DARK
    )


def _probe(canvas: Canvas, x: float, y: float, s: float, _rng: random.Random) -> None:
    canvas.rounded((x - s * 0.34, y - s * 0.06, x + s * 0.34, y), s * 0.03, DARK)
    canvas.stroke(
        [(x - s * 0.22, y - s * 0.05), (x - s * 0.22, y - s * 1.25), (x + s * 0.12, y - s * 1.25)], s * 0.06, STEEL
    )
    _slab(canvas, (x + s * 0.02, y - s * 1.34, x + s * 0.24, y - s * 0.9), s * 0.06, (236, 140, 60))
    canvas.ellipse(x + s * 0.13, y - s * 0.88, s * 0.08, s * 0.05, (160, 40, 40))
    canvas.gradient(
        [
            (x + s * 0.06, y - s * 0.88),
            (x + s * 0.2, y - s * 0.88),
            (x + s * 0.36, y - s * 0.3),
            (x - s * 0.1, y - s * 0.3),
        ],
        (250, 110, 80),
        (250, 150, 110),
        alpha=(0.5, 0.0),
    )


def _plate(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    canvas.polygon(
        [(x - s * 0.5, y), (x + s * 0.5, y), (x + s * 0.38, y - s * 0.5), (x - s * 0.38, y - s * 0.5)], (246, 248, 250)
    )
    canvas.polygon(
        [(x - s * 0.5, y), (x + s * 0.5, y), (x + s * 0.5, y + s * 0.06), (x - s * 0.5, y + s * 0.06)], (206, 212, 220)
    )
    inks = rng.sample(((230, 110, 150), (90, 170, 230), (250, 200, 90), (120, 190, 120), (240, 244, 248)), 5)
    for row in range(3):
        for column in range(3):
            share = 1 - row * 0.13
            cx, cy = x + (column - 1) * s * 0.28 * share, y - s * (0.09 + row * 0.155)
            canvas.ellipse(cx, cy, s * 0.1 * share, s * 0.058 * share, (196, 204, 214))
            canvas.ellipse(cx, cy + s * 0.006, s * 0.08 * share, s * 0.042 * share, inks[(row * 2 + column) % 5])


def _syringe(canvas: Canvas, x: float, y: float, s: float, _rng: random.Random) -> None:
    for sign, ink in ((-0.2, (120, 190, 240)), (0.18, (240, 130, 160))):
        cx = x + sign * s
        canvas.rounded((cx - s * 0.1, y - s * 0.95, cx + s * 0.1, y - s * 0.25), s * 0.03, (224, 236, 244))
        canvas.rounded((cx - s * 0.08, y - s * 0.62, cx + s * 0.08, y - s * 0.27), s * 0.02, ink)
        canvas.rectangle(cx - s * 0.03, y - s * 1.2, cx + s * 0.03, y - s * 0.64, STEEL)
        canvas.rounded((cx - s * 0.12, y - s * 1.24, cx + s * 0.12, y - s * 1.18), s * 0.02, STEEL)
        canvas.stroke([(cx, y - s * 0.26), (cx, y - s * 0.02)], s * 0.03, STEEL)
        for mark in range(5):
            canvas.stroke(
                [(cx - s * 0.09, y - s * (0.4 + mark * 0.1)), (cx - s * 0.03, y - s * (0.4 + mark * 0.1))], 1.6, DARK
            )
    canvas.rounded((x - s * 0.42, y - s * 0.07, x + s * 0.42, y), s * 0.03, (176, 140, 100))


def _phone(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    canvas.rounded((x - s * 0.3, y - s * 0.06, x + s * 0.3, y), s * 0.03, DARK)
    canvas.stroke([(x, y - s * 0.05), (x, y - s * 0.7)], s * 0.06, STEEL)
    _slab(canvas, (x - s * 0.3, y - s * 1.42, x + s * 0.3, y - s * 0.42), s * 0.07, (30, 34, 42))
    canvas.gradient(
        [
            (x - s * 0.26, y - s * 1.36),
            (x + s * 0.26, y - s * 1.36),
            (x + s * 0.26, y - s * 0.48),
            (x - s * 0.26, y - s * 0.48),
        ],
        (120, 190, 230),
        (60, 110, 180),
    )
    for _ in range(12):
        r = s * rng.uniform(0.015, 0.05)
        canvas.ellipse(x + s * rng.uniform(-0.2, 0.2), y - s * rng.uniform(0.55, 1.25), r, r, WHITE, 0.55)
    canvas.ellipse(x, y - s * 0.54, s * 0.045, s * 0.045, (240, 80, 70))


def _tank(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    left, right, top = x - s * 0.62, x + s * 0.62, y - s * 1.3
    canvas.rectangle(left, top, right, y, (220, 238, 246), 0.55)
    canvas.gradient(
        [(left, top + s * 0.3), (right, top + s * 0.3), (right, y), (left, y)],
        (150, 208, 234),
        (92, 164, 208),
        alpha=(0.75, 0.9),
    )
    for index in range(4):
        cx, dip = left + s * (0.22 + index * 0.27), rng.uniform(-0.1, 0.14)
        ink = SERIES[(index * 3 + 2) % 8]
        canvas.stroke([(cx, top + s * (0.0 + dip)), (cx, top + s * (0.34 + dip))], s * 0.03, (240, 90, 70))
        canvas.ellipse(cx, top + s * (0.5 + dip), s * 0.055, s * 0.18, ink)
        canvas.stroke([(cx, top + s * (0.66 + dip)), (cx, top + s * (0.84 + dip))], s * 0.02, DARK)
    canvas.stroke([(left, top), (left, y), (right, y), (right, top)], s * 0.03, (236, 246, 250))
    canvas.polygon(
        [(left + s * 0.06, top), (left + s * 0.2, top), (left + s * 0.1, y), (left + s * 0.02, y)], WHITE, 0.3
    )


def _scale(canvas: Canvas, x: float, y: float, s: float, _rng: random.Random) -> None:
    canvas.rectangle(x - s * 0.26, y - s * 1.35, x + s * 0.26, y, (252, 250, 242))
    for mark in range(21):
        long = 0.3 if mark % 5 == 0 else 0.16
        level = y - s * (0.1 + mark * 0.058)
        canvas.stroke([(x - s * 0.26, level), (x + s * (-0.26 + long), level)], 2, DARK)
        if mark % 5 == 0:
            canvas.text(x + s * 0.14, level, str(mark), s * 0.11, DARK)


def _recorder(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    _slab(canvas, (x - s * 0.42, y - s * 0.56, x + s * 0.42, y), s * 0.06, (170, 178, 190))
    canvas.rounded((x - s * 0.32, y - s * 0.47, x + s * 0.14, y - s * 0.2), s * 0.03, (30, 44, 56))
    canvas.text(x - s * 0.09, y - s * 0.335, f"{rng.randint(160, 240)}℃", s * 0.16, (250, 190, 90), bold=True)
    canvas.ellipse(x + s * 0.28, y - s * 0.38, s * 0.05, s * 0.05, (80, 230, 130))
    canvas.ellipse(x + s * 0.28, y - s * 0.38, s * 0.1, s * 0.1, (80, 230, 130), 0.25)


def _wok(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    _slab(canvas, (x - s * 0.62, y - s * 0.42, x + s * 0.62, y), s * 0.06, (150, 156, 166))
    canvas.ellipse(x, y - s * 0.46, s * 0.72, s * 0.22, (66, 70, 78))
    canvas.ellipse(x, y - s * 0.46, s * 0.62, s * 0.17, (40, 44, 50))
    for _ in range(80):
        turn, reach = rng.uniform(0, 6.3), rng.uniform(0, 1) ** 0.6
        cx, cy = x + s * 0.5 * reach * math.cos(turn), y - s * 0.46 + s * 0.12 * reach * math.sin(turn)
        lean = rng.uniform(-1, 1) * s * 0.05
        canvas.stroke(
            [(cx - lean, cy), (cx + lean, cy - s * 0.03)],
            s * 0.03,
            rng.choice(((110, 150, 70), (140, 170, 84), (86, 126, 64))),
        )
    canvas.ellipse(x + s * 0.42, y - s * 0.16, s * 0.06, s * 0.06, (230, 90, 70))


def _case(canvas: Canvas, x: float, y: float, s: float, rng: random.Random) -> None:
    _slab(canvas, (x - s * 0.5, y - s * 0.7, x + s * 0.5, y), s * 0.07, rng.choice(SERIES))
    canvas.rounded(
        (x - s * 0.16, y - s * 0.82, x + s * 0.16, y - s * 0.68), s * 0.05, None, edge=DARK, edge_width=s * 0.05
    )


THINGS: tuple[tuple[str, Drawer], ...] = (
    ("摄像|相机", _camera),
    ("终端|路由", _router),
    ("电源|电池", _power),
    ("传感|探头", _probe),
    ("点滴|滴水", _plate),
    ("注射", _syringe),
    ("手机", _phone),
    ("水箱|浮标", _tank),
    ("刻度", _scale),
    ("记录盒", _recorder),
    ("锅", _wok),
)


def draw_kit(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """The things of the labels side by side on a table; behind them a window and, when there is room, a screen."""
    w, h = canvas.width, canvas.height
    wall = rng.choice(WALLS)
    canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(wall, 0.3), darker(wall, 0.08))
    table = h * (0.6 if w > h else 0.62)
    canvas.rectangle(0, table - h * 0.13, w, table, rng.choice(SKIRTINGS), 0.7)
    light = hour(rng)
    view = Canvas(canvas.image.width, canvas.image.height)
    draw_view(view, light, rng)
    left = w * 0.05
    pane = [(left, h * 0.06), (left + w * 0.3, h * 0.06), (left + w * 0.3, table * 0.74), (left, table * 0.74)]
    canvas.soft([pane], 30, light.sun, 0.6)
    canvas.masked(view.image, pane)
    canvas.polygon(pane, WHITE, 0.35)
    canvas.stroke([*pane, pane[0]], 14, (250, 250, 248))
    canvas.stroke([(left + w * 0.15, h * 0.06), (left + w * 0.15, table * 0.74)], 9, (250, 250, 248))
    wide = w * (0.5 if w > h else 0.54)
    draw_screen(
        canvas,
        (w - wide - w * 0.06, h * 0.07, w * 0.94, h * 0.07 + wide * 9 / 16),
        Subject(title=subject.title).slide(rng),
    )
    wood = rng.choice(WOODS)
    canvas.gradient([(0, table), (w, table), (w, h), (0, h)], lighter(wood, 0.3), darker(wood, 0.06))
    canvas.soft(
        [[(w * 0.05, table + 40), (w * 0.5, table + 40), (w * 0.75, h), (w * 0.2, h)]],
        40,
        light.sun,
        light.strength * 0.3,
    )
    canvas.stroke([(0, table), (w, table)], 5, lighter(wood, 0.6))
    labels = subject.labels or (subject.title,)
    if not any(drawn for words, drawn in THINGS if re.search(words, "".join(labels))):
        labels = (*labels[:1], "手机", "注射器")
    cell = w * 0.92 / len(labels)
    size = min(cell * 0.66, h * 0.24)
    for index, label in enumerate(labels):
        x, foot = w * 0.04 + cell * (index + 0.5), table + h * (0.2 if index % 2 else 0.15)
        canvas.shade(x + size * 0.14, foot + size * 0.02, size * 0.66, size * 0.12, 0.42)
        thing = next((drawn for words, drawn in THINGS if re.search(words, label)), _case)
        thing(canvas, x, foot, size, rng)
        _card(canvas, x, foot + h * 0.12, label, cell * 0.8)


def _card(canvas: Canvas, x: float, y: float, label: str, room: float) -> None:
    size = canvas.fitted(label, 40, room - 50, bold=True)
    half = canvas.text_width(label, size, bold=True) / 2 + 26
    canvas.shade(x + 8, y + 36, half, 12, 0.35)
    canvas.polygon(
        [(x - half + 10, y - 36), (x + half - 10, y - 36), (x + half, y + 36), (x - half, y + 36)], (252, 252, 250)
    )
    canvas.polygon([(x - half, y + 36), (x + half, y + 36), (x + half, y + 41), (x - half, y + 41)], (206, 206, 204))
    canvas.text(x, y, label, size, (60, 66, 80), bold=True)
