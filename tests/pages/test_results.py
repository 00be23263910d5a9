"""Award lists: rounding, order, and what is said where numbers are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from generator.pages.results import largest_remainder

SHARES = lists(integers(0, 20), min_size=1, max_size=6).filter(any)


@given(total=integers(0, 5_000), shares=SHARES)
def test_every_award_is_dealt_out_and_none_twice(total: int, shares: list[int]) -> None:
    assert sum(largest_remainder(total, shares)) == total


@given(total=integers(0, 5_000), shares=SHARES)
def test_no_grade_is_a_whole_award_away_from_its_share(total: int, shares: list[int]) -> None:
    for dealt, share in zip(largest_remainder(total, shares), shares, strict=True):
        assert abs(dealt - total * share / sum(shares)) < 1


def test_the_notices_example_of_29_awards_at_2_4_4_rounds_to_6_12_11() -> None:
    assert largest_remainder(29, [2, 4, 4]) == (6, 12, 11)


@pytest.mark.parametrize("shares", [[0, 0], [-1, 2]])
def test_impossible_shares_are_refused(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="positive"):
        largest_remainder(3, shares)
