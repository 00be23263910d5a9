"""A browser at the published site behind the real nginx: everything works under its policy, and nothing is reported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from .server import Nginx

pytestmark = pytest.mark.browser

_COUNTED = """
window.reports = [];
addEventListener("securitypolicyviolation", report => window.reports.push(report.violatedDirective + " " + report.blockedURI));
"""


@pytest.fixture
def page(browser: Browser, nginx: Nginx) -> Iterator[Page]:
    """One that keeps count of errors; at the end there may be none, and no request elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(_COUNTED)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    own = (nginx.address, "data:", "chrome-extension:", "chrome:")
    page.on("request", lambda request: None if request.url.startswith(own) else wrong.append(request.url))
    yield page
    reports = page.evaluate("window.reports")
    context.close()
    assert (wrong, reports) == ([], [])


def opened(page: Page, address: str) -> Response:
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    return answer


def test_the_home_page_shows_all_its_pictures(page: Page, nginx: Nginx) -> None:
    assert opened(page, nginx.address).status == 200
    page.evaluate("document.querySelectorAll('img').forEach(picture => { picture.loading = 'eager'; })")
    page.wait_for_function("() => [...document.images].every(picture => picture.complete)")
    assert page.evaluate("[...document.images].filter(picture => !picture.naturalWidth).length") == 0
    assert page.evaluate("document.images.length") > 3


def test_a_video_plays_and_is_sought_in_parts(page: Page, nginx: Nginx) -> None:
    parts: list[int] = []
    page.on("response", lambda answer: parts.append(answer.status) if answer.url.endswith(".mp4") else None)
    opened(page, f"{nginx.address}cases/enshi-2023/zhouzhi-dawn-redwood-diary/")
    page.evaluate("(v => { v.muted = true; return v.play(); })(document.querySelector('video'))")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.1")
    page.evaluate("(v => { v.pause(); v.currentTime = v.duration - 0.5; })(document.querySelector('video'))")
    page.wait_for_function("() => (v => !v.seeking && v.currentTime > 1)(document.querySelector('video'))")
    assert set(parts) == {206}
    assert page.evaluate("document.querySelector('video').textTracks.length") > 0


def test_a_pdf_is_shown_in_the_page_of_its_case(page: Page, nginx: Nginx) -> None:
    opened(page, f"{nginx.address}cases/yueyang-2020-pilots/huarong-furong-union/")
    button = page.locator("[data-preview]").first
    shown: list[int] = []
    page.on("response", lambda answer: shown.append(answer.status) if ".pdf" in answer.url else None)
    button.click()
    page.wait_for_timeout(1500)
    expect(button).to_have_attribute("aria-expanded", "true")
    assert shown and set(shown) <= {200, 206}


def test_a_download_has_the_name_that_its_link_says(page: Page, nginx: Nginx) -> None:
    opened(page, f"{nginx.address}results/yueyang-2021/")
    link = page.locator("a[download][href$='.csv']").first
    with page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == link.get_attribute("download") == "2021年优秀工作案例获奖名单.csv"


def test_search_finds(page: Page, nginx: Nginx) -> None:
    opened(page, f"{nginx.address}search/?q=双师课堂")
    expect(page.locator("main a[href*='cases/']").first).to_be_visible()


def test_what_is_nowhere_shows_our_page_at_any_depth(browser: Browser, nginx: Nginx) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.add_init_script(_COUNTED)
    answer = opened(page, f"{nginx.address}no/such/page/")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到这个页面")
    assert page.evaluate("window.reports") == []
    assert page.evaluate("[...document.styleSheets].length") > 0
    assert [error for error in errors if "404" not in error] == []
    assert len(errors) <= 1  # the page itself, of which the browser tells
    page.close()
