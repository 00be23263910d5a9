"""What Chromium draws: a part of a page of the site, a terminal, the comment on a proposal."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence

import comrak
from PIL import Image
from playwright.sync_api import Browser

_SHARP = 1.4  # pixels of the picture for one of the page: text stays legible when it is enlarged
_EDGE_PX = 12

_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; }
pre { margin: 0; padding: 18px 22px; color: #1d2426; background: #f6f7f5; font: 15px/1.6 "Noto Sans Mono CJK SC", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
b { color: #0b5a63; }
</style><pre>%s</pre>"""

_COMMENT = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 20px 24px; color: #1f2328; background: #fff; font: 15px/1.6 "Noto Sans CJK SC", sans-serif; }
h2 { margin: 0 0 12px; font-size: 21px; border-bottom: 1px solid #d0d7de; }
h3 { margin: 18px 0 8px; font-size: 17px; }
p { margin: 0 0 10px; }
table { border-collapse: collapse; }
th, td { padding: 5px 10px; border: 1px solid #d0d7de; text-align: left; vertical-align: top; }
th { background: #f6f8fa; white-space: nowrap; }
td:nth-child(2) { white-space: nowrap; }
code { padding: 0 4px; background: #eff1f3; font-size: 13px; }
</style>%s"""


def part(browser: Browser, url: str, first: str, last: str) -> Image.Image:
    """A page from the top of the first element *first* to the bottom of the last one that *last* names first."""
    page = browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=_SHARP, color_scheme="light")
    page.goto(url, wait_until="networkidle")
    begin, end = page.locator(first).first.bounding_box(), page.locator(last).first.bounding_box()
    assert begin and end
    width_px = page.evaluate("document.documentElement.clientWidth")
    data = page.screenshot(
        full_page=True,
        clip={
            "x": 0,
            "y": begin["y"] - _EDGE_PX,
            "width": width_px,
            "height": end["y"] + end["height"] - begin["y"] + 2 * _EDGE_PX,
        },
    )
    page.close()
    return _image(data)


def terminal(browser: Browser, said: Sequence[tuple[str, str]]) -> Image.Image:
    """Commands with what they said, as a terminal shows them."""
    blocks = [f"<b>$ {html.escape(command)}</b>\n{html.escape(answer)}".rstrip() for command, answer in said]
    return _drawn(browser, _TERMINAL % "\n".join(blocks), 940)


def comment(browser: Browser, markdown: str) -> Image.Image:
    """The report of a check, as a forge shows it below a proposal."""
    options = comrak.ExtensionOptions()
    options.table = True
    return _drawn(browser, _COMMENT % comrak.render_markdown(markdown, extension_options=options), 940)


def _drawn(browser: Browser, page_html: str, width_px: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width_px, "height": 200}, device_scale_factor=_SHARP)
    page.set_content(page_html)
    data = page.locator("body").screenshot()
    page.close()
    return _image(data)


def _image(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")
