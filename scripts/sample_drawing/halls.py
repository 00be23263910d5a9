"""Scenes indoors beyond the classroom: the reading room."""

from __future__ import annotations

import random

from sample_drawing import rooms
from sample_drawing.canvas import Canvas
from sample_drawing.colour import (
    FLOORS,
    SERIES,
    SHIRTS,
    SKIRTINGS,
    UNIFORMS,
    WALLS,
    WHITE,
    WOODS,
    Colour,
    darker,
    hour,
    lighter,
)
from sample_drawing.people import draw_seated, draw_standing, pupil, teacher
from sample_drawing.space import Box, Camera, draw_box, draw_shadow
from sample_drawing.subject import Subject


def hall(rng: random.Random, *, half_width: float = 4.2, height: float = 3.4) -> rooms.Room:
    """A room larger than a classroom."""
    return rooms.Room(
        half_width=half_width,
        height=height,
        depth=8.6,
        wall=rng.choice(WALLS),
        skirting=rng.choice(SKIRTINGS),
        floor=rng.choice(FLOORS),
        light=hour(rng),
        sunny_side=rng.choice((-1, 1)),
    )


def _shelf(canvas: Canvas, camera: Camera, x0: float, x1: float, z: float, wood: Colour, rng: random.Random) -> None:
    """A bookcase against the far wall, full of books of every colour."""
    tall = 2.3
    draw_shadow(canvas, camera, Box(x0=x0, x1=x1, y0=0, y1=tall, z0=z - 0.35, z1=z))
    draw_box(canvas, camera, Box(x0=x0, x1=x1, y0=0, y1=tall, z0=z - 0.35, z1=z), wood)
    front = z - 0.36
    for row in range(5):
        y = 0.12 + row * 0.43
        left, top, right, bottom = camera.wall(front, x0 + 0.05, y, x1 - 0.05, y + 0.38)
        canvas.gradient(
            [(left, top), (right, top), (right, bottom), (left, bottom)], darker(wood, 0.6), darker(wood, 0.4)
        )
        x = x0 + 0.07
        while x < x1 - 0.12:
            thick = rng.uniform(0.03, 0.075)
            if rng.random() < 0.08:
                x += 0.09
                continue
            high = rng.uniform(0.25, 0.35)
            colour = rng.choice((*SERIES, *SHIRTS))
            b_left, b_top, b_right, b_bottom = camera.wall(front, x, y, x + thick, y + high)
            canvas.gradient(
                [(b_left, b_top), (b_right, b_top), (b_right, b_bottom), (b_left, b_bottom)],
                lighter(colour, 0.15),
                darker(colour, 0.2),
                across=True,
            )
            canvas.rectangle(
                b_left,
                b_top + (b_bottom - b_top) * 0.2,
                b_right,
                b_top + (b_bottom - b_top) * 0.3,
                lighter(colour, 0.6),
                0.8,
            )
            x += thick + 0.004


def draw_reading_room(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """Bookcases, warm lamps, children reading round tables."""
    room = hall(rng)
    camera = rooms.camera_for(canvas, room, rng, share=0.8)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    wood = rng.choice(WOODS)
    far = room.depth
    for index in range(5):
        x0 = -3.9 + index * 1.57
        _shelf(canvas, camera, x0, x0 + 1.5, far, wood, rng)
    size = camera.size(0.34, far)
    at = camera.at(0, 2.86, far)
    canvas.text(
        at[0],
        at[1],
        subject.title,
        canvas.fitted(subject.title, size, camera.size(5, far), bold=True),
        darker(room.skirting, 0.45),
        bold=True,
    )
    for x in (-2.2, 0.1, 2.4):
        _pendant(canvas, camera, x, 5.6, rng.choice(((250, 214, 130), (255, 228, 170))))
    uniform = rng.choice((None, rng.choice(UNIFORMS)))
    foot = camera.at(rng.uniform(-0.5, 0.5), 0, 7.2)
    draw_standing(canvas, foot, camera.size(1.66, 7.2), teacher(rng), pose="hold")
    portrait = canvas.height > canvas.width
    places = [(-1.0, 5.4), (0.9, 4.0)] if portrait else [(-2.4, 6.0), (0.2, 5.8), (2.7, 6.0), (-1.5, 3.7), (1.6, 3.6)]
    for x, z in places:
        _table(canvas, camera, x, z, wood, rng, uniform)


def _pendant(canvas: Canvas, camera: Camera, x: float, z: float, glow: Colour) -> None:
    top, low = camera.at(x, 3.4, z), camera.at(x, 2.75, z)
    canvas.stroke([top, low], 2.5, (80, 80, 86))
    half = camera.size(0.24, z)
    canvas.soft(
        [
            [
                (low[0] - half, low[1]),
                (low[0] + half, low[1]),
                (low[0] + half * 2.2, low[1] + half * 4),
                (low[0] - half * 2.2, low[1] + half * 4),
            ]
        ],
        half,
        glow,
        0.42,
    )
    canvas.gradient(
        [
            (low[0] - half * 0.35, low[1] - half * 0.6),
            (low[0] + half * 0.35, low[1] - half * 0.6),
            (low[0] + half, low[1] + half * 0.3),
            (low[0] - half, low[1] + half * 0.3),
        ],
        (232, 150, 90),
        (250, 204, 130),
    )


def _table(
    canvas: Canvas,
    camera: Camera,
    x: float,
    z: float,
    wood: Colour,
    rng: random.Random,
    uniform: tuple[Colour, Colour] | None,
) -> None:
    cloth = rng.choice(SERIES)
    for seat in (-0.42, 0.42):
        look = pupil(rng, uniform)
        draw_seated(
            canvas, camera.at(x + seat, 0.46, z + 0.75), camera.size(0.8, z + 0.75), look, facing="front", pose="hold"
        )
    rooms.draw_rug(canvas, camera, x, z + 0.2, 2.5, cloth)
    draw_shadow(canvas, camera, Box(x0=x - 0.85, x1=x + 0.85, y0=0, y1=0.7, z0=z - 0.1, z1=z + 0.6), 0.34)
    draw_box(canvas, camera, Box(x0=x - 0.08, x1=x + 0.08, y0=0, y1=0.68, z0=z + 0.2, z1=z + 0.35), darker(wood, 0.2))
    left, top = camera.at(x - 0.92, 0.72, z + 0.3)
    right = camera.at(x + 0.92, 0.72, z + 0.3)[0]
    deep = camera.at(x, 0.72, z - 0.15)[1] - camera.at(x, 0.72, z + 0.75)[1]
    middle = (left + right) / 2
    canvas.ellipse(middle, top + camera.size(0.05, z), (right - left) / 2, deep / 2, darker(wood, 0.25))
    canvas.ellipse(middle, top, (right - left) / 2, deep / 2, lighter(wood, 0.22))
    canvas.ellipse(middle - deep * 0.2, top - deep * 0.1, (right - left) * 0.3, deep * 0.26, WHITE, 0.16)
    for seat in (-0.42, 0.42):
        _open_book(canvas, camera, x + seat, z + 0.4, rng.choice(SERIES))
    if rng.random() < 0.75:
        sitter = x + rng.choice((-0.4, 0.4))
        draw_seated(
            canvas, camera.at(sitter, 0.44, z - 0.45), camera.size(0.78, z - 0.45), pupil(rng, uniform), pose="write"
        )
        box = Box(x0=sitter - 0.2, x1=sitter + 0.2, y0=0.0, y1=0.44, z0=z - 0.6, z1=z - 0.4)
        draw_box(canvas, camera, box, rng.choice(SERIES))


def _open_book(canvas: Canvas, camera: Camera, x: float, z: float, cover: Colour) -> None:
    a, b = camera.at(x - 0.2, 0.8, z - 0.06), camera.at(x + 0.2, 0.8, z - 0.06)
    tall = camera.size(0.2, z)
    canvas.polygon(
        [(a[0] - 2, a[1] - tall), (b[0] + 2, b[1] - tall), (b[0] + 3, b[1] + 3), (a[0] - 3, a[1] + 3)], cover
    )
    middle = (a[0] + b[0]) / 2
    canvas.gradient(
        [(a[0], a[1] - tall), (middle, a[1] - tall * 0.86), (middle, a[1]), (a[0], a[1])],
        WHITE,
        (226, 224, 216),
        across=True,
    )
    canvas.gradient(
        [(middle, a[1] - tall * 0.86), (b[0], b[1] - tall), (b[0], b[1]), (middle, a[1])],
        (226, 224, 216),
        WHITE,
        across=True,
    )
