"""Classroom scenes: a lesson at the board, and a lesson or lecture before a large screen."""

from __future__ import annotations

import random

from sample_drawing import rooms
from sample_drawing.canvas import Canvas
from sample_drawing.colour import FLOORS, SKIRTINGS, UNIFORMS, WALLS, WHITE, WOODS, Colour, darker, hour
from sample_drawing.landscape import draw_flag
from sample_drawing.people import Pose, draw_seated, draw_standing, pupil, teacher
from sample_drawing.space import Box, Camera, draw_box
from sample_drawing.subject import Subject

MOTTOES = ("勤学  善思  求实  创新", "好学  乐学  会学", "团结  友爱  勤奋  向上", "读书  明理  立志  成才")


def _room(rng: random.Random) -> rooms.Room:
    return rooms.Room(
        half_width=3.9,
        height=3.3,
        depth=9.4,
        wall=rng.choice(WALLS),
        skirting=rng.choice(SKIRTINGS),
        floor=rng.choice(FLOORS),
        light=hour(rng),
        sunny_side=rng.choice((-1, 1)),
    )


def _rows(
    canvas: Canvas, camera: Camera, rng: random.Random, *, far: float, near: float, dense: bool, taken: float = 0.9
) -> None:
    """Pupils at their desks seen from behind, the far rows first; *taken* is the share of seats that are."""
    uniform = rng.choice(UNIFORMS) if rng.random() < 0.65 else None
    scarf = rng.random() < 0.6
    wood = rng.choice(WOODS)
    columns: tuple[float, ...] = (-2.5, -0.85, 0.85, 2.5) if dense else (-2.2, 0.0, 2.2)
    if canvas.height > canvas.width:
        columns = (-1.0, 0.9)
    z = far
    while z >= near:
        for x in columns:
            rooms.draw_desk(canvas, camera, x, z, wood, rng, wide=1.2)
            for seat in (-0.3, 0.3):
                if rng.random() >= taken:
                    continue
                _sitter(canvas, camera, x + seat, z - 0.3, rng, uniform, scarf=scarf)
        z -= 1.25


def _sitter(
    canvas: Canvas,
    camera: Camera,
    x: float,
    z: float,
    rng: random.Random,
    uniform: tuple[Colour, Colour] | None,
    *,
    scarf: bool,
) -> None:
    pose: Pose = rng.choices(("write", "raise"), (0.72, 0.28))[0]
    look = pupil(rng, uniform, scarf=scarf)
    seat = camera.at(x, 0.44, z)
    canvas.shade(camera.at(x, 0, z)[0], camera.at(x, 0, z)[1], camera.size(0.3, z), camera.size(0.07, z), 0.25)
    for leg in (-0.16, 0.13):
        draw_box(canvas, camera, Box(x0=x + leg, x1=x + leg + 0.03, y0=0, y1=0.42, z0=z, z1=z + 0.03), (120, 126, 136))
    draw_seated(canvas, seat, camera.size(rng.uniform(0.74, 0.82), z), look, pose=pose, side=rng.choice((-1, 1)))
    left, top, right, bottom = camera.wall(z - 0.12, x - 0.19, 0.4, x + 0.19, 0.68)
    canvas.rounded((left, top, right, bottom), camera.size(0.05, z), (206, 160, 108))
    canvas.rounded((left, top, right, top + (bottom - top) * 0.3), camera.size(0.05, z), (226, 186, 138))


def draw_classroom(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A teacher at the board, the class from behind, sunshine from the windows."""
    room = _room(rng)
    camera = rooms.camera_for(canvas, room, rng)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    _far_side(canvas, camera, room, rng)
    far = room.depth
    board = camera.wall(far, -2.3, 0.95, 2.3, 2.3)
    if rng.random() < 0.5:
        screen_side = rng.choice((-1, 1))
        edges = (-2.9, 0.75) if screen_side > 0 else (-0.75, 2.9)
        board = camera.wall(far, edges[0], 0.95, edges[1], 2.25)
        rooms.draw_board(canvas, board, subject.title, list(subject.labels), rng)
        middle = 1.95 * screen_side
        rooms.draw_screen(canvas, camera.wall(far, middle - 0.95, 1.05, middle + 0.95, 2.15), subject.slide(rng))
    else:
        rooms.draw_board(canvas, board, subject.title, list(subject.labels), rng)
    flag = camera.wall(far, -0.3, 2.72, 0.3, 3.12)
    draw_flag(canvas, flag[0], flag[1], flag[2] - flag[0])
    motto = rng.choice(MOTTOES)
    left, right = motto.split("  ", 1)[0], motto.rsplit("  ", 1)[1]
    for words, x in ((left, -1.5), (right, 1.5)):
        at = camera.at(x, 2.86, far)
        canvas.text(at[0], at[1], words, camera.size(0.28, far), (196, 52, 46), bold=True)
    rooms.draw_lamps(canvas, camera, room)
    side = rng.choice((-1, 1))
    z = far - 0.9
    draw_box(
        canvas, camera, Box(x0=-side * 2.6 - 0.5, x1=-side * 2.6 + 0.5, y0=0, y1=1.0, z0=z, z1=z + 0.5), (176, 130, 92)
    )
    foot = camera.at(side * rng.uniform(1.2, 1.9), 0, z)
    draw_standing(
        canvas, foot, camera.size(1.68, z), teacher(rng), pose=rng.choice(("point", "hold", "wave")), side=-side
    )
    _rows(canvas, camera, rng, far=far - 2.5, near=3.0, dense=rng.random() < 0.6)


def _far_side(canvas: Canvas, camera: Camera, room: rooms.Room, rng: random.Random) -> None:
    """The wall without windows: a pin board with pupils' sheets, and a door."""
    x = -room.sunny_side * room.half_width
    canvas.polygon(camera.side(x, 1.25, 2.4, 3.2, 6.0), (214, 178, 130))
    canvas.polygon(
        camera.side(x, 1.3, 2.35, 3.28, 5.92), rng.choice(((120, 178, 160), (240, 206, 130), (150, 186, 220)))
    )
    for column in range(4):
        for row in range(2):
            z = 3.45 + column * 0.62
            colour = rng.choice((WHITE, (255, 240, 200), (220, 240, 250), (250, 222, 220)))
            canvas.polygon(camera.side(x, 1.38 + row * 0.5, 1.76 + row * 0.5, z, z + 0.44), colour)
            ink = camera.side(x, 1.5 + row * 0.5, 1.62 + row * 0.5, z + 0.1, z + 0.32)
            canvas.polygon(ink, rng.choice(((226, 120, 90), (90, 150, 190), (120, 170, 110))), 0.8)
    canvas.polygon(camera.side(x, 0, 2.15, 7.2, 8.3), darker((176, 122, 82), 0.1))
    canvas.polygon(camera.side(x, 1.25, 1.95, 7.4, 8.1), (178, 210, 222))


def draw_lecture(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A large screen, now and then in a dimmed room, somebody presenting beside it, listeners from behind."""
    room = _room(rng)
    camera = rooms.camera_for(canvas, room, rng)
    rooms.draw_shell(canvas, camera, room)
    is_dim = rng.random() < 0.4 or subject.title.startswith("晚修")
    if is_dim:
        canvas.rectangle(0, 0, canvas.width, canvas.height, (24, 34, 66), 0.36)
    else:
        rooms.draw_windows(canvas, camera, room, rng)
        _far_side(canvas, camera, room, rng)
    rooms.draw_lamps(canvas, camera, room)
    far = room.depth
    screen = (
        camera.wall(far, -2.35, 0.85, 2.35, 2.9)
        if canvas.width > canvas.height
        else camera.wall(far, -1.9, 1.0, 1.9, 2.7)
    )
    glow = [camera.at(-2.6, 0, far), camera.at(2.6, 0, far), camera.at(2.2, 0, 5), camera.at(-2.2, 0, 5)]
    canvas.soft([glow], 30, (170, 206, 250), 0.35)
    rooms.draw_screen(canvas, screen, subject.slide(rng))
    side = rng.choice((-1, 1))
    z = far - 0.8
    draw_box(
        canvas,
        camera,
        Box(x0=side * 2.75 - 0.35, x1=side * 2.75 + 0.35, y0=0, y1=1.1, z0=z - 0.3, z1=z),
        (150, 104, 74),
    )
    foot = camera.at(side * 2.2 if canvas.width > canvas.height else side * 1.2, 0, z)
    draw_standing(canvas, foot, camera.size(1.68, z), teacher(rng), pose=rng.choice(("point", "hold")), side=-side)
    _rows(canvas, camera, rng, far=far - 2.7, near=2.9, dense=True)
    if not is_dim:
        return
    low = canvas.height * 0.52
    dim = [(0, low), (canvas.width, low), (canvas.width, canvas.height), (0, canvas.height)]
    canvas.gradient(dim, (22, 30, 62), (18, 22, 48), alpha=(0.0, 0.5))


def draw_small_class(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A village classroom with few pupils: teacher and screen in front, plants on the floor."""
    room = _room(rng)
    camera = rooms.camera_for(canvas, room, rng, share=0.74)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    _far_side(canvas, camera, room, rng)
    far = room.depth
    words = subject.title.split(" ")
    rooms.draw_board(canvas, camera.wall(far, -3.0, 0.95, 0.2, 2.3), " ".join(words[:2]), list(subject.labels), rng)
    rooms.draw_screen(
        canvas, camera.wall(far, 0.7, 1.0, 3.0, 2.3), Subject(title=" ".join(words[2:]) or subject.title).slide(rng)
    )
    flag = camera.wall(far, -0.3, 2.72, 0.3, 3.12)
    draw_flag(canvas, flag[0], flag[1], flag[2] - flag[0])
    rooms.draw_lamps(canvas, camera, room)
    for x in (-3.5, 3.5):
        rooms.draw_plant(canvas, camera, x, far - 0.5, rng)
    draw_standing(
        canvas, camera.at(0.45, 0, far - 1.0), camera.size(1.66, far - 1.0), teacher(rng), pose="point", side=-1
    )
    _rows(canvas, camera, rng, far=far - 3.0, near=4.0, dense=False, taken=0.62)


def draw_live_lesson(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A teacher before a panel in an empty classroom, a camera on the first desk."""
    room = _room(rng)
    camera = rooms.camera_for(canvas, room, rng, share=0.8)
    rooms.draw_shell(canvas, camera, room)
    rooms.draw_windows(canvas, camera, room, rng)
    _far_side(canvas, camera, room, rng)
    far = room.depth
    rooms.draw_screen(canvas, camera.wall(far, -2.0, 0.9, 2.0, 3.0), subject.slide(rng))
    rooms.draw_lamps(canvas, camera, room)
    side = rng.choice((-1, 1))
    draw_standing(
        canvas,
        camera.at(side * 2.3, 0, far - 1.0),
        camera.size(1.68, far - 1.0),
        teacher(rng),
        pose="point",
        side=-side,
    )
    _rows(canvas, camera, rng, far=far - 2.6, near=3.2, dense=False, taken=0.0)
