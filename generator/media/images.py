"""Opening pictures that may be hostile: what they are, and their pixels reduced, upright and in sRGB."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from generator.catalog.facts import PictureFacts
from generator.media.content import HEAD_BYTES, content_of
from generator.media.recipe import JPEG_LIMIT_PX, PictureRecipe, height_at, ladder, widest_px
from generator.media.refusals import UnusableError

JPEG_PIXELS = 120_000_000
OTHER_PIXELS = 50_000_000
FILE_BYTES = 200 * 1024 * 1024
_PROFILE_BYTES = 4 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_SIDEWAYS = range(5, 9)  # the EXIF orientations that swap width and height

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
            with Image.open(file, formats=_FORMATS) as image:
                _refuse_large(image.size, is_jpeg=image.format in ("JPEG", "MPO"))
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
    """A RIFF file (WebP) says how long it is; one that is shorter was cut."""
    file.seek(0)
    head = file.read(8)
    size_bytes = file.seek(0, io.SEEK_END)
    return head[:4] == b"RIFF" and len(head) == 8 and int.from_bytes(head[4:], "little") + 8 > size_bytes


def picture_facts(file: BinaryIO) -> PictureFacts:
    """What a picture is, after decoding all of its first frame, so that a cut or broken one is found.

    Raises:
        UnusableError: it cannot be used.
    """
    with opened_picture(file) as image:
        width_px, height_px = image.size
        is_sideways = _orientation(image) in _SIDEWAYS
        image.draft(None, (1, 1))  # for JPEG: every byte is read, an eighth of the pixels is made
        image.load()
        return PictureFacts(
            format="JPEG" if image.format == "MPO" else image.format or "",
            width_px=height_px if is_sideways else width_px,
            height_px=width_px if is_sideways else height_px,
            has_gps=_has_gps(image),
            is_animated=image.format != "MPO" and bool(getattr(image, "is_animated", False)),
        )


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # a malformed EXIF block must not cost the picture: browsers show it, too
        return Image.Exif()


def _orientation(image: Image.Image) -> int:
    value = _exif(image).get(ExifTags.Base.Orientation, 1)
    return value if isinstance(value, int) else 1


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


def blank_jpeg() -> bytes:
    """One white pixel, to stand where a picture must stand and must tell nothing."""
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1), (255, 255, 255)).save(buffer, "JPEG")
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture ready to be cut down: upright, sRGB, at the largest width wanted, nothing attached to it."""

    image: Image.Image  # RGB or RGBA
    original_px: tuple[int, int]  # as shown
    widths_px: tuple[int, ...]  # ascending; the last is the image's own


def upright(file: BinaryIO, recipe: PictureRecipe) -> Upright:
    """The picture in *file* at the top width of its ladder.

    Raises:
        UnusableError: it cannot be used.
    """
    with opened_picture(file) as image:
        orientation = _orientation(image)
        is_sideways = orientation in _SIDEWAYS
        profile = image.info.get("icc_profile")
        original_px = (image.height, image.width) if is_sideways else image.size
        widths_px = ladder(widest_px(original_px, JPEG_LIMIT_PX), recipe.steps_px)
        top_px = (widths_px[-1], height_at(widths_px[-1], original_px))
        if top_px[1] > JPEG_LIMIT_PX:
            raise UnusableError("too-large", f"{original_px[0]}×{original_px[1]}")
        stored_px = (top_px[1], top_px[0]) if is_sideways else top_px
        image.draft(None, stored_px)
        reduced = _resizable(image)
        if reduced.size != stored_px:
            reduced = reduced.resize(stored_px, Image.Resampling.LANCZOS, reducing_gap=2.0)
        if orientation != 1:
            turned = Image.Exif()
            turned[ExifTags.Base.Orientation] = orientation
            reduced.info = {"exif": turned.tobytes()}
            reduced = ImageOps.exif_transpose(reduced)
        clean = _opaque_if_it_is(_to_srgb(reduced, profile))
    clean.info = {}
    return Upright(clean, original_px, widths_px)


def _resizable(image: Image.Image) -> Image.Image:
    """The same pixels in a mode that can be blended: L, RGB, RGBA, CMYK or LAB."""
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would clip rather than scale
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("RGB", "L", "CMYK", "LAB"):
        image.load()
        return image.copy() if image.readonly else image
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes) and 0 < len(profile) <= _PROFILE_BYTES:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode=wanted,
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken profile, or one for other channels than the picture has: shown as browsers do, without it
    return image if image.mode == wanted else image.convert(wanted)


def _opaque_if_it_is(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image
