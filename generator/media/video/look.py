"""What a video is: opened by PyAV under the same restraints as ffmpeg, read to its end once."""

from __future__ import annotations

import dataclasses
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import av
import av.container
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from generator.catalog.facts import VideoFacts
from generator.media.content import Content
from generator.media.refusals import UnusableError
from generator.media.video.boxes import has_positions, is_cut
from generator.media.video.pace import Pace, PaceTaker

MAX_PIXELS = 35_389_440  # 8192×4320
LONGEST_S = 4 * 3_600.0
FILE_BYTES = 16 * 1024**3
_PACKETS_TO_FIRST_FRAME = 2_000
_MISSING_END_S = 0.75
_MISSING_END_SHARE = 0.03
_HD_HEIGHT_PX = 720
_PROGRESSIVE, _FULL_RANGE = 1, 2  # as libavutil counts field orders and ranges

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
class PictureTrack:
    """The moving picture of a video as it is stored."""

    codec: str
    profile: str
    level: int  # ten times the number, as H.264 counts: 41 is 4.1
    pixels: str  # ffmpeg's name of the pixel format
    stored_px: tuple[int, int]
    has_square_pixels: bool
    is_turned: bool  # turned or mirrored when shown
    is_interlaced: bool  # so far as the file says
    is_full_range: bool
    has_alpha: bool
    matrix: str  # the colour matrix that it has, or that an untagged video of its size has by custom
    primaries: int  # these two in the numbers of ISO/IEC 23091-2
    transfer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTrack:
    """The one track of sound that is published: what the file calls its default, else its first."""

    index: int  # among all tracks of the file
    codec: str
    profile: str
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A video's facts, and what encoding it needs to know besides."""

    facts: VideoFacts
    demuxer: str
    picture: PictureTrack
    sound: SoundTrack | None
    pace: Pace | None = None  # only where every packet was read
    is_trimmed: bool = False  # holds pictures that its own edit list hides: phones shorten a clip so
    length_s: float  # from the first key frame or sound to the last end of either, so far as was read


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
    sound = _sound(container)
    read = _read(container, stream, to_the_end=to_the_end)
    start_s = max(0.0, (container.start_time or 0) / 1_000_000)
    duration_s = (container.duration or 0) / 1_000_000 or read.end_s
    if start_s > _MISSING_END_S and abs(duration_s - start_s - read.end_s) <= _MISSING_END_S:
        duration_s = read.end_s  # Matroska tells its end, and a piece of a longer film does not begin at 0
    if duration_s <= 0:
        raise UnusableError("unreadable", "duration")
    if duration_s > LONGEST_S:
        raise UnusableError("too-long", f"> {LONGEST_S / 3_600:.0f} h")
    if to_the_end and (
        read.is_corrupt or duration_s - read.end_s > max(_MISSING_END_S, _MISSING_END_SHARE * duration_s)
    ):
        raise UnusableError("truncated")
    if to_the_end and sound is not None and sound.index not in read.spans_s:
        sound = None  # a track without a single packet
    picture = _picture(stream, read.frame)
    width_px, height_px = _shown_px(stream, read.frame.rotation)
    facts = VideoFacts(
        container=content,
        codec=picture.codec,
        width_px=width_px,
        height_px=height_px,
        duration_s=round(duration_s, 3),
        frame_rate=round(float(stream.average_rate or stream.guessed_rate or 0), 3),
        has_sound=bool(container.streams.audio),
        has_gps=_has_gps(container),
    )
    return Look(
        facts=facts,
        demuxer=DEMUXERS[content],
        picture=picture,
        sound=sound,
        pace=read.pace if to_the_end else None,
        is_trimmed=read.is_trimmed,
        length_s=_length_s(read, stream.index, sound) if to_the_end else duration_s,
    )


def _moving_picture(container: av.container.InputContainer) -> VideoStream:
    for stream in container.streams.video:
        if not stream.disposition & type(stream.disposition).attached_pic and stream.codec_context is not None:
            return stream
    raise UnusableError("unreadable", "no video track")


def _sound(container: av.container.InputContainer) -> SoundTrack | None:
    tracks = [stream for stream in container.streams.audio if stream.codec_context is not None]
    defaults = [stream for stream in tracks if stream.disposition & type(stream.disposition).default]
    for stream in defaults + tracks:
        return SoundTrack(
            index=stream.index,
            codec=stream.codec_context.name,
            profile=stream.profile or "",
            channels=stream.codec_context.channels,
        )
    return None


def _picture(stream: VideoStream, frame: VideoFrame) -> PictureTrack:
    shape = stream.sample_aspect_ratio
    by_custom = "bt709" if min(stream.width, stream.height) >= _HD_HEIGHT_PX else "smpte170m"
    pixels = frame.format
    return PictureTrack(
        codec=stream.codec_context.name,
        profile=stream.profile or "",
        level=stream.codec_context.level or 0,
        pixels=pixels.name,
        stored_px=(stream.width, stream.height),
        has_square_pixels=not shape or shape == 1,
        is_turned=_is_turned(frame),
        is_interlaced=frame.interlaced_frame or int(stream.codec_context.field_order) > _PROGRESSIVE,
        is_full_range=int(frame.color_range) == _FULL_RANGE or pixels.name.startswith("yuvj"),
        has_alpha=not pixels.has_palette and any(component.is_alpha for component in pixels.components),
        matrix=_MATRICES.get(stream.colorspace, by_custom),
        primaries=int(stream.color_primaries),
        transfer=int(stream.color_trc),
    )


def _is_turned(frame: VideoFrame) -> bool:
    """A mirror has no angle, so the matrix itself must say that nothing is done to the picture."""
    sides: Any = frame.side_data  # its stubs say something else than what it is
    for data in sides:
        if data.type == SideDataType.DISPLAYMATRIX:
            a, b, _, c, d, *_ = struct.unpack_from("=9i", bytes(data))
            return not (b == c == 0 and a > 0 and d > 0)
    return False


@dataclass(frozen=True, slots=True)
class _Read:
    frame: VideoFrame  # the first that could be decoded
    end_s: float  # of the last packet of any track, from the start of the file
    spans_s: Mapping[int, tuple[float, float]]  # by track: its first packet and its end, on the file's own clock
    is_corrupt: bool
    is_trimmed: bool
    pace: Pace


def _read(container: av.container.InputContainer, picture: VideoStream, *, to_the_end: bool) -> _Read:
    frame: VideoFrame | None = None
    is_corrupt, is_trimmed, end_s = False, False, 0.0
    spans_s: dict[int, tuple[float, float]] = {}
    taker = PaceTaker()
    start_s = (container.start_time or 0) / 1_000_000
    for number, packet in enumerate(container.demux()):
        is_corrupt = is_corrupt or packet.is_corrupt
        is_picture = packet.stream_index == picture.index
        if frame is None and is_picture:
            frame = next(iter(picture.decode(packet)), None)
        if packet.is_discard:  # decoded for the sake of later ones, never shown
            is_trimmed = is_trimmed or is_picture
            continue
        at = packet.pts if packet.pts is not None else packet.dts
        if at is not None:
            first_s, last_s = float(at * packet.time_base), float((at + (packet.duration or 0)) * packet.time_base)
            end_s = max(end_s, last_s - start_s)
            known = spans_s.get(packet.stream_index, (first_s, last_s))
            spans_s[packet.stream_index] = (min(known[0], first_s), max(known[1], last_s))
        if is_picture and packet.size:
            shown_s = None if packet.pts is None else float(packet.pts * packet.time_base)
            taker.take(shown_s, packet.size, is_key=packet.is_keyframe)
        if frame is None and number > _PACKETS_TO_FIRST_FRAME:
            break
        if frame is not None and not to_the_end:
            break
    if frame is None:
        raise UnusableError("unreadable", "no frame")
    picture_end_s = spans_s.get(picture.index, (0.0, end_s))[1]
    return _Read(frame, end_s, spans_s, is_corrupt, is_trimmed, taker.pace(picture_end_s))


def _length_s(read: _Read, picture_index: int, sound: SoundTrack | None) -> float:
    """What can be shown or heard: a stream that begins in the middle shows nothing before its first key frame."""
    first_s, end_s = read.spans_s.get(picture_index, (0.0, read.end_s))
    if read.pace.first_key_s < math.inf and not read.is_trimmed:
        first_s = max(first_s, read.pace.first_key_s)
    if sound is not None:
        sound_first_s, sound_end_s = read.spans_s[sound.index]
        first_s, end_s = min(first_s, sound_first_s), max(end_s, sound_end_s)
    return max(0.0, end_s - first_s)


def _shown_px(stream: VideoStream, rotation: int) -> tuple[int, int]:
    shape = stream.sample_aspect_ratio
    width_px = round(stream.width * shape) if shape else stream.width
    return (stream.height, width_px) if rotation % 180 else (width_px, stream.height)


def _has_gps(container: av.container.InputContainer) -> bool:
    tags = [container.metadata, *(stream.metadata for stream in container.streams)]
    names = {name.lower() for metadata in tags for name in metadata}
    return any(name.startswith("location") or ".location" in name or "gps" in name for name in names)
