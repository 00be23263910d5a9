"""Whatever way a video was recorded, it comes out upright, square, whole and in ordinary colours."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from generator.media import tools
from generator.media.derivatives import file_of
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import VideoRecipe
from generator.store import Store

from .footage import (
    PATCHES,
    RECIPE,
    Colour,
    Matrix,
    assert_colours,
    duration_s,
    encoders,
    first_file,
    made,
    moments_s,
    patch_clip,
    patches,
    pitch_hz,
    rms_of,
    shown_colours,
    turn,
)
from .samples import clip, ffmpeg_run, job_for

UL, UR, LL, LR = PATCHES
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12")


@pytest.mark.parametrize(
    ("matrix", "size_px", "meant"),
    [
        ((0, -1, 1, 0), (90, 160), (UR, LR, UL, LL)),
        ((-1, 0, 0, -1), (160, 90), (LR, LL, UR, UL)),
        ((0, 1, -1, 0), (90, 160), (LL, UL, LR, UR)),
        ((-1, 0, 0, 1), (160, 90), (UR, UL, LR, LL)),
        ((1, 0, 0, -1), (160, 90), (LL, LR, UL, UR)),
        ((0, 1, 1, 0), (90, 160), (UL, LL, UR, LR)),
        ((0, -1, -1, 0), (90, 160), (LR, UR, LL, UL)),
    ],
    ids=["90", "180", "270", "mirrored", "upside down", "90 mirrored", "270 mirrored"],
)
def test_a_turned_or_mirrored_video_comes_out_as_players_show_it(
    matrix: Matrix, size_px: tuple[int, int], meant: tuple[Colour, ...], tmp_path: Path, store: Store
) -> None:
    path = patch_clip(tmp_path / "turned.mp4", *H264, size_px=(160, 90), seconds=0.4, sound=())
    turn(path, matrix)
    facts = probe_file(path, path.name).video
    assert facts is not None
    assert (facts.width_px, facts.height_px) == size_px
    file = made(path, store, VideoRecipe(preset="ultrafast", poster=None)).files[0]
    assert (file.width_px, file.height_px) == size_px
    out = file_of(file, store)
    with av.open(str(out)) as container:
        assert next(container.decode(video=0)).rotation == 0
    assert_colours(shown_colours(out), meant)


def test_odd_sides_become_even_ones(tmp_path: Path, store: Store) -> None:
    path = patch_clip(
        tmp_path / "odd.mkv", "-c:v", "ffv1", size_px=(161, 91), seconds=0.4, sound=(), filters="format=yuv444p"
    )
    file = made(path, store).files[0]
    assert (file.width_px, file.height_px) == (160, 90)
    with av.open(str(file_of(file, store))) as container:
        assert container.streams.video[0].sample_aspect_ratio in (None, 0, 1)
    assert_colours(shown_colours(file_of(file, store)), PATCHES)


def test_wide_pixels_become_square(tmp_path: Path, store: Store) -> None:
    path = patch_clip(tmp_path / "wide.mp4", *H264, filters="scale=160:180,setsar=2,format=yuv420p", sound=())
    facts = probe_file(path, path.name).video
    assert facts is not None
    assert (facts.width_px, facts.height_px) == (320, 180)
    file = made(path, store).files[0]
    assert (file.width_px, file.height_px) == (320, 180)
    with av.open(str(file_of(file, store))) as container:
        assert container.streams.video[0].sample_aspect_ratio in (None, 0, 1)


def test_a_variable_frame_rate_keeps_its_moments(tmp_path: Path, store: Store) -> None:
    """Frames at 0, 0.04, 0.2, 0.24 … seconds, as a telephone records them in the dark."""
    path = clip(
        tmp_path / "vfr.mp4",
        seconds=2,
        has_sound=False,
        after=("-vf", "select='lt(mod(n,5),2)'", "-fps_mode", "vfr"),
    )
    meant, found = moments_s(path), moments_s(first_file(path, store))
    assert found == pytest.approx(meant, abs=0.005)


def test_frames_above_the_limit_are_dropped_and_none_added(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "fast.mp4", rate=200, size="160x90", has_sound=False)
    with av.open(str(first_file(path, store))) as container:
        assert 20 <= sum(1 for _ in container.decode(video=0)) <= 31


def test_two_frames_far_apart_stay_two_frames(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "gap.mkv"
    two = clip(tmp_path / "two.mp4", seconds=0.08, has_sound=False)
    ffmpeg_run("-itsscale", "90000", "-i", str(two), "-c", "copy", str(path))
    facts = probe_file(path, path.name).video
    assert facts is not None
    assert facts.duration_s > 3_000
    result = made(path, store)
    assert result.files[0].bytes < 100_000
    assert result.sprite is not None
    assert (result.sprite.width_px, result.sprite.height_px) == (320, 90)


def test_one_frame_is_a_video_with_a_poster(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "one.mp4", seconds=0.04, has_sound=False)
    result = made(path, store)
    assert result.poster is not None
    with av.open(str(file_of(result.files[0], store))) as container:
        assert sum(1 for _ in container.decode(video=0)) == 1


@pytest.mark.parametrize(("transfer", "grey"), [("smpte2084", 0.58), ("arib-std-b67", 0.75)])
def test_white_paper_in_hdr_is_light_and_the_sun_is_not_all_there_is(
    transfer: str, grey: float, tmp_path: Path, store: Store
) -> None:
    """Paper white (203 cd/m²), a tenth of it, the brightest, and black, as BT.2408 has them coded."""
    if "libx265" not in encoders() or not tools.can_tone_map():
        pytest.skip("this ffmpeg cannot write or read HDR")
    path = tmp_path / "hdr.mp4"
    dim = {"smpte2084": 0.35, "arib-std-b67": 0.36}[transfer]
    levels = [round(64 + 876 * share) for share in (grey, dim, 0.75 if transfer == "smpte2084" else 1.0, 0.0)]
    luma = f"if(lt(Y,H/2),if(lt(X,W/2),{levels[0]},{levels[1]}),if(lt(X,W/2),{levels[2]},{levels[3]}))"
    tags = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", "-color_range", "tv")
    params = f"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:range=limited"
    source = f"color=gray:s=160x90:r=5:d=0.6,format=yuv420p10le,geq=lum='{luma}':cb=512:cr=512"
    ffmpeg_run(
        "-f", "lavfi", "-i", source, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", params, *tags, str(path)
    )  # fmt: skip
    paper, shade, sun, black = shown_colours(first_file(path, store))
    assert all(max(colour) - min(colour) <= 6 for colour in (paper, shade, sun, black))  # grey stays grey
    assert 185 <= paper[0] <= 230
    assert 40 <= shade[0] <= 110
    assert paper[0] + 15 <= sun[0] <= 255
    assert black[0] <= 8


def test_hdr_comes_out_even_where_ffmpeg_cannot_tone_map(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.video.encode.can_tone_map", lambda: False)
    path = patch_clip(
        tmp_path / "hdr.mp4",
        *H264,
        "-color_trc",
        "smpte2084",
        sound=(),
        filters="format=yuv420p,setparams=color_trc=smpte2084",
    )
    assert len(shown_colours(first_file(path, store))) == 4


def test_ten_bits_keep_their_colours(tmp_path: Path, store: Store) -> None:
    path = patch_clip(tmp_path / "a.mp4", *H264, sound=(), filters="format=yuv422p10le")
    assert_colours(shown_colours(first_file(path, store)), PATCHES)


@pytest.mark.parametrize("codec", ["h264", "mpeg2"])
def test_interlaced_lines_are_joined(codec: str, tmp_path: Path, store: Store) -> None:
    """A bar that runs sideways has combs in interlaced frames: every other line shows another moment."""
    path = tmp_path / {"h264": "a.mp4", "mpeg2": "a.mpg"}[codec]
    source = "color=black:s=160x96:r=50:d=1,drawbox=x=0:w=30:h=96:color=white:t=fill"
    moving = f"{source},scroll=h=-0.05,interlace=scan=tff:lowpass=off,format=yuv420p"
    flags = ("-flags", "+ilme+ildct")
    encoder = (*H264, "-x264opts", "tff=1") if codec == "h264" else ("-c:v", "mpeg2video", "-q:v", "2")
    ffmpeg_run("-f", "lavfi", "-i", moving, *encoder, *flags, str(path))
    assert _combs(path) > 20
    assert _combs(first_file(path, store)) < 8


def _combs(path: Path) -> float:
    """How much neighbouring lines differ, beyond what lines two apart do."""
    with av.open(str(path)) as container:
        luma = [frame.to_ndarray(format="gray").astype(float) for frame in container.decode(video=0)][5:20]
    stack = np.stack(luma)
    near, far = np.abs(stack[:, 1:-1] - stack[:, 2:]), np.abs(stack[:, :-2] - stack[:, 2:])
    return float((near - far).clip(0).mean())


def test_without_sound_there_is_none(tmp_path: Path, store: Store) -> None:
    with av.open(str(first_file(clip(tmp_path / "a.mp4", has_sound=False), store))) as container:
        assert not container.streams.audio


@pytest.mark.parametrize(("default", "hz"), [(None, 440), (0, 440), (1, 880)])
def test_of_several_sounds_the_default_is_heard_else_the_first(
    default: int | None, hz: int, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "two.mkv"
    flags = [f for n in (0, 1) for f in (f"-disposition:a:{n}", "default" if n == default else "0")]
    ffmpeg_run(
        "-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=1",
        "-f", "lavfi", "-i", "sine=f=440:r=48000:d=1", "-f", "lavfi", "-i", "sine=f=880:r=48000:d=1",
        "-filter_complex", "[2:a]aformat=channel_layouts=5.1[b]", "-map", "0", "-map", "1", "-map", "[b]",
        *H264, "-pix_fmt", "yuv420p", "-c:a", "flac", *flags, "-default_mode", "passthrough", str(path),
    )  # fmt: skip
    out = first_file(path, store)
    with av.open(str(out)) as container:
        assert len(container.streams.audio) == 1
        assert container.streams.audio[0].channels == 2
    assert pitch_hz(out) == pytest.approx(hz, abs=4)


def test_sound_that_begins_late_begins_late(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "late.mkv"
    silent = clip(tmp_path / "a.mp4", seconds=1.6, has_sound=False, size="160x90")
    ffmpeg_run(
        "-i", str(silent), "-itsoffset", "0.8", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=0.8",
        "-c:v", "copy", "-c:a", "flac", str(path),
    )  # fmt: skip
    out = first_file(path, store)
    with av.open(str(out)) as container:
        loud = [frame.time for frame in container.decode(audio=0) if np.abs(frame.to_ndarray()).max() > 0.02]
    assert loud[0] == pytest.approx(0.8, abs=0.06)
    with av.open(str(out)) as container:
        assert next(container.decode(audio=0)).time == pytest.approx(0, abs=0.03)  # for players that know no late start


def test_what_is_transparent_lies_on_white(tmp_path: Path, store: Store) -> None:
    still = patches(160, 90).convert("RGBA")
    still.paste((0, 0, 0, 0), (80, 0, 160, 45))
    still.paste((200, 60, 50, 128), (0, 45, 80, 90))
    still.save(tmp_path / "a.png")
    path = tmp_path / "a.mov"
    ffmpeg_run("-loop", "1", "-t", "0.4", "-i", str(tmp_path / "a.png"), "-c:v", "qtrle", "-pix_fmt", "argb", str(path))
    half = tuple((channel + 255) // 2 for channel in (200, 60, 50))
    meant: tuple[Colour, ...] = (UL, (255, 255, 255), (half[0], half[1], half[2]), LR)
    assert_colours(shown_colours(first_file(path, store)), meant, 4)


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Three seconds as a camera streams them, a key frame every second."""
    path = tmp_path_factory.mktemp("streams") / "a.ts"
    clip(path, seconds=3, size="160x90", after=("-g", "25", "-f", "mpegts"))
    return path.read_bytes()


@pytest.mark.parametrize("share", [0.1, 0.25, 0.4])
@pytest.mark.parametrize("end", [1.0, 0.9])
def test_a_stream_that_begins_and_ends_anywhere_is_used(
    share: float, end: float, stream: bytes, tmp_path: Path, store: Store
) -> None:
    packets = len(stream) // 188
    path = tmp_path / "cut.ts"
    path.write_bytes(stream[int(packets * share) * 188 : int(packets * end) * 188])
    assert probe_file(path, path.name).refusal is None
    out = first_file(path, store)
    assert duration_s(out) == pytest.approx(3 * (end - share), abs=0.5)
    assert rms_of(out) > 0.02
    with av.open(str(out)) as container:
        first = next(container.decode(video=0))
    assert first.to_ndarray(format="gray").std() > 20


def test_a_stream_without_sound_begins_with_its_first_picture(tmp_path: Path, store: Store) -> None:
    whole = clip(tmp_path / "a.ts", seconds=3, size="160x90", has_sound=False, after=("-g", "50", "-f", "mpegts"))
    data = whole.read_bytes()
    path = tmp_path / "cut.ts"
    path.write_bytes(data[len(data) // 188 // 10 * 188 :])
    moments = moments_s(first_file(path, store))
    assert moments[0] == pytest.approx(0, abs=0.05)
    assert moments[-1] == pytest.approx(0.96, abs=0.1)


def test_a_damaged_stream_is_refused(stream: bytes, tmp_path: Path, store: Store) -> None:
    data = bytearray(stream)
    for at in range(len(data) * 4 // 10 // 188 * 188, len(data) * 6 // 10, 188 * 2):
        data[at + 60 : at + 160] = bytes(100)
    path = tmp_path / "damaged.ts"
    path.write_bytes(data)
    outcome = derive(job_for(path, RECIPE), store)
    assert outcome.state == "refused"


def test_a_damaged_file_with_a_table_is_refused(tmp_path: Path, store: Store) -> None:
    path = clip(tmp_path / "a.mp4", size="160x90")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3_000] = bytes(3_000)
    path.write_bytes(data)
    outcome = derive(job_for(path, RECIPE), store)
    assert outcome.state == "refused"


def test_a_piece_of_a_longer_film_is_whole(tmp_path: Path, store: Store) -> None:
    """Matroska tells its end on the clock of the film, so a piece that begins at 20 s seemed to lack 20 s."""
    path = tmp_path / "piece.mkv"
    ffmpeg_run("-i", str(patch_clip(tmp_path / "a.mp4")), "-c", "copy", "-output_ts_offset", "20", str(path))
    facts = probe_file(path, path.name)
    assert facts.refusal is None
    assert facts.video is not None
    assert facts.video.duration_s == pytest.approx(1, abs=0.1)
    assert made(path, store).duration_s == pytest.approx(1, abs=0.1)
