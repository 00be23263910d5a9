"""The still shown before a video plays: a frame with something on it, as a picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import ffmpeg as commands
from PIL import ImageStat

from generator.media import sandbox
from generator.media.cascade import make_pictures
from generator.media.content import HEAD_BYTES, VIDEOS, Content, content_of
from generator.media.derivatives import PictureSet, Shelf
from generator.media.encode import MEMORY_BYTES, QUIET, source_node
from generator.media.images import opened_picture
from generator.media.recipe import PosterRecipe, Rendition, fitted_px, poster_tries_s
from generator.media.refusals import ToolFailedError, UnusableError
from generator.media.tools import ffmpeg
from generator.media.videos import Look, look_at

_BOX = Rendition(name="poster", short_px=1080, long_px=1920, crf=0, max_kbps=0, buffer_kbits=0)
_WALL_S, _CPU_S = 60.0, 60
_PNG_BYTES = 32 * sandbox.MIB
_MEASURED_PX = (64, 64)


def make_poster(path: Path, file: BinaryIO, recipe: PosterRecipe, shelf: Shelf) -> PictureSet:
    """Put a still of the video on the shelf: the first of the recipe's moments that is not near-uniform.

    Where every moment is near-uniform, the most varied of them.

    Raises:
        UnusableError: the video cannot be used, or shows no frame at any of the moments.
        ToolFailedError: ffmpeg was ended by a limit or a signal each time.
        ToolError: there is no ffmpeg.
    """
    content = content_of(file.read(HEAD_BYTES))
    if content not in VIDEOS:
        raise UnusableError("wrong-content", content)
    look = look_at(path, file, content, to_the_end=False)
    best: tuple[float, bytes] | None = None
    is_stopped = False
    for moment_s in poster_tries_s(look.facts.duration_s, recipe):
        child = sandbox.run(
            _command(path, content, look, moment_s),
            wall_s=_WALL_S,
            cpu_s=_CPU_S,
            memory_bytes=MEMORY_BYTES,
            file_bytes=_PNG_BYTES,
            capture=True,
        )
        is_stopped = is_stopped or child.is_stopped
        if not child.is_ok or not child.stdout:
            continue
        deviation = deviation_of(child.stdout)
        if best is None or deviation > best[0]:
            best = (deviation, child.stdout)
        if deviation >= recipe.least_deviation:
            break
    if best is None and is_stopped:
        raise ToolFailedError("ffmpeg was ended at every still")
    if best is None:
        raise UnusableError("unreadable", "no frame")
    return make_pictures(io.BytesIO(best[1]), recipe.picture, shelf)


def _command(path: Path, content: Content, look: Look, moment_s: float) -> list[str]:
    width_px, height_px = fitted_px((look.facts.width_px, look.facts.height_px), _BOX)
    still = (
        source_node(path, content, f=look.demuxer, ss=f"{moment_s:.3f}")["V:0"]
        .filter("yadif", deint="interlaced")
        .filter("scale", width_px, height_px, in_color_matrix=look.matrix, out_range="pc")
        .filter("setsar", "1")
        .filter("format", "rgb24")
    )
    # PNG, since the mjpeg encoder of ffmpeg 9 refuses limited range. FINDINGS: §4.
    options = {"frames:v": 1, "c:v": "png", "f": "image2pipe", "map_metadata": -1, "threads": 1}
    compiled: list[str] = commands.compile(
        commands.output(still, "pipe:1", **options), cmd=[str(ffmpeg().path), *QUIET]
    )
    return compiled


def deviation_of(png: bytes) -> float:
    """How much the brightness of a still varies, 0 for one colour, at most 127.5.

    Raises:
        UnusableError: it is no picture.
    """
    with opened_picture(io.BytesIO(png)) as image:
        return float(ImageStat.Stat(image.convert("L").resize(_MEASURED_PX)).stddev[0])
