"""The screen of a phone: a page of a learning app."""

from __future__ import annotations

import random

from sample_drawing.canvas import Canvas
from sample_drawing.charts import written
from sample_drawing.colour import INKS, SERIES, WHITE, Colour, darker, hour, lighter
from sample_drawing.landscape import draw_view
from sample_drawing.people import draw_seated, pupil
from sample_drawing.subject import Subject

INK: Colour = (36, 44, 60)
PALE: Colour = (132, 142, 160)


def draw_phone_app(canvas: Canvas, subject: Subject, rng: random.Random) -> None:
    """An app's page: a coloured head with the title, a picture, then a row for each label."""
    w, h = canvas.width, canvas.height
    theme = rng.choice(INKS)
    canvas.rectangle(0, 0, w, h, (244, 246, 250))
    if w > h:  # a wide frame shows the phone in the middle of a soft ground
        canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(theme, 0.8), lighter(theme, 0.55))
        inner = Canvas(round(430 * canvas.px * 2), round(930 * canvas.px * 2))
        draw_phone_app(inner, subject, rng)
        left = w / 2 - 215
        canvas.soft([[(left, 50), (left + 450, 50), (left + 450, 980), (left, 980)]], 24, darker(theme, 0.6), 0.5)
        canvas.rounded((left - 16, 20, left + 446, 980), 52, (28, 30, 38))
        canvas.picture(inner.image, (left, 36, left + 430, 964), radius=38)
        return
    canvas.gradient([(0, 0), (w, 0), (w, 620), (0, 620)], lighter(theme, 0.06), lighter(theme, 0.32))
    canvas.ellipse(w * 0.92, 120, 260, 260, WHITE, 0.09)
    canvas.ellipse(w * 0.75, 420, 180, 180, WHITE, 0.07)
    _status(canvas, rng)
    canvas.stroke([(74, 150), (50, 174), (74, 198)], 7, WHITE)
    canvas.text(w / 2, 174, subject.title, canvas.fitted(subject.title, 52, w * 0.72, bold=True), WHITE, bold=True)
    if "口语" in subject.title:
        _dialogue(canvas, theme, rng)
    else:
        _hero(canvas, theme, rng)
    end = _rows(canvas, subject)
    if end < h - 700:
        _week(canvas, end + 10, theme, rng)
    _tabs(canvas, theme)


def _status(canvas: Canvas, rng: random.Random) -> None:
    canvas.text(60, 62, f"{rng.randint(7, 20):02d}:{rng.randint(0, 59):02d}", 36, WHITE, anchor="lm", bold=True)
    right = canvas.width - 60
    canvas.rounded((right - 62, 46, right - 6, 78), 8, None, edge=WHITE, edge_width=3)
    canvas.rounded((right - 56, 52, right - 24, 72), 4, WHITE)
    for bar in range(4):
        canvas.rounded((right - 140 + bar * 15, 74 - bar * 8, right - 130 + bar * 15, 78), 2, WHITE)


def _hero(canvas: Canvas, theme: Colour, rng: random.Random) -> None:
    w = canvas.width
    box = (44.0, 256.0, w - 44, 700.0)
    canvas.soft(
        [[(box[0] + 6, box[1] + 20), (box[2], box[1] + 20), (box[2], box[3] + 14), (box[0] + 6, box[3] + 14)]],
        16,
        darker(theme, 0.5),
        0.35,
    )
    view = Canvas(round((box[2] - box[0]) * canvas.px), round((box[3] - box[1]) * canvas.px))
    draw_view(view, hour(rng), rng)
    scale = view.height / 1000
    for index in range(3):
        draw_seated(
            view,
            (view.width * (0.24 + 0.26 * index), 1010 * scale),
            640 * scale,
            pupil(rng, scarf=True),
            facing="front",
            pose=rng.choice(("raise", "rest")),
        )
    canvas.picture(view.image, box, radius=32)
    x, y = w / 2, (box[1] + box[3]) / 2
    canvas.ellipse(x, y, 62, 62, (20, 24, 36), 0.45)
    canvas.polygon([(x - 18, y - 30), (x - 18, y + 30), (x + 34, y)], WHITE)


def _dialogue(canvas: Canvas, theme: Colour, rng: random.Random) -> None:
    """A partner's question and the pupil's spoken answer, as bubbles."""
    w = canvas.width
    canvas.rounded((44, 256, w - 44, 700), 32, WHITE)
    for index, (words, is_ours) in enumerate(
        (("What is this part of the float?", False), ("It is the tip. It is red.", True))
    ):
        y = 300 + index * 200
        x = w - 130 if is_ours else 130
        canvas.ellipse(x, y + 60, 58, 58, lighter(theme, 0.7))
        face = Canvas(round(130 * canvas.px), round(130 * canvas.px), ground=lighter(theme, 0.75))
        draw_seated(face, (500, 1020), 900, pupil(rng, scarf=is_ours), facing="front")
        canvas.picture(face.image, (x - 52, y + 8, x + 52, y + 112), radius=52)
        size = canvas.fitted(words, 44, w - 420)
        wide = canvas.text_width(words, size) + 60
        left = w - 210 - wide if is_ours else 210
        canvas.rounded((left, y + 8, left + wide, y + 112), 30, lighter(theme, 0.15) if is_ours else (236, 240, 246))
        canvas.text(left + 30, y + 58, words, size, WHITE if is_ours else INK, anchor="lm")


def _rows(canvas: Canvas, subject: Subject) -> float:
    """The labels, each with its value as a number and a bar when it has one; returns where they end."""
    w = canvas.width
    labels = subject.labels or ("今日任务", "我的作品", "同伴留言", "学习记录")
    top, low = 750.0, canvas.height - 190
    tall = min((low - top) / len(labels[:7]), 210)
    highest = max((*subject.values, 1.0))
    for index, label in enumerate(labels[:7]):
        y = top + index * tall
        canvas.rounded((44, y, w - 44, y + tall - 24), 26, WHITE)
        colour = SERIES[index % 8]
        middle = y + (tall - 24) / 2
        canvas.rounded((76, middle - 46, 168, middle + 46), 24, lighter(colour, 0.78))
        _icon(canvas, 122, middle, index, colour)
        value = subject.values[index] if index < len(subject.values) else None
        room = w - 420 if value is not None else w - 320
        canvas.text(200, middle - 22, label, canvas.fitted(label, 42, room, bold=True), INK, anchor="lm", bold=True)
        if value is None:
            canvas.rounded((200, middle + 22, 200 + (w - 420) * (0.9 - 0.09 * index), middle + 34), 6, (228, 232, 240))
            canvas.stroke([(w - 96, middle - 16), (w - 78, middle), (w - 96, middle + 16)], 5, (196, 202, 214))
        else:
            canvas.text(
                w - 84,
                middle - 20,
                written(value),
                canvas.fitted(written(value), 50, 190, bold=True),
                darker(colour, 0.15),
                anchor="rm",
                bold=True,
            )
            canvas.rounded((200, middle + 24, w - 84, middle + 40), 8, (234, 237, 244))
            canvas.rounded(
                (200, middle + 24, 200 + (w - 284) * max(value / highest, 0.05) * 0.96, middle + 40), 8, colour
            )
    return top + tall * len(labels[:7])


def _week(canvas: Canvas, top: float, theme: Colour, rng: random.Random) -> None:
    """A card with the days of the week, those with practice filled and their minutes as bars."""
    w = canvas.width
    canvas.rounded((44, top, w - 44, top + 470), 26, WHITE)
    canvas.text(84, top + 56, "本周练习（分钟）", 40, INK, anchor="lm", bold=True)
    for index, day in enumerate("一二三四五六日"):
        x = 44 + (w - 88) * (index + 0.5) / 7
        minutes = rng.randint(6, 18) if index < 5 else 0
        high = 13.0 * minutes
        canvas.rounded((x - 24, top + 380 - 13 * 19, x + 24, top + 380), 16, (238, 241, 247))
        if minutes:
            canvas.rounded((x - 24, top + 380 - high, x + 24, top + 380), 16, lighter(theme, 0.1))
            canvas.text(x, top + 380 - high - 26, str(minutes), 30, darker(theme, 0.2))
        canvas.text(x, top + 422, day, 34, PALE)


def _icon(canvas: Canvas, x: float, y: float, index: int, colour: Colour) -> None:
    kind = index % 4
    if kind == 0:
        canvas.rounded((x - 24, y - 28, x + 24, y + 28), 6, colour)
        for row in range(3):
            canvas.rounded((x - 14, y - 16 + row * 14, x + 14 - 6 * row, y - 11 + row * 14), 2, WHITE)
    elif kind == 1:
        canvas.ellipse(x, y, 28, 28, colour)
        canvas.stroke([(x, y - 16), (x, y), (x + 12, y + 8)], 5, WHITE)
    elif kind == 2:
        canvas.rounded((x - 28, y - 24, x + 28, y + 16), 14, colour)
        canvas.polygon([(x - 12, y + 12), (x + 6, y + 12), (x - 14, y + 30)], colour)
    else:
        for bar, tall in enumerate((22, 40, 54)):
            canvas.rounded((x - 28 + bar * 21, y + 27 - tall, x - 13 + bar * 21, y + 27), 4, colour)


def _tabs(canvas: Canvas, theme: Colour) -> None:
    w, h = canvas.width, canvas.height
    canvas.rectangle(0, h - 160, w, h, WHITE)
    canvas.stroke([(0, h - 160), (w, h - 160)], 2, (226, 230, 238))
    for index, name in enumerate(("首页", "课程", "空间", "我的")):
        x = w * (index + 0.5) / 4
        colour = theme if index == 0 else (166, 174, 188)
        canvas.rounded((x - 24, h - 136, x + 24, h - 90), 12, colour)
        canvas.text(x, h - 58, name, 30, colour, bold=index == 0)
    canvas.rounded((w / 2 - 130, h - 22, w / 2 + 130, h - 12), 5, (40, 44, 54))
