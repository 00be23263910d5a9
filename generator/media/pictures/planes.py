"""Large WebP and AVIF pictures as their decoders hold them: planes of light and colour, in a third of the memory.

Pillow's decoder takes 300 to 500 MB for 24 megapixels of WebP or AVIF, since it makes RGBA of the whole picture
and copies it twice. FFmpeg's decoders hand out the planes, and RGB is made of a few rows at a time.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

import av
from av.video.frame import VideoFrame
from PIL import Image

from generator.media.refusals import UnusableError

_CHROMA = {"yuv420p": (2, 2), "yuva420p": (2, 2), "yuv422p": (2, 1), "yuv444p": (1, 1), "yuva444p": (1, 1)}
"""How many pixels share one of colour, across and down."""

_BT601, _BT709 = (0.299, 0.114), (0.2126, 0.0722)
_WEIGHTS: Mapping[int, tuple[float, float]] = {1: _BT709, 2: _BT601, 5: _BT601, 6: _BT601}
"""The shares of red and blue in light, by the number of the matrix (ITU-T H.273); 2 is “not told”."""

_FULL_RANGE = 2
_MARGIN_ROWS = 2  # of colour, above and below, that its interpolation looks at

Matrix = tuple[float, float, float, float, float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Planes:
    """A decoded picture; rows of it are made RGB or RGBA when they are asked for."""

    frame: VideoFrame
    mode: str

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height as stored."""
        return self.frame.width, self.frame.height

    def band(self, top: int, bottom: int) -> Image.Image:
        """The rows from *top* to before *bottom*, in `mode`."""
        if self.frame.format.name == "argb":
            raw_mode = "ARGB" if self.mode == "RGBA" else "XRGB"
            return self._rows(0, top, bottom, self.mode, raw_mode)
        light = self._rows(0, top, bottom, "L", "L")
        colours = [self._colour(index, top, bottom) for index in (1, 2)]
        shown = Image.merge("RGB", (light, *colours)).convert("RGB", _matrix(self.frame))
        if self.mode == "RGBA":
            shown.putalpha(self._rows(3, top, bottom, "L", "L"))
        return shown

    def _rows(self, index: int, top: int, bottom: int, mode: str, raw_mode: str) -> Image.Image:
        plane = self.frame.planes[index]
        rows = memoryview(plane)[top * plane.line_size : bottom * plane.line_size]
        size_px = (plane.width, bottom - top)
        # Any buffer will do, whatever the types say.
        return Image.frombuffer(mode, size_px, rows, "raw", raw_mode, plane.line_size, 1)  # type: ignore[arg-type]

    def _colour(self, index: int, top: int, bottom: int) -> Image.Image:
        across, down = _CHROMA[self.frame.format.name]
        first = max(0, top // down - _MARGIN_ROWS)
        last = min(self.frame.planes[index].height, math.ceil(bottom / down) + _MARGIN_ROWS)
        rows = self._rows(index, first, last, "L", "L")
        if (across, down) == (1, 1):
            return rows.crop((0, top - first, rows.width, bottom - first))
        box = (0, top / down - first, self.frame.width / across, bottom / down - first)
        return rows.resize((self.frame.width, bottom - top), Image.Resampling.BILINEAR, box=box)


def _matrix(frame: VideoFrame) -> Matrix:
    """Light and two differences of colour, each 0 to 255, to RGB (ITU-T H.273, 8.3)."""
    red, blue = _WEIGHTS[frame.colorspace]
    green = 1 - red - blue
    is_full = frame.color_range == _FULL_RANGE
    light, colour, black = (1.0, 1.0, 0.0) if is_full else (255 / 219, 255 / 224, 16.0)
    to_red, to_blue = 2 * (1 - red) * colour, 2 * (1 - blue) * colour
    from_blue, from_red = -to_blue * blue / green, -to_red * red / green
    dark = -black * light
    return (
        light, 0.0, to_red, dark - 128 * to_red,
        light, from_blue, from_red, dark - 128 * (from_blue + from_red),
        light, to_blue, 0.0, dark - 128 * to_blue,
    )  # fmt: skip


def planes(file: BinaryIO, format_: Literal["WEBP", "AVIF"], mode: str, size_px: tuple[int, int]) -> Planes | None:
    """The still picture in *file*, or None where it must be left to Pillow: of a kind that is not known here.

    *mode* and *size_px* are what Pillow says of it: what does not agree is left to Pillow, too.

    Raises:
        UnusableError: it is cut short.
    """
    file.seek(0)
    try:
        frame = _webp_frame(file.read()) if format_ == "WEBP" else _avif_frame(file)
    except (av.FFmpegError, EOFError, ValueError):
        return None
    if frame is None or (frame.width, frame.height) != size_px or mode not in ("RGB", "RGBA"):
        return None
    kind = frame.format.name
    has_alpha = kind.startswith("yuva") or kind == "argb"
    is_known = kind == "argb" or (kind in _CHROMA and frame.colorspace in _WEIGHTS)
    return Planes(frame, mode) if is_known and (has_alpha or mode == "RGB") else None


def _webp_frame(data: bytes) -> VideoFrame | None:
    if int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise UnusableError("truncated")
    decoder = av.CodecContext.create("webp", "r")
    decoder.thread_count = 1
    frames = [*decoder.decode(av.Packet(data)), *decoder.decode(None)]
    return frames[0] if len(frames) == 1 and isinstance(frames[0], VideoFrame) else None


def _avif_frame(file: BinaryIO) -> VideoFrame | None:
    """The only item of a plain AVIF: one with transparency or made of tiles has several."""
    with av.open(io.BytesIO(file.read()), "r", format="mov") as container:
        if len(container.streams) != 1 or len(container.streams.video) != 1:
            return None
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        packet = next(container.demux(stream))
        if packet.is_corrupt:
            raise UnusableError("truncated")
        frames = [*stream.codec_context.decode(packet), *stream.codec_context.decode(None)]
        return frames[0] if len(frames) == 1 else None
