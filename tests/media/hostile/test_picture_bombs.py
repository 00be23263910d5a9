"""Pictures that claim or unpack to more than they are: in time, and within the memory that they may take."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.media.workers import each_done
from media.samples import quadrants

from .made import MIB, Course, course_of, deflated_zeros, gif, png, webp_head, with_jpeg_size, with_scans, with_segment


def _jpeg(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 60).convert("RGB").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def _blank_jpeg(width_px: int, height_px: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width_px, height_px), (200, 30, 40)).save(buffer, "JPEG", progressive=True)
    return buffer.getvalue()


def _exif_that_turns_round() -> bytes:
    """Directories of EXIF that lead to each other for ever, with a count of values that nobody could hold."""
    entry = struct.pack(">HHII", 0x8769, 4, 1, 8) + struct.pack(">HHII", 0x010F, 2, 0xFFFFFFF0, 8)
    return b"Exif\0\0MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 2) + entry + struct.pack(">I", 8)


def _avif_claiming(width_px: int, height_px: int) -> bytes:
    buffer = io.BytesIO()
    quadrants(64, 64).save(buffer, "AVIF")
    data = buffer.getvalue()
    return data.replace(
        b"ispe\0\0\0\0" + struct.pack(">II", 64, 64), b"ispe\0\0\0\0" + struct.pack(">II", width_px, height_px)
    )


def _apng(frames: int) -> bytes:
    control = (b"acTL", struct.pack(">II", frames, 0))
    return png(40, 30, control, *[(b"fcTL", struct.pack(">IIIIIHHBB", n, 40, 30, 0, 0, 0, 1, 0, 0)) for n in range(frames)], pixels=b"\0" * 3_630)  # fmt: skip


PIXELS = b"".join(b"\0" + b"\x80" * 120 for _ in range(30))  # of 40×30
BOMB = deflated_zeros(400 * MIB)

# What is accepted is held to the same bounds as what is refused.
FILES: dict[str, tuple[str, bytes, set[str]]] = {
    "WebP of 164 MP in 38 bytes": (".webp", webp_head(12_800, 12_800), {"too-large"}),
    "PNG of 13000 by 13000": (".png", png(13_000, 13_000), {"too-large"}),
    "PNG of 49 MP, all one colour": (".png", png(9_800, 5_000, pixels=bytes(5_000 * 29_401)), {""}),
    "PNG whose size overflows": (".png", png(0x7FFFFFFF, 0x7FFFFFFF), {"too-large"}),
    "progressive JPEG of 168 MP": (".jpg", with_jpeg_size(_jpeg(progressive=True), 14_000, 12_000), {"too-large"}),
    "JPEG of 119 MP without pixels": (".jpg", with_jpeg_size(_jpeg(), 11_000, 10_800), {"truncated"}),
    "progressive JPEG of 119 MP without pixels": (
        ".jpg",
        with_jpeg_size(_jpeg(progressive=True), 11_000, 10_800),
        {"truncated"},
    ),
    "progressive JPEG of 5,000 scans": (".jpg", with_scans(_jpeg(progressive=True), 5_000), {"too-large"}),
    "progressive JPEG of 12 MP and 20,000 scans": (".jpg", with_scans(_blank_jpeg(4_000, 3_000), 20_000), {"too-large"}),
    "progressive JPEG of 12 MP and 90 scans": (".jpg", with_scans(_blank_jpeg(4_000, 3_000), 80), {""}),
    "JPEG of 100,000 comments": (".jpg", _jpeg()[:2] + b"\xff\xfe\0\x02" * 100_000 + _jpeg()[2:], {"too-large"}),
    "GIF of 65535 by 65535 in a few bytes": (".gif", gif(65_535, 65_535, 1), {"too-large"}),
    "GIF of 50,000 frames": (".gif", gif(40, 30, 50_000), {"too-large", "too-long", ""}),
    "GIF of 3,000 large frames": (".gif", gif(4_000, 3_000, 3_000, 4), {"too-large", "too-long", "limit", ""}),
    "PNG with an iCCP bomb": (".png", png(40, 30, (b"iCCP", b"x\0\0" + BOMB), pixels=PIXELS), {"", "unreadable", "too-large"}),
    "PNG with a zTXt bomb": (".png", png(40, 30, (b"zTXt", b"x\0\0" + BOMB), pixels=PIXELS), {"", "unreadable", "too-large"}),
    "PNG with an iTXt bomb": (
        ".png",
        png(40, 30, (b"iTXt", b"x\0\1\0\0\0" + BOMB), pixels=PIXELS),
        {"", "unreadable", "too-large"},
    ),
    "PNG whose pixels unpack to more": (".png", png(40, 30, pixels=bytes(200 * MIB)), {"", "unreadable", "truncated"}),
    "PNG of 50,000 frames": (".png", _apng(50_000), {"", "unreadable"}),
    "JPEG whose EXIF turns round": (".jpg", with_segment(_jpeg(), 0xE1, _exif_that_turns_round()), {""}),
    "JPEG with 20 MB of XMP": (".jpg", with_segment(_jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 7_000_000), {""}),
    "JPEG with a profile of rubbish": (
        ".jpg",
        with_segment(_jpeg(), 0xE2, b"ICC_PROFILE\0\x01\x01" + os.urandom(5_000)),
        {""},
    ),
    "PNG with a profile that claims 4 GB": (
        ".png",
        png(40, 30, (b"iCCP", b"x\0\0" + zlib.compress(b"\xff\xff\xff\xff" + bytes(200))), pixels=PIXELS),
        {""},
    ),
    "AVIF that claims 200 MP": (".avif", _avif_claiming(20_000, 10_000), {"too-large", "unreadable", "truncated"}),
    "AVIF that claims more than it has": (".avif", _avif_claiming(8_000, 6_000), {"too-large", "unreadable", "truncated", ""}),
}  # fmt: skip
TAKES_S = 8.0  # of the processor; a second is usual
GROWS_BYTES = 420 * MIB  # what 50 MP of honest RGB take to be reduced
AT_ONCE = {name for name, (_, _, reasons) in FILES.items() if reasons == {"too-large"}}


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course | None]:
    folder = tmp_path_factory.mktemp("pictures")
    tasks: dict[tuple[Path, Path], str] = {}
    for number, (name, (suffix, data, _)) in enumerate(FILES.items()):
        path = folder / f"{number}{suffix}"
        path.write_bytes(data)
        tasks[path, folder / f"store{number}"] = name
    return {tasks[end.item]: end.result for end in each_done(course_of, tasks, workers=1)}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_bomb_ends_as_it_must(name: str, courses: dict[str, Course | None]) -> None:
    course = courses[name]
    assert course is not None, "ended its worker"
    assert course.reason in FILES[name][2], course
    assert course.cpu_s < TAKES_S, course
    assert course.grew_bytes < GROWS_BYTES, course
    assert course.out_bytes < 2 * MIB, course


@pytest.mark.parametrize("name", sorted(AT_ONCE))
def test_what_claims_too_much_is_refused_in_under_a_second_before_it_takes_memory(
    name: str, courses: dict[str, Course | None]
) -> None:
    course = courses[name]
    assert course is not None
    assert course.stage == "probe"
    assert course.cpu_s < 1, course
    assert course.grew_bytes < 20 * MIB, course
