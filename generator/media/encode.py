"""Videos as H.264 and AAC: one decode, every rendition, in a child with limits."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import Any, BinaryIO

import ffmpeg as commands

from generator.media import sandbox
from generator.media.content import HEAD_BYTES, VIDEOS, Content, content_of
from generator.media.derivatives import Derivative, Shelf, VideoSet
from generator.media.recipe import Rendition, VideoRecipe, planned
from generator.media.refusals import ToolFailedError, UnusableError
from generator.media.tools import ffmpeg
from generator.media.videos import MAX_PIXELS, Look, look_at, restraints

MEMORY_BYTES = 4 * sandbox.GIB
_THREADS = 2  # fixed: x264 writes other bytes for another number
_CPU_S_BASE, _CPU_S_EACH = 120, 60
_WALL_S_BASE, _WALL_S_EACH = 120.0, 60.0
_SHORTER_S, _SHORTER_SHARE = 1.0, 0.03
_CONTAINER_SHARE = 1.2

QUIET = ["-nostdin", "-hide_banner", "-loglevel", "error", "-xerror"]


def source_node(path: Path, content: Content, **more: str | float) -> Any:
    """The input of a command: the file at *path*, under every restraint, with *more* options."""
    options: dict[str, str | float] = {**restraints(content), "max_pixels": MAX_PIXELS, "threads": _THREADS}
    return commands.input(f"file:{path.absolute()}", **options, **more)


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """A rendition to make, its size, and where to write it."""

    rendition: Rendition
    size_px: tuple[int, int]
    path: Path


def command(path: Path, content: Content, look: Look, recipe: VideoRecipe, targets: list[Target]) -> list[str]:
    """The ffmpeg command that makes every target from one decode of the video at *path*."""
    source = source_node(path, content, f=look.demuxer)
    picture = source["V:0"].filter("yadif", deint="interlaced")
    # Drops frames above the limit and never adds one: -r and fps= fill a gap of hours with frames,
    # and ffmpeg 9 refuses -fpsmax beside -fps_mode vfr.
    step_s = 0.97 / recipe.frame_rate_limit
    picture = picture.filter("select", f"isnan(prev_selected_t)+gte(t-prev_selected_t,{step_s:.6f})")
    copies = picture.filter_multi_output("split", len(targets)) if len(targets) > 1 else None
    outputs = [
        commands.output(
            *_tracks(copies[index] if copies is not None else picture, target, look, source),
            f"file:{target.path.absolute()}",
            **_output_options(target, look, recipe),
        )
        for index, target in enumerate(targets)
    ]
    compiled: list[str] = commands.compile(
        commands.merge_outputs(*outputs), cmd=[str(ffmpeg().path), *QUIET], overwrite_output=True
    )
    return compiled


def _tracks(picture: Any, target: Target, look: Look, source: Any) -> list[Any]:
    width_px, height_px = target.size_px
    scaled = picture.filter(
        "scale",
        width_px,
        height_px,
        flags="bicubic",
        in_color_matrix=look.matrix,
        out_color_matrix="bt709",
        out_range="tv",
    )
    # The encoder's own colour options give way to what the frames say, so the frames must say it.
    tags = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}
    shown = scaled.filter("setsar", "1").filter("format", "yuv420p").filter("setparams", **tags)
    return [shown, source["a:0"]] if look.facts.has_sound else [shown]


def _output_options(target: Target, look: Look, recipe: VideoRecipe) -> dict[str, Any]:
    rendition = target.rendition
    sound = (
        {"c:a": "aac", "b:a": f"{recipe.audio_kbps}k", "ac": 2, "ar": recipe.audio_hz} if look.facts.has_sound else {}
    )
    return {
        "c:v": "libx264",
        "preset": recipe.preset,
        "crf": rendition.crf,
        "profile:v": recipe.profile,
        "level:v": recipe.level,
        "maxrate": f"{rendition.max_kbps}k",
        "bufsize": f"{rendition.buffer_kbits}k",
        "force_key_frames": f"expr:gte(t,n_forced*{recipe.key_frame_every_s:g})",
        "fps_mode": "vfr",
        "threads": _THREADS,
        **sound,
        "sn": None,
        "dn": None,
        "map_metadata": -1,
        "map_chapters": -1,
        "fflags": "+bitexact",
        "flags:v": "+bitexact",
        "flags:a": "+bitexact",
        "movflags": "+faststart",
        "t": f"{look.facts.duration_s + _SHORTER_S:.3f}",
        "fs": file_limit_bytes(rendition, recipe, look.facts.duration_s),
        "f": "mp4",
    }


def file_limit_bytes(rendition: Rendition, recipe: VideoRecipe, duration_s: float) -> int:
    """A size that no honest rendition of that length reaches; ffmpeg stops writing there."""
    kbps = rendition.max_kbps + recipe.audio_kbps
    return int((kbps * (duration_s + 10) + rendition.buffer_kbits) * 125 * _CONTAINER_SHARE) + sandbox.MIB


def make_renditions(path: Path, file: BinaryIO, recipe: VideoRecipe, shelf: Shelf) -> VideoSet:
    """Put every rendition worth making on the shelf; the poster is another job's.

    Raises:
        UnusableError: the video cannot be used.
        ToolFailedError: ffmpeg was ended by a limit or a signal, or wrote less than the video holds.
        ToolError: there is no ffmpeg.
    """
    content = content_of(file.read(HEAD_BYTES))
    if content not in VIDEOS:
        raise UnusableError("wrong-content", content)
    look = look_at(path, file, content, to_the_end=False)
    facts = look.facts
    made: list[Derivative] = []
    with contextlib.ExitStack() as stack:
        targets = [
            Target(rendition, size_px, stack.enter_context(shelf.writing(rendition.name, "video/mp4")))
            for rendition, size_px in planned((facts.width_px, facts.height_px), recipe.renditions)
        ]
        _encode(command(path, content, look, recipe, targets), targets, recipe, facts.duration_s, path)
        for target in targets:
            _check_length(target.path, facts.duration_s)
            size_bytes = target.path.stat().st_size
            made.append(shelf.describe(target.rendition.name, "video/mp4", size_bytes, target.size_px))
    return VideoSet(
        width_px=facts.width_px, height_px=facts.height_px, duration_s=facts.duration_s, files=tuple(made), poster=None
    )


def _encode(argv: list[str], targets: list[Target], recipe: VideoRecipe, duration_s: float, path: Path) -> None:
    child = sandbox.run(
        argv,
        wall_s=_WALL_S_BASE + _WALL_S_EACH * duration_s,
        cpu_s=int(_CPU_S_BASE + _CPU_S_EACH * duration_s),
        memory_bytes=MEMORY_BYTES,
        # faststart writes the table a second time at the front, so a little more than -fs allows.
        file_bytes=max(file_limit_bytes(target.rendition, recipe, duration_s) for target in targets) + 64 * sandbox.MIB,
    )
    if child.is_stopped:
        raise ToolFailedError(f"ffmpeg {child.reason}")
    if not child.is_ok:
        # Authors read these words; they need the file's name and not where this machine keeps it.
        raise UnusableError("unreadable", child.reason.replace(f"file:{path.absolute()}", path.name))


def _check_length(path: Path, duration_s: float) -> None:
    """Compare the lengths: ffmpeg exits with 0 when its size limit cut the output."""
    with path.open("rb") as file:
        made_s = look_at(path, file, "mp4", to_the_end=False).facts.duration_s
    if duration_s - made_s > max(_SHORTER_S, _SHORTER_SHARE * duration_s):
        raise ToolFailedError(f"ffmpeg wrote {made_s:.1f} s of {duration_s:.1f} s")
