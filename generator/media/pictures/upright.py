"""A picture as people see it: the right way up, in sRGB, at the largest size wanted, with nothing attached."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms

from generator.media.pictures.images import SIDEWAYS, opened_picture, orientation_of
from generator.media.pictures.pixels import pixels_of, scaled
from generator.media.recipe import JPEG_LIMIT_PX, PictureRecipe, height_at, ladder, widest_px
from generator.media.refusals import UnusableError

_PROFILE_BYTES = 4 * 1024 * 1024
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture of that EXIF orientation upright."""

Finish = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture ready to be cut down."""

    image: Image.Image  # RGB or RGBA
    original_px: tuple[int, int]  # as shown
    widths_px: tuple[int, ...]  # ascending; the last is the image's own


def upright(file: BinaryIO, recipe: PictureRecipe) -> Upright:
    """The picture in *file* at the top width of its ladder.

    Raises:
        UnusableError: it cannot be used.
    """
    with opened_picture(file) as image:
        orientation = orientation_of(image)
        is_sideways = orientation in SIDEWAYS
        original_px = (image.height, image.width) if is_sideways else image.size
        widest = widest_px(original_px, JPEG_LIMIT_PX)
        widths_px = ladder(widest, recipe.steps_px, recipe.own_width_limit_px)
        top_px = (widths_px[-1], height_at(widths_px[-1], original_px))
        if top_px[1] > JPEG_LIMIT_PX:
            raise UnusableError("too-large", f"{original_px[0]}×{original_px[1]}")
        stored_px = (top_px[1], top_px[0]) if is_sideways else top_px
        profile = image.info.get("icc_profile")
        image.draft(None, stored_px)
        pixels = pixels_of(image, file)
        mode = "RGBA" if pixels.mode in ("RGBA", "LA") else "RGB"
        reduced = scaled(pixels, stored_px, mode, _to_srgb(pixels.mode, mode, profile))
    clean = _opaque_if_it_is(reduced)
    if orientation in _TURNS:
        clean = clean.transpose(_TURNS[orientation])
    clean.info = {}
    return Upright(clean, original_px, widths_px)


def _to_srgb(stored: str, shown: str, profile: object) -> Finish:
    """What turns rows in the mode *stored* and the colours of *profile* into sRGB in the mode *shown*."""

    def plainly(rows: Image.Image) -> Image.Image:
        return rows if rows.mode == shown else rows.convert(shown)

    if not isinstance(profile, bytes) or not 0 < len(profile) <= _PROFILE_BYTES:
        return plainly
    try:
        # A grey profile knows no alpha: the grey goes through it alone.
        modes = ("L", "RGB") if stored == "LA" else (stored, shown)
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            *modes,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return plainly  # a broken profile, or one for other channels than the picture has: browsers do without, too

    def through_profile(rows: Image.Image) -> Image.Image:
        if stored != "LA":
            return _applied(transform, rows)
        shown_rows = _applied(transform, rows.getchannel("L"))
        shown_rows.putalpha(rows.getchannel("A"))
        return shown_rows

    return through_profile


def _applied(transform: ImageCms.ImageCmsTransform, rows: Image.Image) -> Image.Image:
    shown = ImageCms.applyTransform(rows, transform)
    if shown is None:  # as its type has it; only in place there is nothing to give
        raise ValueError("a transform that gives nothing")
    return shown


def _opaque_if_it_is(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image
