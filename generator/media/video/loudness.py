"""How loud the sound of a video is, and what brings it to the loudness of the others: a gain, the same throughout.

Only where peaks would rise too high for their listeners' converters, a limiter holds them down; speech is
never pumped up and down.
"""

from __future__ import annotations

import dataclasses
import math
import re
from dataclasses import dataclass
from typing import Any

from generator.media.recipe import SoundRecipe

_INTEGRATED = re.compile(r"^\s*I:\s+(\S+) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s*Peak:\s+(\S+) dBFS", re.MULTILINE)
_SILENT_LUFS = -69.9  # the gate of EBU R 128: below it there is nothing to measure
_ENCODER_DB = 0.6  # AAC overshoots the peaks that it was given; measured 0.2 dB at 128 kbit/s
_OVERSAMPLED = 4
_EATEN = 1.5  # a limiter takes about a third of what is given back
_GIVEN_BACK_DB = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """As EBU R 128 measures it. Silence is minus infinity."""

    integrated_lufs: float
    true_peak_dbtp: float

    @property
    def is_silent(self) -> bool:
        """Nothing that could be made louder or softer to any purpose."""
        return not self.integrated_lufs > _SILENT_LUFS


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is done to the sound."""

    gain_db: float = 0.0
    is_limited: bool = False


def loudness_in(report: str) -> Loudness | None:
    """The loudness that ffmpeg's filter ebur128 wrote at its end; None where it wrote none."""
    integrated, peak = _INTEGRATED.findall(report), _PEAK.findall(report)
    if not integrated or not peak:
        return None
    return Loudness(integrated_lufs=_number(integrated[-1]), true_peak_dbtp=_number(peak[-1]))


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return -math.inf
    return -math.inf if math.isnan(value) else value


def is_fit(loudness: Loudness, recipe: SoundRecipe) -> bool:
    """Whether the sound may stay as it is: silent, or near the wanted loudness and without too high peaks."""
    is_low = loudness.true_peak_dbtp <= recipe.kept_peak_dbtp
    return loudness.is_silent or (is_low and is_near(loudness, recipe, recipe.tolerance_lu))


def is_near(loudness: Loudness, recipe: SoundRecipe, tolerance_lu: float = 0.5) -> bool:
    """Whether the loudness is the recipe's, within that tolerance."""
    return abs(loudness.integrated_lufs - recipe.loudness_lufs) <= tolerance_lu


def correction_for(loudness: Loudness, recipe: SoundRecipe) -> Correction:
    """The gain that brings the sound to the recipe's loudness, and whether its peaks need a limiter then.

    Silence stays silence, and nothing is raised by more than the recipe allows, since noise rises, too.
    """
    if loudness.is_silent:
        return Correction()
    gain_db = min(recipe.loudness_lufs - loudness.integrated_lufs, recipe.raise_limit_db)
    return Correction(gain_db=gain_db, is_limited=loudness.true_peak_dbtp + gain_db > _ceiling_dbtp(recipe))


def corrected_again(correction: Correction, loudness: Loudness, recipe: SoundRecipe) -> Correction:
    """The correction, with what the limiter took from the loudness given back; *loudness* is what it led to."""
    if loudness.is_silent:
        return correction
    missing_db = _EATEN * (recipe.loudness_lufs - loudness.integrated_lufs)
    gain_db = min(correction.gain_db + missing_db, recipe.raise_limit_db + _GIVEN_BACK_DB)
    return dataclasses.replace(correction, gain_db=gain_db)


def _ceiling_dbtp(recipe: SoundRecipe) -> float:
    return recipe.true_peak_dbtp - _ENCODER_DB


def sounding(sound: Any, correction: Correction, recipe: SoundRecipe) -> Any:
    """The sound of the ffmpeg-python node *sound*, corrected, in stereo, without gaps and from the very start."""
    # Gaps and a late start are filled with silence: players differ in how they treat either.
    stereo = sound.filter("aresample", recipe.hz, **{"async": 1, "first_pts": 0}).filter(
        "aformat", sample_fmts="fltp", channel_layouts="stereo"
    )
    if correction.gain_db:
        stereo = stereo.filter("volume", f"{correction.gain_db:.2f}dB", precision="float")
    if not correction.is_limited:
        return stereo
    # At four times the rate a limiter of samples holds the peaks between them, too.
    limit = 10 ** (_ceiling_dbtp(recipe) / 20)
    raised = stereo.filter("aresample", recipe.hz * _OVERSAMPLED)
    return raised.filter("alimiter", limit=f"{limit:.5f}", level=0, attack=5, release=40, latency=1).filter(
        "aresample", recipe.hz
    )
