"""What a picture says of its own width before any style is known: the `sizes` of a srcset.

The theme's rem grows with the window; in `sizes` a rem is what the browser starts with. So pixels stand here.
A picture in a text is as wide as `sizes` says, where its column leaves room: they must not be too small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_ROOTS_PX = ((2_000, 24), (1_600, 22), (0, 20))  # from that width of the window on, so many pixels are a rem
_BESIDE_PX = 960  # from here on the facts of a case stand beside its text
_WHOLE_PX = 1_120  # from here on the column has all its width
_COLUMN_REM, _TALLEST_REM = 38, 32
_TWO_PX = 608  # from here on a gallery has two in a row
_GAP_PX = 16

CARD = (
    "(min-width: 2000px) 466px, (min-width: 1600px) 428px, (min-width: 1248px) 388px, "
    "(min-width: 976px) 31vw, (min-width: 656px) 47vw, calc(100vw - 32px)"
)
"""Of the picture of a card: one, two or three in a row."""

FINDER_CARD = (
    "(min-width: 2000px) 354px, (min-width: 1600px) 323px, (min-width: 1248px) 292px, (min-width: 1144px) 24vw, "
    "(min-width: 960px) 35vw, (min-width: 852px) 31vw, (min-width: 572px) 47vw, calc(100vw - 32px)"
)
"""Of the picture of a card beside the facets of the finder."""

THUMB = "(min-width: 1600px) 72px, 60px"
"""Of the first page of a document, beside its name."""


def in_text(width_px: int, height_px: int) -> str:
    """The `sizes` of a picture in the column of a case: as wide as that, never wider than itself or too tall."""
    return _told(_fitted(width_px, height_px, columns=1))


def in_gallery(width_px: int, height_px: int) -> str:
    """The `sizes` of a picture in a gallery: two in the column, one on a phone."""
    return _told(_fitted(width_px, height_px, columns=2))


def _told(widths: Iterable[tuple[int, str]]) -> str:
    """Widths from the largest window to the smallest as `sizes`; what the next smaller says too is not said twice."""
    steps = list(widths)
    kept = [step for step, lower in zip(steps, [*steps[1:], (0, "")], strict=True) if step[1] != lower[1]]
    return ", ".join(f"(min-width: {from_px}px) {width}" if from_px else width for from_px, width in kept)


def _fitted(width_px: int, height_px: int, columns: int) -> Iterator[tuple[int, str]]:
    own_px = 0
    for window_px, rem_px in _ROOTS_PX:
        # As it is, or as tall as a picture in a text may be.
        own_px = max(1, min(width_px, round(_TALLEST_REM * rem_px * width_px / height_px)))
        cell_px = (_COLUMN_REM * rem_px - _GAP_PX * (columns - 1)) // columns
        yield window_px or _WHOLE_PX, f"{min(own_px, cell_px)}px"
    yield from _narrowing(own_px, 360, _BESIDE_PX, _WHOLE_PX, columns)
    if columns > 1:
        yield from _narrowing(own_px, 32, _TWO_PX, _BESIDE_PX, columns)
    yield from _narrowing(own_px, 32, 0, _TWO_PX if columns > 1 else _BESIDE_PX, 1)


def _narrowing(own_px: int, taken_px: int, from_px: int, to_px: int, columns: int) -> Iterator[tuple[int, str]]:
    """Between two widths of the window: the picture's own width while there is room for it, else all the room.

    *taken_px* is what edges and neighbours take of the window.
    """
    taken_px += _GAP_PX * (columns - 1)
    enough_px = own_px * columns + taken_px
    if enough_px < to_px:
        yield max(enough_px, from_px), f"{own_px}px"
    if enough_px > from_px:
        room = f"100vw - {taken_px}px"
        yield from_px, f"calc({room})" if columns == 1 else f"calc(({room}) / {columns})"
