"""The pixels of a picture a few rows at a time, and cut down to a size without a second whole copy of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol, cast

from PIL import Image

LARGE_PIXELS = 6_000_000
"""Above so many pixels a WebP or AVIF is decoded without Pillow, for the memory it takes."""

_BAND_PIXELS = 1_500_000
_LANCZOS_ROWS = 3  # that the filter looks at above and below, in rows of the result
_BLENDABLE = ("L", "LA", "RGB", "RGBA", "CMYK")


class Pixels(Protocol):
    """A decoded picture as stored, which may be turned and in any colour space."""

    @property
    def mode(self) -> str:
        """L, LA, RGB, RGBA or CMYK."""

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height as stored."""

    def band(self, top: int, bottom: int) -> Image.Image:
        """The rows from *top* to before *bottom*, in `mode`."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """A picture that Pillow holds, in whatever mode it was stored."""

    image: Image.Image
    mode: str

    @property
    def size_px(self) -> tuple[int, int]:
        return self.image.size

    def band(self, top: int, bottom: int) -> Image.Image:
        is_whole = top == 0 and bottom == self.image.height
        rows = self.image if is_whole else self.image.crop((0, top, self.image.width, bottom))
        return _eight_bits(rows, self.mode)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A picture in a buffer that belongs to somebody else."""

    mode: str
    stored_mode: str
    size_px: tuple[int, int]
    data: memoryview
    stride_bytes: int

    def band(self, top: int, bottom: int) -> Image.Image:
        data = self.data[top * self.stride_bytes : bottom * self.stride_bytes]
        size_px = (self.size_px[0], bottom - top)
        how = ("raw", self.stored_mode, self.stride_bytes, 1)
        # Any buffer will do, whatever the types say.
        rows = Image.frombuffer(self.stored_mode, size_px, data, *how)  # type: ignore[arg-type]
        return _eight_bits(rows, self.mode)


def _eight_bits(rows: Image.Image, mode: str) -> Image.Image:
    if rows.mode.startswith("I"):  # 16 bits of grey, which convert() would clip rather than scale
        rows = rows.convert("I").point(lambda value: value / 256)
    return rows if rows.mode == mode else rows.convert(mode)


def pixels_of(image: Image.Image, file: BinaryIO) -> Pixels:
    """All pixels of *image*, which was opened from *file* (and drafted, where that was wanted), decoded now.

    Raises:
        Exception: whatever Pillow and the libraries below it raise for what is broken.
    """
    if image.format == "HEIF":
        return _heic_rows(file)
    if image.format in ("WEBP", "AVIF") and image.width * image.height > LARGE_PIXELS and not _moves(image):
        # Only here: libav takes megabytes and milliseconds that few pictures need.
        from generator.media.pictures.planes import planes

        format_ = cast(Literal["WEBP", "AVIF"], image.format)
        if found := planes(file, format_, image.mode, image.size):
            return found
    image.load()
    return _Whole(image, _blendable(image))


def _moves(image: Image.Image) -> bool:
    return bool(getattr(image, "is_animated", False))


def _heic_rows(file: BinaryIO) -> Pixels:
    # Only here: its library takes some megabytes that no other picture needs.
    from generator.media.pictures.heic import decoded

    picture = decoded(file)
    mode = {"I;16": "L", "RGBa": "RGBA"}.get(picture.mode, picture.mode)
    return _Rows(mode, picture.mode, picture.size_px, picture.data, picture.stride_bytes)


def _blendable(image: Image.Image) -> str:
    if image.mode in _BLENDABLE and "transparency" not in image.info:
        return image.mode
    if image.mode.startswith("I") or image.mode in ("1", "F"):
        return "L"
    return "RGBA" if image.has_transparency_data else "RGB"


def scaled(
    pixels: Pixels, size_px: tuple[int, int], mode: str, finish: Callable[[Image.Image], Image.Image]
) -> Image.Image:
    """The picture at *size_px*, no larger than it is, each band of it passed through *finish*, which gives *mode*.

    Like one resize with LANCZOS and a reducing gap of 2, in bands of about a million pixels.
    """
    width_px, height_px = pixels.size_px
    target = Image.new(mode, size_px)
    rows_each = max(16, _BAND_PIXELS * size_px[1] // (width_px * height_px))
    for top in range(0, size_px[1], rows_each):
        bottom = min(top + rows_each, size_px[1])
        target.paste(finish(_band(pixels, size_px, top, bottom)), (0, top))
    return target


def _band(pixels: Pixels, size_px: tuple[int, int], top: int, bottom: int) -> Image.Image:
    """The rows of the result from *top* to before *bottom*, as they come from the filter."""
    width_px, height_px = pixels.size_px
    if size_px == (width_px, height_px):
        return pixels.band(top, bottom)
    scale = height_px / size_px[1]
    across, down = max(1, width_px // size_px[0] // 2), max(1, height_px // size_px[1] // 2)
    margin = math.ceil(_LANCZOS_ROWS * scale) + down
    # A multiple of the reduction, so that every band sums up the same rows as the whole would.
    first = max(0, math.floor(top * scale) - margin) // down * down
    last = min(height_px, math.ceil(bottom * scale) + margin)
    rows = _blended(pixels.band(first, last))
    if across > 1 or down > 1:
        rows = rows.reduce((across, down))
    box = (0, (top * scale - first) / down, width_px / across, min((bottom * scale - first) / down, rows.height))
    rows = rows.resize((size_px[0], bottom - top), Image.Resampling.LANCZOS, box=box)
    return rows if rows.mode == pixels.mode else rows.convert(pixels.mode)


def _blended(rows: Image.Image) -> Image.Image:
    """With colours multiplied by alpha, once for both steps; what is transparent then lends no colour."""
    return rows.convert({"RGBA": "RGBa", "LA": "La"}[rows.mode]) if rows.mode in ("RGBA", "LA") else rows
