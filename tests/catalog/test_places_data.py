"""Places and words as data: each means one thing, and stands where it belongs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import LEVELS

CASES = Path(__file__).parents[2] / "cases"


@cache
def regions() -> Regions:
    return Regions.model_validate(yaml.safe_load((CASES / "regions.yml").read_text("utf-8")))


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.model_validate(yaml.safe_load((CASES / "vocabulary.yml").read_text("utf-8")))


def test_slugs_names_and_aliases_each_mean_one_thing() -> None:
    words = vocabulary()
    for terms in (words.groups, words.stages, words.subjects, words.topics, words.attachment_kinds):
        names = [name for term in terms for name in (term.name, *term.aliases)]
        assert len(names) == len(set(names))
        assert len({term.slug for term in terms}) == len(terms)
    places = regions().regions
    names = [name for place in places for name in (place.name, *place.aliases)]
    assert len(names) == len(set(names))
    assert len(regions().by_slug) == len({place.short for place in places}) == len(places)


def test_every_place_stands_under_one_that_exists_and_shares_the_digits_of_its_code() -> None:
    by_slug = regions().by_slug
    assert [place.slug for place in by_slug.values() if place.parent is None] == ["hunan", "hubei"]
    digits = {"省": 2, "市州": 4}
    for place in by_slug.values():
        if place.parent is None or place.code is None:
            continue
        parent = by_slug[place.parent]
        assert parent.code is not None
        shared = digits[parent.kind]
        assert place.code[:shared] == parent.code[:shared], place.slug


def test_prefectures_and_counties_are_complete() -> None:
    children = [place.parent for place in regions().regions]
    assert {slug: children.count(slug) for slug in ("hunan", "yueyang", "enshi")} == {
        "hunan": 14,
        "yueyang": 13,
        "enshi": 9,
    }


def test_levels_and_grades_are_those_of_the_domain_in_their_order() -> None:
    words = vocabulary()
    assert tuple(level.name for level in words.levels) == LEVELS
    assert [level.slug for level in words.levels] == ["county", "city", "province", "nation"]
    in_order = sorted(words.grades, key=lambda grade: grade.rank)
    assert [grade.name for grade in in_order] == [
        "一等奖", "二等奖", "三等奖", "优秀案例", "入选", "验收通过", "立项",
    ]  # fmt: skip
    assert len({grade.slug for grade in in_order}) == len({grade.rank for grade in in_order}) == 7


def test_every_kind_of_supporting_material_of_the_annex_is_a_word() -> None:
    annex = {
        "政策措施", "管理制度", "技术方案", "工作方案",
        "阶段性研究成果", "研究报告", "媒体报道", "荣誉证书",
    }  # fmt: skip
    assert annex <= {kind.name for kind in vocabulary().attachment_kinds}


def test_a_topic_is_found_by_its_other_names() -> None:
    by_name = vocabulary().topic_by_name
    assert by_name["芙蓉网络联校"].name == "网络联校"
    assert by_name["线上线下融合教学"].slug == by_name["平战融合教学模式"].slug
