"""Honest JPEGs are no bombs, whatever they carry."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from generator.media.pictures.jpeg import refuse_bomb
from generator.media.refusals import UnusableError

from .hostile.made import with_scans, with_segment


def jpeg(image: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    return buffer.getvalue()


def walked(data: bytes, size_px: tuple[int, int]) -> bool:
    """Whether the file was not refused and stands where it stood."""
    file = io.BytesIO(data)
    file.seek(7)
    refuse_bomb(file, size_px)
    return file.tell() == 7


@pytest.mark.parametrize("progressive", [True, False])
@pytest.mark.parametrize("size_px", [(1, 1), (1_200, 900), (17, 4_000)])
@pytest.mark.parametrize("options", [{}, {"optimize": True, "quality": 1}, {"restart_marker_blocks": 1}])
def test_an_honest_jpeg_is_none_even_where_it_is_all_one_colour(
    progressive: bool, size_px: tuple[int, int], options: dict[str, int]
) -> None:
    image = Image.new("L", size_px, 255)
    assert walked(jpeg(image, progressive=progressive, **options), size_px)


def test_what_hangs_behind_or_lies_in_a_segment_counts_for_nothing() -> None:
    """A phone's moving picture behind its still holds the bytes of many a scan."""
    data = jpeg(Image.new("RGB", (80, 60)))
    scan = b"\xff\xda\0\x0c" + bytes(10)
    assert walked(data + scan * 5_000 + os.urandom(100_000), (80, 60))
    assert walked(with_segment(data, 0xE1, scan * 5_000), (80, 60))


@pytest.mark.parametrize("cut_bytes", range(2, 40))
def test_a_marker_across_two_chunks_is_found(cut_bytes: int) -> None:
    data = jpeg(Image.effect_noise((300, 200), 90), quality=100)
    assert len(data) > 64 * 1024 - 3_000
    at = data.rfind(b"\xff\xd9")
    assert walked(data[:at] + b"\0" * (64 * 1024 + cut_bytes) + b"\xff\xd9" + b"\xff\xda" * 200, (300, 200))


def test_too_many_scans_are_refused() -> None:
    data = jpeg(Image.new("RGB", (80, 60)), progressive=True)
    assert walked(with_scans(data, 80), (80, 60))
    with pytest.raises(UnusableError):
        walked(with_scans(data, 200), (80, 60))


def test_too_little_for_the_size_is_refused() -> None:
    with pytest.raises(UnusableError):
        walked(jpeg(Image.new("RGB", (80, 60))), (8_000, 6_000))
