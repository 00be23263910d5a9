"""May a video be published as its author encoded it? FINDINGS: §4."""

from __future__ import annotations

import math
from collections.abc import Iterator

from generator.media.recipe import VideoRecipe
from generator.media.video.look import Look
from generator.media.video.renditions import planned

_PROFILES = frozenset({"Constrained Baseline", "Baseline", "Main", "High"})
_HIGHEST_LEVEL = 41
_FASTEST_HZ = 60.5
_UNEVEN = 0.25  # of a mean step: containers round times to a millisecond
_LONGEST_GROUP_S = 10.1
_SDR = frozenset({1, 2, 5, 6})  # BT.709, unspecified, BT.601: of primaries and transfer. ISO/IEC 23091-2
_SDR_MATRICES = frozenset({"bt709", "bt470bg", "smpte170m"})


def objections(look: Look, recipe: VideoRecipe) -> tuple[str, ...]:
    """Why a video must be encoded anew, in short codes; empty where a copy plays everywhere and costs less.

    The look must have read to the end.
    """
    return tuple(_objections(look, recipe))


def _objections(look: Look, recipe: VideoRecipe) -> Iterator[str]:
    picture, sound = look.picture, look.sound
    if look.demuxer != "mov":
        yield "container"
    if look.is_trimmed:  # a copy would bring back what its author cut away
        yield "trimmed"
    if picture.codec != "h264" or picture.profile not in _PROFILES or not 0 < picture.level <= _HIGHEST_LEVEL:
        yield "codec"
    if picture.pixels != "yuv420p" or picture.is_full_range:
        yield "pixels"
    if picture.is_interlaced:
        yield "interlaced"
    if picture.is_turned or not picture.has_square_pixels:
        yield "turned"
    if {picture.primaries, picture.transfer} - _SDR or picture.matrix not in _SDR_MATRICES:
        yield "colours"
    if sound is not None and (sound.codec != "aac" or sound.profile != "LC" or not 1 <= sound.channels <= 2):
        yield "sound"
    rendition, size_px = planned(picture.stored_px, recipe.renditions)[0]
    if size_px != picture.stored_px:
        yield "size"
    yield from _objections_to_pace(look, rendition.max_kbps)


def _objections_to_pace(look: Look, max_kbps: int) -> Iterator[str]:
    pace = look.pace
    if pace is None or look.length_s <= 0:
        yield "pace"
        return
    mean_s = (pace.shortest_step_s + pace.longest_step_s) / 2
    is_even = pace.longest_step_s - pace.shortest_step_s <= 2 * _UNEVEN * mean_s
    if not math.isfinite(mean_s) or not is_even or (pace.frames > 1 and mean_s * _FASTEST_HZ < 1):
        yield "frame-rate"
    if not pace.begins_with_key_frame or pace.longest_group_s > _LONGEST_GROUP_S:
        yield "key-frames"
    if pace.bytes * 8 / 1_000 > max_kbps * look.length_s:
        yield "bit-rate"
