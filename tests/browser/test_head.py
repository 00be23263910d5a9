"""What stands in the head for machines holds under the strict policy, and pictures for sharing are there."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from .conftest import Open

pytestmark = pytest.mark.browser

VIDEO = "cases/enshi-2023/zhouzhi-dawn-redwood-diary/"
WITHOUT_PICTURE = "cases/yueyang-2021/nanhu-reading-pavilion/"


@pytest.mark.parametrize("path", ["", "cases/", VIDEO, "campaigns/yueyang-2021/", "results/yueyang-2021/", "about/"])
def test_the_policy_takes_linked_data_for_data_and_the_picture_is_there(open_page: Open, path: str, site: Path) -> None:
    page = open_page(path)  # which fails on any report of the policy
    written = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert written
    for data in map(json.loads, written):
        assert data["@context"] == "https://schema.org"
    address = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    file = site / urlsplit(address).path.lstrip("/")
    assert file.is_file()
    with Image.open(file) as image:
        width, height = (
            page.locator(f'meta[property="og:image:{side}"]').get_attribute("content") for side in ("width", "height")
        )
        assert image.size == (int(width or 0), int(height or 0))
        assert image.format in ("JPEG", "PNG") and image.width >= 600


def test_a_video_is_described_with_its_file_and_still(open_page: Open, site: Path) -> None:
    page = open_page(VIDEO)
    article = json.loads(page.locator('script[type="application/ld+json"]').first.text_content() or "")
    (video,) = article["video"]
    assert video["@type"] == "VideoObject" and video["name"]
    for address in (video["contentUrl"], video["thumbnailUrl"]):
        assert (site / urlsplit(address).path.lstrip("/")).is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_case_without_a_picture_has_a_cover_with_pattern_and_readable_words(open_page: Open, scheme: str) -> None:
    page = open_page("cases/", scheme=scheme)
    cover = page.locator(f'.card__link[href$="{WITHOUT_PICTURE}"] .cover')
    if not cover.count():
        page = open_page("cases/page/2/", scheme=scheme)
        cover = page.locator(f'.card__link[href$="{WITHOUT_PICTURE}"] .cover')
    cover.scroll_into_view_if_needed()
    expect(cover.locator(".cover__words")).to_be_visible()
    box = cover.bounding_box()
    assert box and box["height"] > 100
    ratio = cover.evaluate(
        """cover => {
          const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const style = getComputedStyle(cover);
          const ink = parts(style.color), ground = parts(style.backgroundColor);
          const share = Number(getComputedStyle(cover, '::before').opacity);
          const light = values => {
            const [r, g, b] = values.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
          };
          const worst = light(ground.map((value, i) => share * ink[i] + (1 - share) * value)), text = light(ink);
          return (Math.max(worst, text) + .05) / (Math.min(worst, text) + .05);
        }"""
    )
    assert ratio >= 4.5
    mask = cover.evaluate("cover => getComputedStyle(cover, '::before').maskImage")
    assert "images/cover-" in mask
