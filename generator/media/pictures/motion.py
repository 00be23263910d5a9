"""A moving GIF as a silent video that can run in a loop: a tenth of the bytes, and people can stop it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from generator.media.children import sandbox
from generator.media.derivatives import Derivative, Shelf
from generator.media.pictures.gif import Gif, read_gif
from generator.media.recipe import MotionRecipe
from generator.media.refusals import ToolFailedError
from generator.media.tools import ffmpeg

_MEMORY_BYTES = 3 * sandbox.GIB
_WALL_S, _CPU_S = 240.0, 120

_BARE = ["-nostdin", "-hide_banner", "-loglevel", "error", "-xerror", "-protocol_whitelist", "file"]
# Its own demuxer alone, once through.
_AS_GIF = ["-f", "gif", "-format_whitelist", "gif", "-ignore_loop", "1"]
# The delays of `gif.Gif`: ffmpeg 9 has an option for them, -min_delay, that does nothing.
_TIMES = "setpts='if(eq(N,0),0,PREV_OUTPTS+if(lt(PTS-PREV_INPTS,2),10,PTS-PREV_INPTS))'"
_CLEAN = ["-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]


def make_motion(path: Path, file: BinaryIO, recipe: MotionRecipe, shelf: Shelf) -> Derivative | None:
    """Put the movement of the GIF at *path* on the shelf, every frame as long as browsers show it.

    None for one that stands still, or whose frames are too large, or that ffmpeg does not take: its first
    frame is shown then. What lies beyond the limits of the recipe is cut off.

    Raises:
        UnusableError: it is no GIF, or is cut short.
        ToolFailedError: ffmpeg was ended by a limit or a signal.
        ToolError: there is no ffmpeg.
    """
    gif = read_gif(file)
    frames = frames_kept(gif, recipe)
    if not gif.is_animated or frames < 2:
        return None
    size_px = _size_px(gif, recipe)
    try:
        with shelf.writing("motion", "video/mp4") as target:
            _encode(path, _command(path, gif, frames, size_px, recipe, target), target, recipe)
            size_bytes = target.stat().st_size
    except _NotTakenError:
        return None
    return shelf.describe("motion", "video/mp4", size_bytes, size_px)


class _NotTakenError(Exception):
    """ffmpeg refused the file by itself; what it wrote is thrown away."""


def _encode(path: Path, command: list[str], target: Path, recipe: MotionRecipe) -> None:
    child = sandbox.run(
        command,
        wall_s=_WALL_S,
        cpu_s=_CPU_S,
        memory_bytes=_MEMORY_BYTES,
        file_bytes=2 * recipe.bytes_limit,
        reads=[path],
        writes=[target],
    )
    if child.is_stopped or (not child.is_ok and child.is_starved):
        raise ToolFailedError(child.reason)
    if not child.is_ok:
        raise _NotTakenError


def frames_kept(gif: Gif, recipe: MotionRecipe) -> int:
    """How many frames of it are shown: those that begin within the longest duration, and that may be drawn."""
    canvas_pixels = gif.width_px * gif.height_px
    if not 0 < canvas_pixels <= recipe.canvas_pixels_limit:
        return 0
    drawable = recipe.pixels_limit // canvas_pixels
    begins_cs = kept = 0
    for delay_cs in gif.delays_cs[:drawable]:
        if begins_cs >= recipe.duration_limit_s * 100:
            break
        kept += 1
        begins_cs += delay_cs
    return kept


def _size_px(gif: Gif, recipe: MotionRecipe) -> tuple[int, int]:
    share = min(1.0, recipe.width_limit_px / gif.width_px, recipe.height_limit_px / gif.height_px)
    width_px, height_px = (max(2, int(side * share + 1e-6) // 2 * 2) for side in (gif.width_px, gif.height_px))
    return width_px, height_px


def _command(
    path: Path, gif: Gif, frames: int, size_px: tuple[int, int], recipe: MotionRecipe, target: Path
) -> list[str]:
    width_px, height_px = size_px
    shown_s = min(sum(gif.delays_cs[:frames]) / 100, float(recipe.duration_limit_s))
    picture = (
        f"[0:v:0]{_TIMES},scale={width_px}:{height_px}:flags=area,format=rgba,split[above][below];"
        f"[below]drawbox=color={recipe.backdrop}@1:thickness=fill:replace=1[paper];"
        "[paper][above]overlay=format=rgb,scale=out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p,"
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv[shown]"
    )
    source = [
        *_AS_GIF,
        "-max_pixels",
        str(recipe.canvas_pixels_limit),
        "-threads",
        "1",
        "-i",
        f"file:{path.absolute()}",
    ]
    # The frames' own times in hundredths of a second, none added and none dropped.
    timing = ["-fps_mode", "passthrough", "-enc_time_base", "1:100", "-video_track_timescale", "1000"]
    # Without frames out of order, the last one lasts as long as it says.
    encoder = ["-c:v", "libx264", "-preset", recipe.preset, "-crf", str(recipe.crf), "-bf", "0"]
    limits = ["-frames:v", str(frames), "-t", f"{shown_s:.2f}", "-fs", str(recipe.bytes_limit)]
    fixed = ["-threads", "1", "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4", "-y"]
    return [
        str(ffmpeg().path), *_BARE, *source, "-filter_complex_threads", "1", "-filter_complex", picture,
        "-map", "[shown]", *_CLEAN, *timing, *encoder, *limits, *fixed, f"file:{target.absolute()}",
    ]  # fmt: skip
