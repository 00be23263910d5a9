"""Pictures inside documents: their pixels stay, what was written beside them goes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis.strategies import binary, integers, sampled_from
from PIL import Image, PngImagePlugin, TiffImagePlugin

from generator.media.documents.scrub import BrokenPictureError, scrubbed, tells_place

from .samples import exif_of_a_phone, quadrants, wide_profile

WORDS = (b"PhoneMaker", "王小明".encode(), b"secret", b"GPS", b"Photoshop", b"http://ns.adobe.com")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>secret</exif:GPSLatitude></x:xmpmeta>'


def saved(format_: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    quadrants(40, 30).save(buffer, format_, **how)
    return buffer.getvalue()


def with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def jpeg_full(**how: object) -> bytes:
    data = saved("JPEG", exif=exif_of_a_phone(6), icc_profile=wide_profile(), comment=b"secret", xmp=XMP, **how)
    data = with_segment(data, 0xED, b"Photoshop 3.0\0" + b"secret")
    data = with_segment(data, 0xE2, b"MPF\0secret")
    return data + saved("JPEG", comment=b"secret second picture") + b"secret trailer"


def png_full() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "secret")
    info.add_itxt("XML:com.adobe.xmp", "secret")
    info.add_text("Comment", "secret", zip=True)
    info.add(b"tIME", bytes(7))
    return saved("PNG", pnginfo=info, exif=exif_of_a_phone(), icc_profile=wide_profile(), dpi=(300, 300)) + b"secret"


def gif_full() -> bytes:
    first, second = quadrants(40, 30), quadrants(40, 30).rotate(180)
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=[second], comment=b"secret", loop=0, duration=200)
    return buffer.getvalue() + b"secret"


def tiff_full() -> bytes:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[315], info[270], info[272], info[33432] = "secret artist", "secret text", "PhoneMaker", "secret right"
    exif = Image.Exif()
    exif[315] = "secret artist"
    exif.get_ifd(34853)[1], exif.get_ifd(34853)[29] = "N", "secret date"
    exif.get_ifd(34665)[37510] = b"secret comment"
    buffer = io.BytesIO()
    quadrants(40, 30).save(buffer, "TIFF", tiffinfo=info, exif=exif, compression="tiff_lzw")
    assert buffer.getvalue().count(b"secret") >= 3
    return buffer.getvalue()


FULL: dict[str, Callable[[], bytes]] = {
    "jpeg": jpeg_full,
    "progressive jpeg": lambda: jpeg_full(progressive=True),
    "png": png_full,
    "webp": lambda: saved("WEBP", exif=exif_of_a_phone(), xmp=XMP, icc_profile=wide_profile()),
    "gif": gif_full,
    "tiff": tiff_full,
    "jpeg 2000": lambda: (
        saved("JPEG2000")
        + struct.pack(">I4s", 30, b"uuid")
        + b"secret secret secret!!"
        + struct.pack(">I4s", 14, b"xml ")
        + b"secret"
    ),
}


@pytest.mark.parametrize("name", FULL)
def test_the_pixels_stay_and_the_words_go(name: str) -> None:
    data = FULL[name]()
    clean = scrubbed(data)
    assert any(word in data for word in WORDS)
    assert not [word for word in WORDS if word in clean]
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert (after.size, after.mode) == (before.size, before.mode)
        assert getattr(after, "n_frames", 1) == (2 if name == "gif" else 1)
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
        assert after.info.get("icc_profile") == before.info.get("icc_profile")
        assert after.info.get("loop") == before.info.get("loop")
    assert scrubbed(clean) == clean


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_jpeg_stays_turned(orientation: int) -> None:
    clean = scrubbed(saved("JPEG", exif=exif_of_a_phone(orientation)))
    with Image.open(io.BytesIO(clean)) as after:
        exif = after.getexif()
        assert dict(exif) == ({} if orientation == 1 else {274: orientation})


def test_a_cmyk_jpeg_keeps_the_segment_that_tells_its_colours() -> None:
    buffer = io.BytesIO()
    quadrants(40, 30).convert("CMYK").save(buffer, "JPEG", comment=b"secret")
    with Image.open(buffer) as before, Image.open(io.BytesIO(scrubbed(buffer.getvalue()))) as after:
        assert after.mode == "CMYK"
        assert after.info["adobe_transform"] == before.info["adobe_transform"]
        assert after.tobytes() == before.tobytes()


def test_a_place_in_a_jpeg_is_seen() -> None:
    assert tells_place(saved("JPEG", exif=exif_of_a_phone()))
    assert not tells_place(saved("JPEG"))
    assert not tells_place(scrubbed(saved("JPEG", exif=exif_of_a_phone(3))))


def test_what_is_no_picture_is_left_alone() -> None:
    assert scrubbed(b"\1\0\0\0EMF of some kind") == b"\1\0\0\0EMF of some kind"


@pytest.mark.parametrize("name", ["jpeg", "png", "gif", "tiff"])
def test_a_picture_that_ends_among_its_descriptions_is_broken(name: str) -> None:
    with pytest.raises(BrokenPictureError):
        scrubbed(FULL[name]()[:30])


@given(name=sampled_from(sorted(FULL)), cut=integers(0, 4_000), junk=binary(max_size=40))
def test_no_damage_makes_it_crash(name: str, cut: int, junk: bytes) -> None:
    data = FULL[name]()
    damaged = data[: cut % len(data)] + junk + data[cut % len(data) + len(junk) :]
    for one in (damaged, data[: cut % len(data)] + junk):
        try:
            clean = scrubbed(one)
        except BrokenPictureError:
            continue
        assert len(clean) <= len(one) + 40
        tells_place(one)


def test_a_png_without_end_is_broken() -> None:
    data = saved("PNG")
    with pytest.raises(BrokenPictureError):
        scrubbed(data[: data.index(b"IEND") - 4])


def test_a_png_chunk_keeps_its_check_sum() -> None:
    clean = scrubbed(png_full())
    at = clean.index(b"pHYs")
    (stored,) = struct.unpack_from(">I", clean, at + 4 + 9)
    assert stored == zlib.crc32(clean[at : at + 13])
