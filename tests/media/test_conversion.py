"""What phones and subtitle programs write comes out as what every call takes, with nothing lost and nothing told."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from generator.media.captions import read_captions
from generator.media.conversion import converted
from generator.media.pictures.images import has_gps
from generator.media.recipe import CaptionRecipe

SRT = "1\n00:00:01,000 --> 00:00:02,500\n大家好\n\n2\n00:00:03,000 --> 00:00:04,000\n今天读诗\n"


@pytest.mark.parametrize("workers", [0, 1])
def test_a_heic_becomes_a_jpeg_of_its_size_that_tells_no_place(tmp_path: Path, workers: int) -> None:
    image = Image.new("RGB", (2_600, 40), (200, 30, 30))
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 22.0, 0.0), 3: "E", 4: (113.0, 7.0, 0.0)})
    pillow_heif.from_pillow(image).save(tmp_path / "a.heic", exif=exif.tobytes(), quality=95)
    assert has_gps(io.BytesIO((tmp_path / "a.heic").read_bytes()))
    (one,) = converted([tmp_path / "a.heic"], workers=workers)
    made = Image.open(io.BytesIO(one.data))
    assert (made.format, made.size) == ("JPEG", (2_600, 40))
    red, green, blue = made.getpixel((1_300, 20))  # type: ignore[misc]
    assert (abs(red - 200) < 12, green < 60, blue < 60) == (True, True, True)
    assert not has_gps(io.BytesIO(one.data))


def test_captions_become_webvtt_with_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT, "gb18030")
    (one,) = converted([tmp_path / "a.srt"], workers=0)
    assert one.data.startswith(b"WEBVTT\n")
    before = read_captions(io.BytesIO(SRT.encode()), CaptionRecipe())
    assert read_captions(io.BytesIO(one.data), CaptionRecipe()).cues == before.cues


def test_what_would_lose_words_or_is_something_else_stays_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT.replace("00:00:04,000", "00:00:01,000"))
    (tmp_path / "b.heic").write_bytes(b"\xff\xd8\xff\xe0 no HEIC")
    (tmp_path / "c.srt").symlink_to(tmp_path / "a.srt")
    outcomes = {one.path.name: one for one in converted(sorted(tmp_path.iterdir()), workers=0)}
    assert [outcomes[name].data for name in ("a.srt", "b.heic", "c.srt")] == [b"", b"", b""]
    assert all(one.why_not for one in outcomes.values())
    assert "第 2 条字幕" in outcomes["a.srt"].why_not
