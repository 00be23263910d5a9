"""The player in a real browser: it plays without script, and with it does what a viewer expects, and nothing before."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Open, serving
from .films import COLOURS, SECONDS, film_page, moment_colour

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of this file: one page with a film and a portrait, one with the portrait alone, one with missing files."""
    folder = tmp_path_factory.mktemp("films") / "site"
    film_page(root, folder)
    with serving(folder) as url:
        yield url


def value(page: Page, expression: str, number: int = 0) -> object:
    """What *expression* of a video `v` is."""
    return page.evaluate(f"(v => {expression})(document.querySelectorAll('video')[{number}])")


def now_s(page: Page) -> float:
    return float(str(value(page, "v.currentTime")))


def play(page: Page, number: int = 0) -> None:
    value(page, "{ v.muted = true; return v.play(); }", number)
    page.wait_for_function(f"() => document.querySelectorAll('video')[{number}].currentTime > 0.1")


def start(page: Page) -> None:
    """Plays by the browser's own button, in the lower left corner of the video."""
    video = page.locator("video").first
    video.scroll_into_view_if_needed()
    box = video.bounding_box()
    assert box
    page.mouse.click(box["x"] + 25, box["y"] + box["height"] - 48)


def at(page: Page, moment_s: float) -> None:
    """Pauses the film at that moment."""
    play(page)
    value(page, f"{{ v.pause(); v.currentTime = {moment_s}; }}")
    page.wait_for_function("() => !document.querySelector('video').seeking")


def hover(page: Page, share: float) -> Locator:
    slider = page.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    return slider


def shown_colour(tile: Locator) -> tuple[int, ...]:
    image = Image.open(io.BytesIO(tile.screenshot())).convert("RGB")
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    return colour


def is_close(one: tuple[int, ...], other: tuple[int, ...], tolerance: int = 3) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("width", "name"), [(390, "film-480p"), (844, "film-720p"), (1440, "film-1080p")])
@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_the_play_button_plays_the_size_that_suits_the_window(
    open_page: Open, width: int, name: str, script: bool
) -> None:
    page = open_page(width=width, script=script)
    with page.expect_request("**/*.mp4") as asked:
        start(page)
    assert asked.value.url.endswith(f"/{name}.mp4")
    for _ in range(100):  # a page without script cannot wait for itself
        if now_s(page) > 0.2:
            break
        page.wait_for_timeout(100)
    assert now_s(page) > 0.2
    expect(page.locator(".player").first).to_be_visible(visible=script)


def test_a_click_on_the_poster_plays_and_another_pauses(open_page: Open) -> None:
    page = open_page(width=1440)
    page.locator("video").first.click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    page.locator("video").first.click()
    page.wait_for_function("() => document.querySelector('video').paused")
    assert now_s(page) > 0.2


def test_nothing_of_the_storyboard_or_the_film_is_fetched_before_a_viewer_wants_it(open_page: Open) -> None:
    page = open_page("single/", width=1440)
    page.reload(wait_until="networkidle")

    def fetched() -> set[str]:
        return set(page.evaluate("performance.getEntriesByType('resource').map(e => e.name.split('/').pop())"))

    assert not fetched() & {"tiles.vtt", "tiles.webp", "turned.mp4"}
    hover(page, 0.4)
    page.wait_for_function("() => performance.getEntriesByType('resource').some(e => e.name.endsWith('/tiles.webp'))")
    assert "turned.mp4" not in fetched()


@pytest.mark.parametrize("share", [0.02, 0.3, 0.52, 0.98])
def test_hovering_shows_the_tile_of_the_moment_and_its_time(open_page: Open, share: float) -> None:
    page = open_page(width=1440)
    hover(page, share)
    expect(page.locator(".player__time").first).to_have_text(f"0:{int(share * SECONDS):02}")
    wanted, tile = moment_colour(share * SECONDS), page.locator(".player__tile").first
    expect(tile).to_be_visible()
    for _ in range(50):  # until the sprite is there and painted
        if is_close(shown_colour(tile), wanted):
            break
        page.wait_for_timeout(100)
    assert is_close(shown_colour(tile), wanted), COLOURS.index(wanted)
    box, frame = page.locator(".player__preview").first.bounding_box(), page.get_by_role("slider").first.bounding_box()
    assert box and frame
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    page.mouse.move(5, 5)
    expect(page.locator(".player__preview").first).to_be_hidden()


def test_a_click_on_the_track_seeks_and_starts_a_film_that_never_played(open_page: Open) -> None:
    page = open_page(width=1440)
    value(page, "{ v.muted = true; }")
    hover(page, 0.5)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function(
        "() => !document.querySelector('video').paused && document.querySelector('video').readyState > 2"
    )
    assert 11.8 <= now_s(page) < 15


def test_a_finger_on_the_track_seeks(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    at(page, 1)
    slider = page.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.querySelector('video').currentTime > 17")
    assert now_s(page) == pytest.approx(18, abs=0.5)
    expect(page.locator(".player__preview").first).to_be_hidden()
    context.close()


def test_another_quality_goes_on_where_the_film_was(open_page: Open) -> None:
    page = open_page(width=1440)
    play(page)
    page.get_by_role("button", name="字幕").click()
    page.get_by_label("播放速度").first.select_option("1.25倍速")
    value(page, "{ v.currentTime = 9; }")
    quality = page.get_by_label("清晰度")
    assert quality.locator("option").all_text_contents() == ["1080P", "720P", "480P"]
    expect(quality.locator("option:checked")).to_have_text("1080P")
    before_s, after_s = page.evaluate(
        """() => new Promise(resolve => {
            const video = document.querySelector('video'), menu = document.querySelector('.player__quality');
            const before = video.currentTime;
            menu.selectedIndex = 2;
            menu.dispatchEvent(new Event('change'));
            video.addEventListener('playing', () => resolve([before, video.currentTime]), { once: true });
            setTimeout(() => resolve([before, -1]), 10000);
        })"""
    )
    assert after_s == pytest.approx(before_s, abs=0.5)
    assert str(value(page, "v.currentSrc")).endswith("/film-480p.mp4")
    assert value(page, "[v.paused, v.playbackRate, v.textTracks[0].mode]") == [False, 1.25, "hidden"]
    page.wait_for_function(f"() => document.querySelector('video').currentTime > {before_s + 0.3}")
    expect(quality.locator("option:checked")).to_have_text("480P")


def test_another_quality_leaves_a_paused_film_paused_at_its_moment(open_page: Open) -> None:
    page = open_page(width=1440)
    at(page, 13)
    page.get_by_label("清晰度").select_option("720P")
    assert now_s(page) == pytest.approx(13, abs=0.5)
    play(page)
    assert str(value(page, "v.currentSrc")).endswith("/film-720p.mp4")
    assert 12.9 <= now_s(page) < 15


def test_the_speed_and_captions_buttons_say_what_is_so(open_page: Open) -> None:
    page = open_page(width=1440)
    play(page)
    captions = page.get_by_role("button", name="字幕")
    expect(captions).to_have_attribute("aria-pressed", "true")
    captions.click()
    assert value(page, "v.textTracks[0].mode") == "hidden"
    expect(captions).to_have_attribute("aria-pressed", "false")
    value(page, "{ v.textTracks[0].mode = 'showing'; }")  # as the browser's own menu does
    expect(captions).to_have_attribute("aria-pressed", "true")
    value(page, "{ v.playbackRate = 2; }")
    expect(page.get_by_label("播放速度").first.locator("option:checked")).to_have_text("2倍速")


def test_keys_work_in_the_figure(open_page: Open) -> None:
    page = open_page(width=1440)
    at(page, 10)
    video = page.locator("video").first
    for focused in (video, page.get_by_role("slider").first, page.get_by_role("button", name="+10秒").first):
        focused.focus()
        for key, moment_s in (
            ("5", 12),
            ("ArrowRight", 17),
            ("ArrowLeft", 12),
            ("l", 22),
            ("j", 12),
            ("0", 0),
            ("9", 21.6),
        ):
            page.keyboard.press(key)
            assert now_s(page) == pytest.approx(moment_s, abs=0.3), key
    fast = "[...'>><>'].map(key => v.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })) && v.playbackRate)"
    assert value(page, fast) == [1.25, 1.5, 1.25, 1.5]
    page.keyboard.press("c")
    assert value(page, "v.textTracks[0].mode") == "hidden"
    page.keyboard.press("0")
    page.keyboard.press("k")
    assert value(page, "v.paused") is False
    page.keyboard.press("k")
    assert value(page, "v.paused") is True
    video.focus()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.tagName === 'VIDEO'")
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")


def test_space_plays_and_pauses_once_and_presses_the_buttons(open_page: Open) -> None:
    page = open_page(width=1440)
    at(page, 3)
    for focused in (page.locator("video").first, page.get_by_role("slider").first):
        focused.focus()
        page.keyboard.press("Space")
        assert value(page, "v.paused") is False
        page.keyboard.press("Space")
        assert value(page, "v.paused") is True
    page.get_by_role("button", name="字幕").focus()
    page.keyboard.press("Space")
    assert value(page, "[v.paused, v.textTracks[0].mode]") == [True, "hidden"]


def test_the_track_is_a_slider_that_speaks(open_page: Open) -> None:
    page = open_page(width=1440)
    at(page, 10)
    slider = page.get_by_role("slider", name="播放位置").first
    expect(slider).to_have_attribute("aria-valuetext", "0分10秒，共0分24秒")
    slider.focus()
    for key, text in (("Home", "0分00秒"), ("ArrowUp", "0分05秒"), ("ArrowDown", "0分00秒"), ("End", "0分24秒")):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", f"{text}，共0分24秒")
    assert slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax") == str(SECONDS)
    expect(page.locator(".player__time").first).to_have_text("0:24")
    page.keyboard.press("Tab")
    expect(page.locator(".player__preview").first).to_be_hidden()


def test_keys_of_menus_and_of_the_page_stay_theirs(open_page: Open) -> None:
    page = open_page(width=1440)
    at(page, 10)
    page.get_by_label("播放速度").first.focus()
    for key in ("k", "l", "5", "c"):
        page.keyboard.press(key)
    assert now_s(page) == pytest.approx(10, abs=0.1)
    assert (value(page, "v.paused"), value(page, "v.textTracks[0].mode")) == (True, "showing")
    page.locator("video").first.focus()
    page.keyboard.press("Control+l")
    page.locator("#content").focus()
    page.keyboard.press("k")
    page.keyboard.press("5")
    assert now_s(page) == pytest.approx(10, abs=0.1)
    assert value(page, "v.paused") is True


def test_two_videos_never_play_together(open_page: Open) -> None:
    page = open_page(width=1440)
    play(page, 0)
    play(page, 1)
    assert (value(page, "v.paused", 0), value(page, "v.paused", 1)) == (True, False)
    play(page, 0)
    assert (value(page, "v.paused", 0), value(page, "v.paused", 1)) == (False, True)


def test_the_keyboard_walks_the_bar_in_the_order_of_the_eye(open_page: Open) -> None:
    page = open_page(width=390)
    page.get_by_role("slider").first.focus()
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
        )
    assert names == ["−10秒", "+10秒", "字幕", "播放速度", "清晰度"]
    group = page.get_by_role("group", name="播放工具").first
    places = group.locator("[tabindex], button, select").evaluate_all(
        "all => all.map(e => [e.offsetTop, e.offsetLeft])"
    )
    assert places == sorted(places)
    expect(group.get_by_role("button")).to_have_count(3)
    expect(group.get_by_role("combobox")).to_have_count(2)
    assert page.locator("video").first.get_attribute("aria-label") == "视频：会变颜色的影片"


def test_a_bar_offers_no_captions_or_qualities_that_there_are_not(open_page: Open) -> None:
    page = open_page("single/")
    group = page.get_by_role("group", name="播放工具")
    expect(group.get_by_role("button")).to_have_text(["−10秒", "+10秒"])
    expect(group.get_by_role("combobox")).to_have_count(1)
    page.locator("video").focus()
    page.keyboard.press("c")


def test_the_text_does_not_jump_when_the_bar_appears(open_page: Open) -> None:
    page = open_page()
    page.route("**/player*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))

    def top_px() -> float:
        box = page.locator(".prose").bounding_box()
        assert box
        return box["y"]

    ready = top_px()
    page.reload()
    expect(page.locator(".player").first).to_be_hidden()
    assert top_px() == pytest.approx(ready, abs=1)


@pytest.mark.parametrize("width", [320, 390])
def test_what_a_finger_must_hit_is_large_enough(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    for target in page.locator(".player__tool, .player__slider").all():
        box = target.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_video_that_cannot_be_had_offers_its_file(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 844})
    page = context.new_page()
    page.goto(f"{address}broken/")
    alert = page.get_by_role("alert")
    expect(alert).to_be_hidden()
    start(page)
    expect(alert).to_contain_text("视频无法播放")
    link = alert.get_by_role("link", name="下载视频观看")
    assert str(link.get_attribute("href")).endswith("media/missing-film-720p.mp4")
    assert link.get_attribute("download") == "会变颜色的影片.mp4"
    context.close()


def test_paper_shows_the_poster_and_the_title_and_no_bar(open_page: Open) -> None:
    page = open_page(width=1440)
    expect(page.locator(".video__paper").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".player").first).to_be_hidden()
    expect(page.locator("video").first).to_be_hidden()  # it would print its controls
    expect(page.locator(".video__title").first).to_be_visible()
    colour = shown_colour(page.locator(".video__paper").first)
    assert is_close(colour, COLOURS[0], tolerance=12)


def test_with_forced_colours_the_bar_still_shows_what_is_done_and_pressed(open_page: Open) -> None:
    page = open_page(width=1440)
    page.emulate_media(forced_colors="active")
    at(page, 12)

    def colour(selector: str) -> str:
        return str(page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).backgroundColor"))

    highlight = page.evaluate(
        """() => {
            const mark = document.body.appendChild(document.createElement('p'));
            mark.style.background = 'Highlight';
            return getComputedStyle(mark).backgroundColor;
        }"""
    )
    assert colour(".player__done") == colour(".player__captions") == highlight
    assert highlight not in (colour(".player__rail"), colour(".player__tool"))


def test_the_script_is_small(root: Path) -> None:
    assert (root / "theme/assets/javascripts/player.js").stat().st_size <= 6 * 1024
