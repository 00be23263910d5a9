"""A video from its original to what is published: encoded or copied in one run of ffmpeg, and then checked."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import BinaryIO

from generator.media.children import sandbox
from generator.media.content import HEAD_BYTES, VIDEOS, content_of
from generator.media.derivatives import Derivative, Shelf, Still, VideoSet
from generator.media.recipe import VideoRecipe
from generator.media.refusals import ToolFailedError, UnusableError
from generator.media.tools import can_tone_map, ffmpeg
from generator.media.video import stills
from generator.media.video.conforming import objections
from generator.media.video.graph import (
    Frames,
    Source,
    Target,
    copy_command,
    file_limit_bytes,
    loudness_command,
    renditions_command,
)
from generator.media.video.look import look_at
from generator.media.video.loudness import (
    Correction,
    Loudness,
    corrected_again,
    correction_for,
    is_fit,
    is_near,
    loudness_in,
)
from generator.media.video.renditions import planned, poster_tries_s
from generator.media.video.storyboard import make_storyboard
from generator.media.video.tone import is_hdr

MEMORY_BYTES = 4 * sandbox.GIB
_CPU_S_BASE, _CPU_S_EACH = 120, 60
_WALL_S_BASE, _WALL_S_EACH = 120.0, 60.0
_SHORTER_S = 0.1
_ROUNDS = 3  # in which a limiter's loss is given back: speech with sharp peaks needs them all
_RAW_BYTES = 256 * sandbox.MIB


def make_renditions(path: Path, file: BinaryIO, recipe: VideoRecipe, shelf: Shelf) -> VideoSet:
    """Put every rendition worth making on the shelf, the storyboard and the still; its poster is another job's.

    A video that plays everywhere as it is gives one rendition, a copy without its metadata. (What an encoder
    wrote into the pictures themselves, such as the settings that x264 leaves there, stays in a copy.)

    Raises:
        UnusableError: the video cannot be used.
        ToolFailedError: ffmpeg was ended by a limit or a signal, or wrote less than the video holds.
        ToolError: there is no ffmpeg.
    """
    content = content_of(file.read(HEAD_BYTES))
    if content not in VIDEOS:
        raise UnusableError("wrong-content", content)
    source = Source(path=path, content=content, look=look_at(path, file, content, to_the_end=True))
    with shelf.scratch() as folder:
        loudness = _measured(source, recipe, Correction(), folder) if source.sound else None
        if loudness is None:
            source = dataclasses.replace(source, look=dataclasses.replace(source.look, sound=None))
        frames = _frames(source, recipe, folder)
        targets = _copied(source, recipe, frames, loudness, folder)
        if targets is None:
            targets = _encoded(source, recipe, frames, loudness, folder)
        files = tuple(_shelved(target, shelf) for target in targets)
        return _video(source, files, recipe, frames, shelf)


def _video(
    source: Source, files: tuple[Derivative, ...], recipe: VideoRecipe, frames: Frames, shelf: Shelf
) -> VideoSet:
    facts = source.look.facts
    board = None
    if frames.tiles and recipe.storyboard:
        board = make_storyboard(stills.frames_in(frames.tiles), facts.duration_s, recipe.storyboard, shelf)
    return VideoSet(
        width_px=facts.width_px,
        height_px=facts.height_px,
        duration_s=facts.duration_s,
        files=files,
        poster=None,
        storyboard=board[0] if board else None,
        sprite=board[1] if board else None,
        still=_still(frames, recipe, shelf),
    )


def _still(frames: Frames, recipe: VideoRecipe, shelf: Shelf) -> Still | None:
    if frames.stills is None or recipe.poster is None:
        return None
    frame = stills.chosen(frames.stills, frames.moments_s, recipe.poster.least_deviation)
    if frame is None:
        return None
    data = stills.lossless(frame.image)
    file = shelf.put("still", "image/webp", data, frame.size_px)
    return Still(file=file, sha256=hashlib.sha256(data).hexdigest())


def _frames(source: Source, recipe: VideoRecipe, folder: Path) -> Frames:
    length_s = source.look.length_s
    board, poster = recipe.storyboard, recipe.poster
    return Frames(
        moments_s=poster_tries_s(length_s, poster) if poster and length_s > 0 else (0.0,),
        stills=folder / "stills.nut" if poster else None,
        tiles=folder / "tiles.nut" if board and length_s >= board.shortest_s else None,
    )


def _measured(source: Source, recipe: VideoRecipe, correction: Correction, folder: Path) -> Loudness | None:
    """The loudness after a correction; None where not a single sample could be decoded."""
    argv = loudness_command(source, recipe.sound, correction, program=ffmpeg().path)
    return loudness_in(_run(argv, source, folder, sandbox.MIB))


def _correction(source: Source, recipe: VideoRecipe, loudness: Loudness | None, folder: Path) -> Correction:
    if loudness is None:
        return Correction()
    correction = correction_for(loudness, recipe.sound)
    for _ in range(_ROUNDS if correction.is_limited else 0):
        limited = _measured(source, recipe, correction, folder)
        if limited is None or is_near(limited, recipe.sound):
            break
        correction = corrected_again(correction, limited, recipe.sound)
    return correction


def _copied(
    source: Source, recipe: VideoRecipe, frames: Frames, loudness: Loudness | None, folder: Path
) -> tuple[Target, ...] | None:
    """The video as it is; None where it must be encoded, or its copy turns out to be unsound."""
    if not recipe.copies_conforming or objections(source.look, recipe):
        return None
    rendition, size_px = planned(source.look.picture.stored_px, recipe.renditions)[0]
    target = Target(rendition=rendition, size_px=size_px, path=folder / f"{rendition.name}.mp4")
    is_kept = loudness is not None and is_fit(loudness, recipe.sound)
    correction = None if is_kept else _correction(source, recipe, loudness, folder)
    argv = copy_command(source, recipe, target, frames, correction, program=ffmpeg().path)
    try:
        _run(argv, source, folder, file_limit_bytes(rendition, recipe, source.look))
        _check(target, source, is_copy=True)
    except (UnusableError, ToolFailedError):
        return None  # encoding tells what is wrong with it, or mends it
    return (target,)


def _encoded(
    source: Source, recipe: VideoRecipe, frames: Frames, loudness: Loudness | None, folder: Path
) -> tuple[Target, ...]:
    facts = source.look.facts
    targets = tuple(
        Target(rendition=rendition, size_px=size_px, path=folder / f"{rendition.name}.mp4")
        for rendition, size_px in planned((facts.width_px, facts.height_px), recipe.renditions)
    )
    argv = renditions_command(
        source,
        recipe,
        targets,
        frames,
        _correction(source, recipe, loudness, folder),
        program=ffmpeg().path,
        can_tone_map=is_hdr(source.look.picture) and can_tone_map(),
    )
    _run(argv, source, folder, max(file_limit_bytes(target.rendition, recipe, source.look) for target in targets))
    for target in targets:
        _check(target, source, is_copy=False)
    return targets


def _run(argv: list[str], source: Source, folder: Path, file_bytes: int) -> str:
    """Run ffmpeg on the source, writing into *folder*; gives what it said."""
    length_s = source.look.length_s
    child = sandbox.run(
        argv,
        wall_s=_WALL_S_BASE + _WALL_S_EACH * length_s,
        cpu_s=int(_CPU_S_BASE + _CPU_S_EACH * length_s),
        memory_bytes=MEMORY_BYTES,
        # faststart writes the table a second time at the front, so a little more than -fs allows.
        file_bytes=max(file_bytes + 64 * sandbox.MIB, _RAW_BYTES),
        reads=[source.path],
        writes=[folder],
    )
    if child.is_stopped or (not child.is_ok and child.is_starved):
        raise ToolFailedError(f"ffmpeg: {child.reason}".replace(source.name, source.path.name))
    if not child.is_ok:
        # Authors read these words; they need the file's name and not where this machine keeps it.
        raise UnusableError("unreadable", child.reason.replace(source.name, source.path.name))
    return child.complaint


def _check(target: Target, source: Source, *, is_copy: bool) -> None:
    """Open what was made: ffmpeg exits with 0 when its size limit cut the output, and copies what it cannot read."""
    expected = source.look
    with target.path.open("rb") as file:
        made = look_at(target.path, file, "mp4", to_the_end=True)
    if made.picture.stored_px != target.size_px:
        raise ToolFailedError(f"ffmpeg wrote {made.picture.stored_px}, not {target.size_px}")
    if expected.sound is not None and made.sound is None:
        raise ToolFailedError("ffmpeg wrote no sound")
    rate_hz = expected.facts.frame_rate
    allowed_s = _SHORTER_S if is_copy or rate_hz <= 0 else max(_SHORTER_S, 1 / rate_hz)
    shorter_s = expected.length_s - made.length_s
    if shorter_s > allowed_s or (is_copy and -shorter_s > allowed_s):
        raise ToolFailedError(f"ffmpeg wrote {made.length_s:.2f} s of {expected.length_s:.2f} s")


def _shelved(target: Target, shelf: Shelf) -> Derivative:
    name = target.rendition.name
    size_bytes = target.path.stat().st_size
    with shelf.writing(name, "video/mp4") as place:
        target.path.replace(place)
    return shelf.describe(name, "video/mp4", size_bytes, target.size_px)
