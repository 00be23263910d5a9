"""Every kind of page on a phone and a desk, light and dark, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_no_page_scrolls_sideways_or_breaks_the_policy(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize("path", ["", "cases/", "cases/enshi-2023/lichuan-timetable-resources/"])
def test_dark_colours_follow_the_system_and_the_switch(open_page: Open, path: str) -> None:
    page = open_page(path, scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="换浅色").click()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_without_script_dark_colours_follow_the_system_and_paper_is_white(open_page: Open) -> None:
    page = open_page("about/", scheme="dark", script=False)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == open_page("about/", scheme="dark").evaluate(ground)
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_without_script_a_visitor_walks_from_home_to_a_case_through_a_group(open_page: Open) -> None:
    page = open_page("", script=False)
    page.get_by_role("link", name="国家级").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("国家级")
    page.locator(".card__title a").first.click()
    expect(page.get_by_role("heading", name="基本信息")).to_be_visible()
    expect(page.locator(".prose p").first).to_be_visible()


def test_without_script_the_search_page_says_so_and_offers_the_groups(open_page: Open) -> None:
    page = open_page("search/", script=False)
    expect(page.get_by_text("搜索和筛选需要浏览器的脚本功能")).to_be_visible()
    expect(page.get_by_role("link", name="省级").first).to_be_visible()


def test_the_video_has_a_poster_captions_and_plays(open_page: Open) -> None:
    page = open_page(KINDS["case with video"])
    video = page.locator("video")
    assert video.get_attribute("poster")
    assert page.evaluate("document.querySelector('video').textTracks.length") == 1
    page.evaluate("(v => { v.muted = true; return v.play(); })(document.querySelector('video'))")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    cues = page.evaluate("Array.from(document.querySelector('video').textTracks[0].cues || []).map(c => c.text)")
    assert len(cues) >= 5
    assert all("�" not in cue for cue in cues)


def test_pictures_choose_a_width_and_have_words(open_page: Open) -> None:
    page = open_page(KINDS["case with pictures"])
    for image in page.locator(".prose .picture img").all():
        image.scroll_into_view_if_needed()
        assert image.get_attribute("alt")
        assert image.get_attribute("width")
        expect(image).to_have_js_property("complete", True)
    assert page.locator(".prose .picture img").count() >= 2
    chosen = page.evaluate("document.querySelector('.prose .picture img').currentSrc")
    assert chosen.endswith(".avif")


def test_a_page_prints_with_its_site_but_without_what_paper_cannot_use(open_page: Open) -> None:
    page = open_page(KINDS["case with pictures"], width=1440)
    page.emulate_media(media="print")
    expect(page.locator(".brand__name")).to_be_visible()
    expect(page.locator(".sample")).to_be_visible()
    for selector in (".nav", ".tools", ".header__find", ".header__search", ".toc", ".footer", ".neighbours"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator(".case__head h1")).to_be_visible()


def test_the_contents_follow_the_reader(open_page: Open) -> None:
    page = open_page(KINDS["case with pictures"], width=1440)
    third = page.locator("[data-toc] a").nth(2)
    third.click()
    expect(third).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-toc] a[aria-current]")).to_have_count(1)


def test_a_picture_covers_its_placeholder(open_page: Open) -> None:
    page = open_page(KINDS["case with pictures"])
    image = page.locator(".prose .picture img").first
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    on_top = """image => {
        const box = image.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight - box.y) / 2) === image;
    }"""
    assert image.evaluate(on_top)
