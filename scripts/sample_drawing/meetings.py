"""The screen of a lesson or a meeting over video."""

from __future__ import annotations

import random
import re

from sample_drawing.canvas import Canvas
from sample_drawing.colour import SERIES, WALLS, WHITE, Colour, darker, lighter
from sample_drawing.people import Pose, draw_seated, pupil, teacher
from sample_drawing.subject import Subject


def draw_meeting(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """A lesson over video: the shared slide, the teacher, and a tile for every class or person."""
    w, h = canvas.width, canvas.height
    canvas.rectangle(0, 0, w, h, (30, 34, 44))
    canvas.rectangle(0, 0, w, 62, (42, 47, 60))
    canvas.text(36, 31, subject.title, canvas.fitted(subject.title, 28, w * 0.6), (226, 232, 244), anchor="lm")
    for index, colour in enumerate(((110, 210, 140), (246, 190, 80), (236, 100, 92))):
        canvas.ellipse(w - 110 + index * 34, 31, 9, 9, colour)
    is_staff = any("室" in label or "教师" in label for label in subject.labels)
    names = subject.labels or ("主讲课堂", "一班", "二班", "教学点")
    if w > h:
        side = w * 0.26
        low = h - 130 - (150 if re.search(r"\d\d:\d\d", subject.title) else 0)
        _shared(canvas, (24, 84, w - side - 24, low), subject, rng)
        if low < h - 130:
            _comments(canvas, (24, low + 16, w - side - 24, h - 130), subject.title[-5:])
        count = min(max(len(names), 3), 4)
        step = (h - 84 - 130) / count
        for index in range(count):
            y = 84 + index * step
            _tile(
                canvas,
                (w - side, y, w - 24, y + step - 14),
                names[index % len(names)],
                index == 0,
                rng,
                is_staff=is_staff,
            )
    else:
        _shared(canvas, (24, 84, w - 24, 84 + (w - 48) * 0.5625), subject, rng)
        top = 84 + (w - 48) * 0.5625 + 20
        tall = (h - 150 - top) / 3
        for index in range(6):
            row, column = divmod(index, 2)
            x = 24 + column * (w - 36) / 2
            _tile(
                canvas,
                (x, top + row * tall, x + (w - 60) / 2, top + (row + 1) * tall - 14),
                names[index % len(names)],
                index == 0,
                rng,
                is_staff=is_staff,
            )
    _toolbar(canvas)


def _comments(canvas: Canvas, box: tuple[float, float, float, float], moment: str) -> None:
    """Two remarks, each bound to a moment of the recording that is watched."""
    left, top, right, bottom = box
    tall = (bottom - top - 10) / 2
    for index, words in enumerate(("这里停了五秒，孩子自己想出来了。", "换成分小棒，我班可能更容易明白。")):
        y = top + index * (tall + 10)
        canvas.rounded((left, y, right, y + tall), 12, (48, 54, 68))
        canvas.rounded((left + 14, y + 12, left + 118, y + tall - 12), 8, SERIES[index])
        canvas.text(left + 66, y + tall / 2 - 1, moment, 26, WHITE, bold=True)
        canvas.text(
            left + 140,
            y + tall / 2 - 1,
            words,
            canvas.fitted(words, 28, right - left - 170),
            (222, 228, 240),
            anchor="lm",
        )


def _shared(canvas: Canvas, box: tuple[float, float, float, float], subject: Subject, rng: random.Random) -> None:
    wide, tall = box[2] - box[0], box[3] - box[1]
    if wide / tall > 16 / 9:
        spare = (wide - tall * 16 / 9) / 2
        box = (box[0] + spare, box[1], box[2] - spare, box[3])
    else:
        spare = (tall - wide * 9 / 16) / 2
        box = (box[0], box[1] + spare, box[2], box[3] - spare)
    canvas.picture(Subject(title=subject.title).slide(rng).image, box, radius=10)


def _tile(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    name: str,
    is_speaking: bool,
    rng: random.Random,
    *,
    is_staff: bool,
) -> None:
    wide, tall = box[2] - box[0], box[3] - box[1]
    tile = Canvas(max(round(wide * canvas.px), 2), max(round(tall * canvas.px), 2))
    wall = rng.choice(WALLS)
    w, h = tile.width, tile.height
    tile.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(wall, 0.3), darker(wall, 0.12))
    tile.rounded((w * 0.08, h * 0.1, w * 0.36, h * 0.46), 10, darker(wall, 0.4) if is_speaking else (150, 196, 226))
    tile.rounded(
        (w * 0.7, h * 0.12, w * 0.93, h * 0.42), 8, rng.choice(((236, 200, 140), (190, 216, 190), (220, 190, 200)))
    )
    if is_speaking or is_staff:
        draw_seated(
            tile, (w / 2, h * 1.02), h * 0.82, teacher(rng), facing="front", pose="wave" if is_speaking else "rest"
        )
    else:
        for index in range(3):
            pose: Pose = rng.choice(("raise", "rest", "rest"))
            draw_seated(
                tile, (w * (0.22 + 0.28 * index), h * 0.98), h * 0.56, pupil(rng, scarf=True), facing="front", pose=pose
            )
        tile.gradient([(0, h * 0.86), (w, h * 0.86), (w, h), (0, h)], (214, 172, 122), (186, 142, 94))
    canvas.picture(tile.image, box, radius=12)
    if is_speaking:
        canvas.rounded(box, 12, None, edge=(90, 214, 130), edge_width=5)
    size = canvas.fitted(name, 24, wide * 0.7)
    canvas.rounded(
        (box[0] + 10, box[3] - 44, box[0] + 34 + canvas.text_width(name, size), box[3] - 10), 8, (20, 22, 30), 0.66
    )
    canvas.text(box[0] + 22, box[3] - 28, name, size, WHITE, anchor="lm")


def _toolbar(canvas: Canvas) -> None:
    w, h = canvas.width, canvas.height
    canvas.rectangle(0, h - 106, w, h, (42, 47, 60))
    names = ("静音", "视频", "共享", "举手", "聊天", "离开")
    for index, name in enumerate(names):
        x = w / 2 + (index - 2.5) * min(150, w / 7)
        colour: Colour = (236, 92, 84) if name == "离开" else (86, 96, 118)
        canvas.ellipse(x, h - 66, 28, 28, colour)
        canvas.rounded((x - 9, h - 79, x + 9, h - 55), 6, WHITE)
        canvas.text(x, h - 20, name, 20, (206, 212, 226))
