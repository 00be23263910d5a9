"""Enlarged pages: 400 % of a desk is 320 × 256, and twice the text; nothing lies beside the window or is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .kinds import KINDS

pytestmark = pytest.mark.browser

# What ends to the right of the window and can be reached by no scrolling of its own.
BESIDE = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility() && !e.closest(".scroll, .nav__list, pre, svg, .visually-hidden, .card__link, .md-skip") && !e.matches(".bleed"))
    .filter(e => { const box = e.getBoundingClientRect(); return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1); })
    .map(e => e.className || e.tagName)"""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_at_400_percent_nothing_lies_beside_the_window(open_page: Open, path: str) -> None:
    page = open_page(path, width=320, height=256)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(BESIDE) == []
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_at_twice_the_text_nothing_lies_beside_the_window(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # twice the root's 125 %
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(BESIDE) == []


@pytest.mark.parametrize("width", [320, 390])
def test_the_header_of_a_phone_holds_search_and_switches_without_crowding(open_page: Open, width: int) -> None:
    page = open_page("", width=width)
    boxes = []
    for locator in (
        page.get_by_role("button", name="长辈版"),
        page.get_by_role("button", name="换深色"),
        page.locator(".brand"),
        page.locator(".header__find"),
    ):
        expect(locator).to_be_visible()
        box = locator.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        boxes.append(box)
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart_x = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            apart_y = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart_x or apart_y
    page.locator(".header__find").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("搜索案例")
