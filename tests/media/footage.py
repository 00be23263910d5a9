"""Clips of known colours and loudness, and what an eye and an ear find in what was made of them."""

from __future__ import annotations

import math
import struct
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import av
import numpy as np
from PIL import Image

from generator.media.derivatives import VideoSet, file_of
from generator.media.derive import derive
from generator.media.recipe import PictureRecipe, PosterRecipe, Rendition, VideoRecipe
from generator.media.tools import ffmpeg
from generator.store import Store

from .samples import ffmpeg_run, job_for

Colour = tuple[int, int, int]
Matrix = tuple[int, int, int, int]
_EBU = ("-af", "ebur128=peak=true:framelog=verbose")

LARGE = Rendition(name="large", short_px=180, long_px=320, crf=18, max_kbps=2_000, buffer_kbits=4_000)
SMALL = Rendition(name="small", short_px=90, long_px=160, crf=18, max_kbps=1_000, buffer_kbits=2_000)
STILL = PosterRecipe(picture=PictureRecipe(formats=("webp", "jpeg"), steps_px=(160,), own_width_limit_px=None))
RECIPE = VideoRecipe(renditions=(LARGE, SMALL), preset="ultrafast", poster=STILL, copies_conforming=False)

PATCHES: tuple[Colour, ...] = ((200, 60, 50), (60, 160, 70), (50, 70, 190), (220, 200, 80))
"""Upper left, upper right, lower left, lower right; no channel at its end, so that none is clipped."""


def made(path: Path, store: Store, recipe: VideoRecipe = RECIPE) -> VideoSet:
    outcome = derive(job_for(path, recipe), store)
    assert isinstance(outcome.result, VideoSet), outcome
    return outcome.result


def first_file(path: Path, store: Store, recipe: VideoRecipe = RECIPE) -> Path:
    return file_of(made(path, store, recipe).files[0], store)


@cache
def encoders() -> frozenset[str]:
    """What this ffmpeg can write."""
    told = subprocess.run([str(ffmpeg().path), "-v", "error", "-encoders"], check=True, capture_output=True, text=True)
    return frozenset(line.split()[1] for line in told.stdout.splitlines() if line[:1] == " " and len(line.split()) > 1)


def patches(width_px: int, height_px: int, colours: Sequence[Colour] = PATCHES) -> Image.Image:
    image = Image.new("RGB", (width_px, height_px))
    for number, colour in enumerate(colours):
        left, top = number % 2 * (width_px // 2), number // 2 * (height_px // 2)
        image.paste(colour, (left, top, width_px - (0 if number % 2 else width_px // 2), height_px))
    return image


def patch_clip(
    path: Path,
    *options: str,
    size_px: tuple[int, int] = (320, 180),
    seconds: float = 1,
    rate: int = 25,
    sound: tuple[str, ...] = ("-c:a", "aac"),
    filters: str = "format=yuv420p",
) -> Path:
    """A clip whose four quarters have the colours of `PATCHES`, with a tone at -20 dB unless *sound* is empty."""
    still = path.with_suffix(".patches.png")
    patches(*size_px).save(still)
    tone = (
        ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds},volume=-2dB"] if sound else []
    )
    picture = ["-loop", "1", "-framerate", str(rate), "-t", str(seconds), "-i", str(still)]
    ffmpeg_run(*picture, *tone, "-vf", filters, *options, *sound, "-t", str(seconds), str(path))
    return path


def turn(path: Path, matrix: Matrix) -> None:
    """Write into an MP4 how players must turn its picture: x' = ax + cy, y' = bx + dy."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    a, b, c, d = (value << 16 for value in matrix)
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


def shown_colours(path: Path, at: float = 0.5) -> list[Colour]:
    """The colours in the middle of the four quarters, as a player shows them: BT.709, limited range."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
    frame = frames[int(len(frames) * at)]
    assert frame.format.name == "yuv420p"
    assert (int(frame.colorspace), int(frame.color_range)) == (1, 1)
    planes = [
        np.frombuffer(bytes(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].astype(float)
        for plane in frame.planes
    ]
    found = []
    for y_share in (0.25, 0.75):
        for x_share in (0.25, 0.75):
            luma, blue, red = (_mean_around(plane, x_share, y_share) for plane in planes)
            found.append(_rgb(luma, blue, red))
    return found


def _mean_around(plane: np.ndarray, x_share: float, y_share: float) -> float:
    height, width = plane.shape
    row, column = int(height * y_share), int(width * x_share)
    return float(plane[row - 3 : row + 3, column - 3 : column + 3].mean())


def _rgb(luma: float, blue: float, red: float) -> Colour:
    y, b, r = (luma - 16) / 219, (blue - 128) / 224, (red - 128) / 224
    linear = (y + 1.5748 * r, y - 0.1873 * b - 0.4681 * r, y + 1.8556 * b)
    one, two, three = (max(0, min(255, round(value * 255))) for value in linear)
    return one, two, three


def difference(one: Colour, other: Colour) -> float:
    """The distance of two sRGB colours in CIE Lab (CIE76): 1 is just noticed, 3 is small."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour: Colour) -> tuple[float, float, float]:
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (sum(a * b for a, b in zip(row[:3], linear, strict=True)) / row[3] for row in rows)
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def assert_colours(found: Sequence[Colour], meant: Sequence[Colour], limit: float = 3) -> None:
    for one, other in zip(found, meant, strict=True):
        assert difference(one, other) <= limit, (found, meant)


def samples_of(path: Path) -> np.ndarray:
    """The sound as float samples, one row for each channel, at its own rate."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def rms_of(path: Path) -> float:
    return float(np.sqrt(np.mean(np.square(samples_of(path)))))


def pitch_hz(path: Path) -> float:
    """The strongest frequency of the sound."""
    samples = samples_of(path)[0]
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.fft.rfftfreq(samples.size, 1 / 48_000)[int(spectrum.argmax())])


def moments_s(path: Path) -> list[float]:
    """When each frame is shown."""
    with av.open(str(path)) as container:
        return sorted(frame.time for frame in container.decode(video=0) if frame.time is not None)


def duration_s(path: Path) -> float:
    with av.open(str(path)) as container:
        return (container.duration or 0) / 1_000_000


def loudness(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP."""
    told = subprocess.run(
        [str(ffmpeg().path), "-hide_banner", "-nostats", "-i", str(path), "-vn", *_EBU, "-f", "null", "-"],
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    ).stderr.rpartition("Summary:")[2]
    words = told.split()
    return float(words[words.index("I:") + 1]), float(words[words.index("Peak:") + 1])
