"""One of each format that this ffmpeg can write goes through, and what comes out is opened again and looked at."""

from __future__ import annotations

import itertools
from pathlib import Path

import av
import pytest

from generator.media.derivatives import file_of
from generator.media.probe import probe_file
from generator.store import Store

from .footage import (
    PATCHES,
    RECIPE,
    assert_colours,
    duration_s,
    encoders,
    first_file,
    made,
    patch_clip,
    pitch_hz,
    rms_of,
    shown_colours,
)

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12")
FORMATS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "mp4 h264 aac": (".mp4", (*H264, "-c:a", "aac"), "yuv420p"),
    "mp4 h264 full range": (".mp4", (*H264, "-c:a", "aac"), "yuvj420p"),
    "mp4 hevc": (".mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "12", "-c:a", "aac"), "yuv420p"),
    "mp4 hevc 10 bits": (".mp4", ("-c:v", "libx265", "-preset", "ultrafast", "-c:a", "aac"), "yuv420p10le"),
    "mp4 av1": (".mp4", ("-c:v", "libsvtav1", "-preset", "12", "-crf", "20", "-c:a", "aac"), "yuv420p"),
    "m4v mpeg4": (".m4v", ("-c:v", "mpeg4", "-q:v", "2", "-c:a", "aac"), "yuv420p"),
    "mov prores": (".mov", ("-c:v", "prores_ks", "-profile:v", "2", "-c:a", "pcm_s16le"), "yuv422p10le"),
    "mov prores 4444": (".mov", ("-c:v", "prores_ks", "-profile:v", "4", "-c:a", "pcm_s24le"), "yuva444p10le"),
    "mov mjpeg": (".mov", ("-c:v", "mjpeg", "-q:v", "2", "-c:a", "adpcm_ima_qt"), "yuvj422p"),
    "mov animation": (".mov", ("-c:v", "qtrle", "-c:a", "pcm_s16be"), "rgb24"),
    "avi mpeg4 mp3": (".avi", ("-c:v", "mpeg4", "-q:v", "2", "-c:a", "libmp3lame"), "yuv420p"),
    "avi xvid ac3": (".avi", ("-c:v", "libxvid", "-q:v", "2", "-c:a", "ac3"), "yuv420p"),
    "avi mjpeg pcm": (".avi", ("-c:v", "mjpeg", "-q:v", "2", "-c:a", "pcm_s16le"), "yuvj420p"),
    "avi raw": (".avi", ("-c:v", "rawvideo", "-c:a", "pcm_u8"), "bgr24"),
    "wmv wmv2": (".wmv", ("-c:v", "wmv2", "-q:v", "2", "-c:a", "wmav2"), "yuv420p"),
    "wmv msmpeg4": (".wmv", ("-c:v", "msmpeg4", "-q:v", "2", "-c:a", "wmav1"), "yuv420p"),
    "flv sorenson": (".flv", ("-c:v", "flv", "-q:v", "2", "-c:a", "libmp3lame", "-ar", "44100"), "yuv420p"),
    "flv h264": (".flv", (*H264, "-c:a", "aac"), "yuv420p"),
    "mkv h264 flac": (".mkv", (*H264, "-c:a", "flac"), "yuv420p"),
    "mkv ffv1 opus": (".mkv", ("-c:v", "ffv1", "-c:a", "libopus"), "yuv444p"),
    "webm vp8 vorbis": (".webm", ("-c:v", "libvpx", "-b:v", "2M", "-deadline", "realtime", "-c:a", "libvorbis"), "yuv420p"),
    "webm vp9 opus": (
        ".webm",
        ("-c:v", "libvpx-vp9", "-b:v", "2M", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
        "yuv420p",
    ),
    "mpg mpeg1": (".mpg", ("-c:v", "mpeg1video", "-q:v", "2", "-c:a", "mp2"), "yuv420p"),
    "mpg mpeg2": (".mpg", ("-c:v", "mpeg2video", "-q:v", "2", "-c:a", "mp2"), "yuv420p"),
    "ts h264": (".ts", (*H264, "-c:a", "aac"), "yuv420p"),
    "ts mpeg2 ac3": (".ts", ("-c:v", "mpeg2video", "-q:v", "2", "-c:a", "ac3"), "yuv420p"),
    "mts of a camera": (".mts", (*H264, "-c:a", "ac3", "-f", "mpegts", "-mpegts_m2ts_mode", "1"), "yuv420p"),
    "3gp h264": (".3gp", (*H264, "-c:a", "aac"), "yuv420p"),
    "3gp mpeg4 amr": (".3gp", ("-c:v", "mpeg4", "-q:v", "2", "-c:a", "libopencore_amrnb", "-ar", "8000", "-ac", "1"), "yuv420p"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_comes_out_as_it_was_meant(name: str, tmp_path: Path, store: Store) -> None:
    suffix, codecs, pixels = FORMATS[name]
    wanted = {value for option, value in itertools.pairwise(codecs) if option in ("-c:v", "-c:a")}
    if not wanted <= encoders():
        pytest.skip(f"this ffmpeg cannot write {wanted - encoders()}")
    path = patch_clip(tmp_path / f"a{suffix}", *codecs, sound=("-shortest",), filters=f"format={pixels}")
    facts = probe_file(path, path.name)
    assert facts.refusal is None
    assert facts.video is not None
    assert (facts.video.width_px, facts.video.height_px, facts.video.has_sound) == (320, 180, True)
    result = made(path, store)
    assert [(file.role, file.width_px, file.height_px) for file in result.files] == [
        ("large", 320, 180),
        ("small", 160, 90),
    ]
    for file in result.files:
        out = file_of(file, store)
        assert duration_s(out) == pytest.approx(1, abs=0.1)
        assert_colours(shown_colours(out), PATCHES)
        assert rms_of(out) > 0.02
        assert pitch_hz(out) == pytest.approx(440, abs=4)
        with av.open(str(out)) as container:
            picture, sound = container.streams.video[0], container.streams.audio[0]
            assert (picture.width, picture.height, picture.codec_context.name) == (
                file.width_px,
                file.height_px,
                "h264",
            )
            assert sum(1 for _ in container.decode(picture)) in (24, 25, 26)
            assert (sound.codec_context.name, sound.rate, sound.channels) == ("aac", 48_000, 2)


@pytest.mark.parametrize(("size_px", "matrix"), [((1280, 720), "bt709"), ((320, 180), "smpte170m")])
def test_an_untagged_picture_has_the_colours_its_size_has_by_custom(
    size_px: tuple[int, int], matrix: str, tmp_path: Path, store: Store
) -> None:
    filters = f"scale=out_color_matrix={matrix},format=yuv420p,setparams=colorspace=unknown"
    path = patch_clip(tmp_path / "a.mp4", *H264, size_px=size_px, seconds=0.2, sound=(), filters=filters)
    assert_colours(shown_colours(first_file(path, store)), PATCHES)


def test_a_tagged_picture_has_the_colours_it_says(tmp_path: Path, store: Store) -> None:
    filters = "scale=out_color_matrix=bt709,format=yuv420p,setparams=colorspace=bt709"
    path = patch_clip(tmp_path / "a.mp4", *H264, sound=(), filters=filters)
    assert_colours(shown_colours(first_file(path, store, RECIPE)), PATCHES)
