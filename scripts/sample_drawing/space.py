"""Perspective: metres in a room or a field to units on the canvas, and boxes drawn in it."""

from __future__ import annotations

from dataclasses import dataclass

from sample_drawing.canvas import Canvas, Point
from sample_drawing.colour import Colour, darker, lighter


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the picture is taken from: x to the right, y up from the floor, z away from us, all in metres."""

    centre: Point  # of the canvas' vanishing point, units
    focal: float  # units of one metre at one metre's distance
    x: float = 0.0
    eye: float = 1.8

    def at(self, x: float, y: float, z: float) -> Point:
        """A place in the room as a point on the canvas; *z* is held to 0.3 m at least."""
        scale = self.focal / max(z, 0.3)
        return (self.centre[0] + (x - self.x) * scale, self.centre[1] + (self.eye - y) * scale)

    def size(self, metres: float, z: float) -> float:
        """How many units *metres* take at distance *z*."""
        return metres * self.focal / max(z, 0.3)

    def wall(self, z: float, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle that faces us at *z*, as (left, top, right, bottom)."""
        left, bottom = self.at(x0, y0, z)
        right, top = self.at(x1, y1, z)
        return (left, top, right, bottom)

    def side(self, x: float, y0: float, y1: float, z0: float, z1: float) -> list[Point]:
        """A rectangle on the plane of a side wall."""
        return [self.at(x, y1, z0), self.at(x, y1, z1), self.at(x, y0, z1), self.at(x, y0, z0)]

    def floor(self, x0: float, x1: float, z0: float, z1: float, y: float = 0.0) -> list[Point]:
        """A rectangle that lies level at height *y*."""
        return [self.at(x0, y, z0), self.at(x1, y, z0), self.at(x1, y, z1), self.at(x0, y, z1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A cuboid in metres, standing square to the camera."""

    x0: float
    x1: float
    y0: float
    y1: float
    z0: float
    z1: float


def draw_box(canvas: Canvas, camera: Camera, box: Box, colour: Colour) -> None:
    """The faces of *box* that the camera sees, lit from above."""
    if box.x0 > camera.x:
        canvas.polygon(camera.side(box.x0, box.y0, box.y1, box.z0, box.z1), darker(colour, 0.26))
    if box.x1 < camera.x:
        canvas.polygon(camera.side(box.x1, box.y0, box.y1, box.z0, box.z1), darker(colour, 0.18))
    if box.y1 < camera.eye:
        canvas.gradient(
            camera.floor(box.x0, box.x1, box.z0, box.z1, box.y1), lighter(colour, 0.3), lighter(colour, 0.1)
        )
    front = camera.floor(box.x0, box.x1, box.z0, box.z0, box.y1)[:2]
    low = camera.floor(box.x0, box.x1, box.z0, box.z0, box.y0)[:2]
    canvas.gradient([front[0], front[1], low[1], low[0]], colour, darker(colour, 0.14))


def draw_shadow(canvas: Canvas, camera: Camera, box: Box, alpha: float = 0.3) -> None:
    """The shadow of *box* on the floor, a little to the right of it."""
    points = camera.floor(box.x0 - 0.05, box.x1 + 0.25, box.z0 - 0.12, box.z1 + 0.1)
    canvas.soft([points], camera.size(0.09, box.z0), (30, 30, 48), alpha)
