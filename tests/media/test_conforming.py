"""A video that plays everywhere as it is, is copied, clean of what its author did not mean to publish; no other is."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from pathlib import Path

import av
import pytest
from PIL import Image

from generator.media.content import HEAD_BYTES, content_of
from generator.media.derivatives import file_of
from generator.media.recipe import VideoRecipe
from generator.media.video import encode
from generator.media.video.conforming import objections
from generator.media.video.graph import Source, Target
from generator.media.video.look import look_at
from generator.media.video.stills import deviation_of
from generator.store import Store

from .footage import (
    PATCHES,
    RECIPE,
    STILL,
    Matrix,
    assert_colours,
    encoders,
    loudness,
    made,
    moments_s,
    patch_clip,
    shown_colours,
    turn,
)
from .samples import clip, ffmpeg_run

COPYING = VideoRecipe(preset="ultrafast", poster=STILL)
LOUD = ("-af", "volume=6dB", "-ac", "2", "-ar", "48000", "-b:a", "96k")
SOFT = ("-af", "volume=-12dB", "-ac", "2", "-ar", "44100", "-b:a", "64k")
X264 = ("-c:v", "libx264", "-preset", "ultrafast")


@pytest.fixture(scope="module")
def conforming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds at the wanted loudness, with a place, a chapter, a title and a second sound."""
    folder = tmp_path_factory.mktemp("conforming")
    chapters = folder / "chapters.txt"
    chapters.write_text(
        ";FFMETADATA1\ntitle=私人\nlocation=+29.3+113.1/\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=家\n",
        "utf-8",
    )
    path = folder / "a.mp4"
    ffmpeg_run(
        "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=6", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=6",
        "-f", "lavfi", "-i", "sine=f=880:r=48000:d=6", "-i", str(chapters), "-map", "0", "-map", "1", "-map", "2",
        "-map_metadata", "3", "-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-pix_fmt", "yuv420p",
        "-c:a", "aac", *LOUD, "-metadata:s:v", "handler_name=PhoneMaker", "-timecode", "01:00:00:00", str(path),
    )  # fmt: skip
    return path


def packets(path: Path, kind: str) -> list[str]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
        return [hashlib.sha256(bytes(packet)).hexdigest() for packet in container.demux(stream) if packet.size]


def test_a_conforming_video_is_copied_bit_for_bit_and_nothing_else_of_it(conforming: Path, store: Store) -> None:
    result = made(conforming, store, COPYING)
    assert [(file.role, file.width_px, file.height_px) for file in result.files] == [("480p", 320, 180)]
    out = file_of(result.files[0], store)
    # The first packet also brings what x264 notes of itself, and that is left out.
    assert packets(out, "video")[1:] == packets(conforming, "video")[1:]
    assert b"x264" in conforming.read_bytes()
    assert b"x264" not in out.read_bytes()
    assert packets(out, "audio") == packets(conforming, "audio")
    assert moments_s(out) == pytest.approx(moments_s(conforming), abs=0.001)
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    for word in ("私人", "+29.3", "家", "PhoneMaker", "Lavf", "tmcd"):
        assert word.encode() not in data
    with av.open(str(out)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert not container.chapters()


def test_a_copy_has_its_storyboard_and_poster(conforming: Path, store: Store) -> None:
    result = made(conforming, store, COPYING)
    assert result.storyboard is not None
    assert result.sprite is not None
    assert result.poster is not None
    assert file_of(result.storyboard, store).read_text().count("-->") == 3  # key frames at 0, 2 and 4 seconds


def test_a_place_written_beside_the_picture_is_not_copied(tmp_path: Path, store: Store) -> None:
    """Cameras of the AVCHD kind write time and place into the stream of pictures itself."""
    plain, path = clip(tmp_path / "plain.mp4"), tmp_path / "a.mp4"
    note = "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+GPS29.3N113.1E"
    ffmpeg_run("-i", str(plain), "-c", "copy", "-bsf:v", note, str(path))
    assert b"GPS29.3" in path.read_bytes()
    out = file_of(made(path, store, COPYING).files[0], store)
    assert b"GPS29.3" not in out.read_bytes()
    assert moments_s(out) == pytest.approx(moments_s(path), abs=0.001)


def test_a_copied_picture_gets_sound_of_the_right_loudness(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "soft.mp4", seconds=2, after=SOFT)
    out = file_of(made(path, store, COPYING).files[0], store)
    assert packets(out, "video")[1:] == packets(path, "video")[1:]
    assert packets(out, "audio") != packets(path, "audio")
    assert loudness(path)[0] < -25
    assert loudness(out)[0] == pytest.approx(-16, abs=1)


def test_silence_and_no_sound_are_copied_as_they_are(tmp_path: Path, store: Store) -> None:
    silent = clip(tmp_path / "silent.mp4", after=("-af", "volume=0", "-ac", "2"))
    mute = clip(tmp_path / "mute.mp4", has_sound=False)
    for path in (silent, mute):
        assert packets(file_of(made(path, store, COPYING).files[0], store), "video")[1:] == packets(path, "video")[1:]
    assert packets(file_of(made(silent, store, COPYING).files[0], store), "audio") == packets(silent, "audio")


def test_a_recipe_can_ask_for_an_encode_of_everything(conforming: Path, store: Store) -> None:
    result = made(conforming, store, RECIPE)
    assert len(result.files) == 2
    assert packets(file_of(result.files[0], store), "video")[1:] != packets(conforming, "video")[1:]


OBJECTIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "another container": ("container", "a.mkv", ()),
    "another codec": ("codec", "a.mp4", ("-c:v", "mpeg4")),
    "a later H.264": ("codec", "a.mp4", (*X264, "-pix_fmt", "yuv422p")),
    "a level of large screens": ("codec", "a.mp4", (*X264, "-level", "5.1")),
    "full range": ("pixels", "a.mp4", (*X264, "-pix_fmt", "yuvj420p")),
    "interlaced": ("interlaced", "a.mp4", ("-c:v", "libx264", "-flags", "+ilme+ildct", "-x264opts", "tff=1")),
    "wide pixels": ("turned", "a.mp4", (*X264, "-vf", "setsar=2")),
    "HDR": ("colours", "a.mp4", (*X264, "-vf", "format=yuv420p,setparams=color_trc=smpte2084")),
    "wide colours": ("colours", "a.mp4", (*X264, "-vf", "format=yuv420p,setparams=color_primaries=bt2020")),
    "other sound": ("sound", "a.mp4", (*X264, "-c:a", "libmp3lame")),
    "more speakers": ("sound", "a.mp4", (*X264, "-ac", "6")),
    "uneven frames": ("frame-rate", "a.mp4", (*X264, "-vf", "select='lt(mod(n,5),3)'", "-fps_mode", "vfr")),
    "too many frames": ("frame-rate", "a.mp4", (*X264, "-r", "100")),
    "rare key frames": ("key-frames", "a.mp4", (*X264, "-vf", "setpts=12*PTS", "-r", "2", "-g", "999")),
    "too many bits": ("bit-rate", "a.mp4", (*X264, "-qp", "0", "-pix_fmt", "yuv420p", "-vf", "noise=alls=60:allf=t")),
}  # fmt: skip


def objected(path: Path, recipe: VideoRecipe = COPYING) -> tuple[str, ...]:
    with path.open("rb") as file:
        content = content_of(file.read(HEAD_BYTES))
        return objections(look_at(path, file, content, to_the_end=True), recipe)


@pytest.mark.parametrize("name", OBJECTIONS)
def test_what_would_not_play_everywhere_is_not_copied(name: str, tmp_path: Path) -> None:
    objection, file_name, options = OBJECTIONS[name]
    if not {"libmp3lame"} & set(options) <= encoders():
        pytest.skip("this ffmpeg cannot write it")
    path = clip(tmp_path / file_name, after=options)
    assert objection in objected(path)


@pytest.mark.parametrize("matrix", [(0, -1, 1, 0), (-1, 0, 0, 1), (1, 0, 0, -1)])
def test_what_is_turned_or_only_mirrored_is_not_copied(matrix: Matrix, tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4")
    assert objected(path) == ()
    turn(path, matrix)
    assert objected(path) == ("turned",)


def test_frames_that_do_not_say_when_they_are_shown_are_not_copied(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4")
    with path.open("rb") as file:
        look = look_at(path, file, "mp4", to_the_end=True)
    assert look.pace is not None
    timeless = dataclasses.replace(look.pace, shortest_step_s=0, longest_step_s=math.inf)
    assert objections(dataclasses.replace(look, pace=timeless), COPYING) == ("frame-rate",)


def test_more_pixels_than_1080p_are_not_copied(tmp_path: Path) -> None:
    path = patch_clip(tmp_path / "a.mp4", *X264, size_px=(2560, 1440), seconds=0.2, sound=())
    assert "size" in objected(path)


def test_a_copy_that_is_unsound_is_encoded_instead(
    conforming: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check itself is real; only what is checked is cut, as if the copy had lost its second half."""
    real = encode._check

    def cut_copy(target: Target, source: Source, *, is_copy: bool) -> None:
        if is_copy:
            short = target.path.with_name("short.mp4")
            ffmpeg_run("-i", str(target.path), "-t", "3", "-c", "copy", str(short))
            short.replace(target.path)
        real(target, source, is_copy=is_copy)

    monkeypatch.setattr(encode, "_check", cut_copy)
    result = made(conforming, store, COPYING)
    assert moments_s(file_of(result.files[0], store)) == pytest.approx(moments_s(conforming), abs=0.001)
    assert packets(file_of(result.files[0], store), "video")[1:] != packets(conforming, "video")[1:]


def test_rare_key_frames_still_show_the_video(tmp_path: Path, store: Store) -> None:
    """x264 left alone makes one key frame in ten seconds, and after a fade from black that one is black."""
    path = tmp_path / "a.mp4"
    fade = "testsrc2=s=320x180:r=25:d=5,fade=in:st=0:d=1"
    ffmpeg_run("-f", "lavfi", "-i", fade, *X264, "-g", "250", "-sc_threshold", "0", "-pix_fmt", "yuv420p", str(path))
    result = made(path, store, COPYING)
    assert packets(file_of(result.files[0], store), "video")[1:] == packets(path, "video")[1:]
    assert result.poster is not None
    assert result.storyboard is not None
    with Image.open(file_of(result.poster.files[-1], store)) as poster:
        assert deviation_of(poster) > 10
    assert file_of(result.storyboard, store).read_text().count("-->") == 5


def test_what_an_author_cut_away_is_not_brought_back(tmp_path: Path, store: Store) -> None:
    """A clip shortened on a phone keeps its first seconds in the file, and an edit list hides them."""
    whole, path = tmp_path / "whole.mp4", tmp_path / "a.mp4"
    ffmpeg_run(
        "-f", "lavfi", "-i", "color=red:s=320x180:r=25:d=2", "-f", "lavfi", "-i", "color=blue:s=320x180:r=25:d=2",
        "-f", "lavfi", "-i", "sine=f=440:d=4", "-filter_complex", "[0][1]concat=n=2[v]", "-map", "[v]", "-map", "2",
        *X264, "-g", "200", "-sc_threshold", "0", "-pix_fmt", "yuv420p", "-c:a", "aac", str(whole),
    )  # fmt: skip
    ffmpeg_run("-ss", "2.2", "-i", str(whole), "-c", "copy", str(path))
    assert "trimmed" in objected(path)
    result = made(path, store, COPYING)
    assert result.duration_s == pytest.approx(1.8, abs=0.1)
    for derivative in result.files:
        shown = moments_s(file_of(derivative, store))
        assert len(shown) == pytest.approx(45, abs=1)
        assert shown[0] == pytest.approx(0, abs=0.05)
        red, _, blue = shown_colours(file_of(derivative, store), at=0)[0]
        assert blue > 200 > 60 > red


def test_the_still_of_a_copy_has_its_colours(tmp_path: Path, store: Store) -> None:
    path = patch_clip(tmp_path / "a.mp4", *X264, "-crf", "12", seconds=0.4, sound=())
    result = made(path, store, COPYING)
    assert result.still is not None
    with Image.open(file_of(result.still.file, store)) as image:
        found = [image.getpixel(at) for at in ((80, 45), (240, 45), (80, 135), (240, 135))]
    assert_colours(found, PATCHES)  # type: ignore[arg-type]  # RGB pixels are three numbers
