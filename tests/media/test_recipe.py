"""Sizes, moments and keys."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from, sets, tuples

from generator.media.recipe import (
    AVIF_PIXELS,
    JPEG_LIMIT_PX,
    RENDITIONS,
    CaptionRecipe,
    DocumentRecipe,
    Job,
    MotionRecipe,
    PictureFormat,
    PictureRecipe,
    PosterRecipe,
    SoundRecipe,
    StoryboardRecipe,
    VideoRecipe,
    height_at,
    ladder,
    rungs,
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


@given(width_px=integers(1, 10_000), steps_px=sets(integers(1, 5_000), min_size=1), limit_px=integers(1, 10_000))
def test_the_own_width_is_made_up_to_its_limit(width_px: int, steps_px: set[int], limit_px: int) -> None:
    widths_px = ladder(width_px, tuple(steps_px), limit_px)
    assert min(width_px, limit_px) in widths_px
    assert all(width <= width_px for width in widths_px)
    assert set(widths_px) - {min(width_px, limit_px)} <= steps_px


@given(
    format_=sampled_from(("avif", "webp", "jpeg")),
    original_px=tuples(integers(1, 10_000), integers(1, 40_000)),
    steps_px=sets(integers(1, 3_000), min_size=1).map(tuple),
)
def test_a_format_has_every_step_or_nothing(
    format_: PictureFormat, original_px: tuple[int, int], steps_px: tuple[int, ...]
) -> None:
    widths_px = ladder(widest_px(original_px, JPEG_LIMIT_PX), steps_px, 2_400)
    made_px = rungs(format_, widths_px, original_px, steps_px)
    assert made_px == tuple(width for width in widths_px if width in made_px)
    assert not made_px or {width for width in widths_px if width <= max(steps_px)} <= set(made_px)
    assert made_px or format_ != "jpeg"
    for width in made_px:
        assert height_at(width, original_px) <= {"avif": 16_383, "webp": 16_383, "jpeg": 65_500}[format_]
        assert format_ != "avif" or width * height_at(width, original_px) <= AVIF_PIXELS


@pytest.mark.parametrize(("width_px", "steps"), [(0, STEPS), (10, ()), (10, (0, 5))])
def test_a_ladder_without_sense_is_an_error(width_px: int, steps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        ladder(width_px, steps)


@given(width_px=integers(1, 8_000), height_px=integers(1, 200_000))
def test_a_tall_picture_stays_within_what_jpeg_can_hold(width_px: int, height_px: int) -> None:
    top_px = widest_px((width_px, height_px), JPEG_LIMIT_PX)
    assert 1 <= top_px <= width_px
    assert top_px == 1 or height_at(top_px, (width_px, height_px)) <= JPEG_LIMIT_PX


def _changed(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return None
    if isinstance(value, tuple):
        return value[:-1]
    return value + 1 if isinstance(value, int | float) else str(value) + "x"


@pytest.mark.parametrize(
    "recipe",
    [
        PictureRecipe(),
        PictureRecipe(motion=MotionRecipe()),
        MotionRecipe(),
        RENDITIONS[0],
        PosterRecipe(),
        StoryboardRecipe(),
        SoundRecipe(),
        VideoRecipe(),
        CaptionRecipe(),
        DocumentRecipe(),
    ],
)
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
