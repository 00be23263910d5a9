"""Sizes, moments and keys."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, sets

from generator.media.recipe import (
    JPEG_LIMIT_PX,
    RENDITIONS,
    CaptionRecipe,
    DocumentRecipe,
    Job,
    PictureRecipe,
    PosterRecipe,
    VideoRecipe,
    fitted_px,
    height_at,
    ladder,
    planned,
    poster_at_s,
    poster_tries_s,
    widest_px,
)

STEPS = (320, 640, 960, 1600)


@given(width_px=integers(1, 10_000), steps_px=sets(integers(1, 5_000), min_size=1))
def test_no_rung_is_wider_than_the_original(width_px: int, steps_px: set[int]) -> None:
    rungs = ladder(width_px, tuple(steps_px))
    assert rungs
    assert all(rung <= width_px for rung in rungs)
    assert list(rungs) == sorted(set(rungs))


@given(width_px=integers(1, 10_000), steps_px=sets(integers(1, 5_000), min_size=1))
def test_the_top_rung_loses_nothing_below_the_last_step(width_px: int, steps_px: set[int]) -> None:
    assert ladder(width_px, tuple(steps_px))[-1] == min(width_px, max(steps_px))


@pytest.mark.parametrize(
    ("width_px", "rungs"),
    [
        (200, (200,)),
        (320, (320,)),
        (500, (320, 500)),
        (960, (320, 640, 960)),
        (1200, (320, 640, 960, 1200)),
        (1600, STEPS),
        (6000, STEPS),
    ],
)
def test_a_ladder_is_every_step_that_fits_and_the_own_width(width_px: int, rungs: tuple[int, ...]) -> None:
    assert ladder(width_px, STEPS) == rungs


@pytest.mark.parametrize(("width_px", "steps"), [(0, STEPS), (10, ()), (10, (0, 5))])
def test_a_ladder_without_sense_is_an_error(width_px: int, steps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        ladder(width_px, steps)


@given(width_px=integers(1, 8_000), height_px=integers(1, 200_000))
def test_a_tall_picture_stays_within_what_jpeg_can_hold(width_px: int, height_px: int) -> None:
    top_px = widest_px((width_px, height_px), JPEG_LIMIT_PX)
    assert 1 <= top_px <= width_px
    assert top_px == 1 or height_at(top_px, (width_px, height_px)) <= JPEG_LIMIT_PX


@given(width_px=integers(2, 9_000), height_px=integers(2, 9_000))
def test_a_rendition_fits_its_box_and_never_grows(width_px: int, height_px: int) -> None:
    for rendition in RENDITIONS:
        made = fitted_px((width_px, height_px), rendition)
        assert made[0] <= width_px
        assert made[1] <= height_px
        assert made[0] % 2 == made[1] % 2 == 0
        assert min(made) <= rendition.short_px
        assert max(made) <= rendition.long_px


@pytest.mark.parametrize(
    ("original_px", "made"),
    [
        ((3840, 2160), [("1080p", (1920, 1080)), ("720p", (1280, 720))]),
        ((1080, 1920), [("1080p", (1080, 1920)), ("720p", (720, 1280))]),
        ((1600, 900), [("1080p", (1600, 900)), ("720p", (1280, 720))]),
        ((1280, 720), [("720p", (1280, 720))]),
        ((640, 361), [("720p", (640, 360))]),
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


def _changed(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return None
    if isinstance(value, tuple):
        return value[:-1]
    return value + 1 if isinstance(value, int | float) else str(value) + "x"


@pytest.mark.parametrize("recipe", [PictureRecipe(), PosterRecipe(), VideoRecipe(), CaptionRecipe(), DocumentRecipe()])
def test_every_field_of_a_recipe_is_in_the_key(recipe: Any) -> None:
    job = Job(source="/a", source_sha256="0" * 64, recipe=recipe, tool="maker 1")
    keys = {job.key}
    fields = dataclasses.fields(recipe)
    for field in fields:
        other = dataclasses.replace(recipe, **{field.name: _changed(getattr(recipe, field.name))})
        keys.add(dataclasses.replace(job, recipe=other).key)
    assert len(keys) == len(fields) + 1


def test_the_key_knows_content_and_maker_but_not_the_place() -> None:
    job = Job(source="/a", source_sha256="0" * 64, recipe=PictureRecipe(), tool="maker 1")
    assert dataclasses.replace(job, source="/b").key == job.key
    assert dataclasses.replace(job, source_sha256="1" * 64).key != job.key
    assert dataclasses.replace(job, tool="maker 2").key != job.key
