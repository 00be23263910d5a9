"""A picture for sharing: paper, the mark, and words set in Song, calm enough to stand beside any message."""

from __future__ import annotations

import functools
import io
import math

import budoux
from PIL import Image, ImageColor, ImageDraw, ImageFont

from generator.media.derivatives import PictureSet, Shelf
from generator.media.recipe import ShareCardRecipe
from generator.media.sharing import mark
from generator.media.sharing.typeset import cut, lines, pieces

MARGIN_PX = 88
_HEAD_PX = 96  # the middle of the line with the site's name
_TOP_PX, _BOTTOM_PX = 142, 478  # what the title may take
_FOOT_PX = 520  # the middle of the line with unit and honour
_SMALL_PX = 30
_SMALLEST_PX = 24
_LEADING = 1.36
_BOLDER = 0.012  # of the size
_SIZES_TRIED = 3
_A_SIZE_LESS = 2.5  # what a step down costs, as typeset counts
_FINE = 3  # outlines are drawn so many times larger

LEVELS = {
    "nation": ("#8f1f1a", "#fbe5dd", "★"),
    "province": ("#80500a", "#f8ebcf", "☆"),
    "city": ("#0e5a6d", "#dfedf0", "◆"),
    "county": ("#4a5560", "#e8e9ea", "◇"),
}
"""Ink, ground and mark of a badge by the slug of its level; those of the site's light scheme."""

HANGING = frozenset("（《「『【“‘")

Colour = tuple[int, int, int]


def make_card(font: bytes, recipe: ShareCardRecipe, shelf: Shelf) -> PictureSet:
    """The card that *recipe* describes, as one PNG set in *font*."""
    size_px = (recipe.width_px, recipe.height_px)
    file = shelf.put("card", "image/png", _encoded(drawn(font, recipe), recipe), size_px)
    return PictureSet(width_px=size_px[0], height_px=size_px[1], placeholder="", files=(file,))


def drawn(font: bytes, recipe: ShareCardRecipe) -> Image.Image:
    """The card as an image."""
    image = _ground((recipe.width_px, recipe.height_px), _rgb(recipe.paper), _rgb(recipe.brand)).copy()
    draw = ImageDraw.Draw(image)
    brand, ink_2 = _rgb(recipe.brand), _rgb(recipe.ink_2)
    small = _face(font, _SMALL_PX)
    if recipe.site_name:
        _outlines(image, (MARGIN_PX, _HEAD_PX - 26), 52, brand, _rgb(recipe.accent))
        draw.text((MARGIN_PX + 70, _HEAD_PX), recipe.site_name, ink_2, small, anchor="lm")
    else:
        _outlines(image, (MARGIN_PX - 4, _HEAD_PX - 34), 76, brand, _rgb(recipe.accent))
    _title(draw, font, recipe)
    _foot(draw, font, recipe)
    return image


@functools.lru_cache(maxsize=4)
def _ground(size_px: tuple[int, int], paper: Colour, brand: Colour) -> Image.Image:
    """What all cards of a site share: paper, the mark as a shadow, water. Never to be drawn on."""
    image = Image.new("RGB", size_px, paper)
    shadow = _mixed(brand, paper, 0.06)
    _outlines(image, (size_px[0] - 420, 172), 400, shadow, shadow)
    _waves(image, _mixed(brand, paper, 0.2))
    return image


def _title(draw: ImageDraw.ImageDraw, font: bytes, recipe: ShareCardRecipe) -> None:
    """Kicker and title, in the middle of what is left between head and foot."""
    size_px, rows = set_title(font, recipe)
    face = _face(font, size_px)
    ink = _rgb(recipe.ink)
    kicker_px = 58 if recipe.kicker else 0
    height_px = kicker_px + len(rows) * size_px * _LEADING
    top_px = _TOP_PX + max(0.0, (_BOTTOM_PX - _TOP_PX - height_px) / 2)
    if recipe.kicker:
        draw.text((MARGIN_PX, top_px + 20), recipe.kicker, _rgb(recipe.accent), _face(font, _SMALL_PX), anchor="lm")
    for number, row in enumerate(rows):
        middle_px = top_px + kicker_px + (number + 0.5) * size_px * _LEADING
        # An opening mark has its ink in its right half: without this the line would seem to be set in.
        left_px = MARGIN_PX - (0.48 * size_px if row[0] in HANGING else 0)
        # The font has one weight; a hair of ink around each stroke makes a title of it.
        draw.text((left_px, middle_px), row, ink, face, anchor="lm", stroke_width=_BOLDER * size_px, stroke_fill=ink)


def set_title(font: bytes, recipe: ShareCardRecipe) -> tuple[int, tuple[str, ...]]:
    """The title as it is set: its size, and its lines; one too long for the smallest size ends with an ellipsis."""
    width_px = recipe.width_px - 2 * MARGIN_PX
    parts = pieces(recipe.title, _words().parse(recipe.title))
    fitting: list[tuple[float, int, tuple[str, ...]]] = []
    for size_px, most in recipe.title_sizes_px:
        found = lines(parts, _face(font, size_px).getlength, size_px, width_px, most)
        if found:
            # A somewhat smaller title whose lines end well looks better than the largest that fits.
            fitting.append((found.cost + _A_SIZE_LESS * len(fitting), size_px, found.rows))
        if len(fitting) == _SIZES_TRIED:
            break
    if fitting:
        _, size_px, rows = min(fitting)
        return size_px, rows
    size_px, most = recipe.title_sizes_px[-1]
    return size_px, cut(parts, _face(font, size_px).getlength, width_px, most)


def _foot(draw: ImageDraw.ImageDraw, font: bytes, recipe: ShareCardRecipe) -> None:
    """The highest honour as a badge, and who it belongs to."""
    face = _face(font, _SMALL_PX)
    left_px = float(MARGIN_PX)
    if recipe.badge:
        ink, ground, sign = LEVELS.get(recipe.badge_level, LEVELS["county"])
        words = f"{sign} {recipe.badge}"
        width_px = face.getlength(words) + 44
        draw.rounded_rectangle(
            (left_px, _FOOT_PX - 26, left_px + width_px, _FOOT_PX + 26), radius=26, fill=_rgb(ground)
        )
        draw.text((left_px + 22, _FOOT_PX), words, _rgb(ink), face, anchor="lm")
        left_px += width_px + 24
    if recipe.foot:
        rest_px = recipe.width_px - MARGIN_PX - left_px
        if face.getlength(recipe.foot) > rest_px:
            face = _face(font, _SMALLEST_PX)
        (row,) = cut(pieces(recipe.foot), face.getlength, rest_px, 1)
        draw.text((left_px, _FOOT_PX), row, _rgb(recipe.ink_2), face, anchor="lm")


def _outlines(image: Image.Image, at_px: tuple[int, int], side_px: int, roofs: Colour, wave: Colour) -> None:
    """The mark in a square, drawn larger and reduced, since Pillow's polygons have hard edges."""
    scale = side_px * _FINE / mark.BOX
    for outlines, colour in ((mark.ROOFS, roofs), ((mark.WAVE,), wave)):
        mask = Image.new("L", (side_px * _FINE, side_px * _FINE))
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            spots = [(x * scale, y * scale) for x, y in mark.points(outline)]
            if outline == mark.WAVE:
                pen.line(spots, 255, round(mark.STROKE * scale), joint="curve")
            else:
                pen.polygon(spots, 255)
        image.paste(colour, at_px, mask.resize((side_px, side_px), Image.Resampling.LANCZOS))


def _waves(image: Image.Image, colour: Colour) -> None:
    """Three lines of water along the lower edge."""
    height_px = 72
    mask = Image.new("L", (image.width * _FINE, height_px * _FINE))
    pen = ImageDraw.Draw(mask)
    for row in range(3):
        spots = [
            (x * _FINE, (20 + 20 * row + 7 * math.sin(2 * math.pi * x / 150 + row)) * _FINE)
            for x in range(-10, image.width + 10, 5)
        ]
        pen.line(spots, 255, 2 * _FINE, joint="curve")
    small = mask.resize((image.width, height_px), Image.Resampling.LANCZOS)
    image.paste(colour, (0, image.height - height_px), small)


def _encoded(image: Image.Image, recipe: ShareCardRecipe) -> bytes:
    """A PNG of few colours: half the bytes of a JPEG of these flat grounds, and no shadows around the strokes."""
    out = io.BytesIO()
    image.quantize(recipe.colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


@functools.lru_cache(maxsize=16)
def _face(font: bytes, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), size_px, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _words() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()


def _rgb(written: str) -> Colour:
    red, green, blue = ImageColor.getrgb(written)[:3]
    return red, green, blue


def _mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in zip(colour, ground, strict=True))
    return red, green, blue
