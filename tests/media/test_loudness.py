"""Every video is as loud as the next, whatever it was; silence stays silence, and peaks stay below what clips."""

from __future__ import annotations

import math
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats

from generator.media.recipe import SoundRecipe
from generator.media.video.loudness import Loudness, corrected_again, correction_for, loudness_in
from generator.store import Store

from .footage import first_file, loudness, rms_of
from .samples import ffmpeg_run

HZ = 48_000
RECIPE = SoundRecipe()


def speech(seconds: float) -> np.ndarray:
    """A voice of many overtones in syllables and pauses."""
    at_s = np.arange(int(seconds * HZ)) / HZ
    phase = 2 * np.pi * np.cumsum(120 + 20 * np.sin(2 * np.pi * 0.4 * at_s)) / HZ
    voice = sum(np.cos(n * phase + n * n) / n**1.1 for n in range(1, 25))
    syllables = np.clip(np.sin(2 * np.pi * 3.7 * at_s) + 0.3, 0, None) ** 1.5 * (np.sin(2 * np.pi * 0.5 * at_s) > -0.6)
    sound = np.asarray(voice * syllables)
    return np.asarray(sound / np.abs(sound).max())


def music(seconds: float) -> np.ndarray:
    """A chord with a drum on each beat."""
    at_s = np.arange(int(seconds * HZ)) / HZ
    chord = sum(np.sin(2 * np.pi * hz * at_s + hz) * 0.2 for hz in (220, 277, 330, 440, 660, 880))
    drum = 1.2 * np.exp(-(at_s * 2 % 1) * 25) * np.sin(2 * np.pi * 60 * at_s)
    sound = np.asarray(chord + drum)
    return np.asarray(sound / np.abs(sound).max())


def film(path: Path, sound: np.ndarray) -> Path:
    """A grey video with that sound, -1 to 1."""
    with wave.open(str(path.with_suffix(".wav")), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HZ)
        file.writeframes((np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes())
    picture = f"color=gray:s=64x36:r=5:d={sound.size / HZ}"
    ffmpeg_run("-f", "lavfi", "-i", picture, "-i", str(path.with_suffix(".wav")), "-c:a", "flac", str(path))
    return path


def lecture(seconds: float) -> np.ndarray:
    """A voice of sharp peaks, far above its loudness."""
    return np.asarray(speech(seconds) ** 3)


@pytest.mark.parametrize("kind", [speech, music, lecture])
@pytest.mark.parametrize("level_db", [0, -8, -18])
def test_speech_and_music_come_out_equally_loud(
    kind: Callable[[float], np.ndarray], level_db: float, tmp_path: Path, store: Store
) -> None:
    out = first_file(film(tmp_path / "a.mkv", kind(3) * 10 ** (level_db / 20)), store)
    integrated_lufs, true_peak_dbtp = loudness(out)
    assert integrated_lufs == pytest.approx(-16, abs=1)
    assert true_peak_dbtp <= -1.5


def test_what_was_clipped_to_be_loud_becomes_as_soft_as_the_rest(tmp_path: Path, store: Store) -> None:
    path = film(tmp_path / "a.mkv", music(3) * 8)
    assert loudness(path)[0] > -6
    assert loudness(first_file(path, store))[0] == pytest.approx(-16, abs=1)


def test_silence_stays_silence(tmp_path: Path, store: Store) -> None:
    assert rms_of(first_file(film(tmp_path / "a.mkv", np.zeros(HZ)), store)) == 0


def test_a_murmur_is_raised_by_twenty_decibels_and_no_more(tmp_path: Path, store: Store) -> None:
    path = film(tmp_path / "a.mkv", music(3) * 10 ** (-45 / 20))
    assert loudness(first_file(path, store))[0] - loudness(path)[0] == pytest.approx(20, abs=1)


@given(lufs=floats(-69, 5), peak_db=floats(-80, 9))
def test_a_correction_leads_to_the_recipes_loudness_or_as_near_as_it_may(lufs: float, peak_db: float) -> None:
    correction = correction_for(Loudness(integrated_lufs=lufs, true_peak_dbtp=peak_db), RECIPE)
    assert correction.gain_db <= RECIPE.raise_limit_db
    assert lufs + correction.gain_db == pytest.approx(min(-16, lufs + RECIPE.raise_limit_db))
    assert correction.is_limited or peak_db + correction.gain_db <= RECIPE.true_peak_dbtp


def test_silence_and_what_cannot_be_measured_are_left_alone() -> None:
    for lufs in (-70.0, -math.inf):
        silent = Loudness(integrated_lufs=lufs, true_peak_dbtp=-math.inf)
        assert correction_for(silent, RECIPE).gain_db == 0
        assert corrected_again(correction_for(silent, RECIPE), silent, RECIPE).gain_db == 0


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ("    I:         -28.7 LUFS\n    Peak:      -15.2 dBFS\n", (-28.7, -15.2)),
        ("    I:         -70.0 LUFS\n    Peak:       -inf dBFS\n", (-70.0, -math.inf)),
        ("    I:           nan LUFS\n    Peak:        nan dBFS\n", (-math.inf, -math.inf)),
        ("Conversion failed!", None),
    ],
)
def test_the_report_of_the_meter_is_understood(report: str, found: tuple[float, float] | None) -> None:
    measured = loudness_in(report)
    assert (measured and (measured.integrated_lufs, measured.true_peak_dbtp)) == found
