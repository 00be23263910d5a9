"""A school corridor with the electronic class card beside a door."""

from __future__ import annotations

import random

from sample_drawing import rooms
from sample_drawing.canvas import Canvas
from sample_drawing.colour import FLOORS, INKS, SERIES, SKIRTINGS, UNIFORMS, WALLS, WHITE, darker, hour, lighter
from sample_drawing.people import draw_standing, pupil
from sample_drawing.space import Box, draw_box
from sample_drawing.subject import Subject


def draw_corridor(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """Windows on one side, a door and its class card ahead, coloured guide lines on the floor, pupils on their way."""
    room = rooms.Room(
        half_width=3.2,
        height=3.2,
        depth=6.4,
        wall=rng.choice(WALLS),
        skirting=rng.choice(SKIRTINGS),
        floor=rng.choice(FLOORS),
        light=hour(rng),
        sunny_side=-1,
    )
    camera = rooms.camera_for(canvas, room, rng, share=0.84)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    for index, colour in enumerate(rng.sample(SERIES, 3)):
        x = -1.5 + index * 0.32
        line = camera.floor(x, x + 0.14, 0.8, room.depth - 0.1)
        canvas.polygon(line, colour, 0.85)
    door = camera.wall(room.depth, -2.2, 0, -1.0, 2.2)
    canvas.rounded((door[0] - 8, door[1] - 8, door[2] + 8, door[3]), 4, (236, 230, 220))
    canvas.gradient(
        [(door[0], door[1]), (door[2], door[1]), (door[2], door[3]), (door[0], door[3])], (182, 130, 88), (150, 102, 68)
    )
    glass = camera.wall(room.depth, -1.9, 1.2, -1.3, 2.0)
    canvas.gradient(
        [(glass[0], glass[1]), (glass[2], glass[1]), (glass[2], glass[3]), (glass[0], glass[3])],
        (206, 228, 238),
        (160, 196, 214),
    )
    knob = camera.at(-1.12, 1.0, room.depth)
    canvas.ellipse(knob[0], knob[1], 7, 7, (230, 200, 120))
    card = camera.wall(room.depth, -0.6, 0.85, 2.3, 2.5)
    rooms.draw_screen(canvas, card, _card(subject, rng))
    rooms.draw_lamps(canvas, camera, room)
    rooms.draw_plant(canvas, camera, 2.7, room.depth - 0.5, rng)
    draw_box(canvas, camera, Box(x0=2.3, x1=3.1, y0=0, y1=0.45, z0=4.0, z1=4.6), (196, 150, 104))
    uniform = rng.choice(UNIFORMS)
    for x, z, tall in ((-0.9, 5.4, 1.62), (-0.3, 4.9, 1.6), (1.9, 4.6, 1.64)):
        draw_standing(canvas, camera.at(x, 0, z), camera.size(tall, z), pupil(rng, uniform), facing="back", stride=0.5)


def _card(subject: Subject, rng: random.Random) -> Canvas:
    """The card's screen: lesson on top, a plan of the seats, and the counts of the labels."""
    canvas = Canvas(1280, 720)
    ink = rng.choice(INKS)
    w, h = canvas.width, canvas.height
    canvas.rectangle(0, 0, w, h, (246, 248, 252))
    canvas.rectangle(0, 0, w, 220, ink)
    canvas.text(
        60, 110, subject.title, canvas.fitted(subject.title, 110, w - 420, bold=True), WHITE, anchor="lm", bold=True
    )
    canvas.text(w - 60, 110, "10:05", 90, lighter(ink, 0.75), anchor="rm")
    for row in range(6):
        for column in range(9):
            x, y = 70 + column * 118, 290 + row * 110
            colour = lighter(ink, 0.55) if rng.random() < 0.94 else (222, 226, 234)
            canvas.rounded((x, y, x + 92, y + 78), 14, colour)
    for index, label in enumerate([label for label in subject.labels if any(mark.isdigit() for mark in label)][:2]):
        y = 330 + index * 300
        canvas.rounded((w - 560, y, w - 70, y + 240), 30, WHITE)
        name, number = label.split(" ", 1) if " " in label else (label, "")
        canvas.text(w - 315, y + 70, name, 66, (110, 120, 140))
        canvas.text(w - 315, y + 165, number, 110, darker(ink, 0.1), bold=True)
    return canvas
