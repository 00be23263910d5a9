"""Bars are as long as their numbers, stay inside their room, and say their numbers in text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis.strategies import builds, integers, lists, text

from generator.pages.charts import (
    LONGEST_LABEL,
    MARKS,
    PATTERNS,
    bar_chart,
    progress_mark,
    share,
    slots,
    small_bar,
    spans,
)
from generator.pages.figure_views import Bar

LEVELS = tuple(MARKS)
PARTS = lists(integers(0, 5_000), min_size=1, max_size=6)
LABELS = text(min_size=1, max_size=40).filter(lambda label: label.isprintable() and label.strip() == label)
BARS = lists(builds(Bar, label=LABELS, count=integers(0, 9_999)), max_size=20)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def of_class(tree: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def percent(value: str | None) -> float:
    assert value and value.endswith("%")
    return float(value[:-1])


@given(count=integers(0, 100_000), more=integers(0, 100_000))
def test_a_bar_is_never_longer_than_its_room_and_never_shorter_than_that_of_a_smaller_number(
    count: int, more: int
) -> None:
    most = count + more
    assert 0 <= share(count, most) <= 100
    assert share(count // 2, most) <= share(count, most)
    assert share(most, most) == (100 if most else 0)


@given(parts=PARTS, more=integers(0, 5_000))
def test_parts_of_a_bar_follow_one_another_and_end_where_the_whole_bar_ends(parts: list[int], more: int) -> None:
    most = sum(parts) + more
    end = 0.0
    for start, length in spans(parts, most):
        assert abs(start - end) < 0.001
        assert length >= 0
        end = start + length
    assert abs(end - share(sum(parts), most)) < 0.01


@given(bars=BARS)
def test_every_number_stands_in_the_drawing_as_text_beside_a_bar_of_its_length(bars: list[Bar]) -> None:
    tree = parsed(bar_chart("x", "案例", "一句话", bars))
    most = max((bar.count for bar in bars), default=0)
    assert [int(element.text or "") for element in of_class(tree, "chart__number")] == [bar.count for bar in bars]
    assert [percent(element.get("width")) for element in of_class(tree, "chart__bar")] == [
        share(bar.count, most) for bar in bars
    ]
    for label, bar in zip(of_class(tree, "chart__label"), bars, strict=True):
        assert len(label.text or "") <= LONGEST_LABEL
        assert len(bar.label) > LONGEST_LABEL or label.text == " ".join(bar.label.split())


def test_charts_beside_each_other_can_share_a_scale() -> None:
    (bar,) = of_class(parsed(bar_chart("x", "案例", "一句话", [Bar(label="行", count=1)], most=4)), "chart__bar")
    assert percent(bar.get("width")) == 25


@given(rows=lists(lists(integers(0, 99), min_size=4, max_size=4), min_size=1, max_size=9))
def test_a_stacked_bar_names_each_of_its_parts_by_mark_and_number(rows: list[list[int]]) -> None:
    bars = [Bar(label="行", count=sum(parts), parts=tuple(parts)) for parts in rows]
    tree = parsed(bar_chart("x", "案例", "一句话", bars, LEVELS))
    for told, parts in zip(of_class(tree, "chart__parts"), rows, strict=True):
        found = re.findall(r"(.) (\d+)", told.text or "")
        assert found == [(MARKS[level], str(part)) for level, part in zip(LEVELS, parts, strict=True) if part]
    for part in of_class(tree, "chart__part"):
        assert part.get("fill", "")[5:-1] in PATTERNS


def test_a_drawing_says_its_finding_to_who_does_not_see_it() -> None:
    tree = parsed(bar_chart("year", "公开案例按年份", "2023年最多 <1>", [Bar(label="2023年", count=3)]))
    assert tree.get("role") == "img"
    ids = (tree.get("aria-labelledby") or "").split()
    said = {element.get("id"): element.text for element in tree}
    assert [said[name] for name in ids] == ["公开案例按年份", "2023年最多 <1>"]


def test_type_in_a_drawing_does_not_shrink_with_it() -> None:
    tree = parsed(bar_chart("x", "案例", "一句话", [Bar(label="行", count=1)]))
    assert tree.get("viewBox") is None
    assert tree.get("width") == "100%"
    assert (tree.get("height") or "").endswith("em")


def test_patterns_are_told_apart_by_their_drawing_not_by_their_colour_alone() -> None:
    drawn = re.findall(r"<pattern [^>]*?(?: id=\"[a-z-]+\")?[^>]*>(.*?)</pattern>", PATTERNS)
    plain = [re.sub(r"ink--(nation|province|city|county)", "ink", pattern) for pattern in drawn]
    assert len(plain) == len(set(plain)) == 4


@given(used=integers(0, 6), quota=integers(0, 6))
def test_each_place_of_a_share_is_a_square_and_each_used_one_is_filled(used: int, quota: int) -> None:
    tree = parsed(slots(used, quota))
    assert len(of_class(tree, "slot")) == max(used, quota)
    assert len(of_class(tree, "slot--used")) == used


@given(used=integers(0, 60), quota=integers(7, 50))
def test_a_large_share_is_a_bar_that_never_leaves_its_room(used: int, quota: int) -> None:
    (bar,) = of_class(parsed(slots(used, quota)), "chart__bar")
    assert percent(bar.get("width")) == share(used, max(used, quota))


def test_a_small_bar_is_silent() -> None:
    assert parsed(small_bar(1, 2)).get("aria-hidden") == "true"


def test_every_state_of_a_project_has_a_disc_of_its_own() -> None:
    assert len({progress_mark(step, 3) for step in range(4)}) == 4
    with pytest.raises(ValueError, match="step 4 of 3"):
        progress_mark(4, 3)
