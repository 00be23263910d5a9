"""A lesson at the water: lake and reeds, birds, pupils watching with their backs to us."""

from __future__ import annotations

import math
import random

from sample_drawing import landscape
from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import UNIFORMS, WHITE, Colour, darker, hour, lighter, mix
from sample_drawing.people import draw_standing, pupil, teacher
from sample_drawing.subject import Subject


def draw_wetland(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """Water to the horizon, flights of geese over it, reeds before it, a class on the bank."""
    light = hour(rng)
    w, h = canvas.width, canvas.height
    low = h * rng.uniform(0.4, 0.46)
    landscape.draw_sky(canvas, light, rng, low)
    landscape.draw_hills(canvas, light, rng, low, layers=2, tall=110)
    water = mix(light.sky_top, (120, 160, 180), 0.3)
    canvas.gradient([(0, low), (w, low), (w, h * 0.74), (0, h * 0.74)], lighter(light.sky_low, 0.1), water)
    for _ in range(70):
        share = rng.random() ** 1.5
        x, y, long = rng.uniform(0, w), low + 8 + (h * 0.72 - low) * share, 20 + 110 * share
        canvas.stroke([(x, y), (x + long, y)], 1.5 + 2 * share, WHITE, 0.35)
    for _ in range(3):
        _shoal(canvas, rng.uniform(0, w), rng.uniform(low + 40, h * 0.6), rng.uniform(120, 300))
    _flight(canvas, w * rng.uniform(0.2, 0.7), h * rng.uniform(0.1, 0.22), rng)
    for _ in range(14):
        _wader(canvas, rng.uniform(0, w), rng.uniform(low + 60, h * 0.66), rng)
    bank = [(x * w / 12, h * (0.74 + 0.012 * math.sin(x * 1.3 + w))) for x in range(13)]
    ground: Colour = rng.choice(((168, 160, 108), (142, 158, 96), (184, 166, 118)))
    canvas.gradient([*bank, (w, h), (0, h)], lighter(ground, 0.2), darker(ground, 0.16))
    for _ in range(150):
        _reed(canvas, rng.uniform(0, w), h * rng.uniform(0.73, 0.79), rng.uniform(60, 130), rng)
    side = rng.choice((-1, 1))
    if subject.title:
        landscape.draw_sign(canvas, w * (0.5 - side * (0.32 if w > h else 0.24)), h * 0.83, subject.title)
    uniform = rng.choice((None, rng.choice(UNIFORMS)))
    draw_standing(
        canvas,
        (w * (0.5 - side * (0.1 if w > h else -0.05)), h * 0.9),
        300,
        teacher(rng),
        facing="back",
        pose="point",
        side=side,
    )
    count = 5 if w > h else 3
    for index in range(count):
        x = w * (0.5 + side * ((0.04 if w > h else 0.16) + (0.42 if w > h else 0.26) * index / (count - 1)))
        y = h * (0.93 + 0.03 * (index % 2))
        pose = "hold" if index % 2 else "point"
        draw_standing(
            canvas,
            (x, y),
            rng.uniform(215, 240),
            pupil(rng, uniform, scarf=True),
            facing="back",
            pose="hold" if pose == "hold" else "point",
            side=side,
        )
    for _ in range(26):
        _reed(
            canvas,
            rng.choice((rng.uniform(0, w * 0.1), rng.uniform(w * 0.9, w))),
            h * rng.uniform(0.98, 1.08),
            rng.uniform(180, 320),
            rng,
        )


def _shoal(canvas: Canvas, x: float, y: float, wide: float) -> None:
    points: list[Point] = [(x - wide, y), (x - wide * 0.4, y - 12), (x + wide * 0.5, y - 9), (x + wide, y), (x, y + 7)]
    canvas.polygon(points, (190, 178, 130), 0.85)


def _flight(canvas: Canvas, x: float, y: float, rng: random.Random) -> None:
    """Geese in the shape of the sign 人."""
    for index in range(11):
        arm, place = (1, index // 2) if index % 2 else (-1, (index + 1) // 2)
        bx, by = x + place * 44 * (1 if arm > 0 else 0.9), y + arm * place * 20 + place * 6
        flap = rng.uniform(8, 14)
        canvas.stroke([(bx - 20, by - flap), (bx, by), (bx + 20, by - flap)], 4.5, (60, 66, 84))


def _wader(canvas: Canvas, x: float, y: float, rng: random.Random) -> None:
    body = WHITE if rng.random() < 0.6 else (150, 120, 96)
    canvas.ellipse(x, y, 15, 8, body)
    canvas.stroke([(x + 11, y - 3), (x + 17, y - 18)], 4, body)
    canvas.stroke([(x + 17, y - 18), (x + 26, y - 16)], 2.5, (60, 60, 60))
    canvas.stroke([(x - 2, y + 7), (x - 2, y + 20)], 2, (80, 80, 80))


def _reed(canvas: Canvas, x: float, foot: float, tall: float, rng: random.Random) -> None:
    lean = rng.uniform(-0.16, 0.2) * tall
    colour: Colour = rng.choice(((166, 158, 92), (130, 150, 84), (196, 172, 110)))
    tip = (x + lean, foot - tall)
    canvas.stroke([(x, foot), (x + lean * 0.4, foot - tall * 0.55), tip], 3.4, colour)
    leaf = (x + lean * 0.3 + tall * rng.choice((-0.16, 0.16)), foot - tall * 0.62)
    canvas.stroke([(x + lean * 0.2, foot - tall * 0.4), leaf], 2.6, colour)
    if rng.random() < 0.6:
        canvas.polygon(
            [(tip[0] - 5, tip[1] + tall * 0.2), (tip[0] + 6, tip[1] + tall * 0.18), (tip[0] + 3, tip[1] - 8)],
            (222, 206, 166),
        )
