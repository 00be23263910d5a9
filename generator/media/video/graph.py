"""The commands that ffmpeg gets for a video: every rendition from one decode, or a copy; stills and tiles beside."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import ffmpeg as commands

from generator.media.children import sandbox
from generator.media.content import Content
from generator.media.recipe import Rendition, SoundRecipe, StoryboardRecipe, VideoRecipe
from generator.media.video import loudness, tone
from generator.media.video.look import MAX_PIXELS, Look, restraints
from generator.media.video.loudness import Correction
from generator.media.video.renditions import fitted_px, tile_every_s

_DECODER_THREADS = 2
# One for each rendition, and the renditions run beside each other: with two, x264 under a binding maxrate wrote other
# bytes in one run of eight on a busy machine.
_ENCODER_THREADS = 1
_LONGER_S = 1.0
_CONTAINER_SHARE = 1.2
_KEY_FRAMES_SHOW_ENOUGH_S = 3.0  # x264 left alone makes one in ten seconds: the first, and that is often black
_QUIET = ["-nostdin", "-hide_banner", "-loglevel"]
# A stream of a camera or a broadcast begins and ends wherever it was cut, so a few frames cannot be decoded:
# that is told by their share. In a file with a table, the first error is damage.
_STREAMS: frozenset[Content] = frozenset({"mpegts", "mpeg"})
_FAILING_SHARE = "0.02"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The video that is worked on."""

    path: Path
    content: Content
    look: Look

    @property
    def name(self) -> str:
        """How ffmpeg is told of the file, and tells of it."""
        return f"file:{self.path.absolute()}"

    @property
    def sound(self) -> str | None:
        """How ffmpeg is told of the track of sound that is published; None where there is none."""
        return str(self.look.sound.index) if self.look.sound else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A rendition to make, its size, and where to write it."""

    rendition: Rendition
    size_px: tuple[int, int]
    path: Path


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Where to write raw frames for the poster and the storyboard; None where none are wanted."""

    moments_s: tuple[float, ...]
    stills: Path | None
    tiles: Path | None


def renditions_command(
    source: Source,
    recipe: VideoRecipe,
    targets: tuple[Target, ...],
    frames: Frames,
    correction: Correction,
    *,
    program: Path,
    can_tone_map: bool,
) -> list[str]:
    """Every target from one decode, and the raw frames; each size is cut from the next larger."""
    look = source.look
    node = _node(source)
    picture = node["V:0"]
    if look.sound is None:
        picture = picture.filter("setpts", "PTS-STARTPTS")
    # Drops frames above the limit and never adds one: -r and fps= fill a gap of hours with frames,
    # and ffmpeg 9 refuses -fpsmax beside -fps_mode vfr.
    step = 0.97 / recipe.frame_rate_limit
    picture = picture.filter("select", f"isnan(prev_selected_t)+gte(t-prev_selected_t,{step:.6f})")
    outputs: list[Any] = []
    sounds = [None] * len(targets) if source.sound is None else _sounds(node, source, correction, recipe, len(targets))
    wants = [bool(frames.stills), bool(frames.tiles)]
    current = tone.shown(picture, look.picture, targets[0].size_px, can_tone_map=can_tone_map)
    for number, (target, sound) in enumerate(zip(targets, sounds, strict=True)):
        is_last = number == len(targets) - 1
        if number:
            current = current.filter("scale", *target.size_px, flags="bicubic")
        branches = _fanned(current, 1 + (not is_last) + (number == 0 and wants[0]) + (is_last and wants[1]))
        tracks = [track for track in (branches.pop(), sound) if track is not None]
        outputs.append(commands.output(*tracks, _name(target.path), **_encoding(target, look, recipe)))
        if number == 0 and frames.stills:
            outputs.append(_stills(branches.pop(), frames.moments_s, frames.stills, look))
        if is_last and frames.tiles and recipe.storyboard:
            outputs.append(_tiles(branches.pop(), target.size_px, recipe.storyboard, frames.tiles, look))
        current = None if is_last else branches.pop()
    return _compiled(outputs, program, _strictness(source.content))


def copy_command(
    source: Source,
    recipe: VideoRecipe,
    target: Target,
    frames: Frames,
    correction: Correction | None,
    *,
    program: Path,
) -> list[str]:
    """The picture as it is, in a container of our own; the sound, too, where there is no *correction*.

    The raw frames are key frames, and nothing else is decoded, where those come often enough to show the video.
    """
    has_enough = source.look.pace is not None and source.look.pace.longest_group_s <= _KEY_FRAMES_SHOW_ENOUGH_S
    node = _node(source, **({"skip_frame": "nokey"} if has_enough else {}))
    tracks = [node["V:0"]]
    sound: dict[str, Any] = {}
    if source.sound is not None and correction is None:
        tracks.append(node[source.sound])
        sound = {"c:a": "copy"}
    elif source.sound is not None and correction is not None:
        tracks.extend(_sounds(node, source, correction, recipe, 1))
        sound = _sound_encoding(recipe.sound)
    options = {
        "c:v": "copy",
        # Notes beside the picture: cameras of the AVCHD kind write place and time into them, x264 its settings.
        "bsf:v": "filter_units=remove_types=6",
        **sound,
        **_container(source.look, file_limit_bytes(target.rendition, recipe, source.look)),
    }
    outputs = [commands.output(*tracks, _name(target.path), **options)]
    branches = []
    if frames.stills or frames.tiles:
        picture = tone.shown(node["V:0"], source.look.picture, target.size_px, can_tone_map=False)
        branches = _fanned(picture, bool(frames.stills) + bool(frames.tiles))
    if frames.stills:
        outputs.append(_stills(branches.pop(), frames.moments_s, frames.stills, source.look))
    if frames.tiles and recipe.storyboard:
        outputs.append(_tiles(branches.pop(), target.size_px, recipe.storyboard, frames.tiles, source.look))
    return _compiled(outputs, program, _strictness(source.content))


def loudness_command(source: Source, recipe: SoundRecipe, correction: Correction, *, program: Path) -> list[str]:
    """Decodes the sound alone, corrects it and reports its loudness at the end; `loudness.loudness_in` reads that."""
    node = _node(source)
    sound = loudness.sounding(node[source.sound], correction, recipe)
    # framelog: one word less would be a line for each tenth of a second; ffmpeg 5.1 does not know "quiet".
    measured = sound.filter("ebur128", peak="true", framelog="verbose")
    return _compiled([commands.output(measured, "-", f="null")], program, _strictness(source.content), level="info")


def file_limit_bytes(rendition: Rendition, recipe: VideoRecipe, look: Look) -> int:
    """A size that no honest rendition of that length reaches; ffmpeg stops writing there."""
    kbps = rendition.max_kbps + recipe.sound.kbps
    return int((kbps * (look.length_s + 10) + rendition.buffer_kbits) * 125 * _CONTAINER_SHARE) + sandbox.MIB


def _node(source: Source, **more: str) -> Any:
    """The input of a command: the file under every restraint, with *more* options."""
    options: dict[str, str | float] = {
        **restraints(source.content),
        "max_pixels": MAX_PIXELS,
        "threads": _DECODER_THREADS,
    }
    return commands.input(source.name, **options, f=source.look.demuxer, **more)


def _name(path: Path) -> str:
    return f"file:{path.absolute()}"


def _strictness(content: Content) -> list[str]:
    return ["-max_error_rate", _FAILING_SHARE] if content in _STREAMS else ["-xerror"]


def _compiled(outputs: list[Any], program: Path, strictness: list[str], level: str = "error") -> list[str]:
    compiled: list[str] = commands.compile(
        commands.merge_outputs(*outputs),
        cmd=[str(program), *_QUIET, level, "-nostats", *strictness],
        overwrite_output=True,
    )
    return compiled


def _fanned(node: Any, count: int, name: str = "split") -> list[Any]:
    if count == 1:
        return [node]
    copies = node.filter_multi_output(name, count)
    return [copies[number] for number in range(count)]


def _sounds(node: Any, source: Source, correction: Correction, recipe: VideoRecipe, count: int) -> list[Any]:
    return _fanned(loudness.sounding(node[source.sound], correction, recipe.sound), count, "asplit")


def _stills(picture: Any, moments_s: tuple[float, ...], path: Path, look: Look) -> Any:
    """The first frame at or after each moment."""
    wanted = "+".join(f"gte(t,{at_s:.3f})*not(gte(prev_selected_t,{at_s:.3f}))" for at_s in sorted(set(moments_s)))
    still = picture.filter("select", wanted).filter("format", "rgb24")
    return _raw(still, path, look)


def _tiles(picture: Any, size_px: tuple[int, int], recipe: StoryboardRecipe, path: Path, look: Look) -> Any:
    """The first frame of each step; a step without a frame has none, so a gap of hours costs nothing."""
    every_s = tile_every_s(look.length_s, recipe)
    wanted = f"isnan(prev_selected_t)+gt(floor(t/{every_s:.6f}),floor(prev_selected_t/{every_s:.6f}))"
    tile_px = fitted_px(size_px, short_px=recipe.tile_short_px, long_px=recipe.tile_long_px)
    tile = picture.filter("select", wanted).filter("scale", *tile_px, flags="area")
    return _raw(tile.filter("format", "rgb24"), path, look)


def _raw(picture: Any, path: Path, look: Look) -> Any:
    options = {"c:v": "rawvideo", "fps_mode": "passthrough", "f": "nut", **_clean(look)}
    return commands.output(picture, _name(path), **options)


def _clean(look: Look) -> dict[str, Any]:
    return {
        "sn": None,
        "dn": None,
        "map_metadata": -1,
        "map_chapters": -1,
        "fflags": "+bitexact",
        "t": f"{look.length_s + _LONGER_S:.3f}",
    }


def _container(look: Look, limit_bytes: int) -> dict[str, Any]:
    return {**_clean(look), "movflags": "+faststart", "fs": limit_bytes, "f": "mp4"}


def _encoding(target: Target, look: Look, recipe: VideoRecipe) -> dict[str, Any]:
    rendition = target.rendition
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
        "threads": _ENCODER_THREADS,
        "flags:v": "+bitexact",
        **(_sound_encoding(recipe.sound) if look.sound else {}),
        **_container(look, file_limit_bytes(rendition, recipe, look)),
    }


def _sound_encoding(recipe: SoundRecipe) -> dict[str, Any]:
    return {"c:a": "aac", "b:a": f"{recipe.kbps}k", "ac": 2, "ar": recipe.hz, "flags:a": "+bitexact"}
