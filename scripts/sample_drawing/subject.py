"""What a picture is about: the words and numbers of its plan, and a slide made of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sample_drawing.canvas import Canvas
from sample_drawing.colour import INKS, SERIES, WHITE, darker, lighter, mix
from sample_drawing.people import draw_seated, pupil
from sample_drawing.plan import Sheet

FAR_ROOMS = frozenset("联递隔信")  # 联校, 专递, 隔山, 回信: lessons that reach other rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The title written on a board or screen, and labels with or without their values, and what fills in a worksheet."""

    title: str
    labels: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    sheet: Sheet | None = None

    def slide(self, rng: random.Random) -> Canvas:
        """A 16:9 lesson slide with the title, for the screens of a room."""
        canvas = Canvas(1280, 720)
        ink = rng.choice(INKS)
        w, h = canvas.width, canvas.height
        canvas.gradient([(0, 0), (w, 0), (w, h), (0, h)], lighter(ink, 0.93), lighter(ink, 0.78))
        canvas.ellipse(w * 0.95, h * 0.05, 260, 260, lighter(ink, 0.62), 0.6)
        canvas.ellipse(w * 0.04, h * 0.98, 200, 200, mix(lighter(ink, 0.6), (255, 214, 140), 0.5), 0.5)
        canvas.rectangle(0, 0, 26, h, ink)
        size = canvas.fitted(self.title, 120, w * 0.8, bold=True)
        canvas.text(w / 2, 190, self.title, size, darker(ink, 0.3), bold=True)
        canvas.rounded((w / 2 - 90, 290, w / 2 + 90, 302), 6, (246, 180, 70))
        if FAR_ROOMS & set(self.title):
            self._rooms(canvas, rng)
        elif self.labels:
            self._cards(canvas)
        else:
            self._drawing(canvas, rng)
        return canvas

    def _rooms(self, canvas: Canvas, rng: random.Random) -> None:
        """Pictures from other classrooms, one for each label or a single wide one."""
        shown = self.labels[:4] or ("",)
        gap, wide = 40, (canvas.width - 160 - 40 * (len(shown) - 1)) / len(shown)
        for index, label in enumerate(shown):
            left = 80 + index * (wide + gap)
            tile = Canvas(round(wide * canvas.px), round(520 * canvas.px))
            w, h = tile.width, tile.height
            tile.gradient([(0, 0), (w, 0), (w, h), (0, h)], (236, 232, 222), (206, 212, 206))
            tile.rounded((w * 0.3, h * 0.08, w * 0.7, h * 0.4), 12, (48, 98, 84))
            count = max(2, round(w / h * 2.4))
            for place in range(count):
                x = w * (place + 0.5) / count
                draw_seated(
                    tile,
                    (x, h * 1.0),
                    h * 0.66,
                    pupil(rng, scarf=True),
                    facing="front",
                    pose=rng.choice(("rest", "raise")),
                )
            canvas.picture(tile.image, (left, 400, left + wide, 920), radius=22)
            if label:
                canvas.rounded((left + 16, 846, left + 60 + canvas.text_width(label, 46), 906), 14, (20, 26, 40), 0.7)
                canvas.text(left + 38, 875, label, 46, WHITE, anchor="lm")

    def _cards(self, canvas: Canvas) -> None:
        shown = self.labels[:4]
        gap, wide = 40, (canvas.width - 200 - 40 * (len(shown) - 1)) / len(shown)
        for index, label in enumerate(shown):
            left = 100 + index * (wide + gap)
            colour = SERIES[index]
            canvas.rounded((left, 420, left + wide, 800), 26, WHITE)
            canvas.rounded((left, 420, left + wide, 446), 13, colour)
            canvas.ellipse(left + wide / 2, 545, 62, 62, lighter(colour, 0.75))
            canvas.text(left + wide / 2, 543, str(index + 1), 70, colour, bold=True)
            canvas.text(left + wide / 2, 690, label, canvas.fitted(label, 62, wide - 40), (50, 56, 70))

    def _drawing(self, canvas: Canvas, rng: random.Random) -> None:
        first, second, third = rng.sample(SERIES, 3)
        base = 820
        for index in range(5):
            tall = rng.uniform(120, 360)
            canvas.rounded(
                (200 + index * 110, base - tall, 270 + index * 110, base), 12, mix(first, WHITE, 0.1 * index)
            )
        canvas.wedge(1080, 620, 180, -90, 120, second)
        canvas.wedge(1080, 620, 180, 120, 270, third)
        canvas.ellipse(1080, 620, 96, 96, lighter(second, 0.86))
        for row in range(4):
            canvas.rounded((1340, 470 + row * 90, 1340 + rng.uniform(180, 330), 500 + row * 90), 12, (180, 190, 206))
