"""What rooms are made of: walls, windows with their sunshine, boards, desks, lamps."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from sample_drawing.canvas import Canvas
from sample_drawing.colour import WHITE, Colour, Light, darker, lighter, mix
from sample_drawing.landscape import draw_view
from sample_drawing.space import Box, Camera, draw_box, draw_shadow


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room seen from its back: sizes in metres, colours of its surfaces."""

    half_width: float
    height: float
    depth: float
    wall: Colour
    skirting: Colour
    floor: Colour
    light: Light
    sunny_side: int  # -1: the windows are on the left, 1: on the right


def camera_for(canvas: Canvas, room: Room, rng: random.Random, *, share: float = 0.66) -> Camera:
    """A camera that shows the far wall over *share* of the width; wider than the canvas when that is upright."""
    wanted = canvas.width * (share if canvas.width > canvas.height else 1.12)
    return Camera(
        centre=(
            canvas.width * rng.uniform(0.46, 0.54),
            canvas.height * (0.4 if canvas.width > canvas.height else 0.42),
        ),
        focal=wanted * room.depth / (2 * room.half_width),
        x=rng.uniform(-0.7, 0.7),
        eye=rng.uniform(1.75, 2.05),
    )


def draw_shell(canvas: Canvas, camera: Camera, room: Room) -> None:
    """Floor, ceiling and the three walls, with the light falling off into the corners."""
    w, far = room.half_width, room.depth
    left, top, right, bottom = camera.wall(far, -w, 0, w, room.height)
    canvas.gradient(
        [(0, 0), (canvas.width, 0), (canvas.width, top + 2), (0, top + 2)], (214, 218, 220), (246, 246, 242)
    )
    canvas.gradient(
        [(0, bottom - 2), (canvas.width, bottom - 2), (canvas.width, canvas.height), (0, canvas.height)],
        lighter(room.floor, 0.3),
        darker(room.floor, 0.16),
    )
    for step in range(1, 40):
        z = 0.8 + step * 0.6
        if z < far:
            a, b = camera.at(-w, 0, z), camera.at(w, 0, z)
            canvas.stroke([a, b], 1.4, darker(room.floor, 0.2), 0.35)
    for step in range(-8, 9):
        x = step * 0.6 * w / 4
        canvas.stroke([camera.at(x, 0, 0.8), camera.at(x, 0, far)], 1.4, darker(room.floor, 0.2), 0.35)
    for sign in (-1, 1):
        near, deep = (0.02, 0.14) if sign == room.sunny_side else (0.0, 0.06)
        wall = camera.side(sign * w, 0, room.height, 0.4, far)
        first, last = darker(room.wall, near + 0.05), darker(room.wall, deep)
        canvas.gradient(wall, first if sign < 0 else last, last if sign < 0 else first, across=True)
        canvas.polygon(camera.side(sign * w, 0, 1.1, 0.4, far), room.skirting, 0.8)
        canvas.polygon(camera.side(sign * w, 0, 0.1, 0.4, far), darker(room.skirting, 0.4))
    canvas.gradient([(left, top), (right, top), (right, bottom), (left, bottom)], lighter(room.wall, 0.35), room.wall)
    canvas.polygon(
        [(left, camera.at(0, 1.1, far)[1]), (right, camera.at(0, 1.1, far)[1]), (right, bottom), (left, bottom)],
        room.skirting,
        0.75,
    )
    canvas.rectangle(left, camera.at(0, 0.1, far)[1], right, bottom, darker(room.skirting, 0.4))
    for x in (left, right):
        canvas.soft([[(x - 4, top), (x + 4, top), (x + 4, bottom), (x - 4, bottom)]], 16, (60, 60, 80), 0.35)
    canvas.soft([[(left, top - 3), (right, top - 3), (right, top + 3), (left, top + 3)]], 12, (60, 60, 80), 0.25)


def draw_windows(canvas: Canvas, camera: Camera, room: Room, rng: random.Random) -> None:
    """A row of windows on the sunny side, the view outside, curtains, and their sunshine on the floor."""
    view = Canvas(canvas.image.width, canvas.image.height)
    draw_view(view, room.light, rng)
    x = room.sunny_side * room.half_width
    curtain = mix(rng.choice(((150, 196, 200), (222, 196, 150), (170, 190, 220), (196, 212, 170))), WHITE, 0.25)
    count = 3
    span = (room.depth - 2.6) / count
    for index in range(count):
        z0 = 1.9 + index * span
        z1 = z0 + span * 0.78
        pane = camera.side(x, 1.15, 2.65, z0, z1)
        canvas.soft([pane], 14, room.light.sun, 0.5)
        canvas.masked(view.image, pane)
        canvas.polygon(pane, lighter(room.light.sun, 0.5), 0.38)
        canvas.stroke([*pane, pane[0]], camera.size(0.07, (z0 + z1) / 2), (250, 250, 248))
        middle = (z0 + z1) / 2
        canvas.stroke(
            [camera.at(x, 1.15, middle), camera.at(x, 2.65, middle)], camera.size(0.045, middle), (250, 250, 248)
        )
        canvas.stroke([camera.at(x, 2.1, z0), camera.at(x, 2.1, z1)], camera.size(0.035, middle), (250, 250, 248))
        drape = camera.side(x, 1.05, 2.75, z1 - 0.05, z1 + span * 0.2)
        canvas.gradient(drape, lighter(curtain, 0.3), darker(curtain, 0.1), across=True)
        _sunshine(canvas, camera, room, z0, z1)


def _sunshine(canvas: Canvas, camera: Camera, room: Room, z0: float, z1: float) -> None:
    strength = room.light.strength * 0.34
    start = room.sunny_side * (room.half_width - 0.7)
    end = room.sunny_side * (room.half_width - 3.4)
    patch = [camera.at(start, 0, z0), camera.at(start, 0, z1), camera.at(end, 0, z1 - 0.7), camera.at(end, 0, z0 - 0.7)]
    canvas.soft([patch], 7, room.light.sun, strength)
    x = room.sunny_side * room.half_width
    beam = [camera.at(x, 2.5, z0), camera.at(x, 2.5, z1), patch[2], patch[3]]
    canvas.soft([beam], 14, room.light.sun, strength * 0.24)


def draw_lamps(canvas: Canvas, camera: Camera, room: Room) -> None:
    """Two rows of long lamps under the ceiling."""
    for z in (room.depth - 1.6, room.depth - 3.8, room.depth - 6.0):
        for x in (-room.half_width * 0.5, room.half_width * 0.5):
            if z < 1:
                continue
            lamp = camera.floor(x - 0.7, x + 0.7, z, z + 0.18, room.height - 0.25)
            canvas.soft([lamp], 14, (255, 255, 240), 0.8)
            canvas.polygon(lamp, (255, 255, 250))
            canvas.stroke([lamp[0], lamp[1]], 3, (190, 196, 200))


def draw_board(
    canvas: Canvas, box: tuple[float, float, float, float], title: str, lines: list[str], rng: random.Random
) -> None:
    """A green board with chalk writing: the *title* large, *lines* small below it."""
    left, top, right, bottom = box
    frame = (right - left) * 0.012
    canvas.soft([[(left, top), (right + 6, top), (right + 6, bottom + 12), (left, bottom + 12)]], 9, (30, 30, 40), 0.4)
    canvas.rounded((left - frame, top - frame, right + frame, bottom + frame), frame, (196, 170, 128))
    canvas.gradient([(left, top), (right, top), (right, bottom), (left, bottom)], (46, 98, 84), (34, 78, 70))
    for _ in range(10):  # wiped chalk
        x, y = rng.uniform(left, right), rng.uniform(top, bottom)
        reach = (right - left) * 0.1
        canvas.soft(
            [
                [
                    (max(x - reach, left), y),
                    (min(x + reach, right), y - 4),
                    (min(x + reach, right), y + 6),
                    (max(left, x - reach), y + 9),
                ]
            ],
            8,
            (220, 236, 230),
            0.1,
        )
    tall, wide = bottom - top, right - left
    size = canvas.fitted(title, tall * 0.26, wide * 0.84)
    start = left + (wide - canvas.text_width(title, size)) / 2
    end = canvas.handwriting(start, top + tall * 0.28, title, size, (246, 248, 240), rng, alpha=0.94)
    canvas.stroke(
        [(start, top + tall * 0.47), (end, top + tall * 0.465)], max(tall * 0.012, 1.6), (250, 214, 120), 0.85
    )
    inks: tuple[Colour, ...] = ((240, 244, 236), (252, 220, 140), (160, 220, 240), (250, 180, 180))
    for index, line in enumerate(lines[:4]):
        column, row = index % 2, index // 2
        small = canvas.fitted(line, tall * 0.13, wide * 0.4)
        canvas.handwriting(
            left + wide * (0.08 + column * 0.46),
            top + tall * (0.62 + row * 0.2),
            line,
            small,
            inks[index],
            rng,
            alpha=0.9,
        )
    canvas.rectangle(left, bottom, right, bottom + frame * 1.6, (170, 142, 102))


def draw_screen(canvas: Canvas, box: tuple[float, float, float, float], content: Canvas | None = None) -> None:
    """A flat panel on the wall, glowing, showing *content*."""
    left, top, right, bottom = box
    edge = (right - left) * 0.014
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    canvas.soft([corners], 22, (190, 220, 255), 0.4)
    canvas.rounded((left - edge, top - edge, right + edge, bottom + edge), edge, (32, 36, 44))
    if content is None:
        canvas.gradient(corners, (70, 130, 210), (40, 80, 160))
    else:
        canvas.picture(content.image, box)
    canvas.gradient(
        [(left, top), (left + (right - left) * 0.42, top), (left + (right - left) * 0.24, bottom), (left, bottom)],
        WHITE,
        WHITE,
        across=True,
        alpha=(0.13, 0.02),
    )


def draw_plant(canvas: Canvas, camera: Camera, x: float, z: float, rng: random.Random) -> None:
    """A leafy plant in a pot on the floor."""
    foot = camera.at(x, 0, z)
    size = camera.size(1.0, z)
    canvas.shade(foot[0] + size * 0.08, foot[1], size * 0.3, size * 0.07, 0.35)
    for _ in range(16):
        turn = rng.uniform(-1.1, 1.1)
        reach = rng.uniform(0.45, 0.85) * size
        root = (foot[0], foot[1] - size * 0.34)
        tip = (root[0] + reach * turn * 0.62, root[1] - reach * (1.15 - abs(turn) * 0.5))
        middle = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 - reach * 0.1)
        green = rng.choice(((84, 150, 96), (110, 172, 100), (66, 128, 90)))
        side = size * 0.06
        canvas.polygon([root, (middle[0] - side, middle[1]), tip, (middle[0] + side, middle[1] + side)], green)
        canvas.stroke([root, tip], 1.5, lighter(green, 0.3))
    pot = [(foot[0] - size * 0.2, foot[1] - size * 0.4), (foot[0] + size * 0.2, foot[1] - size * 0.4)]
    canvas.gradient(
        [*pot, (foot[0] + size * 0.14, foot[1]), (foot[0] - size * 0.14, foot[1])],
        (240, 236, 228),
        (190, 182, 172),
        across=True,
    )


def draw_rug(canvas: Canvas, camera: Camera, x: float, z: float, wide: float, colour: Colour) -> None:
    """A round rug of *wide* metres around (x, z)."""
    for share, tone in (
        (1.0, darker(colour, 0.08)),
        (0.93, lighter(colour, 0.25)),
        (0.72, lighter(colour, 0.4)),
        (0.68, lighter(colour, 0.16)),
    ):
        half = wide * share / 2
        points = [camera.at(x + half * math.cos(t / 10), 0, z + half * 0.8 * math.sin(t / 10)) for t in range(63)]
        canvas.polygon(points, tone)


def draw_desk(
    canvas: Canvas, camera: Camera, x: float, z: float, wood: Colour, rng: random.Random, *, wide: float = 1.2
) -> None:
    """A school desk with books, its far edge at *z* + 0.5 m, and its shadow."""
    half = wide / 2
    draw_shadow(canvas, camera, Box(x0=x - half, x1=x + half, y0=0, y1=0.7, z0=z, z1=z + 0.5), 0.28)
    for leg in (-half + 0.05, half - 0.09):
        draw_box(
            canvas, camera, Box(x0=x + leg, x1=x + leg + 0.04, y0=0, y1=0.7, z0=z + 0.05, z1=z + 0.09), (120, 128, 138)
        )
    draw_box(
        canvas,
        camera,
        Box(x0=x - half + 0.05, x1=x + half - 0.05, y0=0.5, y1=0.66, z0=z + 0.06, z1=z + 0.45),
        darker(wood, 0.3),
    )
    draw_box(canvas, camera, Box(x0=x - half, x1=x + half, y0=0.7, y1=0.74, z0=z, z1=z + 0.5), wood)
    cover = rng.choice(((226, 92, 84), (70, 140, 200), (246, 190, 80), (90, 170, 130)))
    place = x + rng.uniform(-half * 0.6, half * 0.4)
    draw_box(canvas, camera, Box(x0=place, x1=place + 0.2, y0=0.74, y1=0.77, z0=z + 0.15, z1=z + 0.4), cover)
    sheet = x + rng.uniform(-half * 0.8, half * 0.5)
    canvas.polygon(camera.floor(sheet, sheet + 0.24, z + 0.1, z + 0.38, 0.745), (250, 250, 246))
