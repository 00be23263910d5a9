"""Pupils and teachers: friendly flat figures, drawn standing or seated, from the front or from behind."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import HAIRS, SHIRTS, SKINS, TROUSERS, WHITE, Colour, darker, lighter, mix

Facing = Literal["front", "back"]
Pose = Literal["rest", "raise", "point", "hold", "wave", "write"]
Hair = Literal["short", "bob", "ponytail", "pigtails", "bun", "crop"]

SCARF: Colour = (214, 46, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How somebody looks; stays the same however often they are drawn."""

    skin: Colour
    hair_colour: Colour
    hair: Hair
    top: Colour
    sleeve: Colour
    bottom: Colour
    is_adult: bool = False
    has_scarf: bool = False
    has_glasses: bool = False
    has_skirt: bool = False


def pupil(rng: random.Random, uniform: tuple[Colour, Colour] | None = None, *, scarf: bool = False) -> Look:
    """A child, in the school's *uniform* (body, sleeves) or in clothes of its own."""
    top = uniform[0] if uniform else rng.choice(SHIRTS)
    return Look(
        skin=rng.choice(SKINS),
        hair_colour=rng.choice(HAIRS),
        hair=rng.choice(("short", "crop", "bob", "ponytail", "pigtails", "short")),
        top=top,
        sleeve=uniform[1] if uniform else top,
        bottom=darker(uniform[0], 0.35) if uniform else rng.choice(TROUSERS),
        has_scarf=scarf,
        has_glasses=rng.random() < 0.15,
    )


def teacher(rng: random.Random) -> Look:
    """A grown-up in a plain jacket or dress."""
    is_woman = rng.random() < 0.6
    top = rng.choice(((66, 98, 140), (186, 84, 84), (70, 130, 120), (120, 96, 140), (236, 228, 214), (206, 150, 90)))
    return Look(
        skin=rng.choice(SKINS),
        hair_colour=rng.choice(HAIRS),
        hair=rng.choice(("bob", "bun", "ponytail")) if is_woman else "short",
        top=top,
        sleeve=top,
        bottom=rng.choice(TROUSERS),
        is_adult=True,
        has_glasses=rng.random() < 0.45,
        has_skirt=is_woman and rng.random() < 0.6,
    )


def _hair_behind(canvas: Canvas, x: float, y: float, r: float, look: Look) -> None:
    """What hangs behind the head and must be drawn before it."""
    dark = darker(look.hair_colour, 0.1)
    if look.hair == "bob":
        canvas.rounded((x - r * 1.12, y - r * 0.9, x + r * 1.12, y + r * 1.05), r * 0.7, dark)
    elif look.hair == "ponytail":
        canvas.ellipse(x + r * 0.75, y - r * 0.2, r * 0.5, r * 1.05, dark)
    elif look.hair == "pigtails":
        for sign in (-1, 1):
            canvas.ellipse(x + sign * r * 1.12, y + r * 0.5, r * 0.34, r * 0.75, dark)
    elif look.hair == "bun":
        canvas.ellipse(x, y - r * 1.12, r * 0.5, r * 0.46, dark)


def _face(canvas: Canvas, x: float, y: float, r: float, look: Look) -> None:
    ink = darker(look.hair_colour, 0.2)
    for sign in (-1, 1):
        canvas.ellipse(x + sign * r * 0.38, y + r * 0.16, r * 0.09, r * 0.13, ink)
        canvas.stroke(
            [(x + sign * r * 0.52, y - r * 0.1), (x + sign * r * 0.26, y - r * 0.14)], r * 0.07, look.hair_colour
        )
        canvas.ellipse(x + sign * r * 0.58, y + r * 0.42, r * 0.17, r * 0.11, (240, 130, 110), 0.4)
    canvas.arc((x - r * 0.28, y + r * 0.2, x + r * 0.28, y + r * 0.66), 25, 155, (178, 78, 70), r * 0.09)
    if look.has_glasses:
        for sign in (-1, 1):
            box = (x + sign * r * 0.4 - r * 0.28, y - r * 0.1, x + sign * r * 0.4 + r * 0.28, y + r * 0.42)
            canvas.arc(box, 0, 360, (70, 72, 84), r * 0.07)
        canvas.stroke([(x - r * 0.12, y + r * 0.12), (x + r * 0.12, y + r * 0.12)], r * 0.06, (70, 72, 84))


def draw_head(canvas: Canvas, x: float, y: float, r: float, look: Look, facing: Facing) -> None:
    """A head of radius *r* around (x, y)."""
    if facing == "back":
        if look.hair in ("short", "crop"):
            for sign in (-1, 1):
                canvas.ellipse(x + sign * r * 0.97, y + r * 0.15, r * 0.2, r * 0.26, look.skin)
        canvas.ellipse(x, y, r, r * 1.06, look.hair_colour)
        canvas.ellipse(x - r * 0.3, y - r * 0.45, r * 0.45, r * 0.3, WHITE, 0.09)
        if look.hair == "crop":
            canvas.rounded(
                (x - r * 0.5, y + r * 0.78, x + r * 0.5, y + r * 1.12), r * 0.17, mix(look.skin, look.hair_colour, 0.3)
            )
        if look.hair == "bob":
            canvas.rounded((x - r * 1.1, y - r * 0.3, x + r * 1.1, y + r * 1.1), r * 0.5, look.hair_colour)
        elif look.hair == "ponytail":
            canvas.ellipse(x, y + r * 0.95, r * 0.4, r * 0.95, darker(look.hair_colour, 0.25))
            canvas.ellipse(x, y + r * 0.12, r * 0.26, r * 0.16, lighter(look.top, 0.2))
        elif look.hair == "pigtails":
            for sign in (-1, 1):
                canvas.ellipse(x + sign * r * 1.05, y + r * 0.6, r * 0.33, r * 0.8, look.hair_colour)
                canvas.ellipse(x + sign * r * 0.92, y + r * 0.06, r * 0.2, r * 0.17, (232, 96, 110))
        elif look.hair == "bun":
            canvas.ellipse(x, y - r * 0.8, r * 0.52, r * 0.48, darker(look.hair_colour, 0.25))
        return
    _hair_behind(canvas, x, y, r, look)
    for sign in (-1, 1):
        canvas.ellipse(x + sign * r * 0.96, y + r * 0.16, r * 0.17, r * 0.24, darker(look.skin, 0.08))
    canvas.ellipse(x, y, r, r * 1.06, look.hair_colour)
    canvas.ellipse(x, y + r * 0.2, r * 0.9, r * 0.88, look.skin)
    fringe = [(x - r * 0.95, y + r * 0.05), (x - r * 0.8, y - r * 0.62), (x, y - r * 0.98), (x + r * 0.8, y - r * 0.62)]
    fringe += [(x + r * 0.95, y + r * 0.05), (x + r * 0.55, y - r * 0.34), (x - r * 0.1, y - r * 0.2)]
    canvas.polygon(fringe, look.hair_colour)
    _face(canvas, x, y, r, look)


def _torso(canvas: Canvas, x: float, top: float, low: float, half: float, look: Look) -> None:
    r = half * 0.55
    canvas.rounded((x - half, top, x + half, low), r, look.top)
    canvas.rounded((x + half * 0.45, top + r * 0.4, x + half, low), r * 0.6, darker(look.top, 0.14))


def _collar(canvas: Canvas, x: float, top: float, half: float, look: Look, facing: Facing) -> None:
    if look.has_scarf:
        if facing == "front":
            for sign in (-1, 1):
                canvas.polygon(
                    [
                        (x, top + half * 0.28),
                        (x + sign * half * 0.16, top + half * 1.05),
                        (x + sign * half * 0.42, top + half * 0.85),
                    ],
                    darker(SCARF, 0.1 if sign > 0 else 0),
                )
            canvas.stroke([(x - half * 0.5, top), (x, top + half * 0.3), (x + half * 0.5, top)], half * 0.2, SCARF)
        else:
            canvas.polygon([(x - half * 0.62, top), (x + half * 0.62, top), (x, top + half * 0.75)], SCARF)
    elif facing == "front":
        light = lighter(look.top, 0.55)
        canvas.stroke([(x - half * 0.4, top), (x, top + half * 0.38), (x + half * 0.4, top)], half * 0.14, light)


def _arm(canvas: Canvas, points: list[Point], width: float, look: Look) -> None:
    canvas.stroke(points, width, darker(look.sleeve, 0.07))
    canvas.ellipse(points[-1][0], points[-1][1], width * 0.56, width * 0.56, look.skin)


def _arms(
    canvas: Canvas, x: float, shoulder: float, half: float, unit: float, look: Look, pose: Pose, side: int
) -> None:
    """Both arms; *unit* is about an arm's length, *side* (-1 left, 1 right) the hand that does the pose."""
    width = half * 0.42
    for sign in (-1, 1):
        sx = x + sign * half * 0.84
        if sign == side and pose in ("raise", "wave"):
            lean = 0.12 if pose == "raise" else 0.42
            _arm(canvas, [(sx, shoulder), (sx + sign * unit * lean, shoulder - unit * 0.95)], width, look)
        elif sign == side and pose == "point":
            points = [(sx, shoulder), (sx + sign * unit * 0.5, shoulder + unit * 0.02)]
            _arm(canvas, [*points, (sx + sign * unit * 0.92, shoulder - unit * 0.42)], width, look)
        elif pose in ("hold", "write"):
            _arm(
                canvas,
                [
                    (sx, shoulder),
                    (sx + sign * unit * 0.14, shoulder + unit * 0.42),
                    (x + sign * half * 0.36, shoulder + unit * 0.5),
                ],
                width,
                look,
            )
        else:
            elbow = (sx + sign * unit * 0.12, shoulder + unit * 0.4)
            _arm(canvas, [(sx, shoulder), elbow, (sx + sign * unit * 0.06, shoulder + unit * 0.8)], width, look)


def draw_standing(
    canvas: Canvas,
    foot: Point,
    tall: float,
    look: Look,
    *,
    facing: Facing = "front",
    pose: Pose = "rest",
    side: int = 1,
    stride: float = 0.0,
) -> None:
    """Somebody on their feet at *foot*, *tall* units high; *stride* 0 to 1 spreads the legs."""
    x, y = foot
    r = tall * (0.078 if look.is_adult else 0.1)
    half = tall * (0.125 if look.is_adult else 0.13)
    shoulder = y - tall + r * 2.35
    hip = y - tall * 0.44
    canvas.shade(x + half * 0.4, y, half * 1.6, half * 0.38, 0.3)
    for sign in (-1, 1):
        foot_x = x + sign * half * (0.42 + stride * 0.9)
        skin_leg = look.has_skirt
        colour = look.skin if skin_leg else (look.bottom if sign < 0 else darker(look.bottom, 0.15))
        width = half * (0.42 if skin_leg else 0.66)
        canvas.stroke([(x + sign * half * 0.42, hip), (foot_x, y - half * 0.2)], width, colour)
        canvas.ellipse(
            foot_x + sign * half * 0.08,
            y - half * 0.1,
            half * 0.42,
            half * 0.2,
            (236, 238, 240) if not look.is_adult else (52, 48, 52),
        )
    canvas.rectangle(x - r * 0.42, shoulder - r * 0.6, x + r * 0.42, shoulder + r * 0.4, darker(look.skin, 0.1))
    if facing == "back":
        _arms(canvas, x, shoulder + half * 0.35, half, tall * 0.36, look, pose, side)
    _torso(canvas, x, shoulder, hip + half * 0.3, half, look)
    if look.has_skirt:
        low = y - tall * 0.24
        canvas.polygon([(x - half, hip), (x + half, hip), (x + half * 1.35, low), (x - half * 1.35, low)], look.bottom)
    if facing == "front":
        _collar(canvas, x, shoulder, half, look, facing)
        _arms(canvas, x, shoulder + half * 0.35, half, tall * 0.36, look, pose, side)
        if pose == "hold":
            _tablet(canvas, x, shoulder + tall * 0.2, half)
    draw_head(canvas, x, shoulder - r * 1.2, r, look, facing)
    if facing == "back":
        _collar(canvas, x, shoulder, half, look, facing)


def _tablet(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.rounded((x - half * 0.85, y - half * 0.55, x + half * 0.85, y + half * 0.5), half * 0.12, (52, 60, 76))
    canvas.rounded((x - half * 0.75, y - half * 0.45, x + half * 0.75, y + half * 0.4), half * 0.06, (150, 206, 236))


def draw_seated(
    canvas: Canvas,
    seat: Point,
    tall: float,
    look: Look,
    *,
    facing: Facing = "back",
    pose: Pose = "rest",
    side: int = 1,
) -> None:
    """The upper body of somebody who sits: *seat* is the middle of the hip, *tall* from there to the crown."""
    x, y = seat
    r = tall * (0.19 if look.is_adult else 0.215)
    half = tall * (0.3 if look.is_adult else 0.29)
    shoulder = y - tall + r * 2.3
    if facing == "back":
        _arms(canvas, x, shoulder + half * 0.4, half, tall * 0.62, look, "hold" if pose == "write" else pose, side)
    canvas.rectangle(x - r * 0.42, shoulder - r * 0.5, x + r * 0.42, shoulder + r * 0.4, darker(look.skin, 0.1))
    _torso(canvas, x, shoulder, y + half * 0.2, half, look)
    if facing == "front":
        _collar(canvas, x, shoulder, half, look, facing)
        _arms(canvas, x, shoulder + half * 0.4, half, tall * 0.62, look, pose, side)
    draw_head(canvas, x, shoulder - r * 1.12, r, look, facing)
    if facing == "back":
        _collar(canvas, x, shoulder, half, look, facing)
