"""A picture at every width of its ladder, each cut from the next larger, and its placeholder."""

from __future__ import annotations

import base64
import io
from typing import BinaryIO

from PIL import Image

from generator.media.derivatives import Derivative, PictureSet, Shelf
from generator.media.images import upright
from generator.media.recipe import WEBP_LIMIT_PX, PictureRecipe, height_at


def make_pictures(file: BinaryIO, recipe: PictureRecipe, shelf: Shelf) -> PictureSet:
    """Put every width of the picture in *file* on the shelf; no output carries metadata, comment or profile.

    Raises:
        UnusableError: the picture cannot be used.
    """
    original = upright(file, recipe)
    image = original.image
    is_too_tall_for_webp = image.height > WEBP_LIMIT_PX
    made: list[Derivative] = []
    for width_px in reversed(original.widths_px):
        size_px = (width_px, height_at(width_px, original.original_px))
        if image.size != size_px:
            image = image.resize(size_px, Image.Resampling.LANCZOS, reducing_gap=2.0)
        made.append(shelf.put(f"jpeg-{width_px}", "image/jpeg", _jpeg(image, recipe), size_px))
        if not is_too_tall_for_webp:
            made.append(shelf.put(f"webp-{width_px}", "image/webp", _webp(image, recipe), size_px))
    return PictureSet(
        width_px=original.original_px[0],
        height_px=original.original_px[1],
        placeholder=_placeholder(image, recipe),
        files=tuple(reversed(made)),
    )


def _webp(image: Image.Image, recipe: PictureRecipe) -> bytes:
    buffer = io.BytesIO()
    image.save(
        buffer, "WEBP", quality=recipe.webp_quality, method=recipe.webp_effort, exif=b"", xmp=b"", icc_profile=b""
    )
    return buffer.getvalue()


def _jpeg(image: Image.Image, recipe: PictureRecipe) -> bytes:
    buffer = io.BytesIO()
    # Without comment=b"" Pillow passes on the comment that the original brought.
    flat = _flat(image, recipe)
    flat.save(buffer, "JPEG", quality=recipe.jpeg_quality, optimize=True, progressive=True, exif=b"", comment=b"")
    return buffer.getvalue()


def _flat(image: Image.Image, recipe: PictureRecipe) -> Image.Image:
    if image.mode != "RGBA":
        return image
    backdrop = Image.new("RGB", image.size, recipe.backdrop)
    backdrop.paste(image, mask=image.getchannel("A"))
    return backdrop


def _placeholder(image: Image.Image, recipe: PictureRecipe) -> str:
    """The smallest picture that still shows where light and colour are, as a data URI within the recipe's limit."""
    longer_px = recipe.placeholder_px
    while True:
        share = longer_px / max(image.size)
        size_px = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        buffer = io.BytesIO()
        _flat(image, recipe).resize(size_px, Image.Resampling.BOX).save(buffer, "WEBP", quality=20, method=6)
        uri = "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
        if len(uri) <= recipe.placeholder_bytes or longer_px <= 1:
            return uri
        longer_px //= 2
