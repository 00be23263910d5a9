"""The 长辈版: one switch, larger and plainer, remembered, and there before anything is painted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

SIZES = """() => Object.fromEntries([...document.querySelectorAll("main *, header *, footer *")]
    .map((e, i) => [e, i])
    .filter(([e]) => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(([e]) => !e.closest("svg, video, .visually-hidden"))
    .map(([e, i]) => [`${i} ${e.className || e.tagName}`, parseFloat(getComputedStyle(e).fontSize)]))"""


def _is_elder(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.hasAttribute('data-elder')"))


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_switch_is_remembered_across_pages_and_goes_back(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    switch = page.get_by_role("button", name="长辈版")
    expect(switch).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="返回标准版")).to_be_hidden()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="征集活动").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("征集活动")
    assert _is_elder(page)
    expect(page.get_by_role("button", name="长辈版")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="返回标准版").click()
    assert not _is_elder(page)
    assert page.evaluate("document.activeElement.hasAttribute('data-elder-switch')")
    page.go_back()
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-elder')")
    expect(page.get_by_role("button", name="长辈版")).to_have_attribute("aria-pressed", "false")


def test_the_page_is_elder_before_its_body_is_read(open_page: Open) -> None:
    page = open_page("", elder=True)
    page.add_init_script(
        """new MutationObserver((_, observer) => {
            if (!document.body) return;
            window.atBody = [document.documentElement.hasAttribute("data-elder"), document.body.childElementCount];
            observer.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(page.url + "cases/")
    is_elder, _ = page.evaluate("window.atBody")
    assert is_elder


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_every_type_is_a_third_larger_and_none_below_18_pixels(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    before = page.evaluate(SIZES)
    page.get_by_role("button", name="长辈版").click()
    after = page.evaluate(SIZES)
    assert {name: size for name, size in after.items() if size < 18} == {}
    both = before.keys() & after.keys()
    assert len(both) > 10
    assert {name for name in both if after[name] < 1.3 * before[name]} == set()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_the_elder_page_does_not_scroll_sideways(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width, elder=True)
    assert _is_elder(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_what_is_pressed_is_44_pixels_high(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width, elder=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, summary, input[type=search], .button, .nav a, .footer a, .siblings a, .links a, .pager a, .more, .crumbs a, .header__find")]
            .filter(e => e.checkVisibility() && !e.closest("video, .visually-hidden"))
            .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 43.9)"""
    )
    assert small == []


def test_it_has_fewer_columns_and_the_side_below_the_text(open_page: Open) -> None:
    page = open_page(KINDS["case with pictures"], width=1440, elder=True)
    main, side = (page.locator(selector).bounding_box() for selector in (".case__main", ".case__side"))
    assert main
    assert side
    assert side["y"] >= main["y"] + main["height"]
    page.goto(page.url.split("cases/")[0])
    tracks = "getComputedStyle(document.querySelector('.cards')).gridTemplateColumns.split(' ').length"
    assert page.evaluate(tracks) == 2
    page.get_by_role("button", name="返回标准版").click()
    assert page.evaluate(tracks) >= 3


def test_it_works_in_the_dark_and_with_stronger_contrast(open_page: Open) -> None:
    page = open_page("", scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    standard = page.evaluate(ground)
    page.get_by_role("button", name="长辈版").click()
    assert page.evaluate(ground) == "rgb(0, 0, 0)" != standard
    page.get_by_role("button", name="换浅色").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_without_script_there_is_no_switch(open_page: Open) -> None:
    page = open_page("", script=False)
    for words in ("长辈版", "返回标准版", "换深色", "换浅色"):
        expect(page.get_by_role("button", name=words)).to_be_hidden()


def test_it_prints_like_the_standard_version(open_page: Open) -> None:
    page = open_page("about/", elder=True)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
