"""Sizes of videos, moments of stills, steps of storyboards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers

from generator.media.recipe import RENDITIONS, PosterRecipe, StoryboardRecipe
from generator.media.video.renditions import fitted_px, planned, poster_at_s, poster_tries_s, tile_every_s


@given(width_px=integers(2, 9_000), height_px=integers(2, 9_000))
def test_a_rendition_fits_its_box_and_never_grows(width_px: int, height_px: int) -> None:
    for rendition in RENDITIONS:
        made = fitted_px((width_px, height_px), short_px=rendition.short_px, long_px=rendition.long_px)
        assert made[0] <= width_px
        assert made[1] <= height_px
        assert made[0] % 2 == made[1] % 2 == 0
        assert min(made) <= rendition.short_px
        assert max(made) <= rendition.long_px


@given(width_px=integers(200, 9_000), height_px=integers(200, 9_000))
def test_a_rendition_keeps_its_shape(width_px: int, height_px: int) -> None:
    for rendition in RENDITIONS:
        made = fitted_px((width_px, height_px), short_px=rendition.short_px, long_px=rendition.long_px)
        share = max(made) / max(width_px, height_px)
        assert min(made) == pytest.approx(min(width_px, height_px) * share, abs=2.01)


@pytest.mark.parametrize(
    ("original_px", "made"),
    [
        ((3840, 2160), [("1080p", (1920, 1080)), ("720p", (1280, 720)), ("480p", (854, 480))]),
        ((1080, 1920), [("1080p", (1080, 1920)), ("720p", (720, 1280)), ("480p", (480, 854))]),
        ((1600, 900), [("1080p", (1600, 900)), ("720p", (1280, 720)), ("480p", (854, 480))]),
        ((1280, 720), [("720p", (1280, 720)), ("480p", (854, 480))]),
        ((640, 361), [("480p", (640, 360))]),
        ((1440, 1080), [("1080p", (1440, 1080)), ("720p", (960, 720)), ("480p", (640, 480))]),
    ],
)
def test_a_video_is_made_in_the_sizes_it_has(
    original_px: tuple[int, int], made: list[tuple[str, tuple[int, int]]]
) -> None:
    assert [(rendition.name, size_px) for rendition, size_px in planned(original_px, RENDITIONS)] == made


def test_a_poster_is_taken_a_third_of_the_way_in() -> None:
    assert poster_at_s(90) == 30
    with pytest.raises(ValueError, match="positive"):
        poster_at_s(0)


@given(duration_s=floats(0.04, 20_000))
def test_every_poster_moment_lies_in_the_video(duration_s: float) -> None:
    moments = poster_tries_s(duration_s, PosterRecipe())
    assert moments[0] == poster_at_s(duration_s)
    assert all(0 <= moment < duration_s for moment in moments)


@given(duration_s=floats(0.04, 20_000))
def test_a_storyboard_has_room_for_the_whole_video(duration_s: float) -> None:
    recipe = StoryboardRecipe()
    every_s = tile_every_s(duration_s, recipe)
    assert every_s >= 1
    assert duration_s <= every_s * recipe.columns * recipe.rows * 1.000001
