"""A moving GIF becomes a video that moves as it did; one that would do harm stands still."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis.strategies import binary, integers, lists
from PIL import Image

from generator.media.derivatives import Outcome, PictureSet, file_of, files_of
from generator.media.derive import derive
from generator.media.pictures import motion
from generator.media.pictures.gif import read_gif
from generator.media.pictures.motion import frames_kept
from generator.media.plan import recipes
from generator.media.probe import probe_file
from generator.media.recipe import MotionRecipe, PictureRecipe
from generator.media.refusals import UnusableError
from generator.media.tools import Ffmpeg, ffmpeg
from generator.store import Store

from .colours import Colour, delta_e
from .samples import job_for

RECIPE = PictureRecipe(steps_px=(60,), own_width_limit_px=None, motion=MotionRecipe())
COLOURS: tuple[Colour, ...] = ((200, 40, 50), (40, 150, 70), (50, 70, 180), (230, 200, 60))


def moving(path: Path, delays_ms: list[int], size_px: tuple[int, int] = (101, 77)) -> Path:
    """A GIF of plain colours, one after the other."""
    frames = [Image.new("RGB", size_px, COLOURS[number % len(COLOURS)]) for number in range(len(delays_ms))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=delays_ms, loop=0)
    return path


def bare(width_px: int, height_px: int, delays_cs: list[int]) -> bytes:
    """A GIF whose frames are one pixel each, whatever its canvas claims."""
    head = b"GIF89a" + struct.pack("<HH", width_px, height_px) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    pixel = b"," + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0" + b"\x02\x02\x44\x01\0"
    return head + b"".join(b"!\xf9\x04\0" + struct.pack("<H", delay) + b"\0\0" + pixel for delay in delays_cs) + b";"


def derived(path: Path, store: Store) -> tuple[PictureSet, Outcome]:
    outcome = derive(job_for(path, RECIPE), store)
    assert isinstance(outcome.result, PictureSet), outcome
    return outcome.result, outcome


def shown(result: PictureSet, store: Store) -> list[tuple[float, Image.Image]]:
    """The frames of its video, each with its moment in seconds."""
    assert result.motion is not None
    with av.open(str(file_of(result.motion, store)), "r") as container:
        assert [stream.type for stream in container.streams] == ["video"]
        return [
            (float(frame.time or 0), Image.fromarray(frame.to_ndarray(format="rgb24")))
            for frame in container.decode(video=0)
        ]


def test_frames_keep_their_time_and_their_colours(tmp_path: Path, store: Store) -> None:
    result, _ = derived(moving(tmp_path / "a.gif", [200, 50, 0, 10, 1000, 300]), store)
    frames = shown(result, store)
    # No delay, or a hundredth, means what browsers make of it: a tenth of a second.
    assert [round(at_s, 2) for at_s, _ in frames] == [0, 0.2, 0.25, 0.35, 0.45, 1.45]
    for number, (_, image) in enumerate(frames):
        assert image.size == (100, 76)
        colour = image.getpixel((50, 38))
        assert isinstance(colour, tuple)
        assert delta_e((colour[0], colour[1], colour[2]), COLOURS[number % len(COLOURS)]) <= 4
    assert result.motion is not None
    with av.open(str(file_of(result.motion, store)), "r") as container:
        stream = container.streams.video[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(1.75, abs=0.01)
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")


def test_the_video_is_published_beside_the_stills_and_starts_with_its_table(tmp_path: Path, store: Store) -> None:
    result, _ = derived(moving(tmp_path / "a.gif", [100, 100]), store)
    assert result.motion in files_of(result)
    assert {file.role for file in result.files} == {"webp-60", "jpeg-60"}
    assert result.motion is not None
    data = file_of(result.motion, store).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert result.motion.bytes == len(data)
    assert derive(job_for(tmp_path / "a.gif", RECIPE), store).state == "hit"


def test_what_is_transparent_stands_on_white(tmp_path: Path, store: Store) -> None:
    frames = []
    for step in range(3):
        frame = Image.new("RGBA", (100, 60), (0, 0, 0, 0))
        frame.paste((200, 40, 50, 255), (step * 30, 10, step * 30 + 30, 50))
        frames.append(frame)
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100, disposal=2)
    result, _ = derived(tmp_path / "a.gif", store)
    last = shown(result, store)[-1][1]
    empty, red = last.getpixel((10, 30)), last.getpixel((75, 30))
    assert isinstance(empty, tuple)
    assert isinstance(red, tuple)
    assert min(empty) >= 250
    assert red[0] > 150 > red[1]


def test_a_wide_one_is_made_smaller(tmp_path: Path, store: Store) -> None:
    result, _ = derived(moving(tmp_path / "a.gif", [100, 100], (1201, 333)), store)
    assert result.motion is not None
    assert (result.motion.width_px, result.motion.height_px) == (960, 266)


def test_a_gif_that_stands_still_has_no_video(tmp_path: Path, store: Store) -> None:
    Image.new("RGB", (60, 60), "red").save(tmp_path / "a.gif")
    assert derived(tmp_path / "a.gif", store)[0].motion is None


def test_ten_thousand_frames_make_a_minute_at_most(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.gif").write_bytes(bare(30, 20, [0] * 10_000))
    frames = shown(derived(tmp_path / "a.gif", store)[0], store)
    assert len(frames) == 600
    assert frames[-1][0] < 60


def test_a_large_canvas_with_next_to_nothing_on_it_stands_still(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.gif").write_bytes(bare(6_000, 4_000, [10] * 50))
    facts = probe_file(tmp_path / "a.gif", "a.gif").picture
    assert facts is not None
    assert facts.is_animated
    assert derived(tmp_path / "a.gif", store)[0].motion is None


def test_a_canvas_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(bare(65_535, 65_535, [10] * 3))
    refusal = probe_file(tmp_path / "a.gif", "a.gif").refusal
    assert refusal is not None
    assert refusal.reason == "too-large"


def test_what_ffmpeg_does_not_take_stands_still(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real child in ffmpeg's place, that refuses."""
    path = moving(tmp_path / "a.gif", [100, 100])
    job = job_for(path, RECIPE)
    stand_in = tmp_path / "ffmpeg"
    stand_in.write_text("#!/bin/sh\nexit 1\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(motion, "ffmpeg", lambda: Ffmpeg(path=stand_in, version=ffmpeg().version))
    outcome = derive(job, store)
    assert isinstance(outcome.result, PictureSet)
    assert outcome.result.motion is None
    assert not list(store.root.rglob("*.mp4"))


def test_only_what_moves_asks_for_a_video() -> None:
    assert recipes().picture.motion is None
    assert recipes().moving.motion == MotionRecipe()


def test_a_preview_makes_pictures_and_posters_faster_and_no_document_anew() -> None:
    usual, preview = recipes(), recipes(is_preview=True)
    assert usual.picture == PictureRecipe()
    assert preview.picture == PictureRecipe(avif_speed=9)
    assert preview.document == usual.document
    assert preview.video.poster is not None
    assert preview.video.poster.picture is not None
    assert preview.video.poster.picture.avif_speed == 9


@given(delays_cs=lists(integers(0, 65_535), min_size=1, max_size=60), width_px=integers(1, 9_000))
def test_the_frames_kept_are_within_every_limit(delays_cs: list[int], width_px: int) -> None:
    gif = read_gif(io.BytesIO(bare(width_px, 1_000, delays_cs)))
    assert len(gif.delays_cs) == len(delays_cs)
    assert all(
        kept == asked if asked >= 2 else kept == 10 for kept, asked in zip(gif.delays_cs, delays_cs, strict=True)
    )
    recipe = MotionRecipe(pixels_limit=200_000_000, canvas_pixels_limit=5_000_000)
    kept = frames_kept(gif, recipe)
    assert kept * width_px * 1_000 <= recipe.pixels_limit
    assert kept == 0 or width_px <= 5_000
    assert sum(gif.delays_cs[: kept - 1]) < 6_000 or kept <= 1


@given(data=binary(max_size=200))
def test_any_bytes_behind_a_head_are_a_gif_or_are_refused(data: bytes) -> None:
    for start in (b"GIF89a\x01\0\x01\0\0\0\0", b""):
        try:
            gif = read_gif(io.BytesIO(start + data))
        except UnusableError:
            continue
        assert (start + data).startswith(b"GIF8")
        assert 1 <= len(gif.delays_cs) <= data.count(b",")  # every frame begins with one
        assert all(delay_cs >= 2 for delay_cs in gif.delays_cs)
