"""What stands at the foot of a case, why, and what finding it costs."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.catalog.case import Unit
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.pages import likeness as likeness_module
from generator.pages.cards import Shelf, card
from generator.pages.groups import Entry
from generator.pages.likeness import MOST_FOLLOWED, MOST_HOLDERS, Likeness, grams, likeness
from generator.pages.map import public_entries
from generator.pages.related import MOST_RELATED, WINDOW, looks, nearest, related
from generator.pages.views import RelatedCard

ROOT = Path(__file__).parent.parent.parent


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


@cache
def samples() -> tuple[Entry, ...]:
    return public_entries(catalog(), frozenset())


def found(entries: list[Entry]) -> dict[str, tuple[RelatedCard, ...]]:
    cards = {entry.id: card(entry, Shelf(), catalog().regions, catalog().vocabulary) for entry in entries}
    near = nearest(looks(entries, catalog().vocabulary))
    return related(entries, cards, catalog().regions, catalog().vocabulary, near)


def made(name: str, of: Entry | None = None, **changes: Any) -> Entry:
    """A case like a sample, alike to no other where *changes* do not say so."""
    of = of or samples()[0]
    letters = random.Random(name).sample(range(0x4E00, 0x9FA5), 60)
    nothing = {
        "title": name,
        "summary": "".join(map(chr, letters)),
        "intro": "",
        "keywords": (),
        "topics": (),
        "themes": (),
        "related": (),
    }
    case = of.case.model_copy(update={**nothing, "unit": Unit(name=name, region=f"place-{name}"), **changes})
    return Entry(id=f"{of.campaign.id}/{name}", slug=name, case=case, campaign=of.campaign)


def whys(entries: list[Entry], name: str) -> dict[str, str]:
    shown = next(cards for case_id, cards in found(entries).items() if case_id.endswith(f"/{name}"))
    return {item.card.title: item.why for item in shown}


@pytest.mark.parametrize(
    ("shared", "why"),
    [
        ({"keywords": ("三色纸条",)}, "同一关键词：三色纸条"),
        ({"keywords": ("三色纸条", "错题本", "晚托")}, "同一关键词：三色纸条、晚托"),
        ({"topics": ("教学点",)}, "同一主题：教学点"),
        ({"topics": ("村小",), "keywords": ("三色纸条",)}, "同一关键词：三色纸条；同一主题：教学点"),
        ({"unit": Unit(name="同", region="pingjiang")}, "同一县市区：平江县"),
        ({"unit": Unit(name="同", region="changsha")}, "同一市州：长沙市"),
        ({"unit": Unit(name="同", region="shibenji")}, "同为岳阳市本级"),
        ({"summary": "把红黄蓝纸条挂在窗沿，家长远远看见就知道孩子今天哪道题还没有弄懂"}, "内容相近"),
        ({}, "同一类别"),
    ],
)
def test_a_related_case_is_shown_with_what_joins_it(shared: dict[str, Any], why: str) -> None:
    others = [made(f"other-{i}", topics=("科创教育",) if i % 2 else ("5G应用",)) for i in range(3)]
    entries = [made("one", **shared), made("two", **shared), *others]
    assert whys(entries, "one")["two"] == why


def test_texts_that_share_only_common_words_are_not_called_alike() -> None:
    common = "学校教师学生课堂教学应用建设"
    own = ["纸条窗沿家长红黄", "候鸟洞庭湿地观测", "茶园曲线温度记录", "菜籽车间订单实训", "复式课表走教调配"]
    entries = [made(f"case-{i}", summary=common + part) for i, part in enumerate(own)]
    assert "内容相近" not in set(whys(entries, "case-0").values())


def test_a_pilot_and_a_later_case_that_are_named_together_stand_on_both_pages() -> None:
    pilot_of = next(e for e in samples() if e.campaign.kind == "试点项目")
    case_of = next(e for e in samples() if e.campaign.id == "yueyang-2021")
    place: dict[str, Any] = {"unit": Unit(name="示例小学", region="linxiang")}
    pilot, case = made("pilot", pilot_of, **place), made("later", case_of, **place)
    for named in (
        [pilot, made("later", case_of, related=(pilot.id,), **place)],
        [
            made("pilot", pilot_of, related=(case.id,), **place),
            case,
        ],
    ):
        assert whys(named, "pilot") == {"later": "后来的案例"}
        assert whys(named, "later") == {"pilot": "相关试点"}


def test_what_editors_named_stands_first_and_never_falls_out() -> None:
    shared: dict[str, Any] = {"keywords": ("三色纸条",)}
    others = [made(f"near-{i}", **shared) for i in range(6)]
    named = [made(f"named-{i}") for i in range(MOST_RELATED + 1)]
    one = made("one", related=tuple(entry.id for entry in named), **shared)
    assert list(whys([one, *others, *named], "one")) == [entry.slug for entry in named]


def test_every_sample_has_neighbours_and_none_is_its_own() -> None:
    for case_id, cards in found(list(samples())).items():
        addresses = [item.card.url for item in cards]
        assert len(addresses) == len(set(addresses)) >= MOST_RELATED
        assert f"cases/{case_id}/" not in addresses
        assert all(item.why for item in cards)


def test_the_order_in_which_cases_are_read_changes_nothing() -> None:
    entries = list(samples())
    assert found(entries) == found(list(entries))
    one = {case_id: {item.card.url for item in cards} for case_id, cards in found(entries).items()}
    other = {case_id: {item.card.url for item in cards} for case_id, cards in found(entries[::-1]).items()}
    assert sum(one[case_id] == other[case_id] for case_id in one) >= len(one) * 0.8  # ties alone differ


def many(count: int) -> list[Entry]:
    """Cases as a city collects them: few topics and places for all, texts of the samples' own clauses."""
    chance = random.Random(7)
    clauses = [part for entry in samples() for part in entry.case.summary.split("，") if part]
    words = [word for entry in samples() for word in entry.case.keywords]
    topics = [topic.name for topic in catalog().vocabulary.topics][:12]
    places = [region.slug for region in catalog().regions.regions][2:15]
    return [
        made(
            f"c{number}",
            chance.choice(samples()),
            summary="，".join(chance.sample(clauses, 8)),
            keywords=tuple(chance.sample(words, 4)),
            topics=tuple(chance.sample(topics, 2)),
            unit=Unit(name=f"示例学校{number}", region=chance.choice(places)),
        )
        for number in range(count)
    ]


def looked_at(count: int) -> Counter[str]:
    """How often each costly step is taken for so many cases."""
    steps: Counter[str] = Counter()
    nearby, share = Likeness.nearby, Likeness.share

    def counted_nearby(texts: Likeness, one: int) -> Counter[int]:
        result = nearby(texts, one)
        followed = sorted(
            (len(texts.holders[gram]) for gram in texts.texts[one] if gram in texts.holders), reverse=True
        )
        steps["followed"] += sum(followed[:MOST_FOLLOWED])
        steps["candidates"] += len(result)
        return result

    def counted_share(texts: Likeness, one: int, other: int) -> float:
        steps["compared"] += 1
        return share(texts, one, other)

    with (
        patch.object(likeness_module.Likeness, "nearby", counted_nearby),
        patch.object(likeness_module.Likeness, "share", counted_share),
    ):
        found(many(count))
    return steps


def test_three_times_the_cases_cost_about_three_times_the_steps() -> None:
    some, more = looked_at(1_000), looked_at(3_000)
    assert more["compared"] <= 8 * 3_000
    assert more["followed"] <= 3_000 * MOST_FOLLOWED * MOST_HOLDERS
    for step, count in more.items():
        assert count <= 3.5 * some[step], step


def test_of_a_common_trait_only_the_cases_nearby_in_lists_are_looked_at() -> None:
    entries = [made(f"c{number}", topics=("教学点",)) for number in range(10 * WINDOW)]
    names = set(whys(entries, f"c{5 * WINDOW}"))
    assert names <= {f"c{number}" for number in range(4 * WINDOW, 6 * WINDOW + 1)}


@given(one=text(), other=text())
def test_likeness_is_between_nothing_and_all_and_the_same_both_ways(one: str, other: str) -> None:
    texts = likeness([one, other, one, "", "", ""])  # what most texts have counts for nothing
    assert 0 <= texts.share(0, 1) == texts.share(1, 0) <= 1
    assert texts.share(0, 2) == (1 if grams(one) else 0)
