"""The equipment scene: a recording or training room with its panel, cabinet, cameras and tablets."""

from __future__ import annotations

import random

from sample_drawing import rooms
from sample_drawing.canvas import Canvas
from sample_drawing.colour import FLOORS, SERIES, SHIRTS, WALLS, WHITE, Colour, darker, hour, lighter
from sample_drawing.people import draw_standing, pupil, teacher
from sample_drawing.space import Box, Camera, draw_box, draw_shadow
from sample_drawing.subject import Subject

STEEL: Colour = (186, 194, 204)
LEDS: tuple[Colour, ...] = ((90, 230, 140), (90, 230, 140), (90, 190, 250), (250, 190, 80))


def draw_equipment(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A panel with the title, a cabinet full of lights, a camera, tablets, and people at work with them.

    Where something is checked (核对) they are grown-ups, and there is no training robot.
    """
    is_inspection = "核对" in subject.title
    room = rooms.Room(
        half_width=3.6,
        height=3.2,
        depth=7.2,
        wall=rng.choice(WALLS),
        skirting=rng.choice(((150, 170, 196), (160, 178, 172), (176, 172, 190))),
        floor=rng.choice(FLOORS),
        light=hour(rng),
        sunny_side=rng.choice((-1, 1)),
    )
    portrait = canvas.height > canvas.width
    camera = rooms.camera_for(canvas, room, rng, share=0.8)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    rooms.draw_lamps(canvas, camera, room)
    side = rng.choice((-1, 1))
    middle = 0.0 if portrait else -0.5 * side
    _stand(canvas, camera, subject, middle, room.depth - 0.5, rng, wide=2.0 if portrait else 2.7)
    _cabinet(canvas, camera, side * (1.55 if portrait else 2.4), room.depth - 1.0, rng)
    if not is_inspection:
        _arm_machine(canvas, camera, -side * (1.3 if portrait else 2.3), room.depth - 2.0, rng)
    _tripod(canvas, camera, side * (1.15 if portrait else 1.9), 4.4)
    look = teacher(rng)
    draw_standing(canvas, camera.at(-side * 0.75, 0, 5.4), camera.size(1.68, 5.4), look, pose="point", side=-side)
    for index in range(rng.randint(1, 3)):
        x = side * (0.1 + 0.75 * index) if not portrait else side * (0.2 + 0.5 * index)
        z = 5.0 - 0.35 * index
        other = teacher(rng) if is_inspection else pupil(rng)
        tall = 1.66 if is_inspection else 1.5
        draw_standing(canvas, camera.at(x, 0, z), camera.size(tall, z), other, facing="back", pose="rest")
    _bench(canvas, camera, -side * 0.6, 2.9 if portrait else 3.1, rng, wide=1.9 if portrait else 3.0)


def _stand(
    canvas: Canvas, camera: Camera, subject: Subject, x: float, z: float, rng: random.Random, *, wide: float
) -> None:
    """A large interactive panel on a wheeled stand."""
    draw_shadow(canvas, camera, Box(x0=x - 0.6, x1=x + 0.6, y0=0, y1=1, z0=z - 0.3, z1=z + 0.3))
    for leg in (-0.5, 0.42):
        draw_box(canvas, camera, Box(x0=x + leg, x1=x + leg + 0.08, y0=0.06, y1=1.0, z0=z, z1=z + 0.06), STEEL)
        draw_box(
            canvas,
            camera,
            Box(x0=x + leg, x1=x + leg + 0.08, y0=0, y1=0.07, z0=z - 0.3, z1=z + 0.3),
            darker(STEEL, 0.3),
        )
    tall = wide * 9 / 16
    rooms.draw_screen(canvas, camera.wall(z, x - wide / 2, 0.95, x + wide / 2, 0.95 + tall), subject.slide(rng))
    left, top, right, _ = camera.wall(z, x - 0.16, 1.0 + tall, x + 0.16, 1.12 + tall)
    canvas.rounded((left, top, right, top + (right - left) * 0.3), 4, (44, 48, 58))
    canvas.ellipse(
        (left + right) / 2, top + (right - left) * 0.15, (right - left) * 0.1, (right - left) * 0.1, (120, 190, 250)
    )


def _cabinet(canvas: Canvas, camera: Camera, x: float, z: float, rng: random.Random) -> None:
    """A network cabinet behind glass."""
    box = Box(x0=x - 0.4, x1=x + 0.4, y0=0, y1=2.0, z0=z - 0.3, z1=z + 0.4)
    draw_shadow(canvas, camera, box, 0.4)
    draw_box(canvas, camera, box, (62, 68, 80))
    front = box.z0 - 0.01
    for row in range(10):
        y = 0.15 + row * 0.18
        left, top, right, bottom = camera.wall(front, x - 0.32, y, x + 0.32, y + 0.14)
        canvas.rounded((left, top, right, bottom), 3, (38, 42, 52))
        canvas.rectangle(left, top, right, top + (bottom - top) * 0.2, (84, 92, 106))
        for index in range(9):
            if rng.random() < 0.7:
                dot = (left + (right - left) * (0.1 + index * 0.09), top + (bottom - top) * 0.6)
                led = rng.choice(LEDS)
                canvas.ellipse(dot[0], dot[1], 2.6, 2.6, led)
                canvas.ellipse(dot[0], dot[1], 5, 5, led, 0.25)
    left, top, right, bottom = camera.wall(front, x - 0.36, 0.08, x + 0.36, 1.94)
    canvas.gradient(
        [(left, top), (left + (right - left) * 0.6, top), (left + (right - left) * 0.2, bottom), (left, bottom)],
        WHITE,
        WHITE,
        across=True,
        alpha=(0.2, 0.02),
    )


def _arm_machine(canvas: Canvas, camera: Camera, x: float, z: float, rng: random.Random) -> None:
    """A training robot: jointed arm on a base with a coloured guard."""
    colour = rng.choice(((240, 150, 50), (60, 130, 200), (240, 196, 60)))
    box = Box(x0=x - 0.5, x1=x + 0.5, y0=0, y1=0.75, z0=z, z1=z + 0.7)
    draw_shadow(canvas, camera, box)
    draw_box(canvas, camera, box, (216, 222, 228))
    left, top, right, bottom = camera.wall(z - 0.01, x - 0.42, 0.3, x + 0.42, 0.62)
    canvas.rounded((left, top, right, bottom), 5, (44, 52, 64))
    canvas.rounded((left + 6, top + 6, left + (right - left) * 0.45, bottom - 6), 3, (110, 190, 230))
    for index in range(3):
        canvas.ellipse(
            left + (right - left) * (0.6 + index * 0.13),
            (top + bottom) / 2,
            7,
            7,
            ((90, 200, 120), (250, 190, 70), (230, 80, 70))[index],
        )
    joints = [(x, 0.78), (x - 0.05, 1.25), (x + 0.35, 1.62), (x + 0.62, 1.3)]
    points = [camera.at(px, py, z + 0.3) for px, py in joints]
    unit = camera.size(0.1, z)
    canvas.ellipse(points[0][0], points[0][1], unit * 2.2, unit * 0.8, darker(colour, 0.3))
    for index in range(3):
        canvas.stroke([points[index], points[index + 1]], unit * (1.9 - index * 0.4), darker(colour, 0.12))
        shifted = [(px - unit * 0.3, py - unit * 0.1) for px, py in points[index : index + 2]]
        canvas.stroke(shifted, unit * (1.0 - index * 0.2), lighter(colour, 0.16))
    for px, py in points[1:]:
        canvas.ellipse(px, py, unit * 0.9, unit * 0.9, (70, 76, 88))
        canvas.ellipse(px, py, unit * 0.4, unit * 0.4, STEEL)
    for sign in (-1, 1):
        tip = points[3]
        canvas.stroke(
            [tip, (tip[0] + sign * unit, tip[1] + unit * 1.2), (tip[0] + sign * unit * 0.5, tip[1] + unit * 2)],
            unit * 0.34,
            (70, 76, 88),
        )


def _tripod(canvas: Canvas, camera: Camera, x: float, z: float) -> None:
    """A camera on three legs, seen from behind, its little screen lit."""
    top = camera.at(x, 1.35, z)
    size = camera.size(0.3, z)
    for dx in (-0.38, 0.0, 0.38):
        foot = camera.at(x + dx, 0, z + (0.3 if dx == 0 else 0))
        canvas.shade(foot[0], foot[1], size * 0.3, size * 0.08, 0.3)
        canvas.stroke([top, foot], size * 0.13, (66, 70, 80))
    canvas.rounded(
        (top[0] - size * 0.6, top[1] - size * 0.75, top[0] + size * 0.6, top[1] + size * 0.1), size * 0.14, (48, 52, 62)
    )
    canvas.rounded(
        (top[0] - size * 0.46, top[1] - size * 0.62, top[0] + size * 0.3, top[1] - size * 0.06),
        size * 0.05,
        (150, 206, 240),
    )
    canvas.ellipse(top[0] + size * 0.46, top[1] - size * 0.5, size * 0.07, size * 0.07, (240, 70, 64))
    canvas.rounded(
        (top[0] - size * 0.3, top[1] - size * 0.95, top[0] + size * 0.3, top[1] - size * 0.74),
        size * 0.08,
        (60, 64, 76),
    )


def _bench(canvas: Canvas, camera: Camera, x: float, z: float, rng: random.Random, *, wide: float) -> None:
    """A bench before us with tablets, a board with chips, and tools."""
    box = Box(x0=x - wide / 2, x1=x + wide / 2, y0=0.72, y1=0.8, z0=z, z1=z + 0.9)
    draw_shadow(canvas, camera, Box(x0=box.x0, x1=box.x1, y0=0, y1=0.7, z0=z, z1=z + 0.9), 0.4)
    for leg in (box.x0 + 0.06, box.x1 - 0.14):
        draw_box(canvas, camera, Box(x0=leg, x1=leg + 0.08, y0=0, y1=0.72, z0=z + 0.05, z1=z + 0.12), STEEL)
    draw_box(canvas, camera, box, (206, 212, 220))
    count = int(wide / 0.55)
    for index in range(count):
        start = box.x0 + 0.12 + index * (wide - 0.2) / count
        kind = rng.randrange(3)
        if kind == 0:
            canvas.polygon(camera.floor(start, start + 0.4, z + 0.2, z + 0.62, 0.81), (48, 54, 66))
            canvas.polygon(
                camera.floor(start + 0.03, start + 0.37, z + 0.24, z + 0.58, 0.812), lighter(rng.choice(SERIES), 0.5)
            )
        elif kind == 1:
            canvas.polygon(camera.floor(start, start + 0.36, z + 0.24, z + 0.56, 0.81), (40, 120, 92))
            for _ in range(5):
                cx, cz = start + rng.uniform(0.03, 0.26), z + rng.uniform(0.28, 0.46)
                draw_box(
                    canvas,
                    camera,
                    Box(x0=cx, x1=cx + 0.06, y0=0.81, y1=0.84, z0=cz, z1=cz + 0.06),
                    rng.choice(((50, 52, 60), (216, 180, 90), (210, 214, 220))),
                )
        else:
            draw_box(
                canvas,
                camera,
                Box(x0=start, x1=start + 0.34, y0=0.8, y1=0.98, z0=z + 0.3, z1=z + 0.6),
                rng.choice(SHIRTS),
            )
