"""Videos come out as H.264 and AAC at the sizes they have, with a poster worth looking at."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import av
import pytest
from PIL import Image, ImageStat

from generator.catalog.facts import VideoFacts
from generator.media.derivatives import PictureSet, VideoSet, file_of
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import PictureRecipe, PosterRecipe, Rendition, VideoRecipe
from generator.store import Store

from .samples import QUADRANTS, clip, corners, ffmpeg_run, is_close, job_for, quadrants

LARGE = Rendition(name="large", short_px=180, long_px=320, crf=30, max_kbps=1_000, buffer_kbits=2_000)
SMALL = Rendition(name="small", short_px=90, long_px=160, crf=30, max_kbps=500, buffer_kbits=1_000)
STILL = PosterRecipe(picture=PictureRecipe(steps_px=(160,)))
RECIPE = VideoRecipe(renditions=(LARGE, SMALL), preset="ultrafast", poster=STILL)
BARE = dataclasses.replace(RECIPE, poster=None)


def made(path: Path, store: Store, recipe: VideoRecipe = RECIPE) -> VideoSet:
    outcome = derive(job_for(path, recipe), store)
    assert isinstance(outcome.result, VideoSet), outcome
    return outcome.result


def facts_of(path: Path) -> VideoFacts:
    facts = probe_file(path, path.name)
    assert facts.kind == "video"
    assert facts.video is not None, facts.refusal
    return facts.video


def test_the_probe_tells_size_length_sound_and_place(small_clip: Path) -> None:
    facts = facts_of(small_clip)
    assert (facts.container, facts.codec, facts.width_px, facts.height_px) == ("mp4", "h264", 320, 180)
    assert facts.duration_s == pytest.approx(1, abs=0.1)
    assert facts.frame_rate == 25
    assert facts.has_sound
    assert facts.has_gps


def test_a_track_of_positions_is_a_place(tmp_path: Path) -> None:
    path = clip(tmp_path / "drone.mp4")
    assert not facts_of(path).has_gps
    data = path.read_bytes()
    assert data.count(b"mp4a") == 1
    path.write_bytes(data.replace(b"mp4a", b"camm"))
    assert facts_of(path).has_gps


def test_a_video_is_made_at_every_size_it_has(small_clip: Path, store: Store) -> None:
    result = made(small_clip, store)
    assert [(file.role, file.width_px, file.height_px) for file in result.files] == [
        ("large", 320, 180),
        ("small", 160, 90),
    ]
    for file in result.files:
        assert file.media_type == "video/mp4"
        assert file.name.endswith(".mp4")
        with av.open(str(file_of(file, store))) as container:
            picture, sound = container.streams.video[0], container.streams.audio[0]
            assert (picture.width, picture.height, picture.codec_context.name) == (
                file.width_px,
                file.height_px,
                "h264",
            )
            assert picture.pix_fmt == "yuv420p"
            assert (picture.color_primaries, picture.color_trc, picture.colorspace, picture.color_range) == (1, 1, 1, 1)
            assert (sound.codec_context.name, sound.rate, sound.channels) == ("aac", 48_000, 2)
            assert not {"location", "title", "encoder"} & set(container.metadata)


def test_a_made_video_can_play_before_it_is_whole(small_clip: Path, store: Store) -> None:
    head = file_of(made(small_clip, store).files[0], store).read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")


def test_a_small_video_is_not_made_larger(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "tiny.mp4", size="96x54", has_sound=False)
    result = made(path, store, VideoRecipe(preset="ultrafast", poster=None))
    assert [(file.role, file.width_px, file.height_px) for file in result.files] == [("720p", 96, 54)]


def test_a_turned_video_comes_out_upright(small_clip: Path, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "turned.mp4"
    still = tmp_path / "still.png"
    quadrants(160, 90).save(still)
    ffmpeg_run("-loop", "1", "-i", str(still), "-t", "1", "-pix_fmt", "yuv420p", str(tmp_path / "flat.mp4"))
    ffmpeg_run("-display_rotation", "90", "-i", str(tmp_path / "flat.mp4"), "-c", "copy", str(path))
    facts = facts_of(path)
    assert (facts.width_px, facts.height_px) == (90, 160)
    result = made(path, store)
    assert (result.files[0].width_px, result.files[0].height_px) == (90, 160)
    with av.open(str(file_of(result.files[0], store))) as container:
        frame = next(container.decode(video=0))
        assert frame.rotation == 0
        turned = Image.fromarray(frame.to_ndarray(format="rgb24"))
    # A quarter turn against the clock brings the upper right quarter to the upper left.
    assert is_close(corners(turned)[0], QUADRANTS[1, 0], 60)


def test_wide_pixels_become_square(small_clip: Path, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "wide.mp4"
    ffmpeg_run("-i", str(small_clip), "-vf", "scale=160:180,setsar=2", "-c:a", "copy", str(path))
    assert (facts_of(path).width_px, facts_of(path).height_px) == (320, 180)
    assert made(path, store, BARE).files[0].width_px == 320


def test_frames_above_the_limit_are_dropped_and_none_added(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "fast.mp4", rate=200, size="160x90", has_sound=False)
    with av.open(str(file_of(made(path, store, BARE).files[0], store))) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert 20 <= frames <= 31


def test_two_frames_far_apart_stay_two_frames(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "gap.mkv"
    two = clip(tmp_path / "two.mp4", seconds=0.08, has_sound=False)
    ffmpeg_run("-itsscale", "90000", "-i", str(two), "-c", "copy", str(path))
    facts = facts_of(path)
    assert facts.duration_s > 3_000
    file = made(path, store, BARE).files[0]
    assert file.bytes < 100_000


def test_a_poster_is_not_near_uniform(tmp_path: Path, store: Store) -> None:
    """Black until well past a third: the first choice shows nothing."""
    path = tmp_path / "late.mp4"
    graph = "color=black:s=160x90:r=10:d=1.2[a];testsrc2=s=160x90:r=10:d=0.8[b];[a][b]concat=n=2"
    ffmpeg_run("-filter_complex", graph, "-pix_fmt", "yuv420p", str(path))
    poster = made(path, store).poster
    assert poster is not None
    assert {file.media_type for file in poster.files} == {"image/webp", "image/jpeg"}
    with Image.open(file_of(poster.files[-1], store)) as image:
        assert ImageStat.Stat(image.convert("L")).stddev[0] > 10


def test_a_video_of_one_colour_still_has_a_poster(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "grey.mp4"
    ffmpeg_run("-f", "lavfi", "-i", "color=gray:s=160x90:r=10:d=1", "-pix_fmt", "yuv420p", str(path))
    assert made(path, store).poster is not None


def test_an_authors_poster_wins(small_clip: Path, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "own.jpg"
    quadrants(160, 90).save(path)
    own = derive(job_for(path, STILL.picture), store).result
    assert isinstance(own, PictureSet)
    video = made(small_clip, store)
    assert video.with_poster(own).poster == own
    assert video.with_poster(None).poster == video.poster
    assert video.with_poster(own).files == video.files


def test_another_way_to_choose_a_still_encodes_nothing_again(small_clip: Path, store: Store) -> None:
    first = made(small_clip, store)
    written_ns = [file_of(file, store).stat().st_mtime_ns for file in first.files]
    other = made(small_clip, store, dataclasses.replace(RECIPE, poster=dataclasses.replace(STILL, least_deviation=1.0)))
    assert other.files == first.files
    assert [file_of(file, store).stat().st_mtime_ns for file in other.files] == written_ns
    assert other.poster != first.poster


def test_the_same_tool_gives_the_same_bytes_twice(small_clip: Path, tmp_path: Path) -> None:
    first, second = Store(tmp_path / "one"), Store(tmp_path / "two")
    result = made(small_clip, first)
    assert made(small_clip, second) == result
    assert all(file_of(file, first).read_bytes() == file_of(file, second).read_bytes() for file in result.files)


def test_a_changed_source_is_not_kept_under_the_old_key(small_clip: Path, tmp_path: Path, store: Store) -> None:
    path = tmp_path / "v.mp4"
    path.write_bytes(small_clip.read_bytes())
    job = job_for(path, BARE)
    path.write_bytes(small_clip.read_bytes() + b"\0")
    outcome = derive(job, store)
    assert outcome.state == "failed"
    assert outcome.refusal is not None
    assert outcome.refusal.reason == "changed"
