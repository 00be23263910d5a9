"""What a picture says of its own width."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from generator.pages.sizes import in_gallery, in_text

_STEP = re.compile(r"(?:\(min-width: (\d+)px\) )?(\d+px|calc\(100vw - \d+px\)|calc\(\(100vw - \d+px\) / 2\))")


def said_px(sizes: str, window_px: int) -> float:
    """What a browser makes of *sizes* in a window of that width."""
    for step in sizes.split(", "):
        found = _STEP.fullmatch(step)
        assert found, step
        if window_px >= int(found[1] or 0):
            numbers = [int(number) for number in re.findall(r"(\d+)px", found[2])]
            if not found[2].startswith("calc"):
                return numbers[0]
            return (window_px - numbers[0]) / (2 if "/ 2" in found[2] else 1)
    raise AssertionError(f"{sizes} says nothing for {window_px}")


@given(width_px=integers(1, 9_000), height_px=integers(1, 9_000), window_px=integers(320, 3_000))
def test_no_picture_is_shown_wider_than_itself_or_than_its_place(width_px: int, height_px: int, window_px: int) -> None:
    for told in (in_text, in_gallery):
        said = said_px(told(width_px, height_px), window_px)
        assert 1 <= said <= max(1, width_px)
        assert said <= window_px - 32
        assert said <= 928  # the widest window in which nothing stands beside the text, without its edges


@given(height_px=integers(1_000, 9_000), window_px=integers(320, 1_599))
def test_no_picture_in_a_text_is_taller_than_the_style_allows(height_px: int, window_px: int) -> None:
    assert said_px(in_text(1_000, height_px), window_px) * height_px / 1_000 <= 640 + height_px / 1_000


@pytest.mark.parametrize(("window_px", "shown_px"), [(390, 358), (768, 736), (1024, 664), (1440, 720), (1700, 792)])
def test_a_wide_picture_fills_its_column(window_px: int, shown_px: int) -> None:
    assert said_px(in_text(4_000, 2_000), window_px) == shown_px


@pytest.mark.parametrize(("window_px", "shown_px"), [(390, 358), (768, 360), (1024, 324), (1440, 352), (2100, 424)])
def test_a_gallery_has_two_in_a_row_and_one_on_a_phone(window_px: int, shown_px: int) -> None:
    assert said_px(in_gallery(4_000, 3_000), window_px) == shown_px
