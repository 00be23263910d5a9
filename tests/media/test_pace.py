"""The pace of a video is told rightly from packets in the order of the file."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists

from generator.media.video.pace import PaceTaker


def test_frames_stored_out_of_order_have_the_steps_in_which_they_are_shown() -> None:
    taker = PaceTaker()
    for at, is_key in ((0, True), (4, False), (2, False), (1, False), (3, False), (5, True), (7, False), (6, False)):
        taker.take(at / 25, 100, is_key=is_key)
    pace = taker.pace(8 / 25)
    assert (pace.frames, pace.bytes, pace.begins_with_key_frame, pace.first_key_s) == (8, 800, True, 0)
    assert pace.shortest_step_s == pytest.approx(0.04)
    assert pace.longest_step_s == pytest.approx(0.04)
    assert pace.longest_group_s == pytest.approx(0.2)


def test_the_group_after_the_last_key_frame_counts() -> None:
    taker = PaceTaker()
    taker.take(0, 1, is_key=True)
    taker.take(11, 1, is_key=False)
    assert taker.pace(12).longest_group_s == 12


@given(lists(floats(0, 10_000), min_size=1, max_size=200), integers(1, 30))
def test_the_steps_are_those_of_the_sorted_moments(moments_s: list[float], apart: int) -> None:
    """However frames are shuffled within the distance that a codec may shuffle them."""
    ordered = sorted(moments_s)
    shuffled = [moment for start in range(apart) for moment in ordered[start : apart * 2 : apart]] + ordered[
        apart * 2 :
    ]
    taker = PaceTaker()
    for moment_s in shuffled:
        taker.take(moment_s, 1, is_key=False)
    steps = [after - before for before, after in pairwise(ordered)] or [0.0]
    pace = taker.pace(ordered[-1])
    assert (pace.shortest_step_s, pace.longest_step_s) == (min(steps), max(steps))


def test_frames_without_a_time_have_no_pace() -> None:
    taker = PaceTaker()
    taker.take(0, 1, is_key=False)
    taker.take(None, 1, is_key=False)
    pace = taker.pace(1)
    assert pace.longest_step_s == math.inf
    assert pace.first_key_s == pace.longest_group_s == math.inf


def test_one_frame_has_no_step() -> None:
    taker = PaceTaker()
    taker.take(0.5, 9, is_key=True)
    pace = taker.pace(0.54)
    assert (pace.shortest_step_s, pace.longest_step_s) == (0, 0)
