"""Sounds made of numbers: a voice that babbles in the tones of Mandarin, and a quiet tune."""

from __future__ import annotations

import io
import random
import wave
from typing import Final

import numpy as np
import numpy.typing as npt

RATE: Final = 44_100
Signal = npt.NDArray[np.float64]

# The first three resonances of a mouth, in hertz, for a, o, e, i, u and ü.
VOWELS = (
    (800, 1250, 2700),
    (520, 900, 2500),
    (500, 1350, 2450),
    (300, 2300, 3000),
    (330, 750, 2300),
    (300, 1900, 2500),
)
# How the four tones and the light one move the pitch, as factors at begin, middle and end.
TONES = ((1.22, 1.22, 1.2), (0.95, 1.05, 1.25), (0.92, 0.78, 0.95), (1.28, 1.05, 0.78), (0.95, 0.92, 0.9))
PENTATONIC = (261.63, 293.66, 329.63, 392.0, 440.0, 523.25, 587.33, 659.25)


def _syllable(seconds: float, pitch: float, rng: random.Random) -> Signal:
    """One vowel, begun by a breath of noise, sung on one of the tones."""
    count = int(seconds * RATE)
    t = np.linspace(0, 1, count, endpoint=False)
    tone = rng.choice(TONES)
    curve = pitch * np.interp(t, (0, 0.5, 1), tone)
    phase = np.cumsum(2 * np.pi * curve / RATE)
    first, last = rng.choice(VOWELS), rng.choice(VOWELS)
    signal = np.zeros(count)
    for harmonic in range(1, 26):
        frequency = curve * harmonic
        gain = np.zeros(count)
        for a, b, width, strength in zip(first, last, (90, 120, 180), (1.0, 0.6, 0.28), strict=True):
            formant = a + (b - a) * np.clip(t * 1.6 - 0.5, 0, 1)
            gain += strength / (1 + ((frequency - formant) / width) ** 2)
        signal += gain / harmonic**0.35 * np.sin(harmonic * phase)
    envelope = np.minimum(1, np.minimum(t / 0.1, (1 - t) / 0.25))
    breath = (
        np.random.default_rng(rng.randrange(2**32)).standard_normal(count) * np.exp(-t * 22) * rng.uniform(0.1, 0.5)
    )
    return signal * envelope + breath


def speech(duration_s: float, lines: tuple[str, ...], rng: random.Random) -> Signal:
    """A voice that says something as long as each of *lines*, evenly over *duration_s*."""
    signal = np.zeros(int(duration_s * RATE))
    pitch = rng.choice((125.0, 205.0, 230.0))
    spoken = lines or ("一二三四五六七",)
    share = duration_s / len(spoken)
    for index, line in enumerate(spoken):
        letters = [letter for letter in line if letter.isalnum()]
        step = min((share * 0.88) / max(len(line), 1), 0.27)
        at = index * share + 0.15
        for place, letter in enumerate(line):
            if letter.isalnum():
                made = _syllable(step * rng.uniform(0.84, 1.0), pitch * (1.08 - 0.16 * place / len(line)), rng)
                start = int(at * RATE)
                made = made[: max(len(signal) - start, 0)]
                signal[start : start + len(made)] += made
            at += step
        if not letters:
            continue
    return signal


def music(duration_s: float, rng: random.Random) -> Signal:
    """Plucked notes of five-tone scale over long chords, fading out at the end."""
    signal = np.zeros(int(duration_s * RATE) + RATE * 3)
    beat, place, at = 0.42, 3, 0.0
    while at < duration_s - 0.5:
        place = min(max(place + rng.choice((-2, -1, -1, 1, 1, 2)), 0), len(PENTATONIC) - 1)
        _pluck(signal, at, PENTATONIC[place], 0.5)
        at += beat * rng.choice((1, 1, 2, 0.5))
    bar = 0.0
    while bar < duration_s:
        root = rng.choice((130.81, 146.83, 196.0, 220.0))
        for factor in (1.0, 1.5, 2.0):
            _pluck(signal, bar, root * factor, 0.22, decay=0.9)
        bar += beat * 6
    signal = signal[: int(duration_s * RATE)]
    fade = min(RATE, len(signal))
    signal[-fade:] *= np.linspace(1, 0, fade)
    return signal


def _pluck(signal: Signal, at_s: float, hertz: float, gain: float, decay: float = 2.6) -> None:
    start = int(at_s * RATE)
    t = np.arange(min(int(2.6 * RATE), len(signal) - start)) / RATE
    note = sum(np.sin(2 * np.pi * hertz * k * t) * np.exp(-t * decay * (0.7 + 0.5 * k)) / k**1.3 for k in range(1, 7))
    signal[start : start + len(t)] += gain * note * np.minimum(1, t / 0.006)


def wav(signal: Signal) -> bytes:
    """*signal* as a 16-bit WAV file on one channel, its peak at 0.7 of the full scale."""
    peak = float(np.max(np.abs(signal))) or 1.0
    samples = (signal / peak * 0.7 * 32767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()
