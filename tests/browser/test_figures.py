"""Home, statistics and pilots as people see them: charts that can be read everywhere, a countdown that is right everywhere."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator import pipeline
from generator.settings import read_settings

from .conftest import Open, serving

pytestmark = pytest.mark.browser
SMALLEST_PX = 13
CALL = """\
id: open-call
kind: 案例遴选
title: 示例征集活动
short_title: 示例征集
year: 2026
issuer: {unit: 示例局, level: 市级}
status: 征集中
timeline:
  - {what: 案例报送截止, to: 2026-12-31}
"""


@pytest.mark.parametrize("path", ["", "statistics/", "pilots/"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_fit_their_room_and_keep_the_size_of_their_type(
    open_page: Open, path: str, width: int, scheme: str
) -> None:
    page = open_page(path, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wrong = page.evaluate(
        """smallest => Array.from(document.querySelectorAll('svg.chart text')).filter(text => {
            const box = text.getBoundingClientRect(), room = text.ownerSVGElement.getBoundingClientRect();
            return parseFloat(getComputedStyle(text).fontSize) < smallest
              || box.left < room.left - 1 || box.right > room.right + 1;
        }).map(text => text.textContent)""",
        SMALLEST_PX,
    )
    assert wrong == []


@pytest.mark.parametrize("elder", [False, True])
def test_labels_and_numbers_of_a_chart_do_not_overlap_at_320(open_page: Open, elder: bool) -> None:
    page = open_page("statistics/", width=320, elder=elder)
    overlaps = page.evaluate(
        """() => {
            const boxes = name => Array.from(document.querySelectorAll('.' + name)).map(e => e.getBoundingClientRect());
            const numbers = boxes('chart__number');
            return boxes('chart__label').filter((label, i) => label.right > numbers[i].left).length;
        }"""
    )
    assert page.locator(".chart__label").count() > 30
    assert overlaps == 0


def test_a_chart_tells_a_screen_reader_what_it_says(open_page: Open) -> None:
    page = open_page("statistics/")
    plots = page.locator("figure.plot").all()
    assert len(plots) >= 7
    for plot in plots:
        finding = plot.locator(".plot__finding").inner_text()
        expect(plot.get_by_role("img")).to_have_accessible_name(re.compile(re.escape(finding)))


def test_tables_and_files_are_there_without_script(open_page: Open) -> None:
    page = open_page("statistics/", script=False)
    page.locator("#region").scroll_into_view_if_needed()
    section = page.locator("section[aria-labelledby=region]")
    section.locator("summary").click()
    expect(section.get_by_role("rowheader", name="平江县")).to_be_visible()
    with page.expect_download() as download:
        section.get_by_role("link", name="下载 CSV").click()
    assert download.value.suggested_filename == "region.csv"


def test_a_teacher_walks_from_a_bar_on_home_to_the_cases_it_counts(open_page: Open) -> None:
    page = open_page("")
    link = page.locator(".entry--stage a").first
    count = link.locator(".count").inner_text()
    link.click()
    expect(page.locator(".head__count strong")).to_have_text(count)


def test_a_parent_walks_from_home_to_who_won_and_back_to_a_number(open_page: Open) -> None:
    page = open_page("", script=False)
    roll = page.locator(".rolls a").first
    count = roll.locator(".count").inner_text()
    roll.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("获奖名单")
    expect(page.locator(".head__count strong").first).to_have_text(count)


def test_what_presses_stands_before_what_can_wait(at: At) -> None:
    page = at("2026-12-21T04:00:00")
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings[0] == "正在进行"
    assert page.locator(".hero__search").bounding_box()["y"] < page.locator("#open").bounding_box()["y"]  # type: ignore[index]


def test_the_navigation_leads_to_statistics_and_search_stands_under_cases(open_page: Open) -> None:
    page = open_page("statistics/", width=1440)
    expect(page.locator(".nav__link[aria-current]")).to_have_text("统计")
    page.goto(page.url.replace("statistics/", "search/"))
    expect(page.locator(".nav__link[aria-current]")).to_have_text("案例")


def test_the_diagram_of_a_union_and_its_sentence_name_the_same_schools(open_page: Open) -> None:
    page = open_page("pilots/")
    for union in page.locator(".union").all():
        shown = union.locator(".union__node").evaluate_all("nodes => nodes.map(node => node.lastChild.textContent)")
        text = union.locator(".union__text").inner_text()
        assert len(shown) >= 7
        places = [text.index(name) for name in shown]
        assert places == sorted(places)


def test_shares_of_places_are_shown_in_numbers_and_squares(open_page: Open) -> None:
    page = open_page("pilots/")
    row = page.locator(".quota tbody tr").filter(has_text="华容县")
    assert row.locator("td").nth(0).inner_text() == "2"
    assert row.locator("td").nth(1).inner_text() == "1"
    expect(row.locator(".slot")).to_have_count(2)
    expect(row.locator(".slot--used")).to_have_count(1)


@pytest.fixture(scope="module")
def open_call(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """The address of a small site with a call that is open until 31 December 2026."""
    folder = tmp_path_factory.mktemp("open") / "project"
    folder.mkdir()
    shutil.copy(root / "mkdocs.yml", folder)
    shutil.copytree(root / "theme", folder / "theme")
    shutil.copytree(root / "docs" / "site", folder / "docs" / "site")
    (folder / "cases" / "open-call").mkdir(parents=True)
    for name in ("regions.yml", "vocabulary.yml"):
        shutil.copy(root / "cases" / name, folder / "cases" / name)
    (folder / "cases" / "open-call" / "campaign.yml").write_text(CALL, "utf-8")
    (folder / "cases" / "open-call" / "notice.md").write_text("通知。\n", "utf-8")
    built = pipeline.build(read_settings(folder / "mkdocs.yml"))
    assert built.site_dir
    with serving(built.site_dir) as address:
        yield address


At = Callable[..., Page]


@pytest.fixture
def at(browser: Browser, open_call: str) -> Iterator[At]:
    """Home at a moment (UTC) in a time zone."""
    contexts = []

    def at_(moment: str, zone: str = "Asia/Shanghai", *, script: bool = True) -> Page:
        context = browser.new_context(
            timezone_id=zone, viewport={"width": 390, "height": 844}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.install(time=datetime.datetime.fromisoformat(moment + "+00:00"))
        page.goto(open_call)
        return page

    yield at_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-12-21T04:00:00", "还有 10 天"),
        ("2026-12-29T15:59:30", "还有 2 天"),  # 23:59:30 of the 29th in China
        ("2026-12-29T16:00:30", "还有 1 天"),
        ("2026-12-30T16:00:30", "今天截止"),
        ("2026-12-31T15:59:30", "今天截止"),
        ("2026-12-31T16:00:30", "已截止"),
        ("2028-02-29T12:00:00", "已截止"),
    ],
)
def test_a_deadline_is_the_end_of_its_day_in_china_wherever_the_visitor_is(
    at: At, moment: str, said: str, zone: str
) -> None:
    page = at(moment, zone)
    expect(page.locator(".countdown")).to_have_text(said)
    expect(page.locator(".open time")).to_have_text("2026年12月31日")


def test_a_page_left_open_over_midnight_counts_on(at: At) -> None:
    page = at("2026-12-29T15:59:30")
    expect(page.locator(".countdown")).to_have_text("还有 2 天")
    page.clock.run_for(31_000)
    expect(page.locator(".countdown")).to_have_text("还有 1 天")
    page.clock.run_for(2 * 86_400_000)
    expect(page.locator(".countdown")).to_have_text("已截止")


def test_without_script_the_date_stands_alone(at: At) -> None:
    page = at("2026-12-21T04:00:00", script=False)
    expect(page.locator(".open time")).to_have_text("2026年12月31日")
    expect(page.locator(".countdown")).to_be_hidden()


def test_the_countdown_moves_nothing(at: At) -> None:
    page = at("2026-12-21T04:00:00")
    height = "document.querySelector('.open').getBoundingClientRect().height"
    filled = page.evaluate(height)
    page.evaluate("document.querySelector('.countdown').textContent = ''")
    assert page.evaluate(height) == filled


def test_a_site_without_cases_says_so(at: At, open_call: str) -> None:
    page = at("2026-12-21T04:00:00")
    expect(page.get_by_text("还没有公布的案例")).to_be_visible()
    for path in ("statistics/", "pilots/"):
        page.goto(open_call + path)
        expect(page.locator(".empty")).to_be_visible()
