"""A picture in any format that people hand in comes out in its own colours, upright and whole."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import ExifTags, Image

from generator.media.derivatives import PictureSet, file_of
from generator.media.derive import derive
from generator.media.pictures import pixels
from generator.media.pictures.pixels import pixels_of, scaled
from generator.media.probe import probe_file
from generator.media.recipe import PictureRecipe
from generator.store import Store

from .colours import (
    EDGES,
    GREYS,
    PATCHES,
    Colour,
    cmyk_profile,
    delta_e,
    encoded,
    from_p3,
    grey_profile,
    p3_profile,
    patch_colours,
    patches,
    worst_delta_e,
)
from .samples import QUADRANTS, corners, exif_of_a_phone, ffmpeg_run, is_close, job_for, quadrants

RECIPE = PictureRecipe(steps_px=(120, 180))
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
UPRIGHT = [QUADRANTS[0, 0], QUADRANTS[1, 0], QUADRANTS[0, 1], QUADRANTS[1, 1]]


def made(path: Path, store: Store) -> tuple[PictureSet, dict[str, Image.Image]]:
    outcome = derive(job_for(path, RECIPE), store)
    assert isinstance(outcome.result, PictureSet), outcome
    files: dict[str, Image.Image] = {file.role: Image.open(file_of(file, store)) for file in outcome.result.files}
    return outcome.result, files


def png_of_16_bits(path: Path, image: Image.Image) -> None:
    """An RGB picture with 16 bits a channel, which Pillow reads and does not write."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    width_px, height_px = image.size
    rows = (image.crop((0, y, width_px, y + 1)).tobytes() for y in range(height_px))
    data = b"".join(b"\0" + bytes(byte for value in row for byte in (value, value)) for row in rows)
    head = struct.pack(">IIBBBBB", width_px, height_px, 16, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)


def cmyk(image: Image.Image) -> Image.Image:
    """The inks that leave these colours on white paper, with no black."""
    red, green, blue = (channel.point(lambda value: 255 - value) for channel in image.split())
    return Image.merge("CMYK", (red, green, blue, Image.new("L", image.size, 0)))


def ycck_jpeg(path: Path, image: Image.Image) -> None:
    """What Photoshop writes: the three inks as light and colour, everything inverted, and a mark that says so."""
    inks = image.point(lambda value: 255 - value).convert("YCbCr")
    stored = Image.merge("CMYK", (*inks.point(lambda value: 255 - value).split(), Image.new("L", image.size, 0)))
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", quality=95)
    data = bytearray(buffer.getvalue())
    data[data.index(b"Adobe") + 11] = 2
    path.write_bytes(data)


def heic_of_10_bits(path: Path, image: Image.Image) -> None:
    data = b"".join(struct.pack("<H", value * 257) for value in image.tobytes())
    pillow_heif.from_bytes(mode="RGB;16", size=image.size, data=data).save(path, quality=95)


def avif_of_10_bits(path: Path, image: Image.Image) -> None:
    """With the matrix of BT.601: that of BT.709 overflows in libyuv, here and in browsers, and shifts blue."""
    png = path.with_suffix(".png")
    image.save(png)
    scale = "scale=out_color_matrix=bt601:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p10le"
    tags = ["-colorspace", "smpte170m", "-color_range", "tv"]
    codec = ["-c:v", "libsvtav1", "-crf", "1", "-svtav1-params", "log-level=-1"]
    ffmpeg_run("-i", str(png), "-vf", scale, *codec, *tags, "-frames:v", "1", "-f", "avif", str(path))


def heic_with_several(path: Path, image: Image.Image) -> None:
    other = image.convert("L").convert("RGB")
    several = pillow_heif.from_pillow(other)
    several.add_from_pillow(image)
    several.add_from_pillow(other)
    several.save(path, quality=95, primary_index=1)


def saved(suffix: str, mode: str = "RGB", **options: Any) -> Callable[[Path, Image.Image], None]:
    def write(path: Path, image: Image.Image) -> None:
        # A palette of the picture's own colours: the web's would be dithered.
        shown = image.quantize(16) if mode == "P" else image.convert(mode)
        shown.save(path.with_suffix(suffix), **options)
        path.with_suffix(suffix).rename(path)

    return write


def with_alpha(suffix: str, **options: Any) -> Callable[[Path, Image.Image], None]:
    """Whole in its patches, and half transparent along its lower edge, which no patch's middle touches."""

    def write(path: Path, image: Image.Image) -> None:
        shown = image.convert("RGBA")
        shown.paste((0, 0, 0, 100), (0, image.height - 6, image.width, image.height))
        shown.save(path.with_suffix(suffix), **options)
        path.with_suffix(suffix).rename(path)

    return write


pillow_heif.register_heif_opener()  # for what the tests write; generator/media opens without it

WRITERS: dict[str, tuple[str, Callable[[Path, Image.Image], None]]] = {
    "JPEG": ("JPEG", saved(".jpg", quality=95)),
    "progressive JPEG 4:4:4": ("JPEG", saved(".jpg", quality=95, progressive=True, subsampling=0)),
    "CMYK JPEG": ("JPEG", lambda path, image: cmyk(image).save(path, "JPEG", quality=95)),
    "YCCK JPEG": ("JPEG", ycck_jpeg),
    "MPO": (
        "JPEG",
        lambda path, image: image.save(path, "MPO", quality=95, save_all=True, append_images=[image.rotate(180)]),
    ),
    "PNG": ("PNG", saved(".png")),
    "PNG with transparency": ("PNG", with_alpha(".png")),
    "PNG with a palette": ("PNG", saved(".png", "P")),
    "PNG of 16 bits": ("PNG", png_of_16_bits),
    "WebP": ("WEBP", saved(".webp", quality=95)),
    "WebP without loss": ("WEBP", saved(".webp", lossless=True)),
    "WebP with transparency": ("WEBP", with_alpha(".webp", quality=95)),
    "WebP without loss, with transparency": ("WEBP", with_alpha(".webp", lossless=True)),
    "AVIF": ("AVIF", saved(".avif", quality=90)),
    "AVIF 4:4:4": ("AVIF", saved(".avif", quality=90, subsampling="4:4:4")),
    "AVIF 4:2:2 in limited range": ("AVIF", saved(".avif", quality=90, subsampling="4:2:2", range="limited")),
    "AVIF with transparency": ("AVIF", with_alpha(".avif", quality=90)),
    "AVIF of 10 bits": ("AVIF", avif_of_10_bits),
    "HEIC": ("HEIC", saved(".heic", quality=95)),
    "HEIC 4:4:4": ("HEIC", saved(".heic", quality=95, chroma=444)),
    "HEIC of tiles": ("HEIC", saved(".heic", quality=95, tile_size=128)),
    "HEIC with transparency": ("HEIC", with_alpha(".heic", quality=95)),
    "HEIC of 10 bits": ("HEIC", heic_of_10_bits),
    "HEIC of several": ("HEIC", heic_with_several),
    "GIF": ("GIF", saved(".gif", "P")),
}


@pytest.fixture(params=["small", "large"])
def decoders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to decode a WebP or AVIF: as small pictures go, and as large ones do."""
    if request.param == "large":
        monkeypatch.setattr(pixels, "LARGE_PIXELS", 0)
        monkeypatch.setattr(pixels, "_BAND_PIXELS", 10_000)


@pytest.mark.usefixtures("decoders")
@pytest.mark.parametrize(("format_", "write"), WRITERS.values(), ids=WRITERS)
def test_every_format_keeps_its_colours(
    format_: str, write: Callable[[Path, Image.Image], None], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "handed.in"
    write(path, patches())
    facts = probe_file(path, "handed.in").picture
    assert facts is not None, probe_file(path, "handed.in").refusal
    assert (facts.format, facts.width_px, facts.height_px, facts.is_animated) == (format_, 240, 160, False)
    result, files = made(path, store)
    assert (result.width_px, result.height_px) == (240, 160)
    assert set(files) == {f"{name}-{width}" for name in ("avif", "webp", "jpeg") for width in (120, 180, 240)}
    for role, image in files.items():
        assert image.size == (int(role.split("-")[1]), int(role.split("-")[1]) * 2 // 3)
        assert worst_delta_e(image) <= 3, (role, patch_colours(image))


GREY_WRITERS: dict[str, tuple[tuple[Colour, ...], Callable[[Path, Image.Image], None]]] = {
    "grey JPEG": (GREYS, saved(".jpg", "L", quality=95)),
    "grey PNG": (GREYS, saved(".png", "L")),
    "grey PNG with transparency": (GREYS, saved(".png", "LA")),
    "grey AVIF": (GREYS, saved(".avif", "L", quality=90)),
    "grey HEIC": (GREYS, saved(".heic", "L", quality=95)),
    "PNG of one bit": (EDGES, saved(".png", "1")),
    "grey PNG of 16 bits": (
        GREYS,
        lambda path, image: image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16").save(path, "PNG"),
    ),
}  # fmt: skip


@pytest.mark.usefixtures("decoders")
@pytest.mark.parametrize(("greys", "write"), GREY_WRITERS.values(), ids=GREY_WRITERS)
def test_every_kind_of_grey_is_as_light_as_it_was(
    greys: tuple[Colour, ...], write: Callable[[Path, Image.Image], None], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "handed.in"
    write(path, patches(greys))
    _, files = made(path, store)
    assert len(files) == 9
    assert all(worst_delta_e(image, greys) <= 3 for image in files.values())


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".avif", ".heic"])
def test_display_p3_is_shown_as_it_looks(suffix: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / f"a{suffix}"
    patches().save(path, icc_profile=p3_profile(), quality=95)
    meant = [from_p3(colour) for colour in PATCHES]
    assert max(delta_e(*pair) for pair in zip(meant, PATCHES, strict=True)) > 5
    _, files = made(path, store)
    assert all(worst_delta_e(image, meant) <= 3 for image in files.values())


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_profile_for_grey_is_followed_with_and_without_transparency(mode: str, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.png"
    patches(GREYS).convert(mode).save(path, icc_profile=grey_profile(1.2))
    _, files = made(path, store)
    meant = [(encoded((grey / 255) ** 1.2),) * 3 for grey, _, _ in GREYS]
    assert all(worst_delta_e(image, meant) <= 3 for image in files.values())


def test_a_profile_for_inks_is_followed(tmp_path: Path, store: Store) -> None:
    ink = (60, 120, 180)
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (240, 160), (255, 0, 0, 0)).save(path, icc_profile=cmyk_profile(ink), quality=95)
    _, files = made(path, store)
    assert all(worst_delta_e(image, (ink,) * 6) <= 3 for image in files.values())


@pytest.mark.usefixtures("decoders")
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".avif", ".heic"])
def test_every_orientation_of_every_format_comes_out_upright(
    suffix: str, orientation: int, tmp_path: Path, store: Store
) -> None:
    stored = quadrants(160, 120)
    if orientation in TURNS:
        stored = stored.transpose(TURNS[orientation])
    path = tmp_path / f"a{suffix}"
    stored.save(path, exif=exif_of_a_phone(orientation), quality=95)
    facts = probe_file(path, path.name).picture
    assert facts is not None
    assert (facts.width_px, facts.height_px, facts.has_gps) == (160, 120, True)
    result, files = made(path, store)
    assert (result.width_px, result.height_px) == (160, 120)
    for image in files.values():
        assert all(is_close(*pair) for pair in zip(corners(image), UPRIGHT, strict=True))


def test_a_heic_that_tells_its_turn_twice_is_turned_once(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.heic"
    quadrants(160, 120).transpose(TURNS[6]).save(path, exif=exif_of_a_phone(6), quality=95)
    tag = struct.pack(">HHI", ExifTags.Base.Orientation, 3, 1)
    assert tag + b"\0\6" in path.read_bytes()
    assert b"irot" in path.read_bytes()
    _, files = made(path, store)
    assert all(is_close(*pair) for pair in zip(corners(files["jpeg-160"]), UPRIGHT, strict=True))


@pytest.mark.usefixtures("decoders")
@pytest.mark.parametrize("suffix", [".png", ".webp", ".avif", ".heic"])
def test_transparency_is_kept_and_stands_on_white_in_jpeg(suffix: str, tmp_path: Path, store: Store) -> None:
    image = Image.new("RGBA", (240, 160), (0, 0, 0, 0))
    image.paste((200, 40, 50, 255), (0, 0, 120, 160))
    image.save(tmp_path / f"a{suffix}", quality=95)
    _, files = made(tmp_path / f"a{suffix}", store)
    for role in ("avif-180", "webp-180"):
        assert files[role].mode == "RGBA"
        assert files[role].getpixel((150, 60))[3] <= 2  # type: ignore[index]
        assert files[role].getpixel((30, 60))[3] >= 253  # type: ignore[index]
    assert is_close(corners(files["jpeg-180"])[1], (255, 255, 255), 4)
    assert delta_e(corners(files["jpeg-180"])[0], (200, 40, 50)) <= 3


@pytest.mark.parametrize("size_px", [(61, 43), (200, 131), (397, 5), (40, 263)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "CMYK"])
def test_bands_are_what_one_resize_of_the_whole_would_give(
    size_px: tuple[int, int], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "_BAND_PIXELS", 7_000)
    image = Image.effect_noise((401, 263), 90).convert("RGB").convert(mode)
    whole = image.resize(size_px, Image.Resampling.LANCZOS, reducing_gap=2.0)
    banded = scaled(pixels_of(image, io.BytesIO()), size_px, mode, lambda rows: rows)
    # Pillow sums 8-bit values in another order where it reduces first; nothing that can be seen.
    differences = [abs(a - b) for a, b in zip(whole.tobytes(), banded.tobytes(), strict=True)]
    assert max(differences) <= 2
