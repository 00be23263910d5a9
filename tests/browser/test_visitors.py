"""The ways of the three visitors from where they come in to what they came for, on a phone and a desk, with script and without.

Each step is taken as a person takes it, by what is seen; details of a page have tests of their own.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

LIKE_HERS = "十九个孩子的两块屏"
ITS_RELATION = re.compile("一张课表管到村")
LIST = "2021年优秀工作案例获奖名单"

Enter = Callable[..., Page]


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=[390, 1440], ids=["phone", "desk"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def enter(open_page: Open, width: int, script: bool) -> Enter:
    return lambda path="": open_page(path, width=width, script=script, height=844 if width < 500 else 900)


def test_a_teacher_finds_a_case_like_hers_and_takes_its_papers_along(enter: Enter, width: int, script: bool) -> None:
    page = enter()
    (_search if script else _browse)(page, width)
    page.locator(".card__title", has_text=LIKE_HERS).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIKE_HERS)
    expect(page.locator(".badges--large").get_by_text("市级 · 三等奖")).to_be_visible()
    _seen(page, page.get_by_role("heading", name="摘要"))
    _follow_the_contents(page, width)
    _enlarge_a_picture(page, script)
    why = page.locator(".card", has_text=ITS_RELATION)
    expect(why.locator(".card__why")).to_contain_text("同一")
    why.locator(".card__title a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ITS_RELATION)
    paper = page.locator("#attachments ~ .files a[download]").first
    with page.expect_download() as download:
        paper.click()
    assert download.value.suggested_filename == "岳阳县专递课堂排课与工作量认定办法（示例）.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def _search(page: Page, width: int) -> None:
    """By the field of the home page, narrowed to her kind of school."""
    field = page.locator("#home-q")
    field.fill("教学点 屏")
    field.press("Enter")
    page.wait_for_url(re.compile(r"search/\?q="))
    status = page.locator(".finder__status")
    expect(status).to_contain_text(re.compile(r"\d+ 个"))
    before = int(re.findall(r"\d+", status.inner_text())[-1])
    if width < 500:
        page.get_by_role("button", name="筛选").click()
    stage = page.locator("[data-facet=stage]")
    if stage.get_attribute("open") is None:
        stage.locator("summary").click()
    stage.get_by_label("教学点").check()
    if width < 500:
        page.get_by_role("button", name=re.compile("^看结果")).click()
    expect(page.locator(".finder__chips").get_by_text("教学点").first).to_be_visible()
    expect(status).to_contain_text(re.compile(r"\d+ 个"))
    assert 0 < int(re.findall(r"\d+", status.inner_text())[-1]) < before


def _browse(page: Page, width: int) -> None:
    """By the groups of the home page, which say beforehand how many cases wait."""
    entry = page.locator(".entry--stage a", has_text="教学点")
    count = entry.locator(".count").inner_text()
    entry.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("教学点")
    expect(page.locator(".head__count strong")).to_have_text(count)
    expect(page.locator(".cards > li")).to_have_count(int(count))


def _follow_the_contents(page: Page, width: int) -> None:
    if width < 500:
        contents = page.locator(".toc-inline")
        contents.locator("summary").click()
    else:
        contents = page.locator(".toc")
    link = contents.locator("a").last
    heading = page.locator(link.get_attribute("href") or "")
    link.click()
    expect(heading).to_be_in_viewport()
    assert heading.inner_text() == link.inner_text()


def _enlarge_a_picture(page: Page, script: bool) -> None:
    picture = page.locator("[data-enlarge=pictures]").first
    _seen(page, picture)
    if script:
        picture.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    else:
        # Not followed: the page that Chromium itself makes around a picture has styles that no policy of ours allows.
        answer = page.request.get(page.evaluate("link => link.href", picture.element_handle()))
        assert answer.body().startswith(b"\xff\xd8")


def test_a_parent_sees_who_won_what_and_how_far_it_went(enter: Enter, width: int, script: bool) -> None:
    page = enter()
    roll = page.locator(".rolls a", has_text=LIST)
    count = roll.locator(".count").inner_text()
    roll.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIST)
    expect(page.locator(".head__count strong").first).to_have_text(count)
    expect(page.locator(".results tr[id]")).to_have_count(int(count))
    page.get_by_role("navigation", name="本页目录").get_by_role("link", name="一等奖").click()
    expect(page.get_by_role("heading", level=2, name=re.compile("^一等奖"))).to_be_in_viewport()
    row = page.locator("#yueyang-county-one-timetable")
    way = [re.compile(step) for step in ("县级 · 一等奖", "市级 · 一等奖", "省级 · 二等奖")]
    expect(row.locator(".path li")).to_have_text(way)
    _seen(page, row.locator(".results__title a"))
    row.locator(".results__title a").click()
    expect(page.locator(".badges--large").get_by_text("市级 · 一等奖")).to_be_visible()
    _seen(page, page.locator(".facts").get_by_text("岳阳县", exact=True).first)
    _seen(page, page.get_by_text("使用说明"))
    page.locator(".facts a", has_text="优秀工作案例").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("优秀工作案例")
    page.get_by_role("navigation", name="本页目录").get_by_role("link", name="奖项").click()
    expect(page.get_by_role("heading", level=2, name="奖项")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=2, name="通知原文")).to_have_count(1)


def test_a_journalist_writes_to_who_can_mend_an_error_and_is_told_before_leaving(enter: Enter, script: bool) -> None:
    page = enter("cases/yueyang-2021/yueyanglou-paper-homework/")
    _seen(page, page.get_by_text("我要纠错"))
    page = enter("cases/yueyang-2021/junshan-migratory-birds/")
    way = page.locator("a.external").first
    _seen(page, way)
    way.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("离开")
    out = page.locator("main a[href^=http]").first
    assert not (out.get_attribute("href") or "").startswith(page.url.split("/leave/")[0])


def test_an_official_counts_cites_and_prints(enter: Enter, width: int, script: bool) -> None:
    page = enter()
    page.get_by_role("navigation", name="主要栏目").get_by_role("link", name="统计").click()
    table = page.get_by_role("region", name="按年份的表格")
    row = table.get_by_role("row", name=re.compile("2021年"))
    count = row.get_by_role("cell").first.inner_text()
    row.get_by_role("link").click()
    expect(page.locator(".head__count strong")).to_have_text(count)
    page.get_by_role("navigation", name="主要栏目").get_by_role("link", name="活动").click()
    page.get_by_role("link", name=re.compile("获奖名单.*10|获奖名单")).filter(has_text="10").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LIST)
    rows = list(csv.reader(io.StringIO(_downloaded(page, "下载 CSV").decode("utf-8-sig"))))
    assert len(rows) - 1 == 10
    assert any("一张课表管到村" in cell for cell in rows[1])
    with zipfile.ZipFile(io.BytesIO(_downloaded(page, "下载 XLSX"))) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主要栏目")).to_be_hidden()
    expect(page.locator(".paper-address")).to_contain_text("results/yueyang-2021/")
    page.emulate_media(media="screen")
    page.locator(".results__title a").first.click()
    citation = page.locator("#cite-gb7714")
    _seen(page, citation)
    expect(citation).to_contain_text("[EB/OL]")
    expect(page.get_by_role("button", name="复制引用")).to_be_visible(visible=script)


def test_an_official_compares_quotas_with_their_use_and_takes_the_data(enter: Enter) -> None:
    page = enter()
    page.get_by_role("navigation", name="主要栏目").get_by_role("link", name="试点").click()
    quota = page.locator("table.quota")
    expect(quota.locator("tbody tr")).to_have_count(13)
    _seen(page, quota.get_by_text("平江县"))
    used = sum(int(cell) for cell in quota.locator("tbody tr td:nth-of-type(2)").all_inner_texts())
    assert quota.locator("tfoot td").nth(1).inner_text() == str(used)
    page.get_by_role("navigation", name="主要栏目").get_by_role("link", name="数据").click()
    link = page.locator("main a[href$='cases.json']").first
    _seen(page, link)
    answer = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert len(json.loads(answer.body())["cases"]) == 32


def _seen(page: Page, what: Locator) -> None:
    what.scroll_into_view_if_needed()
    expect(what).to_be_in_viewport()


def _downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()
