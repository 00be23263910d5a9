"""A window on the built site, and what it shows, as pictures."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from shots.kinds import Mode

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HEIGHT_PX = 844
_LONGEST_PX = 12_000
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


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium.

    Raises:
        NoBrowserError: there is none.
    """
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise NoBrowserError("没有找到 Chromium；请安装 chromium 和 fonts-noto-cjk 后重新运行")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
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
            page.goto(address + url, wait_until="load")
            page.evaluate(_LOADED)
            height_px = min(_LONGEST_PX, int(page.evaluate("document.documentElement.scrollHeight")))
            path = out_dir / f"{name}.{mode.name}.png"
            page.screenshot(
                path=path, full_page=True, clip={"x": 0, "y": 0, "width": mode.width_px, "height": height_px}
            )
            yield path
        context.close()
