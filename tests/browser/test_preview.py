"""Previews as reviewers meet them: the mark on every page in every dress; a proposal's folder by double click."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator import pipeline
from generator.catalog.changed import Changed
from generator.settings import Settings, read_settings

from .conftest import serving
from .kinds import KINDS

pytestmark = pytest.mark.browser

VIDEO, PICTURES, COVER = KINDS["case with video"], KINDS["case with pictures"], KINDS["case without picture"]
WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def settings(root: Path) -> Settings:
    return read_settings(root / "mkdocs.yml")


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole site for reviewers, behind the strict server."""
    folder = tmp_path_factory.mktemp("site") / "preview"
    pipeline.build(settings, preview=pipeline.Preview(folder=folder))
    with serving(folder) as url:
        yield url


@pytest.fixture(scope="module")
def folder(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proposal of three cases, in a folder whose name is as people name folders."""
    folder = tmp_path_factory.mktemp("proposal") / "预览 (1)"
    files = frozenset(f"{url.rstrip('/')}/index.md" for url in (VIDEO, PICTURES, COVER))
    options = dataclasses.replace(pipeline.Preview(folder=folder), changed=Changed(files=files))
    pipeline.build(settings, preview=options)
    return folder


Opened = tuple[Page, list[str]]


def opened(browser: Browser, address: str, width: int = 1440, scheme: str = "light", *, elder: bool = False) -> Opened:
    """A page, and what it has complained of."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    if elder:
        context.add_init_script("localStorage.setItem('version', 'elder')")
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def note_failure(request: Request) -> None:
        # What a page had not loaded when the next was opened is no complaint.
        if "ERR_ABORTED" not in (request.failure or ""):
            wrong.append(f"{request.url}: {request.failure}")

    page.on("requestfailed", note_failure)
    page.goto(address)
    return page, wrong


def require_marked(page: Page, where: str) -> None:
    """The word is in sight before anything is scrolled, in the title, and machines are told to stay away."""
    mark = page.locator(".preview__mark")
    expect(mark).to_have_text("预览")
    expect(mark).to_be_in_viewport()
    assert page.title().startswith("【预览】"), where
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex", where


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_is_marked(browser: Browser, address: str, width: int) -> None:
    for kind, path in {**KINDS, "review": "preview/"}.items():
        page, wrong = opened(browser, address + path, width)
        require_marked(page, kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
        expect(page.locator("h1")).to_have_count(1)
        assert wrong == [], kind
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_the_mark_is_seen_in_every_dress_and_on_paper(browser: Browser, address: str, scheme: str, elder: bool) -> None:
    page, _ = opened(browser, address + PICTURES, 390, scheme, elder=elder)
    require_marked(page, scheme)
    grounds = page.evaluate(
        "['.preview', '.tools', 'body'].map(name => getComputedStyle(document.querySelector(name)).backgroundColor)"
    )
    assert len(set(grounds)) == 3
    page.emulate_media(media="print")
    expect(page.locator(".preview__mark")).to_be_visible()
    expect(page.locator(".preview a")).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_proposal_opens_by_double_click_without_a_complaint(
    browser: Browser, folder: Path, width: int
) -> None:
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 40
    page, wrong = opened(browser, (folder / "index.html").as_uri(), width)
    for file in files:
        page.goto(file.as_uri())
        require_marked(page, str(file))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file
        assert page.locator("[data-suggest], [data-qr], .header__find").count() == 0, file
        assert wrong == [], file
    page.context.close()


def test_a_reviewer_walks_from_the_first_page_to_a_case_and_back(browser: Browser, folder: Path) -> None:
    page, wrong = opened(browser, (folder / "index.html").as_uri(), 390)
    page.locator(".review__title a").nth(1).click()
    expect(page.get_by_role("heading", name="基本信息")).to_be_visible()
    assert page.url.endswith("/index.html")
    page.locator(".crumbs a").nth(2).click()
    expect(page.locator(".status")).not_to_have_count(0)
    page.get_by_role("link", name="返回本次改动").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("本次改动")
    page.get_by_role("link", name="获奖名单").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("获奖名单")
    assert wrong == []
    page.context.close()


def test_pictures_are_shown_and_enlarged_by_double_click(browser: Browser, folder: Path) -> None:
    page, wrong = opened(browser, (folder / PICTURES / "index.html").as_uri())
    images = page.locator(".prose .picture img").all()
    assert len(images) >= 2
    for image in images:
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 300
    images[0].click()
    expect(page.locator("dialog.viewer picture img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.viewer")).to_be_hidden()
    assert wrong == []
    page.context.close()


def test_a_video_plays_with_its_captions_by_double_click(browser: Browser, folder: Path) -> None:
    page, wrong = opened(browser, (folder / VIDEO / "index.html").as_uri())
    page.evaluate("(v => { v.muted = true; return v.play(); })(document.querySelector('[data-video] video'))")
    page.wait_for_function("document.querySelector('[data-video] video').currentTime > 0.2")
    page.get_by_role("slider").first.hover()
    cues = page.evaluate(
        "Array.from(document.querySelector('[data-video] video').textTracks[0].cues || []).map(cue => cue.text)"
    )
    assert len(cues) >= 5
    page.wait_for_timeout(300)
    assert wrong == []
    page.context.close()


def test_a_paper_is_previewed_by_double_click(browser: Browser, folder: Path) -> None:
    with_paper = [file for file in folder.glob("cases/*/*/index.html") if "data-preview=" in file.read_text("utf-8")]
    assert with_paper
    page, wrong = opened(browser, with_paper[0].as_uri())
    page.locator("[data-preview]").first.click()
    expect(page.locator(".file__preview, dialog.viewer[open]").first).to_be_visible()
    assert wrong == []
    page.context.close()
