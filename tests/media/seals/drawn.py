"""Pages as scanners and phones bring them, drawn: with seals of every size and state, and with red that is no seal."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from generator.media.sharing.font import font_file

Paper = Literal["scan", "photo", "grey", "bilevel"]
INK = (208, 32, 40)
_BLACK = (40, 40, 44)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A round seal: its diameter as a part of the page's width, its middle, and how it was pressed."""

    size: float = 0.2
    x: float = 0.68
    y: float = 0.72
    ink: tuple[int, int, int] = INK
    strength: float = 1.0  # of the ink: 0.3 is hardly seen
    tilt_degrees: float = 0.0
    is_worn: bool = False  # spots without ink


def page(width_px: int = 800, *, lines: int = 24, seed: int = 1) -> Image.Image:
    """A white page of A4 with black writing."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width_px, round(width_px * 1.414)), (252, 252, 250))
    draw = ImageDraw.Draw(image)
    font = _font(width_px // 44)
    for line in range(lines):
        words = "".join(
            chance.choice("学校教师课堂平台同步资源县区推荐单位意见负责人案例名称简介")
            for _ in range(chance.randint(12, 32))
        )
        draw.text((width_px * 0.1, image.height * (0.14 + 0.032 * line)), words, fill=_BLACK, font=font)
    return image


def sealed(image: Image.Image, seal: Seal) -> Image.Image:
    """*image* with *seal* pressed on it, over what is written."""
    size = round(seal.size * image.width)
    mark = _mark(2 * size, is_worn=seal.is_worn).rotate(seal.tilt_degrees, Image.Resampling.BICUBIC)
    ink = mark.resize((size, size), Image.Resampling.LANCZOS).point(lambda value: round(value * seal.strength))
    left, top = round(seal.x * image.width - size / 2), round(seal.y * image.height - size / 2)
    made = image.copy()
    pressed = Image.composite(
        Image.new("RGB", (size, size), seal.ink), made.crop((left, top, left + size, top + size)), ink
    )
    made.paste(pressed, (left, top))
    return made


def _mark(size: int, *, is_worn: bool) -> Image.Image:
    mark = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mark)
    draw.ellipse((2, 2, size - 3, size - 3), outline=255, width=round(size * 0.03))
    middle = size / 2
    star = [
        (middle + math.sin(corner * math.pi / 5) * size * (0.14 if corner % 2 == 0 else 0.056),
         middle - math.cos(corner * math.pi / 5) * size * (0.14 if corner % 2 == 0 else 0.056))
        for corner in range(10)
    ]  # fmt: skip
    draw.polygon(star, fill=255)
    words, font = "岳阳市示例中心小学", _font(round(size * 0.13))
    for number, word in enumerate(words):
        angle = math.radians(-115 + 230 * number / (len(words) - 1))
        glyph = Image.new("L", (round(size * 0.2),) * 2, 0)
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), word, fill=255, font=font, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        at = (middle + math.sin(angle) * size * 0.37, middle - math.cos(angle) * size * 0.37)
        mark.paste(255, (round(at[0] - glyph.width / 2), round(at[1] - glyph.height / 2)), glyph)
    if is_worn:
        chance = random.Random(size)
        for _ in range(60):
            x, y, reach = chance.random() * size, chance.random() * size, size * (0.005 + 0.02 * chance.random())
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=0)
    return mark


def red_heading(image: Image.Image, words: str = "岳阳市示例教育局文件", size: float = 0.075) -> Image.Image:
    """The red head of an official paper: large red words and a red line."""
    made = image.copy()
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, made.width, made.height * 0.13), fill=(252, 252, 250))
    draw.text((made.width / 2, made.height * 0.06), words, fill=INK, font=_font(round(made.width * size)), anchor="mm")
    draw.line((made.width * 0.1, made.height * 0.115, made.width * 0.9, made.height * 0.115), fill=INK, width=4)
    return made


def as_photo(image: Image.Image, *, degrees: float = 4.0, warm: float = 0.9, seed: int = 3) -> Image.Image:
    """*image* as a sheet on a wooden desk, taken by hand under a lamp."""
    chance = random.Random(seed)
    desk = Image.new("RGB", (round(image.width * 1.25), round(image.height * 1.15)), (150, 104, 66))
    draw = ImageDraw.Draw(desk)
    for line in range(0, desk.height, 8):
        shade = chance.randint(-18, 18)
        draw.line(
            (0, line, desk.width, line + chance.randint(-9, 9)), fill=(150 + shade, 104 + shade, 66 + shade), width=5
        )
    sheet = image.convert("RGBA").rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    desk.paste(sheet, ((desk.width - sheet.width) // 2, (desk.height - sheet.height) // 2), sheet)
    red, green, blue = desk.split()
    lamp = Image.merge(
        "RGB", (red, green.point(lambda v: round(v * (0.5 + warm / 2))), blue.point(lambda v: round(v * warm)))
    )
    dimmed = Image.composite(
        ImageEnhance.Brightness(lamp).enhance(0.7), lamp, Image.linear_gradient("L").resize(lamp.size)
    )
    return dimmed.filter(ImageFilter.GaussianBlur(1.2))


def _font(size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), max(6, size_px))


def with_red_things(image: Image.Image, what: str) -> Image.Image:
    """*image* with something red on it that is no seal."""
    made = image.copy()
    draw = ImageDraw.Draw(made)
    w, h = made.size
    match what:
        case "circled":  # a number that somebody ringed by hand
            draw.ellipse((w * 0.3, h * 0.4, w * 0.42, h * 0.47), outline=INK, width=4)
        case "disc":
            draw.ellipse((w * 0.4, h * 0.4, w * 0.62, h * 0.4 + w * 0.22), fill=INK)
        case "square":
            draw.rectangle((w * 0.6, h * 0.7, w * 0.72, h * 0.7 + w * 0.12), outline=INK, width=6)
            draw.text((w * 0.66, h * 0.7 + w * 0.06), "示例", fill=INK, font=_font(round(w * 0.05)), anchor="mm")
        case "flag":
            draw.rectangle((w * 0.2, h * 0.3, w * 0.6, h * 0.48), fill=INK)
        case "apples":
            for at in range(6):
                draw.ellipse(
                    (w * (0.1 + at * 0.11), h * 0.6, w * (0.2 + at * 0.11), h * 0.6 + w * 0.11), fill=(188, 30, 38)
                )
        case "marks":  # a teacher's red pen
            for at in range(9):
                x, y = w * 0.2, h * (0.16 + 0.08 * at)
                draw.line((x, y, x + w * 0.02, y + w * 0.03, x + w * 0.08, y - w * 0.03), fill=INK, width=7)
            draw.text((w * 0.8, h * 0.1), "98", fill=INK, font=_font(round(w * 0.1)), anchor="mm")
        case "table":
            for at in range(12):
                draw.line((w * 0.1, h * (0.2 + 0.05 * at), w * 0.9, h * (0.2 + 0.05 * at)), fill=INK, width=4)
                draw.line((w * (0.1 + 0.07 * at), h * 0.2, w * (0.1 + 0.07 * at), h * 0.75), fill=INK, width=4)
        case "title":
            draw.text((w * 0.5, h * 0.5), "荣誉", fill=INK, font=_font(round(w * 0.2)), anchor="mm")
        case "round-character":
            draw.text((w * 0.5, h * 0.5), "国 圆 回", fill=INK, font=_font(round(w * 0.16)), anchor="mm")
        case "skin":  # a face, as large as a seal
            draw.ellipse((w * 0.4, h * 0.4, w * 0.62, h * 0.6), fill=(214, 160, 136))
        case "ring-logo":  # two rings, nothing between them
            for reach in (0.1, 0.085, 0.03):
                draw.ellipse(
                    (w * (0.5 - reach), h * 0.5 - w * reach, w * (0.5 + reach), h * 0.5 + w * reach),
                    outline=INK,
                    width=8,
                )
        case _:
            raise ValueError(what)
    return made
