"""Colours: how they mix, and the sets of them that a picture chooses from by its seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (16, 18, 24)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """*first* with *share* (0 to 1) of *second*."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


def lighter(colour: Colour, share: float) -> Colour:
    """*colour* on its way to white."""
    return mix(colour, WHITE, share)


def darker(colour: Colour, share: float) -> Colour:
    """*colour* on its way to a cool near-black."""
    return mix(colour, (20, 24, 44), share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of an hour: what the sky does and how everything is tinted by it."""

    name: str
    sky_top: Colour
    sky_low: Colour
    sun: Colour
    tint: Colour  # multiplied over the finished picture
    strength: float  # of the sunshine on floors and walls, 0 to 1


HOURS = (
    Light(
        name="morning",
        sky_top=(120, 178, 224),
        sky_low=(252, 236, 208),
        sun=(255, 236, 190),
        tint=(255, 249, 240),
        strength=0.8,
    ),
    Light(
        name="noon",
        sky_top=(88, 160, 222),
        sky_low=(214, 236, 248),
        sun=(255, 248, 226),
        tint=(255, 254, 250),
        strength=0.65,
    ),
    Light(
        name="afternoon",
        sky_top=(110, 170, 214),
        sky_low=(255, 226, 178),
        sun=(255, 218, 150),
        tint=(255, 245, 228),
        strength=0.95,
    ),
    Light(
        name="evening",
        sky_top=(112, 128, 190),
        sky_low=(255, 190, 140),
        sun=(255, 188, 120),
        tint=(255, 238, 222),
        strength=0.9,
    ),
    Light(
        name="overcast",
        sky_top=(170, 192, 208),
        sky_low=(228, 234, 236),
        sun=(244, 246, 248),
        tint=(247, 251, 255),
        strength=0.3,
    ),
)

WALLS: tuple[Colour, ...] = ((240, 234, 220), (226, 236, 236), (244, 238, 230), (228, 234, 222), (238, 230, 226))
SKIRTINGS: tuple[Colour, ...] = ((126, 170, 150), (128, 162, 196), (196, 170, 132), (152, 178, 128), (150, 158, 176))
FLOORS: tuple[Colour, ...] = ((206, 190, 168), (190, 192, 190), (200, 176, 146), (178, 184, 190))
WOODS: tuple[Colour, ...] = ((214, 170, 118), (226, 190, 140), (196, 150, 100), (222, 196, 160))
SHIRTS: tuple[Colour, ...] = (
    (232, 104, 92),
    (64, 132, 190),
    (244, 184, 80),
    (92, 168, 132),
    (142, 116, 186),
    (238, 142, 152),
    (84, 110, 160),
    (240, 236, 228),
    (86, 176, 190),
    (214, 120, 70),
)
UNIFORMS: tuple[tuple[Colour, Colour], ...] = (
    ((52, 104, 176), (244, 246, 248)),
    ((206, 62, 70), (248, 246, 242)),
    ((36, 128, 112), (244, 246, 240)),
    ((60, 72, 120), (240, 242, 248)),
)
TROUSERS: tuple[Colour, ...] = ((58, 70, 104), (74, 78, 88), (92, 84, 76), (44, 56, 84))
HAIRS: tuple[Colour, ...] = ((38, 32, 34), (52, 40, 36), (30, 30, 38), (64, 48, 40))
SKINS: tuple[Colour, ...] = ((250, 214, 184), (244, 202, 168), (236, 190, 154), (252, 222, 196))
INKS: tuple[Colour, ...] = (
    (34, 102, 190),
    (20, 134, 126),
    (206, 88, 54),
    (112, 84, 172),
    (44, 120, 84),
    (186, 62, 92),
)
SERIES: tuple[Colour, ...] = (
    (46, 110, 200),
    (32, 162, 150),
    (244, 160, 60),
    (226, 92, 84),
    (128, 100, 196),
    (96, 160, 70),
    (60, 170, 216),
    (200, 110, 160),
)


def hour(rng: random.Random) -> Light:
    """One of the hours of a school day."""
    return rng.choice(HOURS)
