"""Single frames of a video that ffmpeg wrote raw beside its renditions: read back, judged, one chosen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from PIL import Image, ImageStat

from generator.media.refusals import ToolFailedError

_MEASURED_PX = (64, 64)
_ROUNDING_S = 0.002


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame and its moment, in seconds from the start of the video."""

    at_s: float
    size_px: tuple[int, int]
    pixels: bytes  # RGB

    @property
    def image(self) -> Image.Image:
        """The frame as a picture."""
        return Image.frombytes("RGB", self.size_px, self.pixels)


def frames_in(path: Path) -> Iterator[Frame]:
    """The frames of a NUT file of raw RGB, in the order of time.

    Raises:
        ToolFailedError: it is none.
    """
    try:
        with av.open(f"file:{path.absolute()}", format="nut", options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.video[0]
            size_px = (stream.width, stream.height)
            for packet in container.demux(stream):
                if packet.pts is not None and packet.time_base is not None and packet.size:
                    yield Frame(float(packet.pts * packet.time_base), size_px, bytes(packet))
    except (OSError, ValueError, IndexError) as error:  # FFmpegError is one of the first two
        raise ToolFailedError(f"no stills: {type(error).__name__}") from error


def chosen(path: Path, moments_s: tuple[float, ...], least_deviation: float) -> Frame | None:
    """The frame at the first of the moments, in their order, that is not near-uniform; else the most varied.

    None where there is no frame.

    Raises:
        ToolFailedError: the file at *path* cannot be read.
    """
    best: tuple[float, Frame] | None = None
    seen_s: set[float] = set()
    for moment_s in moments_s:
        # Read again for each moment rather than kept: a frame of 1080p is 6 MB, and mostly the first one is taken.
        frame = next((frame for frame in frames_in(path) if frame.at_s > moment_s - _ROUNDING_S), None)
        if frame is None or frame.at_s in seen_s:
            continue
        seen_s.add(frame.at_s)
        deviation = deviation_of(frame.image)
        if best is None or deviation > best[0]:
            best = (deviation, frame)
        if deviation >= least_deviation:
            break
    return best and best[1]


def deviation_of(image: Image.Image) -> float:
    """How much the brightness of a still varies, 0 for one colour, at most 127.5."""
    return float(ImageStat.Stat(image.convert("L").resize(_MEASURED_PX)).stddev[0])


def lossless(image: Image.Image) -> bytes:
    """The still as WebP without loss; quick rather than small, since it is published in other forms only."""
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, quality=0, method=0)
    return buffer.getvalue()
