"""Screenshots: every kind of page of the browser tests is among them, and the sheet is one small picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from benches.pages_server import serving
from shots.__main__ import main
from shots.kinds import KINDS, MODES, SHEET_MODES
from shots.sheet import make_sheet
from shots.take import take


@pytest.mark.browser
def test_a_page_is_taken_whole_in_every_mode_with_hidden_pictures_and_all(browser: Browser, tmp_path: Path) -> None:
    site_dir = tmp_path / "site"
    site_dir.mkdir()
    (site_dir / "404.html").write_text("no")
    (site_dir / "index.html").write_text(
        "" + "<p>x</p>" * 90 + '<details><img src="/gone.png" loading="lazy"></details>'
    )
    with serving(site_dir) as address:
        paths = list(take(browser, address, {"home": ""}, MODES, tmp_path / "out"))
    assert [path.name for path in paths] == [f"home.{mode.name}.png" for mode in MODES]
    for path, mode in zip(paths, MODES, strict=True):
        with Image.open(path) as image:
            assert image.width == mode.width_px and image.height >= 2000


def test_the_sheet_shows_every_page_in_under_a_megabyte_and_a_half(tmp_path: Path) -> None:
    names = list(KINDS)
    for name in names:
        for mode in SHEET_MODES:
            width = 390 if mode.startswith("390") else 1440
            Image.effect_noise((width, 300), 90).save(tmp_path / f"{name}.{mode}.png")
    sheet = tmp_path / "docs" / "sheet.webp"
    make_sheet(tmp_path, names, SHEET_MODES, sheet)
    assert sheet.stat().st_size <= 1_500_000
    with Image.open(sheet) as image:
        assert image.format == "WEBP" and image.width > 1000


def test_a_page_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--only", "nothing"])
    assert ended.value.code == 2
