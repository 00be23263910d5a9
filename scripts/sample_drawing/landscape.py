"""Out of doors: skies, layered hills, fields, trees, houses, and the school with its flag."""

from __future__ import annotations

import math
import random

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import WHITE, Colour, Light, darker, lighter, mix

GREENS: tuple[Colour, ...] = ((96, 150, 84), (120, 168, 92), (82, 140, 104), (134, 172, 84))


def draw_sky(canvas: Canvas, light: Light, rng: random.Random, low: float) -> None:
    """Sky with sun and clouds, down to *low* units."""
    w = canvas.width
    canvas.gradient([(0, 0), (w, 0), (w, low), (0, low)], light.sky_top, light.sky_low)
    if light.name != "overcast":
        x, y = w * rng.choice((0.16, 0.3, 0.72, 0.86)), low * rng.uniform(0.25, 0.55)
        for radius, alpha in ((150, 0.3), (80, 0.5), (38, 0.95)):
            disc = [(x + radius * math.cos(t / 10), y + radius * math.sin(t / 10)) for t in range(63)]
            canvas.soft([disc], radius * 0.35, lighter(light.sun, 0.4), alpha)
    for _ in range(rng.randint(3, 6)):
        _cloud(canvas, rng.uniform(0, w), rng.uniform(low * 0.1, low * 0.6), rng.uniform(60, 150), rng)


def _cloud(canvas: Canvas, x: float, y: float, size: float, rng: random.Random) -> None:
    puffs = []
    for _ in range(6):
        px, py = x + rng.uniform(-size, size), y + rng.uniform(-size * 0.12, size * 0.1)
        rx = size * rng.uniform(0.3, 0.6)
        puffs.append([(px + rx * math.cos(t / 3), py + rx * 0.36 * math.sin(t / 3)) for t in range(19)])
    canvas.soft(puffs, size * 0.09, WHITE, 0.62)


def ridge(canvas: Canvas, base: float, tall: float, rough: float, rng: random.Random) -> list[Point]:
    """The outline of a range of hills around height *base*, *tall* units from valley to top."""
    waves = [(rng.uniform(0.6, 1.4) * k, rng.uniform(0, 6.3), 1 / k**rough) for k in (1, 2, 3, 5, 8, 13, 21)]
    points: list[Point] = []
    steps = 160
    for index in range(steps + 1):
        t = index / steps
        rise = sum(amp * math.sin(freq * t * 6.3 + phase) for freq, phase, amp in waves)
        points.append((t * canvas.width, base - tall * (0.5 + 0.32 * rise)))
    return points


def draw_hills(
    canvas: Canvas, light: Light, rng: random.Random, low: float, *, layers: int = 4, tall: float = 260
) -> None:
    """Layers of hills, the far ones pale with the sky's haze, standing on *low*; mist between them."""
    green = rng.choice(GREENS)
    for layer in range(layers):
        nearness = (layer + 1) / layers
        haze = mix(light.sky_low, light.sky_top, 0.45)
        colour = mix(haze, darker(green, 0.28), 0.2 + 0.6 * nearness)
        base = low - (1 - nearness) * tall * 0.42
        outline = ridge(canvas, base - tall * 0.16, tall * (1.05 - 0.55 * nearness), 1.05 - 0.1 * layer, rng)
        body = [*outline, (canvas.width, low + 40), (0, low + 40)]
        canvas.gradient(body, colour, mix(colour, light.sky_low, 0.34))
        for _ in range(2):
            x, y = rng.uniform(0, canvas.width), base - tall * 0.05
            wide = canvas.width * rng.uniform(0.12, 0.3)
            canvas.soft([[(x - wide, y), (x, y - 16), (x + wide, y), (x, y + 14)]], 16, WHITE, 0.3)


def draw_tree(canvas: Canvas, x: float, foot: float, tall: float, green: Colour, rng: random.Random) -> None:
    """A broad tree with light from the upper left."""
    canvas.shade(x + tall * 0.12, foot, tall * 0.34, tall * 0.06, 0.32)
    trunk = (112, 84, 62)
    canvas.polygon(
        [
            (x - tall * 0.03, foot),
            (x + tall * 0.035, foot),
            (x + tall * 0.018, foot - tall * 0.5),
            (x - tall * 0.018, foot - tall * 0.5),
        ],
        trunk,
    )
    crowns = [(rng.gauss(0, 0.13), rng.uniform(0.46, 0.86), rng.uniform(0.09, 0.19)) for _ in range(18)]
    for shift, colour in (((0.03, 0.03), darker(green, 0.3)), ((0.0, 0.0), green)):
        for dx, up, r in crowns:
            canvas.ellipse(x + tall * (dx + shift[0]), foot - tall * (up - shift[1]), tall * r, tall * r * 0.92, colour)
    for dx, up, r in crowns[:9]:
        canvas.ellipse(
            x + tall * (dx - 0.05),
            foot - tall * (up + 0.05),
            tall * r * 0.62,
            tall * r * 0.5,
            lighter(green, 0.13),
            0.8,
        )
    for _ in range(150):
        dx, up, r = rng.choice(crowns)
        angle, reach = rng.uniform(0, 6.3), rng.uniform(0.2, 1.0) * r
        dot = tall * rng.uniform(0.007, 0.014)
        canvas.ellipse(
            x + tall * (dx + reach * math.cos(angle)),
            foot - tall * (up + reach * math.sin(angle)),
            dot,
            dot * 0.8,
            lighter(green, rng.uniform(0.1, 0.35)),
            0.7,
        )


def draw_flag(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """The national flag, its upper left corner at (x, y), two thirds as high as *wide*."""
    tall = wide * 2 / 3
    canvas.gradient([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)], (222, 41, 16), (202, 30, 12))
    cell = wide / 30  # the construction sheet's grid: 30 by 20
    _star(canvas, x + 5 * cell, y + 5 * cell, 3 * cell, -90)
    for cx, cy in ((10, 2), (12, 4), (12, 7), (10, 9)):
        towards = math.degrees(math.atan2(5 - cy, 5 - cx))
        _star(canvas, x + cx * cell, y + cy * cell, cell, towards)


def _star(canvas: Canvas, x: float, y: float, radius: float, turn: float) -> None:
    points = []
    for index in range(10):
        r = radius if index % 2 == 0 else radius * 0.382
        angle = math.radians(turn + index * 36)
        points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    canvas.polygon(points, (255, 222, 0))


def draw_flagpole(canvas: Canvas, x: float, foot: float, tall: float) -> None:
    """A flag on its pole, on a stepped base."""
    canvas.shade(x + tall * 0.05, foot, tall * 0.09, tall * 0.018, 0.35)
    canvas.rectangle(x - tall * 0.06, foot - tall * 0.03, x + tall * 0.06, foot, (206, 200, 192))
    canvas.rectangle(x - tall * 0.04, foot - tall * 0.055, x + tall * 0.04, foot - tall * 0.03, (222, 218, 210))
    canvas.stroke([(x, foot - tall * 0.05), (x, foot - tall)], tall * 0.012, (214, 220, 226))
    draw_flag(canvas, x + tall * 0.006, foot - tall * 0.98, tall * 0.26)


def draw_house(canvas: Canvas, x: float, foot: float, wide: float, rng: random.Random) -> None:
    """A farm house with a dark tiled roof."""
    tall = wide * 0.42
    wall: Colour = rng.choice(((240, 232, 214), (226, 206, 176), (196, 150, 108)))
    canvas.shade(x + wide * 0.1, foot, wide * 0.6, wide * 0.07, 0.3)
    canvas.gradient(
        [(x - wide / 2, foot - tall), (x + wide / 2, foot - tall), (x + wide / 2, foot), (x - wide / 2, foot)],
        wall,
        darker(wall, 0.1),
    )
    eave, top = foot - tall * 0.95, foot - tall * 1.62
    canvas.gradient(
        [(x - wide * 0.6, eave), (x - wide * 0.42, top), (x + wide * 0.42, top), (x + wide * 0.6, eave)],
        (96, 98, 108),
        (66, 68, 80),
    )
    canvas.rectangle(x - wide * 0.08, foot - tall * 0.62, x + wide * 0.08, foot, (122, 78, 52))
    for sign in (-1, 1):
        canvas.rectangle(
            x + sign * wide * 0.3 - wide * 0.07,
            foot - tall * 0.66,
            x + sign * wide * 0.3 + wide * 0.07,
            foot - tall * 0.34,
            (86, 110, 130),
        )


def draw_view(canvas: Canvas, light: Light, rng: random.Random) -> None:
    """What is seen through a window: sky, far hills, tree tops."""
    low = canvas.height * 0.62
    draw_sky(canvas, light, rng, low)
    draw_hills(canvas, light, rng, low, layers=3, tall=200)
    canvas.rectangle(0, low, canvas.width, canvas.height, darker(rng.choice(GREENS), 0.1))
    for _ in range(12):
        draw_tree(
            canvas,
            rng.uniform(0, canvas.width),
            canvas.height * rng.uniform(0.62, 0.8),
            rng.uniform(180, 320),
            rng.choice(GREENS),
            rng,
        )


def draw_sign(canvas: Canvas, x: float, foot: float, title: str) -> None:
    """A wooden board on two posts with *title*."""
    size = canvas.fitted(title, 46, 300, bold=True)
    wide = canvas.text_width(title, size, bold=True) / 2 + 34
    canvas.shade(x + 10, foot, wide * 0.8, 14, 0.35)
    for offset in (-0.6, 0.6):
        canvas.rectangle(x + wide * offset - 7, foot - 180, x + wide * offset + 7, foot, (132, 96, 66))
    canvas.rounded((x - wide, foot - 236, x + wide, foot - 130), 12, (172, 126, 84))
    canvas.rounded((x - wide + 9, foot - 227, x + wide - 9, foot - 139), 8, (250, 240, 216))
    canvas.text(x, foot - 184, title, size, (92, 66, 42), bold=True)
