"""Videos come out as H.264 and AAC at the sizes they have, with a poster worth looking at."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import av
import pytest
from PIL import Image, ImageStat

from generator.catalog.facts import VideoFacts
from generator.media.derivatives import PictureSet, file_of, files_of
from generator.media.derive import derive
from generator.media.memory import recall
from generator.media.probe import probe_file
from generator.media.recipe import VideoRecipe
from generator.store import Store

from .footage import RECIPE, STILL, made
from .samples import clip, ffmpeg_run, job_for, quadrants

BARE = dataclasses.replace(RECIPE, poster=None)


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
    assert [(file.role, file.width_px, file.height_px) for file in result.files] == [("480p", 96, 54)]


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
    assert STILL.picture is not None
    own = derive(job_for(path, STILL.picture), store).result
    assert isinstance(own, PictureSet)
    video = made(small_clip, store)
    assert video.with_poster(own).poster == own
    assert video.with_poster(None).poster == video.poster
    assert video.with_poster(own).files == video.files


def test_other_pictures_of_the_poster_encode_no_video_again(small_clip: Path, store: Store) -> None:
    first = made(small_clip, store)
    written_ns = [file_of(file, store).stat().st_mtime_ns for file in first.files]
    assert STILL.picture is not None
    coarse = dataclasses.replace(STILL, picture=dataclasses.replace(STILL.picture, webp_quality=20))
    other = made(small_clip, store, dataclasses.replace(RECIPE, poster=coarse))
    assert other.files == first.files
    assert [file_of(file, store).stat().st_mtime_ns for file in other.files] == written_ns
    assert other.poster != first.poster


def test_after_a_sweep_other_pictures_still_encode_no_video_again(small_clip: Path, store: Store) -> None:
    first = made(small_clip, store)
    later = Store(store.root)
    assert recall(job_for(small_clip, RECIPE), later) is not None
    later.sweep()
    assert first.still is not None
    assert file_of(first.still.file, later).is_file()
    other = made(small_clip, later, dataclasses.replace(RECIPE, poster=dataclasses.replace(STILL, picture=None)))
    assert other.files == first.files
    assert other.poster is None


def test_the_still_of_a_video_is_not_among_what_is_published(small_clip: Path, store: Store) -> None:
    result = made(small_clip, store)
    assert result.still is not None
    assert result.still.file not in files_of(result)


def test_a_poster_that_is_gone_is_made_again_and_the_video_is_not(small_clip: Path, store: Store) -> None:
    first = made(small_clip, store)
    assert first.poster is not None
    written_ns = file_of(first.files[0], store).stat().st_mtime_ns
    file_of(first.poster.files[0], store).unlink()
    assert recall(job_for(small_clip, RECIPE), store) is None
    assert made(small_clip, store) == first
    assert file_of(first.files[0], store).stat().st_mtime_ns == written_ns


def test_a_lost_still_is_made_again_when_a_poster_needs_it(small_clip: Path, store: Store) -> None:
    first = made(small_clip, store)
    assert first.still is not None
    assert first.poster is not None
    file_of(first.still.file, store).unlink()
    file_of(first.poster.files[0], store).unlink()
    assert made(small_clip, store) == first


def test_nothing_but_what_is_kept_remains_in_the_store(small_clip: Path, store: Store) -> None:
    made(small_clip, store)
    assert not list(store.root.rglob(".*"))


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
