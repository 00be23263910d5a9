"""Opening pictures that may be hostile, and what they are."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from typing import BinaryIO

from PIL import (
    AvifImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from generator.catalog.facts import PictureFacts
from generator.media.content import HEAD_BYTES, content_of
from generator.media.pictures.gif import read_gif
from generator.media.pictures.jpeg import refuse_bomb
from generator.media.pictures.pixels import pixels_of
from generator.media.refusals import UnusableError

JPEG_PIXELS = 120_000_000
OTHER_PIXELS = 50_000_000
FILE_BYTES = 200 * 1024 * 1024
_BOXES = 1_000
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_PLUGINS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Named here, so that Pillow does not load the forty others when it meets a WebP."""

_NAMES = {"MPO": "JPEG", "HEIF": "HEIC"}
SIDEWAYS = range(5, 9)
"""The EXIF orientations that swap width and height."""

# Pillow warns above this number, and the warning is made an error below; it raises by itself at twice as many.
Image.MAX_IMAGE_PIXELS = JPEG_PIXELS


@contextlib.contextmanager
def opened_picture(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture in *file*, its header read and its pixels not yet; the block may decode it and nothing else.

    Raises:
        UnusableError: it is no picture, is broken or cut short, or claims too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of broken EXIF, which costs nothing here
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _refuse_large_header(file)
            with _opened(file) as image:
                is_jpeg = image.format in ("JPEG", "MPO")
                _refuse_large(image.size, is_jpeg=is_jpeg)
                if is_jpeg:
                    refuse_bomb(file, image.size)
                yield image
    except UnusableError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnusableError("too-large", f"{JPEG_PIXELS // 1_000_000} MP") from error
    except MemoryError as error:
        raise UnusableError("limit", "memory") from error
    except UnidentifiedImageError as error:
        raise UnusableError("truncated" if _claims_more(file) else "unreadable", "header") from error
    except Exception as error:  # Pillow's decoders raise anything at all on malformed input
        is_cut = "truncated" in str(error) or isinstance(error, EOFError) or _claims_more(file)
        raise UnusableError("truncated" if is_cut else "unreadable", type(error).__name__) from error


def _opened(file: BinaryIO) -> Image.Image:
    is_heic = content_of(file.read(HEAD_BYTES)) == "heic"
    file.seek(0)
    if is_heic:
        # Only here: its library takes some megabytes that no other picture needs.
        from generator.media.pictures.heic import opened_heic

        return opened_heic(file)
    return Image.open(file, formats=_FORMATS)


def _refuse_large_header(file: BinaryIO) -> None:
    """WebP's decoder takes memory for its whole canvas as soon as it is opened, so its header is read first."""
    file.seek(0)
    head = file.read(32)
    file.seek(0)
    size_px = webp_size_px(head)
    if size_px:
        _refuse_large(size_px, is_jpeg=False)


def webp_size_px(head: bytes) -> tuple[int, int] | None:
    """The size that a WebP header of at least 30 bytes claims; None for anything else."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return None
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", head, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width_px, height_px = struct.unpack_from("<HH", head, 26)
            return width_px & 0x3FFF, height_px & 0x3FFF
        case _:
            return None


def _refuse_large(size_px: tuple[int, int], *, is_jpeg: bool) -> None:
    limit = JPEG_PIXELS if is_jpeg else OTHER_PIXELS
    if size_px[0] * size_px[1] > limit:
        raise UnusableError("too-large", f"{size_px[0]}×{size_px[1]} > {limit // 1_000_000} MP")


def _claims_more(file: BinaryIO) -> bool:
    """A RIFF file (WebP) and the boxes of AVIF and HEIC say how long they are; what is shorter was cut."""
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(8)
    if head[:4] == b"RIFF" and len(head) == 8:
        return int.from_bytes(head[4:], "little") + 8 > size_bytes
    if head[4:] != b"ftyp":
        return False
    at_bytes = 0
    for _ in range(_BOXES):
        file.seek(at_bytes)
        length = int.from_bytes(file.read(8)[:4])
        if length < 8:  # to the end of the file, or longer than four bytes can say
            return False
        at_bytes += length
        if at_bytes >= size_bytes:
            return at_bytes > size_bytes
    return False


def picture_facts(file: BinaryIO) -> PictureFacts:
    """What a picture is, after decoding all of its first frame, so that a cut or broken one is found.

    Raises:
        UnusableError: it cannot be used.
    """
    with opened_picture(file) as image:
        width_px, height_px = image.size
        is_sideways = orientation_of(image) in SIDEWAYS
        image.draft(None, (1, 1))  # for JPEG: every byte is read, an eighth of the pixels is made
        pixels_of(image, file)
        return PictureFacts(
            format=_NAMES.get(image.format or "", image.format or ""),
            width_px=height_px if is_sideways else width_px,
            height_px=width_px if is_sideways else height_px,
            has_gps=_has_gps(image),
            is_animated=_is_animated(image, file),
        )


def _is_animated(image: Image.Image, file: BinaryIO) -> bool:
    """Several pictures in a HEIC or an MPO are several pictures."""
    if image.format == "GIF":
        return read_gif(file).is_animated
    return image.format not in ("MPO", "HEIF") and bool(getattr(image, "is_animated", False))


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # a malformed EXIF block must not cost the picture: browsers show it, too
        return Image.Exif()


def orientation_of(image: Image.Image) -> int:
    """How the stored picture must be turned to be upright, 1 to 8 as in EXIF; 1 where nothing sensible is said."""
    value = _exif(image).get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _has_gps(image: Image.Image) -> bool:
    try:
        tags = _exif(image).get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # as above; what cannot be read cannot lead anybody home
        tags = {}
    xmp = image.info.get("xmp", b"")
    packet = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else bytes(xmp)
    return bool({ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude} & set(tags)) or b"GPSLatitude" in packet


def has_gps(file: BinaryIO) -> bool:
    """Whether a picture says where it was taken; False where it does not even open."""
    if content_of(file.read(HEAD_BYTES)) == "unknown":
        return False
    try:
        with opened_picture(file) as image:
            return _has_gps(image)
    except UnusableError:
        return False
