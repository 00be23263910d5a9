"""How far two colours are apart to the eye, and pictures of flat patches to measure it on."""

from __future__ import annotations

import struct

from PIL import Image, ImageCms

Colour = tuple[int, int, int]

PATCHES: tuple[Colour, ...] = (
    (200, 40, 50),
    (40, 150, 70),
    (50, 70, 180),
    (230, 200, 60),
    (128, 128, 128),
    (245, 240, 235),
)
GREYS: tuple[Colour, ...] = (
    (20, 20, 20),
    (70, 70, 70),
    (128, 128, 128),
    (180, 180, 180),
    (220, 220, 220),
    (250, 250, 250),
)
EDGES: tuple[Colour, ...] = ((0, 0, 0), (255, 255, 255)) * 3
_D65 = (0.95047, 1.0, 1.08883)
_SRGB_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def encoded(share: float) -> int:
    share = min(1.0, max(0.0, share))
    return round(255 * (12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055))


def lab(colour: Colour) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour, white at D65."""
    rgb = [linear(value) for value in colour]
    x, y, z = (sum(k * c for k, c in zip(row, rgb, strict=True)) for row in _SRGB_TO_XYZ)

    def f(share: float) -> float:
        return float(share ** (1 / 3)) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116

    fx, fy, fz = f(x / _D65[0]), f(y / _D65[1]), f(z / _D65[2])
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def delta_e(one: Colour, other: Colour) -> float:
    """The distance of two sRGB colours after CIE 1976; about 2.3 is the least that people see."""
    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)


def patches(colours: tuple[Colour, ...] = PATCHES, width_px: int = 240, height_px: int = 160) -> Image.Image:
    """Three columns and two rows of flat colour."""
    image = Image.new("RGB", (width_px, height_px))
    column_px, row_px = width_px // 3, height_px // 2
    for index, colour in enumerate(colours):
        x, y = index % 3 * column_px, index // 3 * row_px
        image.paste(colour, (x, y, x + column_px, y + row_px))
    return image


def patch_colours(image: Image.Image) -> list[Colour]:
    """The colours in the middles of the six patches."""
    flat = image.convert("RGB")
    at = [(image.width * (2 * x + 1) // 6, image.height * (2 * y + 1) // 4) for y in range(2) for x in range(3)]
    return [flat.getpixel(point) for point in at]  # type: ignore[misc]  # RGB pixels are three numbers


def worst_delta_e(image: Image.Image, meant: tuple[Colour, ...] | list[Colour] = PATCHES) -> float:
    return max(delta_e(*pair) for pair in zip(patch_colours(image), meant, strict=True))


def _profile(space: bytes, connection: bytes, tags: dict[bytes, bytes], class_: bytes = b"mntr") -> bytes:
    """A profile of version 2 with these tags (ICC.1:2001-04)."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 2) + b"x\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"x\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        **tags,
    }
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"none", 0x02100000, class_, space, connection)
    head += struct.pack(">6H4s", 2024, 1, 1, 0, 0, 0, b"acsp")
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def _gamma(value: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256))


def grey_profile(gamma: float) -> bytes:
    return _profile(b"GRAY", b"XYZ ", {b"kTRC": _gamma(gamma)})


_P3_TO_SRGB = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))


def p3_profile() -> bytes:
    """Display P3 with the tone curve of sRGB."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(plain[128:132], "big")
    entries = {plain[at : at + 4]: struct.unpack_from(">II", plain, at + 4) for at in range(132, 132 + 12 * count, 12)}
    offset, size = entries[b"rTRC"]
    curve = plain[offset : offset + size]
    primaries = {
        b"rXYZ": (0.5151, 0.2412, -0.0011),
        b"gXYZ": (0.2919, 0.6922, 0.0419),
        b"bXYZ": (0.1572, 0.0666, 0.7841),
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _profile(b"RGB ", b"XYZ ", {**{name: _xyz(*xyz) for name, xyz in primaries.items()}, **curves})


def from_p3(colour: Colour) -> Colour:
    """The sRGB colour that looks like *colour* in Display P3."""
    rgb = [linear(value) for value in colour]
    red, green, blue = (encoded(sum(k * c for k, c in zip(row, rgb, strict=True))) for row in _P3_TO_SRGB)
    return red, green, blue


def cmyk_profile(ink: Colour) -> bytes:
    """A press whose cyan, full and alone, looks like *ink*; its paper is white and all else is black."""
    straight = bytes(range(256))
    corners = b""
    for corner in range(16):  # cyan is the slowest to change
        light = (255, 128, 128) if corner == 0 else (0, 128, 128)
        if corner == 8:
            lightness, a, b = _lab_of_d50(ink)
            light = (round(lightness * 2.55), round(a) + 128, round(b) + 128)
        corners += bytes(light)
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + matrix + straight * 4 + corners + straight * 3
    return _profile(b"CMYK", b"Lab ", {b"A2B0": table}, b"prtr")


def _lab_of_d50(colour: Colour) -> tuple[float, float, float]:
    dot = Image.new("RGB", (1, 1), colour)
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    shown = ImageCms.applyTransform(dot, to_lab)
    assert shown is not None
    lightness, a, b = shown.tobytes()
    return lightness / 2.55, a - 256 if a > 127 else a, b - 256 if b > 127 else b
