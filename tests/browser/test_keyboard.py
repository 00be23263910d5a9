"""The whole site by keyboard: a visible focus on every stop, in the order of the page, and no trap."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

# Numbers every element that Tab should reach, in the order of the page.
NUMBER = """() => {
    let n = 0;
    for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary, video[controls], [tabindex]")) {
        if (e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })) e.dataset.stop = n++;
    }
    return n;
}"""

STOP = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const shows = x => getComputedStyle(x).outlineStyle !== "none" && parseFloat(getComputedStyle(x).outlineWidth) >= 2;
    const box = e.getBoundingClientRect();
    return {
        stop: e.dataset.stop === undefined ? null : Number(e.dataset.stop),
        what: e.outerHTML.slice(0, 120),
        isVideo: e.tagName === "VIDEO",
        shows: shows(e) || Boolean(e.closest("form") && shows(e.closest("form"))),
        isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_tab_walks_the_page_in_its_order_with_a_visible_focus(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.wait_for_load_state("networkidle")
    count = page.evaluate(NUMBER)
    reached: list[int] = []
    for _ in range(count + 40):  # a player of the browser's own has stops inside that the page cannot number
        page.keyboard.press("Tab")
        here = page.evaluate(STOP)
        if here is None or (reached and here["stop"] == 0):
            break
        if reached and here["stop"] == reached[-1]:
            continue
        assert here["stop"] is not None, here
        assert here["shows"] or here["isVideo"], here
        assert here["isInView"], here
        reached.append(here["stop"])
    assert reached == list(range(count))


def test_the_skip_link_is_the_first_stop_and_leads_past_the_header(open_page: Open) -> None:
    page = open_page("cases/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳转至正文")).to_be_focused()
    page.wait_for_function("() => getComputedStyle(document.activeElement).opacity === '1'")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_switches_work_from_the_keyboard(open_page: Open) -> None:
    page = open_page("")
    page.get_by_role("button", name="长辈版").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="长辈版")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="返回标准版")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="长辈版")).to_be_focused()


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_nothing_moves_for_those_who_want_no_motion(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => e.checkVisibility()).flatMap(e =>
            [null, "::before", "::after"].map(part => getComputedStyle(e, part)).filter(s =>
                s.animationName !== "none" || s.transitionDuration.split(", ").some(d => parseFloat(d) > 0) || s.scrollBehavior === "smooth"
            ).map(() => e.className || e.tagName))"""
    )
    assert moving == []


def test_high_contrast_colours_tell_the_current_place(open_page: Open) -> None:
    page = open_page("level/province/", width=1440)
    page.emulate_media(forced_colors="active")
    for selector in (".nav__link", ".siblings a"):
        ground = "e => getComputedStyle(e).backgroundColor"
        here = page.locator(f"{selector}[aria-current]").first.evaluate(ground)
        there = page.locator(f"{selector}:not([aria-current])").first.evaluate(ground)
        assert here != there, selector
    page.locator("#header-q").focus()
    assert page.locator(".header__search").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
