"""Pictures of a case, larger: by keyboard, finger and mouse, and as plain links without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

CASE = "cases/enshi-2023/lichuan-timetable-resources/"


def opened(page: Page, number: int = 0) -> Locator:
    """The dialog, with that picture of the text."""
    link = page.locator("[data-enlarge=pictures]").nth(number)
    link.scroll_into_view_if_needed()
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def count(page: Page) -> int:
    return page.locator("[data-enlarge=pictures]").count()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_picture_opens_with_its_words_and_its_place_in_the_row(open_page: Open, width: int) -> None:
    page = open_page(CASE, width=width)
    dialog = opened(page)
    expect(dialog.locator(".viewer__count")).to_have_text(f"1 / {count(page)}")
    told = page.locator(".figure figcaption").first.inner_text()
    expect(dialog.locator(".viewer__caption")).to_have_text(told)
    image = dialog.locator("picture img")
    expect(image).to_have_attribute("alt", page.locator(".figure .picture img").first.get_attribute("alt") or "")
    expect(image).to_have_js_property("complete", True)
    box = image.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 844
    assert box["width"] > 0.9 * width or box["height"] > 0.75 * 844 or box["width"] >= 1200


def test_keys_leaf_through_the_pictures_and_stop_at_both_ends(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    dialog, last = opened(page), count(page)
    place = dialog.locator(".viewer__count")
    assert last >= 3
    for key, wanted in (
        ("ArrowLeft", 1),
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        expect(place).to_have_text(f"{wanted} / {last}")


def test_escape_closes_and_the_reader_is_where_he_was(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    link = page.locator("[data-enlarge=pictures]").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    before = page.evaluate("scrollY")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 2


def test_the_keyboard_stays_within_the_dialog(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    opened(page, 1)
    seen = set()
    for key in ["Tab"] * 8 + ["Shift+Tab"] * 8:
        page.keyboard.press(key)
        assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
        seen.add(page.evaluate("document.activeElement.className"))
    assert seen == {"viewer__previous", "viewer__next", "viewer__enlarge", "viewer__file", "viewer__close"}


def test_the_way_back_of_a_phone_closes_the_picture_and_not_the_page(open_page: Open) -> None:
    page = open_page(CASE)
    opened(page)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith(CASE)
    opened(page)
    page.get_by_role("button", name="关闭").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function("() => !(history.state && history.state.viewer)")


def swipe(page: Page, by_x: int, by_y: int) -> None:
    """A finger across the middle of the picture, as the browser itself reports fingers."""
    session = page.context.new_cdp_session(page)
    x, y = 195, 400

    def touch(kind: str, share: float) -> None:
        at = [] if kind == "touchEnd" else [{"x": x + by_x * share, "y": y + by_y * share}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", 0)
    for step in range(1, 6):
        touch("touchMove", step / 5)
    touch("touchEnd", 1)


def test_a_finger_leafs_through_the_pictures_and_draws_them_away(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + CASE)
    dialog = opened(page)
    place, last = dialog.locator(".viewer__count"), count(page)
    swipe(page, -150, 10)
    expect(place).to_have_text(f"2 / {last}")
    swipe(page, 150, 10)
    expect(place).to_have_text(f"1 / {last}")
    swipe(page, -20, 0)
    expect(place).to_have_text(f"1 / {last}")
    swipe(page, 5, 160)
    expect(dialog).to_be_hidden()
    context.close()


def test_enlarged_once_more_a_picture_can_be_moved_about(open_page: Open) -> None:
    page = open_page(CASE, width=390)
    dialog = opened(page)
    small = dialog.locator("picture img").bounding_box()
    button = page.get_by_role("button", name="放大", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    large = dialog.locator("picture img").bounding_box()
    assert small
    assert large
    assert large["width"] > 1.5 * small["width"]
    stage = dialog.locator(".viewer__stage")
    assert stage.evaluate("stage => stage.scrollWidth > stage.clientWidth")
    expect(stage).to_be_focused()
    button.click()
    expect(dialog.locator("picture img")).to_have_js_property("width", round(small["width"]))


def test_a_first_page_opens_with_the_title_of_its_document_apart_from_the_pictures(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    link = page.locator("[data-enlarge=documents]").first
    title = page.locator(".file [data-title]").first.inner_text()
    assert link.get_attribute("aria-label") == f"放大首页：{title}"
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".viewer__caption")).to_have_text(title)
    number = page.locator("[data-enlarge=documents]").count()
    expect(dialog.locator(".viewer__count")).to_have_text(f"1 / {number}" if number > 1 else "")


def test_nothing_moves_for_readers_who_want_no_motion(open_page: Open) -> None:
    page = open_page(CASE)
    page.emulate_media(reduced_motion="reduce")
    dialog = opened(page)
    assert dialog.evaluate("d => getComputedStyle(d).animationName") == "none"
    assert dialog.locator(".viewer__stage").evaluate("d => getComputedStyle(d).transitionDuration") == "0s"


def test_without_script_a_picture_is_a_link_to_its_largest_file(open_page: Open, site: Path) -> None:
    page = open_page(CASE, script=False)
    links = page.locator(".enlarge").all()
    assert len(links) >= 4
    for link in links:
        offered = (link.locator("picture img").get_attribute("srcset") or "").split(",")
        largest = max(offered, key=lambda one: int(one.split()[-1][:-1])).split()[0]
        assert link.get_attribute("href") == largest
        assert (site / CASE / largest).resolve().is_file()
