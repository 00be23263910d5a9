"""What a GIF holds, told by walking its blocks; nothing is decoded, so its size in memory does not matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from generator.media.refusals import UnusableError

_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_GRAPHIC_CONTROL = 0xF9


@dataclass(frozen=True, slots=True, kw_only=True)
class Gif:
    """The canvas and the frames of a GIF."""

    width_px: int
    height_px: int
    delays_cs: tuple[int, ...]  # of each frame in hundredths of a second, as browsers keep them

    @property
    def is_animated(self) -> bool:
        """Whether it has more than one frame."""
        return len(self.delays_cs) > 1


def read_gif(file: BinaryIO) -> Gif:
    """The GIF in *file*, read to its end; what hangs behind its end does not matter.

    Browsers show a frame that asks for less than 2/100 s for 10/100 s, and so does this.
    A file without the last byte, but with all of its last block, counts as whole.

    Raises:
        UnusableError: it ends inside a block, has no frame, or is no GIF.
    """
    file.seek(0)
    head = _take(file, 13)
    if head[:6] not in (b"GIF87a", b"GIF89a"):
        raise UnusableError("unreadable", "GIF")
    _skip_colours(file, head[10])
    delays_cs: list[int] = []
    delay_cs = 0
    while (mark := file.read(1)) and mark[0] != _END:
        if mark[0] == _EXTENSION:
            label = _take(file, 1)[0]
            first = _skip_blocks(file)
            if label == _GRAPHIC_CONTROL and len(first) >= 3:
                delay_cs = int.from_bytes(first[1:3], "little")
        elif mark[0] == _FRAME:
            _skip_colours(file, _take(file, 9)[8])
            _take(file, 1)
            _skip_blocks(file)
            delays_cs.append(delay_cs if delay_cs >= 2 else 10)
            delay_cs = 0
        elif delays_cs:
            break  # rubbish behind the last frame: shown by browsers as if the end stood there
        else:
            raise UnusableError("unreadable", "GIF")
    if not delays_cs:
        raise UnusableError("truncated")
    width_px, height_px = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    return Gif(width_px=width_px, height_px=height_px, delays_cs=tuple(delays_cs))


def _take(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise UnusableError("truncated")
    return data


def _skip_colours(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        _take(file, 3 << (flags & 7) + 1)


def _skip_blocks(file: BinaryIO) -> bytes:
    """Pass over a chain of blocks; gives the first."""
    first = _take(file, _take(file, 1)[0])
    block = first
    while block:
        block = _take(file, _take(file, 1)[0])
    return first
