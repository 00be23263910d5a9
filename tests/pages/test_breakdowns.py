"""Sentences and shares of a way of counting."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from generator.pages.breakdowns import finding, percent
from generator.pages.figure_views import Bar


def bars(*counts: int) -> list[Bar]:
    return [Bar(label="甲乙丙丁戊"[i], count=count) for i, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((3, 1), "甲最多，有 3 个，占全部 4 个案例的 75.0%。"),
        ((2, 2), "甲、乙最多，各有 2 个，各占全部 4 个案例的 50.0%。"),
        ((1, 1, 1, 1), "甲、乙、丙等 4 项最多，各有 1 个，各占全部 4 个案例的 25.0%。"),
        ((), "还没有公布的案例。"),
    ],
)
def test_a_finding_names_the_longest_bars_and_their_share(counts: tuple[int, ...], said: str) -> None:
    assert finding(bars(*counts), sum(counts)) == said


@given(count=integers(0, 5_000), more=integers(0, 5_000))
def test_a_share_is_rounded_as_people_round(count: int, more: int) -> None:
    total = count + more
    exact = Decimal(100 * count) / total if total else Decimal(0)
    assert percent(count, total) == f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def test_two_of_thirty_two_are_six_point_three_per_cent() -> None:
    assert percent(2, 32) == "6.3%"
