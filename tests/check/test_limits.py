"""Bounds of a call: which apply to a case, when they are breached, and how they are said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.case import Case
from generator.catalog.demands import Limit, When
from generator.check.limits import applies, bound, is_breached, megabytes


def case_of(**fields: Any) -> Case:
    return Case.model_validate(
        {"title": "示例", "unit": {"name": "示例小学", "region": "north"}, "category": "C", **fields}
    )


def limit_of(op: str, value: int, unit: str = "字", **fields: Any) -> Limit:
    return Limit.model_validate({"target": "body", "op": op, "value": value, "unit": unit, **fields})


VIDEO = [{"file": "media/a.mp4", "title": "一节课"}]


@pytest.mark.parametrize(
    ("when", "fields", "expected"),
    [
        ({}, {}, True),
        ({"category": ["A", "C"]}, {}, True),
        ({"category": ["A"]}, {}, False),
        ({"media": "text"}, {}, True),
        ({"media": "text"}, {"videos": VIDEO}, False),
        ({"media": "video"}, {"videos": VIDEO}, True),
        ({"category": ["A"], "media": "video"}, {"videos": VIDEO}, False),
    ],
)
def test_a_limit_speaks_of_its_category_and_its_medium(
    when: dict[str, Any], fields: dict[str, Any], expected: bool
) -> None:
    assert applies(When.model_validate(when), case_of(**fields)) is expected


@given(st.integers(0, 6000), st.integers(0, 6000))
def test_the_bound_itself_is_allowed_and_one_more_is_not(value: int, amount: int) -> None:
    assert is_breached(limit_of("max", value), amount) == (amount > value)
    assert is_breached(limit_of("min", value), amount) == (amount < value)


@pytest.mark.parametrize(("amount", "expected"), [(399, True), (400, False), (500, False), (600, False), (601, True)])
def test_about_gives_way_by_its_tolerance_on_both_sides(amount: int, expected: bool) -> None:
    assert is_breached(limit_of("about", 500), amount) is expected


def test_bounds_are_said_in_both_languages() -> None:
    words = bound(limit_of("max", 5000))
    assert (words.zh, words.en) == ("不超过 5000 字", "at most 5000 characters")
    assert bound(limit_of("about", 500)).zh == "在 500 字左右"
    assert bound(limit_of("min", 3_000_000, "字节")).zh == "不少于 3 MB"
    assert bound(limit_of("max", 3, ambiguous=True)).zh.endswith("（通知原文有歧义，仅供对照）")


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (3_000_000, "3"),
        (2_999_999, "2.9"),
        (599_999, "0.5"),
        (12_340_000, "12.3"),
        (45_678, "0.045"),
        (12, "0.000012"),
        (0, "0"),
    ],
)
def test_a_size_below_a_bound_is_never_said_as_the_bound(size: int, said: str) -> None:
    assert megabytes(size) == said
