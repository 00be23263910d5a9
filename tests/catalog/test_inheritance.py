"""What a call takes over from its forebears, and that no circle of them misleads or hangs the reader."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.campaign import Campaign
from generator.catalog.inheritance import resolve


def call(id: str, **fields: Any) -> Campaign:
    """A call with the few fields that a test is about."""
    return Campaign.model_validate(
        {
            "id": id,
            "kind": "案例遴选",
            "title": f"{id} 的活动",
            "short_title": id,
            "year": 2021,
            "issuer": {"unit": "某局", "level": "市级"},
            "status": "已公布",
            **fields,
        }
    )


def resolved(*calls: Campaign) -> dict[str, Campaign]:
    return resolve({one.id: one for one in calls})


def limit(target: str, value: int, **more: Any) -> dict[str, Any]:
    return {"target": target, "op": "max", "value": value, "unit": "字", **more}


CATEGORY = {"code": "A", "name": "学校", "group": "学校", "slug": "school"}

# One item for each section that is taken over, and how to read what came of it.
TAKEN: dict[str, list[dict[str, Any]]] = {
    "categories": [CATEGORY],
    "limits": [limit("summary", 300)],
    "formats": [{"kind": "picture", "extensions": ["jpg"]}],
    "forms": [{"id": "form", "title": "推荐表", "fields": []}],
    "topics": [{"name": "双师课堂"}],
    "materials": [{"name": "推荐表"}],
    "template": [{"heading": "背景"}],
    "themes": [{"text": "停课不停学"}],
    "guidance": [{"text": "突出特色"}],
    "stages": [{"name": "初评"}],
}
ONLY_AMENDED: dict[str, list[dict[str, Any]]] = {
    "quotas": [{"scope": "市州", "max": 10}],
    "timeline": [{"what": "报送截止", "to": "2020-02-15"}],
}


@pytest.mark.parametrize("link", ["parent", "amends"])
@pytest.mark.parametrize("section", TAKEN)
def test_what_a_call_lacks_it_takes_over_and_says_from_where(link: str, section: str) -> None:
    older = call("older", **{section: TAKEN[section]})
    child = resolved(older, call("child", **{link: "older"}))["child"]
    (item,) = getattr(child, section)
    assert item.inherited_from == "older"
    assert item.model_copy(update={"inherited_from": None}) == getattr(older, section)[0]


@pytest.mark.parametrize("section", ONLY_AMENDED)
def test_quotas_and_dates_come_from_an_amended_call_and_not_from_a_parent(section: str) -> None:
    older = call("older", **{section: ONLY_AMENDED[section]})
    assert getattr(resolved(older, call("child", parent="older"))["child"], section) == ()
    (item,) = getattr(resolved(older, call("child", amends="older"))["child"], section)
    assert item.inherited_from == "older"


@pytest.mark.parametrize("section", ["title", "year", "issuer", "awards", "consent", "surveys", "received"])
def test_what_a_call_says_of_itself_it_never_takes_from_another(section: str) -> None:
    rich = call(
        "older",
        awards={"level": "市级", "grades": [{"grade": "一等奖", "share": 3}]},
        consent={"mode": "implied"},
        surveys=[{"audience": "教师", "url": "https://example.org/1"}],
        received=[{"region": "yunxi", "count": 3}],
    )
    child = call("child", amends="older", year=2023)
    assert getattr(resolved(rich, child)["child"], section) == getattr(child, section)


def test_its_own_item_stands_before_and_instead_of_the_forebear_s() -> None:
    older = call("older", limits=[limit("summary", 300), limit("body", 5000)])
    child = call("child", parent="older", limits=[limit("body", 3000)])
    found = resolved(older, child)["child"].limits
    assert [(one.target, one.value, one.inherited_from) for one in found] == [
        ("body", 3000, None),
        ("summary", 300, "older"),
    ]


def test_a_limit_for_another_medium_is_another_limit() -> None:
    older = call("older", limits=[limit("body", 5000, when={"media": "text"})])
    child = call("child", parent="older", limits=[limit("body", 3000, when={"media": "video"})])
    assert len(resolved(older, child)["child"].limits) == 2


def test_a_template_of_its_own_is_not_mixed_with_the_forebear_s() -> None:
    older = call("older", template=[{"heading": "背景"}, {"heading": "做法"}])
    child = call("child", parent="older", template=[{"heading": "概述"}])
    assert [section.heading for section in resolved(older, child)["child"].template] == ["概述"]


def test_what_comes_from_afar_says_where_it_was_written() -> None:
    calls = [
        call("c", parent="b"),
        call("b", parent="a", topics=[{"name": "乙"}]),
        call("a", topics=[{"name": "甲"}]),
    ]
    for order in itertools.permutations(calls):
        found = resolved(*order)["c"].topics
        assert [(topic.name, topic.inherited_from) for topic in found] == [("乙", "b"), ("甲", "a")]


def test_a_parent_goes_before_what_is_amended() -> None:
    one = call("one", limits=[limit("summary", 300)])
    two = call("two", limits=[limit("summary", 500), limit("body", 5000)])
    found = resolved(one, two, call("child", parent="one", amends="two"))["child"].limits
    assert [(item.value, item.inherited_from) for item in found] == [(300, "one"), (5000, "two")]


def test_a_missing_forebear_changes_nothing() -> None:
    child = call("child", parent="nobody", amends="nobody", topics=[{"name": "甲"}])
    assert resolved(child) == {"child": child}


@pytest.mark.parametrize("ids", [("a",), ("a", "b"), ("c", "a", "b")])
def test_calls_in_a_circle_stay_as_they_are(ids: tuple[str, ...]) -> None:
    circle = [call(id, parent=older, topics=[{"name": id}]) for id, older in zip(ids, (*ids[1:], ids[0]), strict=True)]
    for order in itertools.permutations(circle):
        assert resolved(*order) == {one.id: one for one in circle}


def test_a_call_beside_a_circle_still_takes_over_from_its_member() -> None:
    one = call("one", parent="two", topics=[{"name": "甲"}])
    two = call("two", parent="one", topics=[{"name": "乙"}])
    child = call("child", parent="one")
    assert [topic.name for topic in resolved(child, one, two)["child"].topics] == ["甲"]


_IDS = ("a", "b", "c", "d")


@given(st.lists(st.tuples(st.sampled_from((*_IDS, None)), st.sampled_from((*_IDS, None))), min_size=4, max_size=4))
def test_the_order_of_the_calls_makes_no_difference(links: list[tuple[str | None, str | None]]) -> None:
    calls = [
        call(id, parent=parent, amends=amends, topics=[{"name": id}])
        for id, (parent, amends) in zip(_IDS, links, strict=True)
    ]
    first = resolved(*calls)
    assert resolved(*reversed(calls)) == first
    for one in calls:
        names = [topic.name for topic in first[one.id].topics]
        assert names[0] == one.id
        assert len(names) == len(set(names))


def test_a_long_line_of_forebears_takes_no_long_time() -> None:
    calls = [call(f"c{i}", parent=f"c{i + 1}", amends=f"c{i + 1}", topics=[{"name": str(i)}]) for i in range(16)]
    started = time.process_time()
    assert len(resolved(*calls)["c0"].topics) == 16
    assert time.process_time() - started < 2
