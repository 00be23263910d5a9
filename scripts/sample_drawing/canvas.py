"""A sheet to draw on, measured in units of a thousandth of its shorter side, so that a scene fits every size."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sample_drawing.colour import Colour

Point = tuple[float, float]
Points = Sequence[Point]

FONT_DIR = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2  # the face of the collection that draws the mainland's forms
SOFT_STEP = 6  # shadows and glows are made this many times smaller: they are blurred anyway


class FontMissingError(RuntimeError):
    """The Chinese font of the pictures is not installed."""


@cache
def font(size_px: int, *, bold: bool = False, serif: bool = False) -> ImageFont.FreeTypeFont:
    """Noto CJK at *size_px*.

    Raises:
        FontMissingError: with the command that installs it.
    """
    family = "Serif" if serif else "Sans"
    path = FONT_DIR / f"Noto{family}CJK-{'Bold' if bold else 'Regular'}.ttc"
    if not path.is_file():
        raise FontMissingError(f"{path} is missing; run: sudo apt-get install fonts-noto-cjk fonts-noto-cjk-extra")
    return ImageFont.truetype(str(path), max(size_px, 4), index=SIMPLIFIED)


class Canvas:
    """A picture in the making. Every coordinate and length is in units; colours are sRGB, alpha 0 to 1."""

    def __init__(self, width_px: int, height_px: int, *, ground: Colour = (255, 255, 255)) -> None:
        self.px = min(width_px, height_px) / 1000  # pixels of one unit
        self.image = Image.new("RGB", (width_px, height_px), ground)
        self.width = width_px / self.px
        self.height = height_px / self.px
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def _scaled(self, points: Points) -> list[tuple[float, float]]:
        return [(x * self.px, y * self.px) for x, y in points]

    def polygon(self, points: Points, fill: Colour, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self._draw.polygon(self._scaled(points), fill=(*fill, round(alpha * 255)))

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, fill: Colour, alpha: float = 1.0) -> None:
        """An upright rectangle."""
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill, alpha)

    def rounded(
        self,
        box: tuple[float, float, float, float],
        radius: float,
        fill: Colour | None,
        alpha: float = 1.0,
        *,
        edge: Colour | None = None,
        edge_width: float = 2.0,
    ) -> None:
        """A rectangle (left, top, right, bottom) with round corners, filled, edged or both."""
        x0, y0, x1, y1 = (value * self.px for value in box)
        if x1 - x0 < 1 or y1 - y0 < 1:
            return
        self._draw.rounded_rectangle(
            (x0, y0, x1, y1),
            radius * self.px,
            fill=None if fill is None else (*fill, round(alpha * 255)),
            outline=None if edge is None else (*edge, 255),
            width=max(1, round(edge_width * self.px)),
        )

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Colour, alpha: float = 1.0) -> None:
        """A filled upright ellipse around (cx, cy)."""
        box = ((cx - rx) * self.px, (cy - ry) * self.px, (cx + rx) * self.px, (cy + ry) * self.px)
        self._draw.ellipse(box, fill=(*fill, round(alpha * 255)))

    def wedge(self, cx: float, cy: float, radius: float, start: float, end: float, fill: Colour) -> None:
        """A slice of a disc; angles in degrees clockwise from three o'clock."""
        box = ((cx - radius) * self.px, (cy - radius) * self.px, (cx + radius) * self.px, (cy + radius) * self.px)
        self._draw.pieslice(box, start, end, fill=(*fill, 255))

    def arc(self, box: tuple[float, float, float, float], start: float, end: float, fill: Colour, width: float) -> None:
        """Part of the rim of the ellipse in *box* (left, top, right, bottom); angles as in `wedge`."""
        x0, y0, x1, y1 = (value * self.px for value in box)
        self._draw.arc((x0, y0, x1, y1), start, end, fill=(*fill, 255), width=max(1, round(width * self.px)))

    def stroke(self, points: Points, width: float, fill: Colour, alpha: float = 1.0) -> None:
        """A line through *points* with round ends and joints."""
        scaled = self._scaled(points)
        ink = (*fill, round(alpha * 255))
        self._draw.line(scaled, fill=ink, width=max(1, round(width * self.px)), joint="curve")
        if alpha >= 1 and width * self.px > 3:
            radius = width * self.px / 2
            for x, y in (scaled[0], scaled[-1]):
                self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def gradient(
        self, points: Points, first: Colour, last: Colour, *, across: bool = False, alpha: tuple[float, float] = (1, 1)
    ) -> None:
        """A polygon filled from *first* to *last*, downwards or (*across*) rightwards, in its own bounds."""
        scaled = self._scaled(points)
        left = max(0, int(min(x for x, _ in scaled)))
        top = max(0, int(min(y for _, y in scaled)))
        right = min(self.image.width, int(max(x for x, _ in scaled)) + 1)
        bottom = min(self.image.height, int(max(y for _, y in scaled)) + 1)
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        steps = np.linspace(0, 1, size[0] if across else size[1])[:, None]
        ramp = (np.array(first) + (np.array(last) - np.array(first)) * steps).round().astype(np.uint8)
        rows = ramp[None, :, :] if across else ramp[:, None, :]
        colours = Image.fromarray(np.ascontiguousarray(rows)).resize(size)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        if alpha != (1, 1):
            fade = (np.linspace(alpha[0], alpha[1], len(steps)) * 255).astype(np.uint8)
            grey = fade[None, :] if across else fade[:, None]
            strength = np.asarray(Image.fromarray(np.ascontiguousarray(grey)).resize(size), dtype=np.uint16)
            mask = Image.fromarray((np.asarray(mask, dtype=np.uint16) * strength // 255).astype(np.uint8))
        self.image.paste(colours, (left, top), mask)

    def soft(self, shapes: Sequence[Points], blur: float, fill: Colour, alpha: float) -> None:
        """Blurred polygons of one colour: a shadow when dark, a glow when light. *blur* is a radius in units."""
        step = SOFT_STEP
        reach = blur * self.px * 2.5
        scaled = [self._scaled(points) for points in shapes]
        left = max(0, int(min(x for points in scaled for x, _ in points) - reach))
        top = max(0, int(min(y for points in scaled for _, y in points) - reach))
        right = min(self.image.width, int(max(x for points in scaled for x, _ in points) + reach) + 1)
        bottom = min(self.image.height, int(max(y for points in scaled for _, y in points) + reach) + 1)
        if right - left < 2 or bottom - top < 2:
            return
        mask = Image.new("L", ((right - left) // step + 1, (bottom - top) // step + 1), 0)
        pen = ImageDraw.Draw(mask)
        for points in scaled:
            pen.polygon([((x - left) / step, (y - top) / step) for x, y in points], fill=round(alpha * 255))
        mask = mask.filter(ImageFilter.GaussianBlur(max(blur * self.px / step, 0.5)))
        mask = mask.resize((right - left, bottom - top), Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", mask.size, fill), (left, top), mask)

    def shade(self, cx: float, cy: float, rx: float, ry: float, alpha: float = 0.3) -> None:
        """The soft shadow that something leaves on the ground around (cx, cy)."""
        turns = np.linspace(0, 2 * np.pi, 20, endpoint=False)
        self.soft([[(cx + rx * np.cos(t), cy + ry * np.sin(t)) for t in turns]], ry * 0.6, (28, 30, 50), alpha)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        fill: Colour,
        *,
        anchor: str = "mm",
        bold: bool = False,
        serif: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """One line of *words*, *size* units high, held at its Pillow *anchor*."""
        face = font(round(size * self.px), bold=bold, serif=serif)
        self._draw.text((x * self.px, y * self.px), words, font=face, fill=(*fill, round(alpha * 255)), anchor=anchor)

    def text_width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide `text` would draw *words*."""
        return font(round(size * self.px), bold=bold).getlength(words) / self.px

    def fitted(self, words: str, size: float, width: float, *, bold: bool = False) -> float:
        """The size, *size* or less, at which *words* keep within *width*."""
        needed = self.text_width(words, size, bold=bold)
        return size if needed <= width else size * width / needed

    def wrapped(self, words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """*words* broken into lines that keep within *width*; no line begins with a closing mark."""
        lines = [""]
        for letter in words:
            if letter == "\n":
                lines.append("")
                continue
            is_full = self.text_width(lines[-1] + letter, size, bold=bold) > width
            if is_full and lines[-1] and letter not in "，。、；：！？）》”":
                lines.append("")
            lines[-1] += letter
        return lines

    def handwriting(
        self, x: float, y: float, words: str, size: float, fill: Colour, rng: random.Random, *, alpha: float = 1.0
    ) -> float:
        """Words set out one by one, each a little tilted and out of line, from (x, y) at the left middle.

        Returns the x where the writing ends.
        """
        face = font(round(size * self.px), serif=True)
        for letter in words:
            side = round(size * self.px * 1.6)
            tile = Image.new("L", (side, side), 0)
            pen = ImageDraw.Draw(tile)
            pen.text((side / 2, side / 2), letter, font=face, fill=round(255 * alpha), anchor="mm")
            tile = tile.rotate(rng.uniform(-5, 5), Image.Resampling.BICUBIC)
            lean = rng.uniform(0.06, 0.16)
            tile = tile.transform(
                tile.size,
                Image.Transform.AFFINE,
                (1, lean, -lean * side / 2, 0, 1, 0),
                Image.Resampling.BICUBIC,
            )
            advance = face.getlength(letter)
            at = (
                round(x * self.px + advance / 2 - side / 2),
                round((y + rng.uniform(-0.04, 0.04) * size) * self.px - side / 2),
            )
            self.image.paste(Image.new("RGB", tile.size, fill), at, tile)
            x += advance / self.px * rng.uniform(0.96, 1.04)
        return x

    def picture(self, other: Image.Image, box: tuple[float, float, float, float], *, radius: float = 0) -> None:
        """Another picture laid into *box* (left, top, right, bottom), its corners rounded by *radius*."""
        left, top, right, bottom = (round(value * self.px) for value in box)
        size = (max(right - left, 1), max(bottom - top, 1))
        fitted = other.resize(size, Image.Resampling.LANCZOS)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius * self.px, fill=255)
        self.image.paste(fitted, (left, top), mask)

    def masked(self, other: Image.Image, points: Points) -> None:
        """The part of *other*, a picture as large as this one, that lies inside the polygon."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self._scaled(points), fill=255)
        self.image.paste(other, (0, 0), mask)
