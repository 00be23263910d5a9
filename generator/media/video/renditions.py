"""Which sizes of a video are made, and at which moments its stills are taken: arithmetic alone."""

from __future__ import annotations

from generator.media.recipe import PosterRecipe, Rendition, StoryboardRecipe


def fitted_px(original_px: tuple[int, int], *, short_px: int, long_px: int) -> tuple[int, int]:
    """The size of a video in a box that may be turned either way: never larger than it was, both sides even.

    The shape is kept as closely as even sides allow.

    Raises:
        ValueError: a side of the original is not positive.
    """
    own_short_px, own_long_px = sorted(original_px)
    if own_short_px <= 0:
        raise ValueError(f"a video has a positive size, not {original_px}")
    share = min(1.0, short_px / own_short_px, long_px / own_long_px)
    width_px, height_px = (max(2, min(round(side * share / 2), side // 2) * 2) for side in original_px)
    return width_px, height_px


def planned(
    original_px: tuple[int, int], renditions: tuple[Rendition, ...]
) -> tuple[tuple[Rendition, tuple[int, int]], ...]:
    """The renditions worth making of a video of that size, each with its size, largest first; one at least.

    Of renditions that would come out at one size, the smallest is made: its bit rate is meant for that size.
    """
    by_size = {
        fitted_px(original_px, short_px=rendition.short_px, long_px=rendition.long_px): rendition
        for rendition in renditions
    }
    return tuple((rendition, size_px) for size_px, rendition in by_size.items())


def poster_at_s(duration_s: float) -> float:
    """The moment of the still shown before a video plays, in seconds from its start.

    A third of the way in: past the opening titles, short of the closing fade.

    Raises:
        ValueError: *duration_s* is not positive.

    Clause: E23 二2.
    """
    if duration_s <= 0:
        raise ValueError(f"duration_s must be positive, not {duration_s}")
    return duration_s / 3


def poster_tries_s(duration_s: float, recipe: PosterRecipe) -> tuple[float, ...]:
    """The moments to look at for a poster, in the order of preference; the very start is the last resort."""
    return (poster_at_s(duration_s), *(share * duration_s for share in recipe.later_tries), 0.0)


def tile_every_s(duration_s: float, recipe: StoryboardRecipe) -> float:
    """The time from one tile of a storyboard to the next, so that all of a video fits on one sheet."""
    return max(recipe.least_step_s, duration_s / (recipe.columns * recipe.rows))
