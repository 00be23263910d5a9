"""Search on the real site finds what the issue names, and shows where."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from generator.catalog.reader import read_catalog

from .conftest import Open

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent


def plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def expected(query: str) -> set[str]:
    """The public cases that hold *query* in a field that search covers, by plain containment."""
    catalog = read_catalog(ROOT / "cases")
    found = set()
    for submission in catalog.submissions:
        case = submission.case
        if case and case.status == "已公布" and case.honors:
            topics = [
                catalog.vocabulary.topic_by_name[t].name for t in case.topics if t in catalog.vocabulary.topic_by_name
            ]
            campaign = catalog.campaigns[submission.campaign_id]
            category = campaign.category(case.category)
            assert category
            fields = [
                *(f"{honor.level}{honor.grade}" for honor in case.honors),
                catalog.regions.by_slug[case.unit.region].name,
                *case.stage,
                *case.subject,
                campaign.title,
                "试点项目" if category.group == "试点" else f"{category.group}案例",
                case.title,
                case.unit.name,
                *(author.name for author in case.authors),
                *case.keywords,
                *topics,
                *case.themes,
                case.summary,
                case.intro,
                submission.body.text,
                case.self_review,
            ]
            if any(plain(query) in plain(field) for field in fields):
                found.add(submission.id)
    return found


@pytest.mark.parametrize(
    "query",
    [
        "网络联校",
        "联校",
        "不停学",
        "5G",
        "黄示范",
        "一棵水杉的三百六十五天",
        "教学点",
        "芙蓉",
        "19",
        "的",
        "一等奖",
        "国家级",
    ],
)
def test_search_finds_every_case_that_holds_the_words_and_no_other(open_page: Open, query: str) -> None:
    wanted = expected(query)
    assert wanted
    page = open_page(f"search/?q={quote(query)}", width=1440)
    cards = page.locator(".finder .card__title a")
    expect(cards.first).to_be_visible()
    while page.get_by_role("button", name="加载更多").is_visible():
        page.get_by_role("button", name="加载更多").click()
        page.wait_for_timeout(100)
    expect(cards).to_have_count(len(wanted))
    found = {re.search(r"cases/([^/]+/[^/]+)/", link.get_attribute("href") or "") for link in cards.all()}
    assert {match.group(1) for match in found if match} == wanted


def test_the_header_searches_from_any_page_and_marks_the_match(open_page: Open) -> None:
    page = open_page("about/", width=1440)
    page.get_by_role("searchbox").fill("网络联校")
    page.keyboard.press("Enter")
    expect(page.locator(".finder mark").first).to_have_text("网络联校")


def test_facets_narrow_the_list_and_stand_in_the_address(open_page: Open) -> None:
    page = open_page("search/", width=1440)
    everything = page.locator(".finder .card__title a")
    expect(everything.first).to_be_visible()
    page.get_by_role("checkbox", name="国家级").check()
    expect(page.locator(".finder .card")).to_have_count(3)
    assert "level=nation" in page.url
    page.go_back()
    expect(page.get_by_role("checkbox", name="国家级")).not_to_be_checked()


def test_nothing_found_is_said_in_words(open_page: Open) -> None:
    page = open_page(f"search/?q={quote('量子纠缠望远镜')}")
    expect(page.get_by_text("没有找到符合条件的案例")).to_be_visible()
    expect(page.locator(".finder .card")).to_have_count(0)
