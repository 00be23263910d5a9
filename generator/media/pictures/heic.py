"""HEIC and HEIF pictures, by libheif: the primary picture alone, turned as it says, in 8 bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
from PIL import Image

# One process a core is at work already; and thumbnails, depth and masks are of no use to anybody here.
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture in libheif's own memory."""

    mode: str  # as Pillow names it: RGB, RGBA, RGBa, L, LA, I;16
    size_px: tuple[int, int]
    data: memoryview
    stride_bytes: int


def opened_heic(file: BinaryIO) -> Image.Image:
    """The primary picture, its header read and its pixels not yet.

    Its size is as shown: libheif carries out the rotation that the file stores, and what its EXIF says of
    orientation is a note about the same turn (ISO/IEC 23008-12, annex A), so it reads 1 here.

    Raises:
        SyntaxError: it is none, or is broken.
    """
    file.seek(0)
    image: Image.Image = pillow_heif.HeifImageFile(file)  # type: ignore[no-untyped-call]  # its types end here
    return image


def decoded(file: BinaryIO) -> Decoded:
    """The pixels of the primary picture.

    Raises:
        Exception: whatever libheif reports of what is broken.
    """
    file.seek(0)
    heif = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
    picture = heif[heif.primary_index]
    data = picture.data  # decodes, and only then are size and stride what they are
    return Decoded(picture.mode, picture.size, memoryview(data), picture.stride)
