"""Award lists: rounding, order, and what is said where numbers are missing."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from generator.catalog.values import LEVELS, Level
from generator.pages.campaign_views import CampaignView
from generator.pages.result_views import ResultRow, ResultsView
from generator.pages.results import largest_remainder, spoken_category
from generator.pages.resulttable import COLUMNS, results_table

from .sample_map import SITE_URL, catalog, mapped, page, view, with_campaign

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


def test_every_winner_is_one_row_and_numbers_run_through_the_list() -> None:
    listed = view(mapped(), "results/enshi-2023/", ResultsView)
    assert [row.number for _, _, row in listed.rows] == list(range(1, listed.total + 1))
    winners = [s for s in catalog().submissions if s.campaign_id == "enshi-2023" and s.case and s.case.is_public]
    assert {row.anchor for _, _, row in listed.rows} == {s.slug for s in winners}
    wordless = catalog().by_id["enshi-2023/jianshi-noon-reading"]
    assert not wordless.body.text.strip()
    assert wordless.slug in {row.anchor for _, _, row in listed.rows}


def test_grades_come_by_rank_and_in_each_the_categories_in_the_calls_order() -> None:
    listed = view(mapped(), "results/enshi-2023/", ResultsView)
    assert [grade.name for grade in listed.grades] == ["一等奖", "二等奖", "三等奖"]
    campaign = catalog().campaigns["enshi-2023"]
    labels = [spoken_category(campaign, category.code) for category in campaign.categories]
    for grade in listed.grades:
        order = [labels.index(category.label) for category in grade.categories]
        assert order == sorted(order)
        assert grade.count == sum(len(category.rows) for category in grade.categories)


def test_counts_by_category_agree_with_the_rows() -> None:
    listed = view(mapped(), "results/enshi-2023/", ResultsView)
    for counts in listed.by_category:
        found = [
            sum(len(category.rows) for category in grade.categories if category.label == counts.label)
            for grade in listed.grades
        ]
        assert list(counts.counts) == found
        assert counts.total == sum(found)


def test_a_path_goes_up_and_holds_no_level_that_the_case_does_not() -> None:
    for campaign in ("enshi-2023", "hunan-2020-tkbtx", "yueyang-2020-pilots", "yueyang-2021"):
        for grade, _, row in view(mapped(), f"results/{campaign}/", ResultsView).rows:
            case = catalog().by_id[f"{campaign}/{row.anchor}"].case
            assert case
            held = {(f"{honor.level} · {honor.grade}", honor.year) for honor in case.honors}
            steps = [(step.text, step.year) for step in row.path]
            assert set(steps) == (held if len(case.honors) > 1 else set())
            levels = [LEVELS.index(cast(Level, step.text.split(" · ")[0])) for step in row.path]
            assert levels == sorted(levels)
            assert [step.text.split(" · ")[1] for step in row.path if step.is_here] == [grade.name] * bool(row.path)


def test_honours_above_the_lists_level_are_counted_by_cases() -> None:
    assert view(mapped(), "results/enshi-2023/", ResultsView).above == (("省级", 2), ("国家级", 1))


def test_a_list_open_to_objections_has_titles_units_and_grades_and_nothing_else() -> None:
    site = mapped(with_campaign("yueyang-2021", status="公示中"))
    assert page(site, "results/yueyang-2021/").title == "2021年优秀工作案例公示名单"
    assert page(mapped(), "results/yueyang-2021/").title == "2021年优秀工作案例获奖名单"
    assert page(mapped(), "results/yueyang-2020-pilots/").title == "2020年创新试点项目名单"
    listed = view(site, "results/yueyang-2021/", ResultsView)
    assert listed.is_open
    assert listed.notice
    assert (listed.notice.from_, listed.notice.to) == ("2021-11-08", "2021-11-12")
    assert "书面" in listed.notice.objections
    assert (listed.csv_url, listed.xlsx_url, listed.shares, listed.by_category, listed.above) == ("", "", (), (), ())
    for _, category, row in listed.rows:
        assert category.label == ""
        assert row.title
        assert row.unit
        assert row == ResultRow(
            number=row.number, anchor=row.anchor, is_first=row.is_first, title=row.title, unit=row.unit
        )


def test_while_a_list_is_open_its_call_shows_no_winner() -> None:
    site = mapped(with_campaign("yueyang-2021", status="公示中"))
    shown = view(site, "campaigns/yueyang-2021/", CampaignView)
    assert shown.newest == ()
    assert shown.card.results_title == "公示名单"


def test_a_downloaded_list_has_the_rows_of_its_page_in_their_order() -> None:
    listed = view(mapped(), "results/yueyang-2021/", ResultsView)
    table = results_table(listed, SITE_URL)
    assert table.columns == COLUMNS
    assert [row[2] for row in table.rows] == [row.title for _, _, row in listed.rows]
    best = table.rows[[row.anchor for _, _, row in listed.rows].index("yueyanglou-paper-homework")]
    told = dict(zip(table.columns, best, strict=True))
    assert told["级别"] == "市级"
    assert told["等次"] == "一等奖"
    assert told["年度"] == 2021
    assert told["地区"] == "岳阳楼区"
    assert told["其他荣誉"] == "省级 · 一等奖（2022年）；国家级 · 优秀案例（2022年）"
    assert told["网址"] == f"{SITE_URL}cases/yueyang-2021/yueyanglou-paper-homework/"
    assert told["作者"]
