"""Citing, copying, carrying on to a phone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import example, given, settings
from hypothesis.strategies import characters, integers, text
from playwright.sync_api import Browser, Error, Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser

CASE = "cases/enshi-2023/lichuan-timetable-resources/"
ROOM = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412]
"""Bytes that a symbol of level M holds. Clause: ISO/IEC 18004 table 7."""


@pytest.fixture
def copied(open_page: Open) -> Page:
    page = open_page(CASE, width=1440)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_citation_is_copied_with_the_day_of_access(copied: Page) -> None:
    copied.clock.set_fixed_time("2026-03-04T12:00:00")
    copied.get_by_role("button", name="复制引用").click()
    expect(copied.get_by_text("已复制：引用（GB/T 7714）")).to_be_visible()
    text_ = clipboard(copied)
    assert re.search(r"2023\(2023-12-08\)\[2026-03-04\]\. https://\S+/cases/enshi-2023/\S+/\.$", text_)
    assert text_.startswith("牟示例, 向示范, 冉示例. 把资源写进课表")


def test_bibtex_is_copied_as_a_whole_entry(copied: Page) -> None:
    copied.clock.set_fixed_time("2026-03-04T12:00:00")
    copied.get_by_role("button", name="复制 BibTeX").click()
    expect(copied.get_by_text("已复制：BibTeX")).to_be_visible()
    entry = clipboard(copied)
    assert entry.startswith("@misc{enshi-2023-lichuan-timetable-resources,\n")
    assert entry.endswith("  urldate = {2026-03-04},\n}")
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize("name", ["复制链接", "复制网址"])
def test_the_address_is_copied_as_it_is_shown(copied: Page, name: str) -> None:
    copied.get_by_role("button", name=name).click()
    expect(copied.get_by_text("已复制：本页网址")).to_be_visible()
    assert clipboard(copied) == copied.locator("#address").inner_text()


def test_where_a_page_may_not_copy_the_text_stands_selected(open_page: Open) -> None:
    page = open_page(CASE, width=1440)
    page.evaluate(
        "Object.defineProperty(window, 'isSecureContext', { value: false }); document.execCommand = () => false"
    )
    page.get_by_role("button", name="复制 BibTeX").click()
    expect(page.get_by_text("已选中，请按 Ctrl+C 复制")).to_be_visible()
    assert page.evaluate("getSelection().toString()").startswith("@misc{")
    assert page.locator(".share__bibtex").get_attribute("open") is not None


def test_without_script_the_citation_stands_and_no_button_that_does_nothing(open_page: Open) -> None:
    page = open_page(CASE, width=1440, script=False)
    expect(page.locator("#cite-gb7714")).to_contain_text("[EB/OL]")
    page.locator(".share__bibtex summary").click()
    expect(page.locator("#cite-bibtex")).to_contain_text("@misc{")
    expect(page.locator(".tool:visible")).to_have_count(0)


def test_a_report_of_an_error_names_the_address(open_page: Open) -> None:
    page = open_page(CASE)
    line = page.locator(".rights--correct")
    expect(line).to_contain_text("请向主办单位书面反映")
    expect(line).to_contain_text(page.locator("link[rel=canonical]").get_attribute("href") or "-")


def test_the_encoder_comes_when_a_code_is_asked_for_and_goes_out_of_sight_again(open_page: Open) -> None:
    page = open_page(CASE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    button = page.get_by_role("button", name="二维码")
    assert not page.evaluate("'qrCode' in window")
    button.click()
    picture = page.get_by_role("img", name="本页网址的二维码")
    expect(picture).to_be_visible()
    assert [url for url in asked if "/qr." in url]
    shown = "".join(re.findall(r"M(\d+ \d+)h1v1h-1z", picture.locator("path").get_attribute("d") or ""))
    rows = page.evaluate("qrCode.encode(location.origin + location.pathname).rows")
    assert shown == "".join(f"{j + 4} {i + 4}" for i, row in enumerate(rows) for j, one in enumerate(row) if one)
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(picture).to_be_hidden()


@pytest.fixture(scope="module")
def encoder(browser: Browser, root: Path) -> Page:
    page = browser.new_page()
    page.add_script_tag(path=root / "theme/assets/javascripts/qr.js")
    return page


def symbol(page: Page, content: str, mask: int | None = None) -> tuple[int, int, list[list[int]]]:
    found = page.evaluate(
        f"(o => [o.version, o.mask, o.rows])(qrCode.encode({json.dumps(content)}, {json.dumps(mask)} ?? undefined))"
    )
    return found[0], found[1], found[2]


def reference(content: str, version: int, mask: int | None) -> segno.QRCode:
    """The same symbol by segno."""
    return segno.make_qr(
        content, error="m", version=version, mask=mask, mode="byte", encoding="utf-8", boost_error=False
    )


def plain(code: segno.QRCode) -> list[list[int]]:
    return [[int(one) for one in row] for row in code.matrix]


@pytest.mark.parametrize("version", range(1, len(ROOM) + 1))
def test_a_full_symbol_of_every_version_and_mask_is_what_segno_makes(encoder: Page, version: int) -> None:
    """A full one: of any other segno fills the rest with a zero byte more than the standard has."""
    content = ("https://showcase.example.org/cases/" * 20)[: ROOM[version - 1]]
    for mask in range(8):
        assert symbol(encoder, content, mask) == (version, mask, plain(reference(content, version, mask)))


@pytest.mark.parametrize("version", range(1, len(ROOM) + 1))
def test_the_mask_is_the_one_that_segno_finds_easiest_to_read(encoder: Page, version: int) -> None:
    for start in range(8):
        content = ("https://showcase.example.org/cases/" * 20)[start : start + ROOM[version - 1]]
        assert symbol(encoder, content)[1] == reference(content, version, None).mask


def read(rows: list[list[int]]) -> str:
    """What a camera reads in a symbol: four pixels a module, and the quiet zone."""
    side = len(rows) + 8
    grid = np.zeros((side, side), dtype=bool)
    grid[4:-4, 4:-4] = np.array(rows, dtype=bool)
    picture = np.where(np.kron(grid, np.ones((4, 4), dtype=bool)), 0, 255).astype(np.uint8)
    # Of all kinds of codes, some symbol would hold lines that pass for one in stripes.
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return str(found.text)


@settings(max_examples=50)
@example(number=116, length=119)
@given(number=integers(0, 10**12), length=integers(0, 200))
def test_an_address_of_any_length_can_be_read(encoder: Page, number: int, length: int) -> None:
    content = f"https://showcase.example.org/cases/yueyang-{number}/{'long-name-' * 20}"[: 60 + length]
    assert read(symbol(encoder, content)[2]) == content


@settings(max_examples=30)
@given(content=text(characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=80))
def test_any_text_can_be_read(encoder: Page, content: str) -> None:
    assert read(symbol(encoder, content)[2]) == content


def test_what_no_symbol_holds_is_refused(encoder: Page) -> None:
    symbol(encoder, "a" * ROOM[-1])
    with pytest.raises(Error, match="too long"):
        symbol(encoder, "a" * (ROOM[-1] + 1))
