"""A moving picture runs while it is in view and can be stopped; every picture says how wide it will be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

MOVING = "cases/enshi-2023/laifeng-vine-tea-curve/"


def _is_running(page: Page) -> bool:
    return bool(page.evaluate("(v => !v.paused && v.currentTime > 0)(document.querySelector('[data-motion]'))"))


def _brought_into_view(page: Page) -> None:
    page.locator("[data-motion]").evaluate("v => v.scrollIntoView({block: 'center'})")


def test_a_moving_picture_runs_in_view_silently_and_has_words(open_page: Open) -> None:
    page = open_page(MOVING)
    picture = page.locator("[data-motion]")
    expect(picture).to_have_count(1)
    assert not _is_running(page)
    assert picture.get_attribute("aria-label")
    assert picture.get_attribute("poster")
    assert page.evaluate("(v => v.muted && v.loop && v.controls)(document.querySelector('[data-motion]'))")
    _brought_into_view(page)
    page.wait_for_function("() => document.querySelector('[data-motion]').currentTime > 0.1")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("() => document.querySelector('[data-motion]').paused")


def test_a_moving_picture_that_was_stopped_stays_so(open_page: Open) -> None:
    page = open_page(MOVING)
    _brought_into_view(page)
    page.wait_for_function("() => document.querySelector('[data-motion]').currentTime > 0.1")
    page.locator("[data-motion]").evaluate(
        "v => new Promise(done => { v.addEventListener('pause', done); v.pause(); })"
    )
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)
    _brought_into_view(page)
    page.wait_for_timeout(400)
    assert page.evaluate("document.querySelector('[data-motion]').paused")


def test_nothing_runs_by_itself_for_who_wants_no_motion(open_page: Open) -> None:
    page = open_page("")
    page.emulate_media(reduced_motion="reduce")
    page.goto(page.url + MOVING)
    _brought_into_view(page)
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-motion]').paused")


def test_without_script_a_moving_picture_shows_its_first_frame_and_controls(open_page: Open) -> None:
    page = open_page(MOVING, script=False)
    picture = page.locator("[data-motion]")
    expect(picture).to_be_visible()
    assert picture.get_attribute("controls") is not None
    assert picture.get_attribute("preload") == "none"


WIDTHS = """() => Array.from(document.querySelectorAll('picture img')).filter(image => image.complete && image.offsetParent).map(image => {
    const box = image.getBoundingClientRect();
    return [image.sizes, image.naturalWidth, box.width];
})"""
"""What each picture says of its width, what the browser took that for, and what it came to be."""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["", "cases/", MOVING, "cases/yueyang-2021/yueyanglou-paper-homework/"])
def test_a_picture_is_as_wide_as_it_said(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    for image in page.locator("picture img:visible").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
    measured = page.evaluate(WIDTHS)
    assert measured
    for sizes, told_px, shown_px in measured:
        assert abs(told_px / shown_px - 1) <= 0.15, (sizes, told_px, shown_px)
