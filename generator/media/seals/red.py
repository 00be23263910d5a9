"""Round red seals in a picture: what is red, which of it hangs together, and whether that is a ring with writing in it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from generator.catalog.facts import SealSight

LOOKED_AT_PX = 640
"""The longer side of what is looked at: a seal of 40 mm on A4 is then 90 pixels wide, and its ring more than one thick."""

_REDNESS = 18  # by how much red must be above green and blue; a hardly visible ring, made small, is by some 25
_YELLOW = 0.35  # of that, the part by which green may be above blue: wood and skin are more yellow
_GREY = 14  # the spread of the three colours below which a pixel is grey; cameras and JPEG add some
_COLOURED = 0.0005  # of all pixels: below that the scan is grey
_SIDES = (0.06, 0.6)  # of the shorter side of the page
_LEAST_PX = 22
_SLIMMEST = 0.7
_SECTORS = 48
_RING = (0.8, 1.06)
_WRITING = (0.4, 0.76)
_RING_WHOLE = 0.8  # of the sectors
_OUTSIDE = 0.02  # of the ring's area, in the corners around it: a character fills its corners, too
_WRITTEN = (0.06, 0.72)  # how much of the band inside the ring is red: neither empty nor full
_FULL = 0.74
_REDDEST = 0.45  # of all pixels: a red wall, of which nothing can be told

_RUN = re.compile(rb"\xff+")


@dataclass(frozen=True, slots=True)
class _Patch:
    """The box of red that hangs together, ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def with_(self, other: _Patch) -> _Patch:
        return _Patch(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip


def seal_in(image: Image.Image) -> SealSight:
    """What a look at *image* says, which is made small first; “grey” where no colour is left to tell by."""
    small = image if image.mode == "RGB" else image.convert("RGB")
    if max(small.size) > LOOKED_AT_PX:
        small = small.copy()
        small.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX), Image.Resampling.BOX)
    if _is_grey(small):
        return "grey"
    red = _red(small)
    if red.histogram()[255] > _REDDEST * small.width * small.height:
        return "unseen"
    shorter = min(small.size)
    return "seen" if any(_is_seal(red, patch, shorter) for patch in _patches(red)) else "unseen"


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    brightest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    darkest = ImageChops.darker(red, ImageChops.darker(green, blue))
    spread = ImageChops.subtract(brightest, darkest).histogram()
    return sum(spread[_GREY:]) < _COLOURED * image.width * image.height


def _red(image: Image.Image) -> Image.Image:
    """255 where *image* is red, 0 elsewhere."""
    red, green, blue = image.split()
    above = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(lambda by: 255 if by >= _REDNESS else 0)
    allowed = ImageChops.subtract(red, blue).point(lambda by: int(by * _YELLOW))
    yellow = ImageChops.subtract(ImageChops.subtract(green, blue), allowed).point(lambda by: 0 if by else 255)
    return ImageChops.darker(above, yellow)


def _patches(red: Image.Image) -> Iterator[_Patch]:
    """The red that hangs together, gaps of a few pixels closed: the writing of a seal with its ring."""
    wide = red.filter(ImageFilter.MaxFilter(5))
    width, data = wide.width, wide.tobytes()
    boxes: list[_Patch] = []
    heads: list[int] = []  # of every patch that was begun, the one that it turned out to hang together with

    def head_of(number: int) -> int:
        while heads[number] != number:
            number = heads[number]
        return number

    above: list[tuple[int, int, int]] = []  # runs of the line above: first, last, patch
    for line in range(wide.height):
        runs: list[tuple[int, int, int]] = []
        passed = 0  # runs above that end before this one: a line of noise has hundreds
        for run in _RUN.finditer(data, line * width, (line + 1) * width):
            first, last = run.start() - line * width, run.end() - line * width - 1
            number = len(boxes)
            boxes.append(_Patch(first, line, last, line))
            heads.append(number)
            while passed < len(above) and above[passed][1] < first - 1:
                passed += 1
            for left, _, other in itertools.islice(above, passed, None):
                if left > last + 1:
                    break
                if (head := head_of(other)) != head_of(number):
                    boxes[head] = boxes[head].with_(boxes[head_of(number)])
                    heads[head_of(number)] = head
            runs.append((first, last, number))
        above = runs
    return (box for number, box in enumerate(boxes) if heads[number] == number)


def _is_seal(red: Image.Image, patch: _Patch, shorter: int) -> bool:
    """Whether the red in *patch* is a ring, whole all around, with some but not full of writing inside."""
    width, height = patch.right - patch.left - 3, patch.bottom - patch.top - 3  # without what closed the gaps
    least, most = max(_LEAST_PX, _SIDES[0] * shorter), _SIDES[1] * shorter
    if (
        not least <= min(width, height)
        or not max(width, height) <= most
        or min(width, height) < _SLIMMEST * max(width, height)
    ):
        return False
    middle_x, middle_y = (patch.left + patch.right) / 2, (patch.top + patch.bottom) / 2
    box = red.crop((patch.left, patch.top, patch.right + 1, patch.bottom + 1))
    across = box.width
    sectors: set[int] = set()
    inside = outside = written = 0
    for at, value in enumerate(box.tobytes()):
        if not value:
            continue
        x = (at % across + patch.left - middle_x) / (width / 2)
        y = (at // across + patch.top - middle_y) / (height / 2)
        distance = math.hypot(x, y)
        inside += distance <= _RING[1]
        outside += distance > _RING[1]
        written += _WRITING[0] <= distance <= _WRITING[1]
        if _RING[0] <= distance <= _RING[1]:
            sectors.add(int((math.atan2(y, x) / math.tau + 0.5) * _SECTORS) % _SECTORS)
    area = math.pi / 4 * width * height
    band = area * (_WRITING[1] ** 2 - _WRITING[0] ** 2)
    return (
        len(sectors) >= _RING_WHOLE * _SECTORS
        and _WRITTEN[0] * band <= written <= _WRITTEN[1] * band
        and inside <= _FULL * area
        and outside <= _OUTSIDE * area
    )
