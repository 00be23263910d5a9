"""What a video is: opened by PyAV under the same restraints as ffmpeg, read to its end once."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import av
import av.container
from av.video.stream import VideoStream

from generator.catalog.facts import VideoFacts
from generator.media.boxes import has_positions, is_cut
from generator.media.content import Content
from generator.media.refusals import UnusableError

MAX_PIXELS = 35_389_440  # 8192×4320
LONGEST_S = 4 * 3_600.0
FILE_BYTES = 16 * 1024**3
_PACKETS_TO_FIRST_FRAME = 2_000
_MISSING_END_S = 0.75
_MISSING_END_SHARE = 0.03
_HD_HEIGHT_PX = 720

DEMUXERS: MappingProxyType[Content, str] = MappingProxyType(
    {
        "mp4": "mov",
        "mov": "mov",
        "matroska": "matroska",
        "avi": "avi",
        "asf": "asf",
        "flv": "flv",
        "mpegts": "mpegts",
        "mpeg": "mpeg",
    }
)
"""The one demuxer allowed for each content: nothing else may be guessed, and no playlist can be."""

_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,avi,asf,flv,matroska,webm,mpegts,mpeg"
_MATRICES = MappingProxyType({1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020nc", 10: "bt2020nc"})


def restraints(content: Content) -> dict[str, str]:
    """Options for opening a file with that content, so that it reads itself alone and claims only so much."""
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": _FORMATS,
        "max_streams": "16",
        "probesize": "10M",
        "analyzeduration": "10M",
    }
    if DEMUXERS[content] == "mov":
        options |= {"enable_drefs": "0", "use_absolute_path": "0"}
    return options


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A video's facts, and what encoding it needs to know besides."""

    facts: VideoFacts
    demuxer: str
    matrix: str  # the colour matrix that it has, or that an untagged video of its size has by custom


def look_at(path: Path, file: BinaryIO, content: Content, *, to_the_end: bool) -> Look:
    """What the video at *path* is; *file* is the same, open. With *to_the_end*, every packet is read and a cut found.

    Raises:
        UnusableError: it cannot be used.
    """
    if to_the_end and is_cut(file, content):
        raise UnusableError("truncated")
    try:
        with av.open(
            f"file:{path.absolute()}",
            format=DEMUXERS[content],
            options=restraints(content),
            timeout=(20.0, 60.0),
            metadata_errors="replace",
        ) as container:
            look = _look(container, content, to_the_end=to_the_end)
    except UnusableError:
        raise
    except MemoryError as error:
        raise UnusableError("limit", "memory") from error
    except Exception as error:  # besides FFmpegError, PyAV raises whatever a malformed field leads it to
        raise UnusableError("unreadable", type(error).__name__) from error
    if not look.facts.has_gps and has_positions(file, content):
        return dataclasses.replace(look, facts=dataclasses.replace(look.facts, has_gps=True))
    return look


def _look(container: av.container.InputContainer, content: Content, *, to_the_end: bool) -> Look:
    stream = _moving_picture(container)
    if stream.width * stream.height > MAX_PIXELS:
        raise UnusableError("too-large", f"{stream.width}×{stream.height}")
    read = _read(container, stream, to_the_end=to_the_end)
    duration_s = (container.duration or 0) / 1_000_000 or read.length_s
    if duration_s <= 0:
        raise UnusableError("unreadable", "duration")
    if duration_s > LONGEST_S:
        raise UnusableError("too-long", f"> {LONGEST_S / 3_600:.0f} h")
    if to_the_end and (
        read.is_corrupt or duration_s - read.length_s > max(_MISSING_END_S, _MISSING_END_SHARE * duration_s)
    ):
        raise UnusableError("truncated")
    width_px, height_px = _shown_px(stream, read.rotation)
    facts = VideoFacts(
        container=content,
        codec=stream.codec_context.name,
        width_px=width_px,
        height_px=height_px,
        duration_s=round(duration_s, 3),
        frame_rate=round(float(stream.average_rate or stream.guessed_rate or 0), 3),
        has_sound=bool(container.streams.audio),
        has_gps=_has_gps(container),
    )
    by_custom = "bt709" if min(stream.width, stream.height) >= _HD_HEIGHT_PX else "smpte170m"
    return Look(facts=facts, demuxer=DEMUXERS[content], matrix=_MATRICES.get(stream.colorspace, by_custom))


def _moving_picture(container: av.container.InputContainer) -> VideoStream:
    for stream in container.streams.video:
        if not stream.disposition & type(stream.disposition).attached_pic and stream.codec_context is not None:
            return stream
    raise UnusableError("unreadable", "no video track")


@dataclass(frozen=True, slots=True)
class _Read:
    rotation: int  # degrees that the pictures must be turned by
    length_s: float
    is_corrupt: bool


def _read(container: av.container.InputContainer, picture: VideoStream, *, to_the_end: bool) -> _Read:
    rotation: int | None = None
    is_corrupt, end_s = False, 0.0
    start_s = (container.start_time or 0) / 1_000_000
    for number, packet in enumerate(container.demux()):
        is_corrupt = is_corrupt or packet.is_corrupt
        if rotation is None and packet.stream_index == picture.index:
            rotation = next((frame.rotation for frame in picture.decode(packet)), None)
        if packet.pts is not None:
            end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base) - start_s)
        if rotation is None and number > _PACKETS_TO_FIRST_FRAME:
            break
        if rotation is not None and not to_the_end:
            break
    if rotation is None:
        raise UnusableError("unreadable", "no frame")
    return _Read(rotation, end_s, is_corrupt)


def _shown_px(stream: VideoStream, rotation: int) -> tuple[int, int]:
    shape = stream.sample_aspect_ratio
    width_px = round(stream.width * shape) if shape else stream.width
    return (stream.height, width_px) if rotation % 180 else (width_px, stream.height)


def _has_gps(container: av.container.InputContainer) -> bool:
    tags = [container.metadata, *(stream.metadata for stream in container.streams)]
    names = {name.lower() for metadata in tags for name in metadata}
    return any(name.startswith("location") or ".location" in name or "gps" in name for name in names)
