"""A case page as a teacher on a phone, an official at a desk and a sheet of paper have it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

CASE = "cases/enshi-2023/lichuan-timetable-resources/"


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box, selector
    return box["y"]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_a_phone_place_stage_and_topic_stand_before_the_text(open_page: Open, script: bool) -> None:
    page = open_page(CASE, script=script)
    brief = page.locator(".brief")
    for word in ("地区", "利川市", "学段", "小学", "主题", "智慧教育平台"):
        expect(brief).to_contain_text(word)
    assert top(page, ".case__unit") < top(page, ".brief") < top(page, ".summary") < top(page, ".prose")
    assert top(page, ".prose") < top(page, ".facts")


def test_on_a_desk_the_facts_stand_beside_the_text_and_only_there(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    expect(page.locator(".brief")).to_be_hidden()
    assert abs(top(page, ".facts") - top(page, ".summary")) < 60


@pytest.mark.parametrize(("width", "most"), [(390, 40), (1440, 40), (1920, 40)])
def test_a_line_of_text_has_at_most_40_characters(open_page: Open, width: int, most: int) -> None:
    page = open_page(CASE, width=width)
    characters = page.locator(".prose > p").first.evaluate(
        "p => p.clientWidth / parseFloat(getComputedStyle(p).fontSize)"
    )
    assert (30 if width > 1000 else 18) <= characters <= most + 0.5


def test_every_heading_is_marked_when_it_is_chosen_even_at_the_end_of_the_page(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    links = page.locator("[data-toc] a")
    assert links.count() >= 6
    for i in (0, links.count() - 1, 2):
        links.nth(i).click()
        expect(links.nth(i)).to_have_attribute("aria-current", "true")
        expect(page.locator("[data-toc] a[aria-current]")).to_have_count(1)


def test_long_contents_keep_the_current_heading_in_sight(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    page.set_viewport_size({"width": 1440, "height": 180})
    contents = page.locator("[data-toc]")
    assert contents.evaluate("list => list.scrollHeight > list.clientHeight")
    last = page.locator("[data-toc] a").last
    page.evaluate(
        "document.getElementById(document.querySelector('[data-toc] li:last-child a').hash.slice(1)).scrollIntoView()"
    )
    expect(last).to_have_attribute("aria-current", "true")
    inside, around = last.bounding_box(), contents.bounding_box()
    assert inside
    assert around
    assert around["y"] <= inside["y"]
    assert inside["y"] + inside["height"] <= around["y"] + around["height"]
    assert 0 <= around["y"] < 40


def test_the_contents_are_walked_by_keyboard(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    page.locator("[data-toc] a").nth(3).focus()
    page.keyboard.press("Tab")
    expect(page.locator("[data-toc] a").nth(4)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-toc] a").nth(4)).to_have_attribute("aria-current", "true")


def test_a_wide_table_scrolls_in_its_frame_and_only_then_takes_focus(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    frame = page.locator(".prose .scroll").first
    expect(frame).to_have_attribute("tabindex", "-1")
    page.locator(".prose .scroll td").first.evaluate(
        "cell => { cell.textContent = 'x'.repeat(400); cell.style.whiteSpace = 'nowrap' }"
    )
    page.set_viewport_size({"width": 1430, "height": 844})
    expect(frame).to_have_attribute("tabindex", "0")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.prose .scroll').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1430


def test_a_pdf_is_shown_in_the_page_when_asked(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    assert page.evaluate("navigator.pdfViewerEnabled")
    button = page.locator("[data-preview]").first
    with page.expect_response(lambda answer: answer.url.endswith(".pdf")) as answered:
        button.click()
    assert answered.value.ok
    frame = page.locator(".file__preview")
    expect(frame).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(frame).to_have_count(0)


def test_where_no_pdf_can_be_shown_its_first_page_is(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false })")
    page = context.new_page()
    page.goto(address + CASE)
    page.locator("[data-preview]").first.click()
    expect(page.get_by_role("dialog").locator("picture img")).to_have_js_property("complete", True)
    expect(page.locator(".file__preview")).to_have_count(0)
    context.close()


def test_where_the_server_forbids_frames_the_first_page_is_enlarged(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    forbidding = {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}
    page.route("**/*.pdf", lambda route: route.fulfill(status=200, headers=forbidding))
    page.locator("[data-preview]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator(".file__preview")).to_have_count(0)


def test_without_script_a_document_is_downloaded_and_no_preview_is_offered(open_page: Open) -> None:
    page = open_page(CASE, script=False)
    expect(page.locator("[data-preview]:visible")).to_have_count(0)
    with page.expect_download() as download:
        page.locator(".file [data-title]").first.click()
    assert download.value.suggested_filename == "利川市“把资源写进课表”行动工作方案（示例）.pdf"


def test_a_related_case_says_why_it_is_one(open_page: Open) -> None:
    page = open_page(CASE)
    assert page.locator(".card__why").count() == page.locator(".block .card").count() >= 3


def printed(page: Page, path: Path) -> list[str]:
    """The text of each sheet."""
    page.pdf(path=path, prefer_css_page_size=True, print_background=False)
    document = pypdfium2.PdfDocument(path)
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    return [sheet.get_textpage().get_text_range() for sheet in document]


def test_paper_has_title_unit_honours_text_facts_and_address_and_nothing_to_press(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(CASE, width=1440)
    address = page.locator("#address").inner_text()
    sheets = printed(page, tmp_path / "case.pdf")
    whole = "".join("".join(sheets).split())
    for word in (
        "把资源写进课表",
        "利川市示例教育局",
        "省级·优秀案例2023",
        "摘要",
        "实施背景",
        "基本信息",
        "资源卡编写与停用办法",
    ):
        assert word in whole, word
    assert address in whole
    assert "https://example.org/lichuan/cards" in whole
    for word in ("复制引用", "BibTeX", "预览", "上一个", "相关案例", "我要纠错"):
        assert word not in whole, word
    assert whole.count("https://") == 2


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(open_page: Open, tmp_path: Path) -> None:
    page = open_page(CASE, width=1440)
    headings = {"".join(text.split()) for text in page.locator(".prose h2, .prose h3, .prose h4").all_inner_texts()}
    for sheet in printed(page, tmp_path / "case.pdf"):
        lines = ["".join(line.split()) for line in sheet.splitlines() if line.strip()]
        assert lines[-1] not in headings
