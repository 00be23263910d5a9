"""What a JPEG is made of, told by walking its markers: is it a bomb, or hollow. Nothing is decoded."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from generator.media.refusals import UnusableError

_SCANS = 100  # cameras write 1, encoders about 10
_SEGMENTS = 10_000
_CHUNK = 64 * 1024
_HEAD_BYTES = 8  # of a frame: as far as the number of its colours
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_SEQUENTIAL_FRAMES = frozenset({0xC0, 0xC1})
_HUFFMAN_FRAMES = _SEQUENTIAL_FRAMES | {0xC2}
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
# Neither a stuffed byte of the picture, nor a restart within a scan, nor filling.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def refuse_bomb(file: BinaryIO, size_px: tuple[int, int]) -> None:
    """Walk the JPEG in *file* as far as it can be a bomb; leaves the file where it was.

    Each scan is decoded over the whole picture, so some thousand of them in a small file cost minutes. And
    a Huffman code takes a bit for each square of 8×8 at the least: what has fewer is a large grey
    picture that libjpeg gives for a few bytes, with no more than a warning. What cameras write, one scan
    with all of its colours, is read to its end by nobody but the decoder.

    Raises:
        UnusableError: it holds too many scans or segments, or too little for its size.
    """
    back = file.tell()
    try:
        _walk(file, size_px)
    finally:
        file.seek(back)


def _walk(file: BinaryIO, size_px: tuple[int, int]) -> None:
    file.seek(2)
    squares = -(-size_px[0] // 8) * -(-size_px[1] // 8)
    least_bytes = -(-squares // 8)
    scans = picture_bytes = colours = 0
    has_huffman = is_last_scan = False
    for _ in range(_SEGMENTS):
        skipped, marker = _to_marker(file, least_bytes if is_last_scan else None)
        picture_bytes += skipped if scans else 0
        if marker in (None, _END_OF_IMAGE):
            break
        head = b"" if marker in _NO_LENGTH else _segment(file)
        has_huffman = has_huffman or marker in _HUFFMAN_FRAMES
        if marker in _SEQUENTIAL_FRAMES and len(head) == _HEAD_BYTES:
            colours = head[7]
        if marker == _START_OF_SCAN:
            scans += 1
            is_last_scan = scans == 1 and colours > 0 and head[2:3] == bytes([colours])
            if scans > _SCANS:
                raise UnusableError("too-large", f"> {_SCANS} scans")
    else:
        raise UnusableError("too-large", f"> {_SEGMENTS} segments")
    if has_huffman and picture_bytes < least_bytes:
        raise UnusableError("truncated")


def _segment(file: BinaryIO) -> bytes:
    """The first bytes of a segment, its length among them; leaves the file behind it."""
    head = file.read(_HEAD_BYTES)
    file.seek(max(2, int.from_bytes(head[:2], "big")) - len(head), io.SEEK_CUR)
    return head


def _to_marker(file: BinaryIO, enough_bytes: int | None) -> tuple[int, int | None]:
    """How many bytes lie before the next marker, and which it is; leaves the file behind it.

    None at the end, or once *enough_bytes* lie before it.
    """
    start = file.tell()
    at, want = start, 64
    while True:
        file.seek(at)
        chunk = file.read(want)
        found = _MARKER.search(chunk)
        if found:
            file.seek(at + found.end())
            return at + found.start() - start, chunk[found.end() - 1]
        if len(chunk) < want:
            return at + len(chunk) - start, None
        at, want = at + len(chunk) - 1, _CHUNK  # a marker may lie across two chunks
        if enough_bytes is not None and at - start >= enough_bytes:
            return at - start, None
