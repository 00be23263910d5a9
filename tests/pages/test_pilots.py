"""Pilots: by type and state, their shares, who is paired with whom, and what came of them later."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.figure_views import PilotsView, UnionView
from generator.pages.views import CaseView

from .catalogues import add_call, add_case, copy_texts, mapped, view_of

PILOT = """\
title: {title}
unit: {{name: 汨罗市示例小学, region: miluo}}
category: 校
project: {{status: {state}}}
honors: [{{level: 市级, grade: 立项, year: 2024}}]
{more}"""
CALL_2024 = """\
categories: [{code: 校, name: 学校试点, group: 试点, slug: school}]
quotas:
  - {scope: 单位, unit: miluo, min: 1, max: 3}
  - {scope: 单位, unit: pingjiang, exact: 8}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_texts(tmp_path / "cases")


def pilots(folder: Path) -> PilotsView:
    view = view_of(mapped(folder), "pilots/")
    assert isinstance(view, PilotsView)
    return view


def test_states_are_counted_in_their_order(folder: Path) -> None:
    view = pilots(folder)
    assert [(state, count) for state, count, _, _ in view.states] == [
        ("申报", 0),
        ("立项", 1),
        ("在建", 3),
        ("验收", 2),
    ]
    assert view.total == 6


def test_a_project_without_a_state_is_counted_as_such(folder: Path) -> None:
    text = PILOT.format(title="无状态项目", state="在建", more="").replace("project: {status: 在建}\n", "")
    add_call(folder, "pilots-2024", CALL_2024, status="已公布", kind="试点项目", year=2024)
    add_case(folder, "pilots-2024/nameless", text)
    view = pilots(folder)
    assert view.states[-1][:2] == ("状态未登记", 1)
    assert sum(count for _, count, _, _ in view.states) == view.total == 7


def test_types_stand_in_the_order_of_the_notice_and_their_counts_add_up(folder: Path) -> None:
    (call,) = pilots(folder).calls
    assert [type_.label for type_ in call.types] == [
        "县市区试点",
        "芙蓉网络联校试点",
        "中小学校（含教学点和幼儿园）试点",
    ]
    for type_ in call.types:
        assert sum(type_.counts) == len(type_.projects) == 2


def test_every_unit_of_the_table_of_places_is_shown_with_its_use_and_they_add_up_to_twenty(folder: Path) -> None:
    (call,) = pilots(folder).calls
    assert call.quotas
    assert len(call.quotas.rows) == 13
    assert sum(int(row.quota) for row in call.quotas.rows) == 20
    assert call.quotas.total
    assert (call.quotas.total.quota, call.quotas.total.used) == ("20", 6)
    assert sum(row.used for row in call.quotas.rows) == 6
    used = {row.place: row.used for row in call.quotas.rows}
    assert (used["华容县"], used["湘阴县"]) == (1, 0)


def test_calls_of_several_years_stand_beside_each_other_the_newest_first(folder: Path) -> None:
    add_call(folder, "pilots-2024", CALL_2024, status="已公布", kind="试点项目", year=2024, title="2024年试点")
    add_case(folder, "pilots-2024/new-one", PILOT.format(title="新项目", state="立项", more=""))
    newer, older = pilots(folder).calls
    assert (newer.card.year, older.card.year) == (2024, 2020)
    assert newer.quotas
    assert [(row.quota, row.used) for row in newer.quotas.rows] == [("1—3", 1), ("8", 0)]
    assert newer.quotas.total is None
    assert older.quotas
    assert sum(row.used for row in older.quotas.rows) == 6


def names_of(union: UnionView) -> list[str]:
    return [union.lead, *(name for school in union.schools for name in (school.name, *school.points))]


def test_the_sentence_of_a_union_names_every_school_of_its_diagram_in_the_same_order(folder: Path) -> None:
    (call,) = pilots(folder).calls
    assert len(call.unions) == 2
    for union in call.unions:
        places = [union.text.index(name) for name in names_of(union)]
        assert places == sorted(places)
        assert f"{len(union.schools)} 所芙蓉学校" in union.text
        assert f"{sum(len(school.points) for school in union.schools)} 个教学点" in union.text


def test_a_pilot_and_a_later_case_lead_to_each_other_whichever_of_them_names_the_other(folder: Path) -> None:
    add_call(folder, "pilots-2024", CALL_2024, status="已公布", kind="试点项目", year=2024)
    add_call(
        folder,
        "cases-2026",
        "categories: [{code: 校, name: 学校, group: 学校, slug: school}]",
        status="已公布",
    )
    add_case(folder, "pilots-2024/one", PILOT.format(title="甲项目", state="验收", more="related: [cases-2026/two]"))
    late = PILOT.format(title="乙案例", state="验收", more="").replace("project: {status: 验收}\n", "")
    add_case(folder, "cases-2026/two", late)
    add_case(folder, "cases-2026/three", late.replace("乙案例", "丙案例") + "related: [pilots-2024/one]")
    add_case(folder, "cases-2026/four", late.replace("乙案例", "丁案例"))
    site = mapped(folder)
    newest = pilots(folder).calls[0]
    assert [link.text for link in newest.types[0].projects[0].later] == ["丙案例", "乙案例"]

    def case(url: str) -> CaseView:
        view = view_of(site, url)
        assert isinstance(view, CaseView)
        return view

    def named(url: str, why: str) -> list[str]:
        return [item.card.title for item in case(url).related if item.why == why]

    assert named("cases/pilots-2024/one/", "后来的案例") == ["丙案例", "乙案例"]
    assert named("cases/cases-2026/two/", "相关试点") == ["甲项目"]
    assert named("cases/cases-2026/four/", "相关试点") == []


def test_a_case_of_an_earlier_year_did_not_come_of_a_pilot(folder: Path) -> None:
    path = folder / "yueyang-2020-pilots/pingjiang-school-union/index.md"
    path.write_text(
        path.read_text("utf-8").replace(
            "original: true", "original: true\nrelated: [hunan-2020-tkbtx/yueyang-three-screens]"
        ),
        "utf-8",
    )
    (call,) = pilots(folder).calls
    assert all(
        "three-screens" not in link.url for type_ in call.types for project in type_.projects for link in project.later
    )
