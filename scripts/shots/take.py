"""A window on the built site, and what it shows, as pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chromium import FLAGS, executable
from playwright.sync_api import Browser, sync_playwright

from shots.kinds import Mode

_HEIGHT_PX = 844
_LONGEST_PX = 12_000
_LONGEST_MS = 120_000  # to draw a page of that height on a busy machine
_LOADED = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
    window.scrollTo(0, y);
    await new Promise(done => setTimeout(done, 20));
  }
  window.scrollTo(0, 0);
  for (let tries = 0; tries < 100; tries += 1) {
    if (Array.from(document.images).every(image => image.complete || !image.getClientRects().length)) break;
    await new Promise(done => setTimeout(done, 50));
  }
}"""
"""Pictures load as they come near, so every part of the page is passed once; one that is hidden never comes."""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium.

    Raises:
        NoBrowserError: there is none.
    """
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def take(
    browser: Browser, address: str, pages: Mapping[str, str], modes: Sequence[Mode], out_dir: Path
) -> Iterator[Path]:
    """Every page of *pages* (name → address under *address*) in every mode: ``<name>.<mode>.png`` in *out_dir*."""
    out_dir.mkdir(parents=True, exist_ok=True)
    for mode in modes:
        context = browser.new_context(viewport={"width": mode.width_px, "height": _HEIGHT_PX}, reduced_motion="reduce")
        for key, value in mode.stored:
            context.add_init_script(f"try {{ localStorage.setItem({key!r}, {value!r}); }} catch (error) {{}}")
        page = context.new_page()
        page.emulate_media(media=mode.media)
        for name, url in pages.items():
            page.goto(address + url, wait_until="networkidle")  # a list that script draws is there
            page.evaluate(_LOADED)
            height_px = min(_LONGEST_PX, int(page.evaluate("document.documentElement.scrollHeight")))
            path = out_dir / f"{name}.{mode.name}.png"
            page.screenshot(
                path=path,
                full_page=True,
                clip={"x": 0, "y": 0, "width": mode.width_px, "height": height_px},
                timeout=_LONGEST_MS,
            )
            yield path
        context.close()
