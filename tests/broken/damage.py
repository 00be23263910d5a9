"""The ways in which a case breaks: what is done to its folder, and what must be said of it."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
from PIL import Image
from PIL.ExifTags import GPS, IFD

from .projects import CHEMISTRY

Break = Callable[[Path], None]
"""Breaks the case in a folder."""

FIRST = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way: where it is reported (a text of the broken index.md with ¦ at the place), and in which words."""

    name: str
    break_it: Break
    code: str
    at: str | tuple[int, int]
    says: str  # the cause, a part of the message
    fix: str  # a part of the way out
    case: str = CHEMISTRY


def put(path: Path, data: bytes) -> None:
    """A new file in the place of the old one, which other projects share."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def swap(old: str, new: str) -> Break:
    """Another text in index.md in the place of *old*, which must stand there once."""

    def break_it(folder: Path) -> None:
        text = (folder / "index.md").read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        put(folder / "index.md", text.replace(old, new).encode())

    return break_it


def index(change: Callable[[bytes], bytes]) -> Break:
    """Other bytes in index.md."""
    return lambda folder: put(folder / "index.md", change((folder / "index.md").read_bytes()))


def file(name: str, change: Callable[[bytes], bytes]) -> Break:
    """Other bytes in a file of the case."""
    return lambda folder: put(folder / name, change((folder / name).read_bytes()))


def gone(name: str) -> Break:
    """A file that is not there."""
    return lambda folder: (folder / name).unlink()


def renamed(name: str, new_name: str) -> Break:
    """A file under another name."""

    def break_it(folder: Path) -> None:
        (folder / name).rename(folder / new_name)

    return break_it


def instead(name: str, other: str) -> Break:
    """A copy of another file of the case in the place of one."""
    return lambda folder: put(folder / name, (folder / other).read_bytes())


def half(data: bytes) -> bytes:
    """What arrives when the line breaks down."""
    return data[: len(data) // 2]


def linked(name: str, aim: str) -> Break:
    """A symbolic link in the place of a file."""

    def break_it(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(aim)

    return break_it


def piped(name: str) -> Break:
    """A pipe in the place of a file."""

    def break_it(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return break_it


def with_gps(data: bytes) -> bytes:
    """The same picture as a phone would have taken it, with the place in its metadata."""
    image = Image.open(io.BytesIO(data))
    exif = Image.Exif()
    places = exif.get_ifd(IFD.GPSInfo)
    places[GPS.GPSLatitudeRef], places[GPS.GPSLatitude] = "N", (29.0, 22.0, 30.0)
    places[GPS.GPSLongitudeRef], places[GPS.GPSLongitude] = "E", (113.0, 7.0, 30.0)
    saved = io.BytesIO()
    image.save(saved, "JPEG", quality=95, exif=exif)
    return saved.getvalue()


def front_half_of_an_mp4(data: bytes) -> bytes:
    """The video as MP4 with its table in front, cut: it opens, tells its length, and ends in the middle."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.mp4"  # the table is moved to the front by reading the file again
        fast = {"movflags": "faststart"}
        with av.open(io.BytesIO(data), "r") as source, av.open(str(made), "w", "mp4", options=fast) as target:
            streams = {stream.index: target.add_stream_from_template(stream) for stream in source.streams}
            for packet in source.demux():
                if packet.dts is not None:
                    packet.stream = streams[packet.stream.index]
                    target.mux(packet)
        whole = made.read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat")
    return half(whole)


def word_with_macros(_data: bytes) -> bytes:
    """The bones of a .docm."""
    made = io.BytesIO()
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(made, "w") as package:
        types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return made.getvalue()
