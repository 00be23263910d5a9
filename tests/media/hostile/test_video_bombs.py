"""Videos that claim more tracks, frames, hours or bytes than they have: in seconds, and with a small output."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.media.workers import each_done
from media.samples import clip, ffmpeg_run

from .made import MIB, Course, box, boxes, course_of, inside, with_table


def _thousand_a_second(folder: Path) -> Path:
    return clip(folder / "fast.mp4", size="160x90", rate=1_000, seconds=2, has_sound=False)


def _spread(hours: float) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        two = clip(folder / "two.mp4", seconds=0.08, has_sound=False)
        path = folder / f"spread{hours}.mkv"
        ffmpeg_run("-itsscale", str(hours * 90_000), "-i", str(two), "-c", "copy", str(path))
        return path

    return made


def _table_of(folder: Path) -> tuple[bytes, bytes]:
    whole = clip(folder / "plain.mp4", size="160x90").read_bytes()
    return whole, inside(whole, b"moov")


def _tracks(folder: Path) -> Path:
    whole, table = _table_of(folder)
    track = next(table[at : at + length] for name, at, length in boxes(table) if name == b"trak")
    (folder / "tracks.mp4").write_bytes(with_table(whole, table + track * 10_000))
    return folder / "tracks.mp4"


def _patched(name: str, mark: bytes, offset: int, value: bytes) -> Callable[[Path], Path]:
    """An MP4 in whose table, so many bytes behind a mark, something else is said."""

    def made(folder: Path) -> Path:
        whole, table = _table_of(folder)
        at = table.index(mark) + offset
        path = folder / name
        path.write_bytes(with_table(whole, table[:at] + value + table[at + len(value) :]))
        return path

    return made


def _deep(folder: Path) -> Path:
    whole, table = _table_of(folder)
    nest = b""
    for _ in range(3_000):
        nest = box(b"udta", nest)
    (folder / "deep.mp4").write_bytes(with_table(whole, table + nest))
    return folder / "deep.mp4"


def _giant_box(folder: Path) -> Path:
    whole, table = _table_of(folder)
    giant = struct.pack(">I", 1) + b"free" + struct.pack(">Q", 2**62)
    (folder / "giant.mp4").write_bytes(with_table(whole, table) + giant)
    return folder / "giant.mp4"


def _many_boxes(folder: Path) -> Path:
    whole, _ = _table_of(folder)
    (folder / "boxes.mp4").write_bytes(whole[:32] + box(b"free") * 2_000_000 + whole[32:])
    return folder / "boxes.mp4"


def _matroska(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        path = clip(folder / name, size="160x90")
        path.write_bytes(change(path.read_bytes()))
        return path

    return made


def _attached(folder: Path) -> Path:
    large = folder / "large.ttf"
    large.write_bytes(bytes(64 * MIB))
    path = folder / "attached.mkv"
    ffmpeg_run("-i", str(clip(folder / "b.mp4", size="160x90")), "-attach", str(large), "-metadata:s:t", "mimetype=font/ttf", "-c", "copy", str(path))  # fmt: skip
    return path


CLUSTER, TRACKS = b"\x1f\x43\xb6\x75", b"\x16\x54\xae\x6b"

FILES: dict[str, tuple[Callable[[Path], Path], set[str]]] = {
    "1,000 frames a second": (_thousand_a_second, {""}),
    "two frames three hours apart": (_spread(3), {""}),
    "two frames ten hours apart": (_spread(10), {"too-long"}),
    "10,000 tracks": (_tracks, {"unreadable", "too-large", "limit"}),
    "a count of samples that nobody could hold": (
        _patched("stsz.mp4", b"stsz", 12, struct.pack(">I", 0x7FFFFFF0)),
        {"unreadable", "limit", "truncated", ""},
    ),
    "one sample that lasts for ever": (
        _patched("stts.mp4", b"stts", 8, struct.pack(">III", 1, 0x7FFFFFF0, 0x7FFFFFF0)),
        {"unreadable", "limit", "truncated", "too-long", ""},
    ),
    "a picture of 65535 by 65535": (
        _patched("avc1.mp4", b"avc1", 28, struct.pack(">HH", 65_535, 65_535)),
        {"too-large", "unreadable", ""},
    ),
    "boxes 3,000 deep": (_deep, {"", "unreadable"}),
    "a box of exabytes behind the end": (_giant_box, {"", "truncated"}),
    "two million empty boxes": (_many_boxes, {"", "truncated", "unreadable", "too-large"}),
    "a Matroska cluster of exabytes": (
        _matroska("cluster.mkv", lambda data: data.replace(CLUSTER, CLUSTER + b"\x01\x7f\xff\xff\xff\xff\xff\xff", 1)),
        {"unreadable", "truncated", ""},
    ),
    "Matroska tracks of gigabytes": (
        _matroska("tracks.mkv", lambda data: data.replace(TRACKS, TRACKS + b"\x08\x7f\xff\xff\xff", 1)),
        {"unreadable", "truncated", ""},
    ),
    "64 MB attached": (_attached, {""}),
}
TAKES_S = 30.0  # of the processor
AT_MOST_BYTES = 4 * MIB
WORKER_GROWS_BYTES = 300 * MIB
CHILD_BYTES = 1_500 * MIB


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course | None]:
    folder = tmp_path_factory.mktemp("videos")
    tasks = {(make(folder), folder / f"store{number}"): name for number, (name, (make, _)) in enumerate(FILES.items())}
    return {tasks[end.item]: end.result for end in each_done(course_of, tasks, workers=2)}


@pytest.mark.parametrize("name", FILES)
def test_a_video_bomb_ends_as_it_must(name: str, courses: dict[str, Course | None]) -> None:
    course = courses[name]
    assert course is not None, "ended its worker"
    assert course.reason in FILES[name][1], course
    assert course.cpu_s < TAKES_S, course
    assert course.grew_bytes < WORKER_GROWS_BYTES, course
    assert course.child_bytes < CHILD_BYTES, course
    assert course.out_bytes < AT_MOST_BYTES, course
