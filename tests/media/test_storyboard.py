"""A storyboard shows, for each moment, the tile of that moment."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from generator.media.derivatives import VideoSet, file_of
from generator.media.video.storyboard import clock
from generator.store import Store

from .footage import RECIPE, Colour, difference, made
from .samples import clip, ffmpeg_run

COLOURS: tuple[Colour, ...] = ((200, 60, 50), (60, 160, 70), (50, 70, 190), (220, 200, 80), (120, 120, 120))
_CUE = re.compile(r"(\S+) --> (\S+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)\n")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five scenes of one second, each of its own colour."""
    path = tmp_path_factory.mktemp("scenes") / "a.mkv"
    sources = [f"color=0x{r:02x}{g:02x}{b:02x}:s=320x180:r=10:d=1[{n}]" for n, (r, g, b) in enumerate(COLOURS)]
    graph = ";".join(sources) + ";" + "".join(f"[{n}]" for n in range(len(COLOURS))) + f"concat=n={len(COLOURS)}"
    ffmpeg_run("-filter_complex", graph, "-c:v", "ffv1", "-pix_fmt", "yuv444p", str(path))
    return path


def cues_of(result: VideoSet, store: Store) -> list[tuple[float, float, str, tuple[int, int, int, int]]]:
    assert result.storyboard is not None
    text = file_of(result.storyboard, store).read_text("utf-8")
    assert text.startswith("WEBVTT\n\n")
    return [
        (_seconds(start), _seconds(end), name, (int(x), int(y), int(w), int(h)))
        for start, end, name, x, y, w, h in _CUE.findall(text)
    ]


def _seconds(text: str) -> float:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3_600 + int(minutes) * 60 + float(seconds)


def test_each_moment_has_the_tile_of_its_scene(scenes: Path, store: Store) -> None:
    result = made(scenes, store)
    assert result.storyboard is not None
    assert result.sprite is not None
    assert (result.storyboard.media_type, result.sprite.media_type) == ("text/vtt", "image/webp")
    cues = cues_of(result, store)
    assert [round(start) for start, *_ in cues] == [0, 1, 2, 3, 4]
    assert cues[0][0] == 0
    assert cues[-1][1] == pytest.approx(5, abs=0.1)
    assert all(one[1] == other[0] for one, other in pairwise(cues))
    with Image.open(file_of(result.sprite, store)) as sheet:
        for colour, (_, _, name, (x, y, w, h)) in zip(COLOURS, cues, strict=True):
            assert name == result.sprite.name
            assert (w, h) == (160, 90)
            pixel = sheet.convert("RGB").getpixel((x + w // 2, y + h // 2))
            assert isinstance(pixel, tuple)
            assert difference((pixel[0], pixel[1], pixel[2]), colour) <= 4


def test_a_portrait_video_has_portrait_tiles(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "a.mkv", size="180x320", seconds=4.4, rate=5, has_sound=False)
    assert {place[2:] for *_, place in cues_of(made(path, store), store)} == {(90, 160)}


def test_a_short_video_has_none(tmp_path: Path, store: Store) -> None:
    result = made(clip(tmp_path / "a.mp4", seconds=2, rate=5, has_sound=False), store)
    assert result.storyboard is None
    assert result.sprite is None


def test_a_long_video_fits_one_sheet_of_a_hundred(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "long.mkv"
    short = clip(tmp_path / "a.mp4", size="64x36", seconds=40, rate=10, has_sound=False)
    ffmpeg_run("-itsscale", "20", "-i", str(short), "-c", "copy", str(path))
    result = made(path, store)
    cues = cues_of(result, store)
    assert 99 <= len(cues) <= 100
    assert cues[1][0] == pytest.approx(8, abs=2)
    assert result.sprite is not None
    assert (result.sprite.width_px, result.sprite.height_px) == (640, 360)


def test_moments_without_frames_keep_the_tile_before(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "gap.mkv"
    two = clip(tmp_path / "two.mp4", seconds=0.08, has_sound=False)
    ffmpeg_run("-itsscale", "9000", "-i", str(two), "-c", "copy", str(path))
    cues = cues_of(made(path, store, RECIPE), store)
    assert [(start, place[0]) for start, _, _, place in cues] == [(0, 0), (360, 160)]


def test_a_clock_counts_hours_and_carries() -> None:
    assert clock(0) == "00:00:00.000"
    assert clock(59.9996) == "00:01:00.000"
    assert clock(3_725.5) == "01:02:05.500"
