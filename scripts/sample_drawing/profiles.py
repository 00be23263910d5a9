"""The Display P3 colour space: its ICC profile, and sRGB pixels restated in it. ICC.1:2010, SMPTE EG 432-1."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

# Linear sRGB to linear Display P3: both have the white of daylight D65, so only the primaries differ.
TO_P3 = np.array(
    [[0.8224621, 0.1775380, 0.0], [0.0331941, 0.9668058, 0.0], [0.0170827, 0.0723974, 0.9105199]], np.float32
)

# The primaries and the white as seen under D50, the light to which ICC profiles refer.
RED, GREEN, BLUE = (0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)
D50 = (0.9642, 1.0, 0.82491)
D65_TO_D50 = (1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _words(text: str) -> bytes:
    body = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(body), 28) + body


def display_p3() -> bytes:
    """A version 4 display profile of matrix and curves, the same bytes every time."""
    tags = (
        (b"desc", _words("Display P3")),
        (b"cprt", _words("Public domain")),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(*D50)),
        (b"rXYZ", b"XYZ \0\0\0\0" + _fixed(*RED)),
        (b"gXYZ", b"XYZ \0\0\0\0" + _fixed(*GREEN)),
        (b"bXYZ", b"XYZ \0\0\0\0" + _fixed(*BLUE)),
        (b"chad", b"sf32\0\0\0\0" + _fixed(*D65_TO_D50)),
        *((name, b"para\0\0\0\0\0\3\0\0" + _fixed(*CURVE)) for name in (b"rTRC", b"gTRC", b"bTRC")),
    )
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        padded = data + b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(data))
        body += padded
    head = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0\0\0\0", 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2023, 1, 1, 0, 0, 0, b"acsp")
    head += b"\0" * 28 + _fixed(*D50) + b"\0" * 48
    return head + table + body


def to_p3(image: Image.Image) -> Image.Image:
    """The same colours, their numbers restated for Display P3."""
    steps = np.arange(256) / 255
    linear = np.where(steps <= 0.04045, steps / 12.92, ((steps + 0.055) / 1.055) ** 2.4).astype(np.float32)
    fine = np.arange(4096) / 4095
    encoded = np.where(fine <= 0.0031308, fine * 12.92, 1.055 * fine ** (1 / 2.4) - 0.055)
    curve = (encoded * 255).round().astype(np.uint8)
    bands = []
    for first in range(0, image.height, 512):  # in bands: a camera's picture would fill the memory as floats
        rows = np.asarray(image.crop((0, first, image.width, min(first + 512, image.height))))
        bands.append(curve[(np.clip(linear[rows] @ TO_P3.T, 0, 1) * 4095).round().astype(np.uint16)])
    return Image.fromarray(np.concatenate(bands))
