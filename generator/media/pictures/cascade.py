"""A picture in every format at every width of its ladder, each width cut from the next larger, and its placeholder."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from typing import BinaryIO

from PIL import Image

from generator.media.derivatives import Derivative, PictureSet, Shelf
from generator.media.pictures.upright import upright
from generator.media.recipe import PictureFormat, PictureRecipe, height_at, rungs


def make_pictures(file: BinaryIO, recipe: PictureRecipe, shelf: Shelf) -> PictureSet:
    """Put every width of the picture in *file* on the shelf; no output carries metadata, comment or profile.

    Raises:
        UnusableError: the picture cannot be used.
    """
    original = upright(file, recipe)
    image, widths_px, original_px = original.image, original.widths_px, original.original_px
    del original  # and with it the largest size, as soon as it has been cut down
    at = {format_: rungs(format_, widths_px, original_px, recipe.steps_px) for format_ in recipe.formats}
    made: list[Derivative] = []
    for width_px in reversed(widths_px):
        size_px = (width_px, height_at(width_px, original_px))
        if image.size != size_px:
            image = image.resize(size_px, Image.Resampling.LANCZOS, reducing_gap=2.0)
        for format_ in reversed(recipe.formats):
            if width_px in at[format_]:
                data = _ENCODERS[format_](image, recipe)
                made.append(shelf.put(f"{format_}-{width_px}", f"image/{format_}", data, size_px))
    return PictureSet(
        width_px=original_px[0],
        height_px=original_px[1],
        placeholder=_placeholder(image, recipe),
        files=tuple(reversed(made)),
    )


def _avif(image: Image.Image, recipe: PictureRecipe) -> bytes:
    buffer = io.BytesIO()
    image.save(
        buffer,
        "AVIF",
        quality=recipe.avif_quality,
        speed=recipe.avif_speed,
        max_threads=1,  # one process a core is at work already
        subsampling="4:2:0",
        exif=b"",
        xmp=b"",
        icc_profile=b"",
    )
    return buffer.getvalue()


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
    # Not progressive: that takes twice the time for 4 % fewer bytes, in the form that hardly any browser still asks for.
    flat.save(buffer, "JPEG", quality=recipe.jpeg_quality, optimize=True, exif=b"", comment=b"")
    return buffer.getvalue()


def _flat(image: Image.Image, recipe: PictureRecipe) -> Image.Image:
    if image.mode != "RGBA":
        return image
    backdrop = Image.new("RGB", image.size, recipe.backdrop)
    backdrop.paste(image, mask=image.getchannel("A"))
    return backdrop


_ENCODERS: Mapping[PictureFormat, Callable[[Image.Image, PictureRecipe], bytes]] = {
    "avif": _avif,
    "webp": _webp,
    "jpeg": _jpeg,
}


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
