"""Award lists as people use them: an address for a row, a sheet of A4, and what a list shows while it stands open to objections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import MakeProject
from generator.pipeline import build
from generator.settings import read_settings

from .conftest import Open, serving

pytestmark = pytest.mark.browser

LIST = "results/enshi-2023/"
CASES = ("yueyang-2021/quyuan-nineteen-pupils", "yueyang-2021/yueyanglou-paper-homework")


def test_the_address_of_a_row_leads_to_it_without_script(open_page: Open) -> None:
    page = open_page(LIST, script=False, width=1440)
    page.locator("#xuanen-one-car-two-lists .results__number a").click()
    assert page.url.endswith("#xuanen-one-car-two-lists")
    expect(page.locator("#xuanen-one-car-two-lists")).to_be_in_viewport()


def test_the_address_of_a_row_is_copied_and_said(open_page: Open) -> None:
    page = open_page(LIST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#xuanen-one-car-two-lists .results__number a").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("已复制第 .* 行的网址"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/{LIST}#xuanen-one-car-two-lists")


def test_a_list_is_to_be_printed_by_a_button_that_only_script_shows(open_page: Open) -> None:
    page = open_page(LIST)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="打印名单").click()
    assert page.evaluate("window.printed")
    expect(open_page(LIST, script=False).get_by_text("打印名单")).to_be_hidden()


def test_a_printed_list_repeats_its_head_and_bears_its_address(open_page: Open) -> None:
    page = open_page(LIST, width=1440)
    page.emulate_media(media="print")
    head = page.locator(".results thead").first
    assert head.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    expect(page.locator(".paper-address")).to_contain_text(LIST)
    for selector in (".siblings", ".head__actions", ".nav", ".footer"):
        expect(page.locator(selector)).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    ground = page.locator(".path .badge").first.evaluate("badge => getComputedStyle(badge).backgroundColor")
    assert ground == "rgba(0, 0, 0, 0)"


def test_a_path_is_read_without_colour_from_the_lowest_level_up(open_page: Open) -> None:
    page = open_page(LIST, width=1440)
    steps = page.locator("#enshi-evening-request-slips .path li")
    expect(steps).to_have_text(
        [re.compile("市级 · 一等奖"), re.compile("省级 · 优秀案例"), re.compile("国家级 · 入选")]
    )
    marks = steps.evaluate_all("all => all.map(li => getComputedStyle(li.querySelector('.badge'), '::before').content)")
    assert len(set(marks)) == 3
    arrow = steps.nth(1).evaluate("li => getComputedStyle(li, '::before').content")
    assert "→" in arrow


def test_the_contents_of_a_call_lead_to_its_sections_on_a_phone(open_page: Open) -> None:
    page = open_page("campaigns/yueyang-2020-pilots/")
    page.get_by_role("navigation", name="本页目录").get_by_role("link", name="名额").click()
    expect(page.get_by_role("heading", name="名额", exact=True)).to_be_in_viewport()
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1440])
def test_the_page_of_the_data_does_not_scroll_sideways(open_page: Open, width: int) -> None:
    page = open_page("data/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def open_list(make_project: MakeProject) -> Iterator[tuple[str, Path]]:
    """A site whose call of 2021 is 公示中: its address and folder."""
    project = make_project(*CASES)
    call = project / "cases" / "yueyang-2021" / "campaign.yml"
    call.write_text(call.read_text("utf-8").replace("status: 已公布", "status: 公示中"), "utf-8")
    build(read_settings(project / "mkdocs.yml"))
    with serving(project / "site") as url:
        yield url, project / "site"


def test_a_list_open_to_objections_says_so_first_and_shows_titles_units_and_grades(
    browser: Browser, open_list: tuple[str, Path]
) -> None:
    address, site = open_list
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}results/yueyang-2021/")
    expect(page.get_by_role("heading", level=1)).to_have_text("2021年优秀工作案例公示名单")
    box = page.get_by_role("region", name="公示")
    expect(box).to_contain_text("2021年11月8日至2021年11月12日")
    expect(box).to_contain_text("书面向岳阳市教育体育局办公室反映")
    first = page.locator(".results").first.bounding_box()
    above = box.bounding_box()
    assert first
    assert above
    assert above["y"] + above["height"] <= first["y"]
    expect(page.locator(".results__title")).to_have_count(2)
    expect(page.locator(".results__title a, .results__authors, .results__region, .path")).to_have_count(0)
    expect(page.get_by_text("公示名单，不是最终结果")).to_be_visible()
    page.close()
    assert not list(site.glob("results/*/results.*"))
    assert not list(site.glob("feeds/campaign/yueyang-2021.xml"))
    assert not list(site.glob("cases/*/*/index.html"))
    assert {path.suffix for path in site.glob("media/*")} <= {".png"}  # cards for sharing, of the site and of calls
    assert '"cases": [\n\n]' in (site / "data" / "cases.json").read_text("utf-8")
