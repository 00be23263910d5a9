"""Scenes in the open: a school between mountains, a schoolyard, a lesson in the fields."""

from __future__ import annotations

import random

from sample_drawing import landscape
from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import UNIFORMS, WHITE, Colour, Light, darker, hour, lighter, mix
from sample_drawing.people import Facing, Look, Pose, draw_standing, pupil, teacher
from sample_drawing.subject import Subject

EARTH: Colour = (206, 186, 156)


def _curve(points: list[Point], steps: int = 24) -> list[Point]:
    """A smooth line through *points* (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    line: list[Point] = []
    for index in range(len(ends) - 3):
        a, b, c, d = ends[index : index + 4]
        for step in range(steps):
            t = step / steps
            line.append(
                (
                    0.5
                    * (
                        2 * b[0]
                        + (c[0] - a[0]) * t
                        + (2 * a[0] - 5 * b[0] + 4 * c[0] - d[0]) * t**2
                        + (3 * b[0] - a[0] - 3 * c[0] + d[0]) * t**3
                    ),
                    0.5
                    * (
                        2 * b[1]
                        + (c[1] - a[1]) * t
                        + (2 * a[1] - 5 * b[1] + 4 * c[1] - d[1]) * t**2
                        + (3 * b[1] - a[1] - 3 * c[1] + d[1]) * t**3
                    ),
                )
            )
    return [*line, points[-1]]


def _terraces(canvas: Canvas, top: float, low: float, rng: random.Random, light: Light) -> None:
    """Stepped fields from *top* down to *low*, each terrace with its bright edge."""
    green = rng.choice(landscape.GREENS)
    crop = rng.choice(((196, 196, 96), (150, 186, 88), (110, 168, 96), (214, 190, 96)))
    count = 7
    for index in range(count):
        share = index / count
        y = top + (low - top) * share
        swing = (low - top) * 0.13
        line = _curve([(canvas.width * k / 5, y + rng.uniform(-swing, swing)) for k in range(6)], 12)
        colour = mix(mix(green, crop, (index % 3) * 0.4), light.sky_low, 0.26 * (1 - share))
        body = [*line, (canvas.width, low + 10), (0, low + 10)]
        canvas.gradient(body, lighter(colour, 0.12), darker(colour, 0.14))
        canvas.stroke(line, 3 + 3 * share, lighter(colour, 0.4), 0.9)
        canvas.stroke([(x, y + 5) for x, y in line], 2 + 2 * share, darker(colour, 0.35), 0.5)
        for _ in range(70):
            x, at = rng.choice(line)
            at += rng.uniform(6, (low - top) / count)
            canvas.stroke([(x, at), (x, at - 3 - 5 * share)], 2.4, darker(colour, 0.25), 0.6)


def _school(canvas: Canvas, x: float, foot: float, wide: float, floors: int, name: str, rng: random.Random) -> None:
    """A school building with open corridors, its *name* along the roof."""
    storey = wide * 0.125
    wall: Colour = rng.choice(((248, 244, 234), (250, 236, 214), (238, 242, 244)))
    band: Colour = rng.choice(((196, 84, 70), (70, 128, 170), (86, 150, 120), (214, 150, 84)))
    top = foot - storey * floors
    left, right = x - wide / 2, x + wide / 2
    canvas.shade(x + wide * 0.08, foot, wide * 0.56, wide * 0.035, 0.4)
    canvas.gradient([(left, top), (right, top), (right, foot), (left, foot)], wall, darker(wall, 0.1))
    for floor in range(floors):
        y = top + floor * storey
        canvas.gradient(
            [(left, y + storey * 0.1), (right, y + storey * 0.1), (right, y + storey * 0.8), (left, y + storey * 0.8)],
            darker(wall, 0.34),
            darker(wall, 0.16),
        )
        rooms = 8
        for room in range(rooms):
            start = left + wide * (room + 0.12) / rooms
            if room % 3 == 2:
                canvas.rectangle(start, y + storey * 0.2, start + wide * 0.045, y + storey, (150, 100, 70))
            else:
                canvas.gradient(
                    [
                        (start, y + storey * 0.24),
                        (start + wide * 0.085, y + storey * 0.24),
                        (start + wide * 0.085, y + storey * 0.66),
                        (start, y + storey * 0.66),
                    ],
                    (190, 218, 230),
                    (120, 160, 186),
                )
                canvas.rectangle(start + wide * 0.04, y + storey * 0.24, start + wide * 0.045, y + storey * 0.66, WHITE)
        canvas.rectangle(left, y + storey * 0.68, right, y + storey, band if floor % 2 else lighter(band, 0.72))
        for room in range(rooms + 1):
            pillar = left + wide * room / rooms
            canvas.rectangle(pillar - wide * 0.007, y, pillar + wide * 0.007, y + storey, lighter(wall, 0.5))
        canvas.rectangle(
            left - wide * 0.01, y - storey * 0.03, right + wide * 0.01, y + storey * 0.07, lighter(wall, 0.4)
        )
    eave = top - storey * 0.34
    canvas.gradient(
        [
            (left - wide * 0.025, top),
            (left + wide * 0.03, eave),
            (right - wide * 0.03, eave),
            (right + wide * 0.025, top),
        ],
        lighter(band, 0.1),
        darker(band, 0.2),
    )
    _name_plate(canvas, x, top, storey, wide, name, lighter(band, 0.86))


def _name_plate(canvas: Canvas, x: float, top: float, storey: float, wide: float, name: str, ground: Colour) -> None:
    """The school's *name* in red above its upper corridor."""
    size = canvas.fitted(name, storey * 0.34, wide * 0.6, bold=True)
    canvas.rounded(
        (
            x - canvas.text_width(name, size, bold=True) / 2 - size * 0.5,
            top + storey * 0.03 - size * 0.75,
            x + canvas.text_width(name, size, bold=True) / 2 + size * 0.5,
            top + storey * 0.03 + size * 0.7,
        ),
        size * 0.2,
        ground,
    )
    canvas.text(x, top + storey * 0.02, name, size, (190, 44, 40), bold=True)


def _children(
    canvas: Canvas,
    rng: random.Random,
    places: list[Point],
    tall: float,
    uniform: tuple[Colour, Colour] | None,
    poses: tuple[Pose, ...],
    *,
    facing: Facing = "front",
) -> None:
    for x, y in sorted(places, key=lambda place: place[1]):
        grown = tall * (0.62 + 0.5 * y / canvas.height)
        look = pupil(rng, uniform, scarf=uniform is not None)
        pose, side, stride = rng.choice(poses), rng.choice((-1, 1)), rng.uniform(0, 0.5)
        draw_standing(canvas, (x, y), grown, look, facing=facing, pose=pose, side=side, stride=stride)


def draw_village_school(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A small school on a terrace in the mountains, the flag before it, a teacher greeting a few children."""
    light = hour(rng)
    w, h = canvas.width, canvas.height
    low = h * rng.uniform(0.5, 0.56)
    landscape.draw_sky(canvas, light, rng, low)
    landscape.draw_hills(canvas, light, rng, low, layers=5, tall=330)
    _terraces(canvas, low - 20, h * 0.72, rng, light)
    for _ in range(rng.randint(2, 4)):
        landscape.draw_house(
            canvas,
            rng.choice((rng.uniform(0.02, 0.2), rng.uniform(0.82, 0.98))) * w,
            low + rng.uniform(10, 80),
            rng.uniform(60, 110),
            rng,
        )
    yard = h * 0.72
    canvas.rectangle(0, yard - 16, w, yard + 80, rng.choice(landscape.GREENS))
    brow = _curve([(0, yard + 30), (w * 0.3, yard - 10), (w * 0.7, yard), (w, yard + 36)])
    canvas.gradient([*brow, (w, h), (0, h)], lighter(EARTH, 0.24), darker(EARTH, 0.12))
    x = w * rng.uniform(0.42, 0.6)
    wide = w * (0.52 if w > h else 0.78)
    green = rng.choice(landscape.GREENS)
    for offset in (-0.62, 0.6, 0.74):
        landscape.draw_tree(canvas, x + wide * offset, yard + 24, rng.uniform(230, 330), green, rng)
    _school(canvas, x, yard + 30, wide, 1 if subject.title.endswith("点") else 2, subject.title, rng)
    pole = x + wide * rng.choice((-0.33, 0.36))
    landscape.draw_flagpole(canvas, pole, yard + 74, 360)
    path = [(x - 34, yard + 32), (x + 34, yard + 32), (x + w * 0.2, h), (x - w * 0.14, h)]
    canvas.gradient(path, lighter(EARTH, 0.5), lighter(EARTH, 0.2))
    _grass(canvas, rng, yard + 90, path)
    if "雾" in "".join(subject.labels):
        for _ in range(9):
            mx, my, reach = rng.uniform(0, w), rng.uniform(low - 150, yard - 10), w * rng.uniform(0.15, 0.4)
            canvas.soft([[(mx - reach, my), (mx, my - 34), (mx + reach, my), (mx, my + 30)]], 26, WHITE, 0.6)
    count = rng.randint(4, 8)
    places = [
        (w * (0.1 + 0.8 * (k + rng.uniform(0.2, 0.8)) / count), h * rng.uniform(0.86, 0.96)) for k in range(count)
    ]
    uniform = rng.choice((None, rng.choice(UNIFORMS)))
    first = rng.randrange(count // 3, count * 2 // 3)
    between = (places[first][0] + places[first + 1][0]) / 2
    draw_standing(canvas, (between, h * 0.83), 205, teacher(rng), pose="wave")
    _children(canvas, rng, places, 165, uniform, ("rest", "wave", "raise", "rest"), facing="back")


def _grass(canvas: Canvas, rng: random.Random, top: float, path: list[Point]) -> None:
    for _ in range(260):
        x, y = rng.uniform(0, canvas.width), rng.uniform(top, canvas.height)
        share = (y - path[0][1]) / (path[2][1] - path[0][1])
        if path[0][0] + (path[3][0] - path[0][0]) * share - 8 < x < path[1][0] + (path[2][0] - path[1][0]) * share + 8:
            continue
        green = rng.choice(landscape.GREENS)
        for lean in (-5, 0, 6):
            canvas.stroke([(x, y), (x + lean, y - rng.uniform(6, 15))], 2.4, darker(green, 0.1), 0.8)


def draw_schoolyard(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A playground before a tall teaching building, a class at exercise."""
    light = hour(rng)
    w, h = canvas.width, canvas.height
    low = h * 0.5
    landscape.draw_sky(canvas, light, rng, low)
    landscape.draw_hills(canvas, light, rng, low, layers=3, tall=200)
    green = rng.choice(landscape.GREENS)
    canvas.rectangle(0, low, w, h, darker(green, 0.08))
    x = w * rng.uniform(0.4, 0.6)
    _school(canvas, x, low + 46, w * (0.66 if w > h else 0.9), rng.choice((3, 4)), subject.title, rng)
    for index in range(7):
        landscape.draw_tree(
            canvas, w * (index + 0.5) / 7 + rng.uniform(-30, 30), low + 70, rng.uniform(110, 190), green, rng
        )
    track: Colour = rng.choice(((198, 92, 74), (180, 100, 84)))
    canvas.gradient([(0, low + 70), (w, low + 70), (w, h), (0, h)], lighter(track, 0.1), darker(track, 0.1))
    for lane in range(4):
        y = low + 84 + lane * 16
        canvas.stroke([(0, y), (w, y)], 2, WHITE, 0.8)
    field = [(w * 0.04, low + 150), (w * 0.96, low + 150), (w * 1.2, h), (-w * 0.2, h)]
    canvas.gradient(field, (120, 176, 104), (84, 150, 84))
    for index in range(8):
        a, b = index / 8, (index + 0.5) / 8
        stripe = [
            (w * (0.04 + 0.92 * a), low + 150),
            (w * (0.04 + 0.92 * b), low + 150),
            (w * (-0.2 + 1.4 * b), h),
            (w * (-0.2 + 1.4 * a), h),
        ]
        canvas.polygon(stripe, WHITE, 0.07)
    landscape.draw_flagpole(canvas, w * rng.choice((0.12, 0.88)), low + 150, 400)
    uniform = rng.choice(UNIFORMS)
    pose: Pose = rng.choice(("raise", "wave", "hold"))
    draw_standing(canvas, (w * 0.5, h * 0.72), 200, teacher(rng), facing="back", pose="raise")
    for row in range(3):
        y = h * (0.72 + row * 0.1)
        count = 6 if w > h else 4
        for column in range(count):
            if row == 0 and column in (count // 2 - 1, count // 2):
                continue
            spot = w * (0.1 + 0.8 * (column + 0.5 * (row % 2)) / (count - 0.5))
            draw_standing(
                canvas, (spot, y), 130 + row * 34, pupil(rng, uniform, scarf=True), pose=pose, side=1, stride=0.5
            )


def draw_field_lesson(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A teacher and pupils with tablets and a sign among fields, under a tree."""
    light = hour(rng)
    w, h = canvas.width, canvas.height
    low = h * rng.uniform(0.42, 0.5)
    landscape.draw_sky(canvas, light, rng, low)
    landscape.draw_hills(canvas, light, rng, low, layers=4, tall=280)
    _terraces(canvas, low - 14, h * 0.68, rng, light)
    if rng.random() < 0.5:
        bank = _curve([(0, h * 0.64), (w * 0.35, h * 0.6), (w * 0.6, h * 0.66), (w, h * 0.61)])
        canvas.gradient([*bank, *reversed([(x, y + 46) for x, y in bank])], lighter(light.sky_top, 0.3), light.sky_top)
        canvas.stroke([(x, y + 20) for x, y in bank], 3, WHITE, 0.6)
    green = rng.choice(landscape.GREENS)
    brow = _curve([(0, h * 0.69), (w * 0.4, h * 0.665), (w * 0.75, h * 0.69), (w, h * 0.66)])
    canvas.gradient([*brow, (w, h), (0, h)], lighter(green, 0.14), darker(green, 0.12))
    _grass(canvas, rng, h * 0.72, [(0, h * 0.7), (0, h * 0.7), (0, h), (0, h)])
    side = rng.choice((-1, 1))
    landscape.draw_tree(canvas, w * (0.5 + side * 0.4), h * 0.8, 620, green, rng)
    landscape.draw_sign(canvas, w * (0.5 - side * 0.34), h * 0.8, subject.title)
    draw_standing(canvas, (w * (0.5 - side * 0.12), h * 0.84), 300, teacher(rng), pose="point", side=-side)
    uniform = rng.choice((None, rng.choice(UNIFORMS)))
    count = rng.randint(5, 7)
    looks: list[Look] = [pupil(rng, uniform, scarf=uniform is not None) for _ in range(count)]
    for index, look in enumerate(looks):
        t = (index + 0.5) / count
        x = w * (0.5 + side * (-0.02 + 0.44 * t)) if index % 2 else w * (0.5 + side * (-0.3 + 0.6 * t))
        y = h * (0.86 if index % 2 else 0.96)
        facing = "back" if index % 3 == 0 else "front"
        draw_standing(
            canvas,
            (x, y),
            rng.uniform(205, 232),
            look,
            facing="back" if facing == "back" else "front",
            pose="rest" if facing == "back" else rng.choice(("hold", "raise", "hold")),
            side=side,
        )
