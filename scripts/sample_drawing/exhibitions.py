"""The exhibition scene: panels of results on a wall, visitors, and a table of pupils' works."""

from __future__ import annotations

import math
import random

from sample_drawing import rooms
from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import SERIES, UNIFORMS, WHITE, Colour, darker, lighter
from sample_drawing.halls import hall
from sample_drawing.people import draw_standing, pupil, teacher
from sample_drawing.space import Box, Camera, draw_box, draw_shadow
from sample_drawing.subject import Subject

JAR = 4  # the kind of work beyond globe, house, robot and picture


def draw_exhibition(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """Panels of results on a wall under spotlights, visitors before them, a table of works."""
    room = hall(rng, half_width=4.6, height=3.6)
    camera = rooms.camera_for(canvas, room, rng, share=0.8)
    rooms.draw_shell(canvas, camera, room)
    far = room.depth
    theme: Colour = rng.choice(SERIES)
    canvas.polygon([camera.at(x, y, far) for x, y in ((-4.4, 3.3), (4.4, 3.3), (4.4, 2.65), (-4.4, 2.65))], theme)
    at = camera.at(0, 2.97, far)
    canvas.text(
        at[0],
        at[1],
        subject.title,
        canvas.fitted(subject.title, camera.size(0.4, far), camera.size(7, far), bold=True),
        WHITE,
        bold=True,
    )
    labels = subject.labels or ("课堂实录", "研修足迹", "学生作品", "成长数据")
    count = min(len(labels), 5)
    hang = _crayons if "哥哥" in subject.title else _panel
    for index in range(count):
        middle = (index - (count - 1) / 2) * (8.0 / count)
        half = 3.5 / count
        hang(canvas, camera.wall(far, middle - half, 0.75, middle + half, 2.45), labels[index], rng)
        top = camera.at(middle, 3.5, far - 0.6)
        left, right = camera.at(middle - half * 0.8, 2.45, far), camera.at(middle + half * 0.8, 0.8, far)
        canvas.soft([[top, (right[0], right[1]), (left[0], right[1])]], 18, (255, 248, 220), 0.24)
    portrait = canvas.height > canvas.width
    uniform = rng.choice(UNIFORMS)
    is_jars = "坛" in subject.title
    apart = 0.5 if is_jars else 0.0  # metres; behind a table of jars little is seen of one who hides behind another
    taken: list[float] = []
    for _ in range(rng.randint(4, 6)):
        x, z = rng.uniform(-1.6, 1.6) if portrait else rng.uniform(-3.6, 3.6), rng.uniform(5.6, 7.4)
        while any(abs(x - other) < apart for other in taken):
            x = rng.uniform(-1.6, 1.6) if portrait else rng.uniform(-3.6, 3.6)
        taken.append(x)
        look = pupil(rng, uniform, scarf=True) if rng.random() < 0.6 else teacher(rng)
        draw_standing(
            canvas,
            camera.at(x, 0, z),
            camera.size(1.64 if look.is_adult else 1.3, z),
            look,
            facing="back",
            pose=rng.choice(("rest", "point", "rest")),
        )
    for x in (-4.2, 4.2):
        rooms.draw_plant(canvas, camera, x, far - 0.7, rng)
    if hang is _crayons:
        return
    z = 3.7
    draw_shadow(canvas, camera, Box(x0=-1.9, x1=1.9, y0=0, y1=0.8, z0=z, z1=z + 0.8))
    draw_box(canvas, camera, Box(x0=-1.9, x1=1.9, y0=0, y1=0.8, z0=z, z1=z + 0.8), lighter(theme, 0.72))
    for index in range(7):
        x = -1.65 + index * 0.5
        tall = rng.uniform(0.14, 0.34)
        _work(canvas, camera, x + 0.15, z + 0.3, tall, JAR if is_jars else rng.randrange(JAR), rng)
    for x in (-2.35, 2.35):
        rooms.draw_plant(canvas, camera, x, z, rng)


def _work(canvas: Canvas, camera: Camera, x: float, z: float, tall: float, kind: int, rng: random.Random) -> None:
    """Something a pupil made, standing on the table: a globe, a house, a robot or a picture."""
    colour = rng.choice(SERIES)
    foot = camera.at(x, 0.8, z)
    size = camera.size(0.36, z)
    canvas.shade(foot[0] + size * 0.1, foot[1], size * 0.4, size * 0.08, 0.35)
    if kind == JAR:
        _jar(canvas, foot, size, rng)
    elif kind == 0:
        canvas.stroke([(foot[0], foot[1]), (foot[0], foot[1] - size * 0.4)], size * 0.08, (150, 120, 90))
        canvas.rounded(
            (foot[0] - size * 0.25, foot[1] - size * 0.08, foot[0] + size * 0.25, foot[1]), size * 0.04, (150, 120, 90)
        )
        canvas.ellipse(foot[0], foot[1] - size * 0.7, size * 0.36, size * 0.36, (90, 160, 214))
        for dx, dy, r in ((-0.12, -0.1, 0.15), (0.12, 0.08, 0.13), (0.0, 0.2, 0.1)):
            canvas.ellipse(
                foot[0] + dx * size, foot[1] - size * 0.7 + dy * size, r * size, r * size * 0.7, (122, 184, 112)
            )
        canvas.ellipse(foot[0] - size * 0.14, foot[1] - size * 0.84, size * 0.12, size * 0.09, WHITE, 0.4)
    elif kind == 1:
        draw_box(
            canvas,
            camera,
            Box(x0=x - 0.15, x1=x + 0.15, y0=0.8, y1=0.8 + tall, z0=z - 0.05, z1=z + 0.2),
            lighter(colour, 0.55),
        )
        left, right = camera.at(x - 0.2, 0.8 + tall, z - 0.05), camera.at(x + 0.2, 0.8 + tall, z - 0.05)
        canvas.gradient(
            [left, right, ((left[0] + right[0]) / 2, left[1] - size * 0.5)], lighter(colour, 0.1), darker(colour, 0.2)
        )
    elif kind == 2:
        _robot(canvas, foot, size, colour)
    else:
        canvas.rounded(
            (foot[0] - size * 0.4, foot[1] - size * 1.0, foot[0] + size * 0.4, foot[1]), size * 0.04, (196, 156, 106)
        )
        box = [(foot[0] - size * 0.33, foot[1] - size * 0.93), (foot[0] + size * 0.33, foot[1] - size * 0.93)]
        canvas.gradient(
            [*box, (foot[0] + size * 0.33, foot[1] - size * 0.07), (foot[0] - size * 0.33, foot[1] - size * 0.07)],
            (190, 222, 240),
            lighter(colour, 0.5),
        )
        canvas.ellipse(foot[0] + size * 0.1, foot[1] - size * 0.66, size * 0.12, size * 0.12, (250, 200, 90))
        canvas.polygon(
            [
                (foot[0] - size * 0.33, foot[1] - size * 0.07),
                (foot[0] - size * 0.05, foot[1] - size * 0.5),
                (foot[0] + size * 0.33, foot[1] - size * 0.07),
            ],
            darker(colour, 0.1),
        )


def _panel(canvas: Canvas, box: tuple[float, float, float, float], label: str, rng: random.Random) -> None:
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    colour: Colour = rng.choice(SERIES)
    canvas.soft(
        [[(left + 4, top + 6), (right + 6, top + 6), (right + 6, bottom + 8), (left + 4, bottom + 8)]],
        7,
        (30, 30, 40),
        0.4,
    )
    canvas.rectangle(left, top, right, bottom, (252, 252, 250))
    canvas.rectangle(left, top, right, top + tall * 0.17, colour)
    canvas.text(
        (left + right) / 2,
        top + tall * 0.083,
        label,
        canvas.fitted(label, tall * 0.1, wide * 0.86, bold=True),
        WHITE,
        bold=True,
    )
    canvas.gradient(
        [
            (left + wide * 0.08, top + tall * 0.23),
            (right - wide * 0.08, top + tall * 0.23),
            (right - wide * 0.08, top + tall * 0.55),
            (left + wide * 0.08, top + tall * 0.55),
        ],
        lighter(colour, 0.4),
        lighter(colour, 0.75),
    )
    for index in range(5):
        x = left + wide * (0.16 + index * 0.145)
        high = tall * rng.uniform(0.08, 0.25)
        canvas.rectangle(x, top + tall * 0.53 - high, x + wide * 0.08, top + tall * 0.53, darker(colour, 0.1 * index))
    for row in range(5):
        y = top + tall * (0.62 + row * 0.07)
        canvas.rectangle(left + wide * 0.08, y, left + wide * rng.uniform(0.6, 0.92), y + tall * 0.022, (176, 184, 196))


def _jar(canvas: Canvas, foot: Point, size: float, rng: random.Random) -> None:
    """A glass jar of pickled greens with a numbered label."""
    x, y = foot
    canvas.rounded((x - size * 0.36, y - size * 0.95, x + size * 0.36, y), size * 0.16, (206, 226, 226))
    green = rng.choice(((120, 150, 70), (150, 160, 74), (104, 136, 76)))
    canvas.rounded((x - size * 0.31, y - size * 0.74, x + size * 0.31, y - size * 0.05), size * 0.13, green)
    for _ in range(14):
        a, b = x + size * rng.uniform(-0.24, 0.24), y - size * rng.uniform(0.12, 0.68)
        canvas.stroke(
            [(a, b), (a + size * rng.uniform(-0.1, 0.1), b - size * 0.08)],
            size * 0.04,
            lighter(green, rng.uniform(0.1, 0.4)),
        )
    canvas.rounded((x - size * 0.3, y - size * 1.08, x + size * 0.3, y - size * 0.9), size * 0.05, (150, 96, 62))
    canvas.rounded((x - size * 0.19, y - size * 0.5, x + size * 0.19, y - size * 0.26), size * 0.03, WHITE)
    canvas.text(x, y - size * 0.385, str(rng.randint(1, 72)), size * 0.17, (60, 60, 70), bold=True)
    canvas.rounded((x - size * 0.3, y - size * 0.86, x - size * 0.22, y - size * 0.12), size * 0.04, WHITE, 0.5)


def _crayons(canvas: Canvas, box: tuple[float, float, float, float], label: str, rng: random.Random) -> None:
    """A child's picture, pegged to the wall: a sun, a house or a dark tangle; its name and a square code below."""
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    canvas.soft(
        [[(left + 4, top + 6), (right + 6, top + 6), (right + 6, bottom + 8), (left + 4, bottom + 8)]],
        7,
        (30, 30, 40),
        0.4,
    )
    canvas.rectangle(left, top, right, bottom, (254, 252, 244))
    low = top + tall * 0.74
    if "黑" in label:
        line = [
            (rng.uniform(left + wide * 0.1, right - wide * 0.1), rng.uniform(top + tall * 0.08, low))
            for _ in range(110)
        ]
        canvas.stroke(line, wide * 0.035, (40, 38, 46))
    else:
        first, second, third = rng.sample(SERIES, 3)
        for row in range(9):
            y = low - tall * 0.02 * row
            canvas.stroke(
                [(left + wide * 0.06, y), (right - wide * rng.uniform(0.05, 0.1), y - rng.uniform(-3, 3))],
                wide * 0.03,
                lighter(first, 0.2),
                0.9,
            )
        x, y, r = left + wide * 0.45, top + tall * 0.42, wide * 0.22
        ring = [
            (x + r * rng.uniform(0.9, 1.08) * math.cos(k / 5), y + r * rng.uniform(0.85, 1.05) * math.sin(k / 5))
            for k in range(33)
        ]
        canvas.polygon(ring, lighter(second, 0.35))
        canvas.stroke(ring, wide * 0.03, second)
        for k in range(8):
            a = k * math.pi / 4
            canvas.stroke(
                [
                    (x + r * 1.15 * math.cos(a), y + r * 1.15 * math.sin(a)),
                    (x + r * 1.5 * math.cos(a), y + r * 1.4 * math.sin(a)),
                ],
                wide * 0.028,
                third,
            )
        for sign in (-1, 1):
            canvas.ellipse(x + sign * r * 0.35, y - r * 0.1, r * 0.1, r * 0.14, (50, 50, 60))
        canvas.arc((x - r * 0.4, y - r * 0.1, x + r * 0.4, y + r * 0.55), 20, 160, (50, 50, 60), wide * 0.025)
    canvas.text(
        left + wide * 0.36, top + tall * 0.87, label, canvas.fitted(label, tall * 0.12, wide * 0.5), (70, 70, 84)
    )
    cell = tall * 0.032
    for row in range(5):
        for column in range(5):
            if rng.random() < 0.55 or (row in (0, 4) and column in (0, 4)):
                cx, cy = right - wide * 0.3 + column * cell, top + tall * 0.79 + row * cell
                canvas.rectangle(cx, cy, cx + cell, cy + cell, (40, 40, 50))


def _robot(canvas: Canvas, foot: Point, size: float, colour: Colour) -> None:
    canvas.rounded(
        (foot[0] - size * 0.28, foot[1] - size * 0.62, foot[0] + size * 0.28, foot[1]), size * 0.1, (222, 228, 236)
    )
    canvas.rounded(
        (foot[0] - size * 0.34, foot[1] - size * 1.15, foot[0] + size * 0.34, foot[1] - size * 0.66),
        size * 0.14,
        colour,
    )
    for sign in (-1, 1):
        canvas.ellipse(foot[0] + sign * size * 0.14, foot[1] - size * 0.9, size * 0.09, size * 0.09, WHITE)
    canvas.stroke([(foot[0], foot[1] - size * 1.15), (foot[0], foot[1] - size * 1.35)], size * 0.05, (120, 130, 144))
    canvas.ellipse(foot[0], foot[1] - size * 1.38, size * 0.07, size * 0.07, (240, 90, 80))
