"""From a drawing to a file: the look of a camera's picture, and JPEG and PNG as devices write them."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from sample_drawing.canvas import Canvas
from sample_drawing.plan import Picture
from sample_drawing.profiles import display_p3, to_p3
from sample_drawing.scenes import FLAT, draw_scene
from sample_drawing.subject import Subject

DRAWN_PX: Final = 3200  # the longer side of a photograph's drawing; enlarging it gives the softness of a lens
MEGABYTE: Final = 1024 * 1024
QUALITY: Final = 80
GRAIN: Final = 1.2  # of a picture that need not reach a size
MAKE, MODEL, ORIENTATION, SOFTWARE, EXIF_IFD, MAKER_NOTE, TAKEN = 0x010F, 0x0110, 0x0112, 0x0131, 0x8769, 0x927C, 0x9003
FILM_SPEED, EXPOSURE, F_NUMBER = 0x8827, 0x829A, 0x829D


def draw_picture(entry: Picture) -> Image.Image:
    """The scene of *entry*, upright, at the size at which it is shown.

    Raises:
        KeyError: there is no such scene.
    """
    width, height = entry.size if entry.orientation in (1, 3) else entry.size[::-1]
    subject = Subject(title=entry.title, labels=entry.labels, values=entry.values, sheet=entry.sheet)
    scale = 2.0 if entry.scene in FLAT and max(width, height) < DRAWN_PX else min(DRAWN_PX / max(width, height), 2.0)
    canvas = Canvas(round(width * scale), round(height * scale))
    draw_scene(entry.scene, canvas, subject, entry.rng())
    return canvas.image.resize((width, height), Image.Resampling.LANCZOS if scale > 1 else Image.Resampling.BICUBIC)


def _vignette(image: Image.Image, seed: int) -> npt.NDArray[np.float32]:
    """The picture with the warmth and the darker corners of a lens, as floats."""
    chance = np.random.default_rng(seed)
    height, width = image.height, image.width
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] - np.float32(chance.uniform(-0.15, 0.15))
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    fall = 1.02 - np.float32(chance.uniform(0.1, 0.17)) * (x * x + y * y) ** 1.2 / 1.6
    tint = np.array([chance.uniform(0.985, 1.015), 1.0, chance.uniform(0.98, 1.015)], np.float32)
    lit: npt.NDArray[np.float32] = np.asarray(image, np.float32) * fall[:, :, None] * tint
    return lit


def _grained(plain: npt.NDArray[np.float32], noise: npt.NDArray[np.float32], amount: float) -> Image.Image:
    # Sensors are noisiest in the shadows; in the lights grain would only look like dirt.
    weight = amount * (1.25 - plain.mean(axis=2) / 400)
    return Image.fromarray(np.clip(plain + (noise * weight)[:, :, None] + 0.5, 0, 255).astype(np.uint8))


def _exif(entry: Picture) -> bytes:
    """What the device notes: never a place, never a serial number."""
    exif = Image.Exif()
    if entry.orientation != 1:
        exif[ORIENTATION] = entry.orientation
    if entry.makernote:
        exif[MAKE] = "示例相机".encode()
        exif[MODEL] = "示例相机 S1".encode()
        exif[EXIF_IFD] = {
            EXPOSURE: 1 / 60,
            F_NUMBER: 2.2,
            FILM_SPEED: 200,
            TAKEN: "2023:04:12 10:15:00",
            MAKER_NOTE: b"SAMPLE\0\1" + bytes((entry.seed >> (8 * (index % 8))) & 0xFF for index in range(240)),
        }
    return exif.tobytes() if len(exif) else b""


def _stored(image: Image.Image, entry: Picture) -> Image.Image:
    """The pixels as they lie in the file, before the orientation tag turns them upright."""
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turned = image.transpose(turns[entry.orientation]) if entry.orientation in turns else image
    if entry.icc:
        turned = to_p3(turned)
    return turned.convert("CMYK") if entry.cmyk else turned


def _jpeg(image: Image.Image, entry: Picture, quality: int) -> bytes:
    file = io.BytesIO()
    profile = display_p3() if entry.icc else None
    _stored(image, entry).save(file, "JPEG", quality=quality, optimize=True, exif=_exif(entry), icc_profile=profile)
    return file.getvalue()


def picture_bytes(entry: Picture) -> bytes:
    """The file of *entry*: PNG, or JPEG just over its least size where it has one."""
    image = draw_picture(entry)
    if entry.file.endswith(".png"):
        file = io.BytesIO()
        image.save(file, "PNG", optimize=True)
        return file.getvalue()
    if entry.scene in FLAT and entry.min_mb is None:
        return _jpeg(image, entry, 90)
    plain = _vignette(image, entry.seed)
    noise = np.random.default_rng(entry.seed + 1).standard_normal(plain.shape[:2], dtype=np.float32)
    if entry.min_mb is None:
        return _jpeg(_grained(plain, noise, GRAIN), entry, QUALITY)
    least = entry.min_mb * MEGABYTE
    low, high = 0.0, 3.0
    best = _jpeg(_grained(plain, noise, high), entry, QUALITY)
    while len(best) < least:
        low, high = high, high * 2
        best = _jpeg(_grained(plain, noise, high), entry, QUALITY)
    for _ in range(7):
        if len(best) < least * 1.02:
            break
        middle = (low + high) / 2
        made = _jpeg(_grained(plain, noise, middle), entry, QUALITY)
        if len(made) < least:
            low = middle
        else:
            high, best = middle, made
    return best
