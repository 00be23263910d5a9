"""Places of a call with what they handed in: registered numbers, and silence where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pages.figure_views import PlaceTable, StatisticsView

from .catalogues import add_call, add_case, copy_texts, mapped, view_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_texts(tmp_path / "cases")


def table(folder: Path, campaign: str) -> PlaceTable:
    view = view_of(mapped(folder), "statistics/")
    assert isinstance(view, StatisticsView)
    return next(found for found in view.places if found.call.url == f"campaigns/{campaign}/")


def numbers(found: PlaceTable) -> dict[str, tuple[int | None, int, int]]:
    return {row.place.text: (row.received, row.awarded, row.above) for row in found.rows}


def test_a_county_is_told_with_all_its_registered_submissions(folder: Path) -> None:
    rows = numbers(table(folder, "enshi-2023"))
    assert rows["鹤峰县"] == (3, 2, 0)
    assert rows["利川市"] == (2, 1, 1)
    assert len(rows) == 9


def test_a_city_whose_numbers_are_not_registered_shows_all_thirteen_units_and_accuses_none(folder: Path) -> None:
    found = table(folder, "yueyang-2021")
    rows = numbers(found)
    assert len(rows) == 13
    assert {received for received, _, _ in rows.values()} == {None}
    assert rows["平江县"] == (None, 0, 0)
    assert rows["岳阳楼区"] == (None, 1, 1)
    assert found.total.received is None
    assert found.total.awarded == sum(awarded for _, awarded, _ in rows.values()) == 10


def test_a_call_of_the_province_counts_counties_for_their_prefecture(folder: Path) -> None:
    found = table(folder, "hunan-2020-tkbtx")
    rows = numbers(found)
    assert len(rows) == 14
    assert rows["岳阳市"] == (20, 2, 1)
    assert rows["娄底市"] == (None, 0, 0)
    assert found.is_partly_registered
    assert found.above_title == "其中国家级"


def test_a_case_from_elsewhere_gets_a_row_of_its_own(folder: Path) -> None:
    add_case(
        folder,
        "enshi-2023/from-elsewhere",
        "title: 外地案例\nunit: {name: 长沙市示例小学, region: changsha}\ncategory: B1\n"
        "honors: [{level: 市级, grade: 三等奖, year: 2023}]",
    )
    rows = numbers(table(folder, "enshi-2023"))
    assert rows["长沙市"] == (None, 1, 0)
    assert len(rows) == 10


def test_numbers_that_came_before_any_award_are_shown(folder: Path) -> None:
    add_call(folder, "fresh", "received: [{region: miluo, count: 3}, {region: miluo, count: 1}]", status="评审中")
    rows = numbers(table(folder, "fresh"))
    assert rows["汨罗市"] == (4, 0, 0)
    assert rows["平江县"] == (None, 0, 0)


def test_a_call_without_cases_and_numbers_has_no_table(folder: Path) -> None:
    view = view_of(mapped(folder), "statistics/")
    assert isinstance(view, StatisticsView)
    assert all("exhibition" not in found.call.url for found in view.places)


def test_the_file_has_a_line_for_each_place_of_each_call(folder: Path) -> None:
    view = view_of(mapped(folder), "statistics/")
    assert isinstance(view, StatisticsView)
    assert len(view.places_sheet.rows) == sum(len(found.rows) for found in view.places)
    assert (2021, "2021年岳阳市教育信息化优秀工作案例征集遴选活动", "案例遴选", "平江县", "报送数未登记", 0, 0) in (
        view.places_sheet.rows
    )
