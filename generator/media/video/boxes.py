"""The outer structure of video files, read without a decoder: is one cut short, does one hold positions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from generator.media.content import Content

_BOXES = 10_000
_TABLE_BYTES = 64 * 1024 * 1024
_ASF_HEAD_BYTES = 64 * 1024
_ASF_FILE_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_EBML_SEGMENT = b"\x18\x53\x80\x67"
# A sample description whose first entry is a track of positions: action cameras and drones (gpmd), Android (camm).
_POSITIONS = re.compile(rb"stsd\0{4}\0\0\0[\x01-\x10].{4}(gpmd|camm)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    at_bytes: int
    length: int
    is_whole: bool


def is_cut(file: BinaryIO, content: Content) -> bool:
    """True where the outermost structure of the file reaches beyond its end, or an MP4 lacks its table.

    False says little for formats without lengths (MPEG streams, FLV): there the last packet must tell.
    """
    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    if content in ("mp4", "mov"):
        return _is_cut_mp4(file)
    if content == "avi":
        return int.from_bytes(file.read(8)[4:], "little") + 8 > size_bytes
    if content == "matroska":
        return _is_cut_matroska(file.read(4_096), size_bytes)
    if content == "asf":
        return _is_cut_asf(file.read(_ASF_HEAD_BYTES), size_bytes)
    return False


def has_positions(file: BinaryIO, content: Content) -> bool:
    """Whether an MP4 or MOV has a track that tells where it was taken, moment by moment."""
    if content not in ("mp4", "mov"):
        return False
    for box in _boxes(file):
        if box.name == b"moov" and box.length <= _TABLE_BYTES:
            file.seek(box.at_bytes)
            return bool(_POSITIONS.search(file.read(box.length)))
    return False


def _boxes(file: BinaryIO) -> Iterator[_Box]:
    """The top-level boxes of an MP4, up to the first that is not whole."""
    size_bytes, at_bytes = file.seek(0, io.SEEK_END), 0
    for _ in range(_BOXES):
        file.seek(at_bytes)
        head = file.read(16)
        if len(head) < 8:
            return
        length = int.from_bytes(head[:4], "big")
        if length == 1 and len(head) == 16:
            length = int.from_bytes(head[8:], "big")
        elif length == 0:
            length = size_bytes - at_bytes
        box = _Box(head[4:8], at_bytes, length, 8 <= length <= size_bytes - at_bytes)
        yield box
        if not box.is_whole:
            return
        at_bytes += length


def _is_cut_mp4(file: BinaryIO) -> bool:
    """What comes after the table and the pictures may be anything: phones append notes of their own."""
    names: set[bytes] = set()
    for box in _boxes(file):
        if not box.is_whole:
            return box.name in (b"moov", b"mdat") or not {b"moov", b"mdat"} <= names
        names.add(box.name)
    return b"moov" not in names


def _is_cut_matroska(head: bytes, size_bytes: int) -> bool:
    at = head.find(_EBML_SEGMENT)
    if at < 0 or at + 5 > len(head) or head[at + 4] == 0:
        return False
    width = 9 - head[at + 4].bit_length()  # a leading one bit tells how many bytes the length has
    length = int.from_bytes(head[at + 4 : at + 4 + width], "big") & ((1 << 7 * width) - 1)
    is_unknown = length == (1 << 7 * width) - 1
    return not is_unknown and at + 4 + width + length > size_bytes


def _is_cut_asf(head: bytes, size_bytes: int) -> bool:
    """The file properties tell the size of the whole file; what is streamed tells 0."""
    at = head.find(_ASF_FILE_PROPERTIES)
    size_at = at + 16 + 8 + 16
    return at >= 0 and int.from_bytes(head[size_at : size_at + 8], "little") > size_bytes
