"""One picture of many: a row for every kind of page, in all the ways in which it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

_PAPER = (222, 219, 211)
_GAP_PX = 14
_ROW_PX = 330  # the height that a page is cut to
_WIDTHS_PX = {"390": 132, "768": 200, "print": 220}
_DESK_PX = 330
_LIMIT_BYTES = 1_500_000


def make_sheet(taken_dir: Path, names: Sequence[str], modes: Sequence[str], file: Path) -> None:
    """The pictures of *names* in *modes* as one WebP of at most 1.5 MB; each shows the beginning of its page."""
    rows = [[_small(taken_dir / f"{name}.{mode}.png", mode) for mode in modes] for name in names]
    width_px = max(sum(image.width + _GAP_PX for image in row) for row in rows) + _GAP_PX
    sheet = Image.new("RGB", (width_px, len(rows) * (_ROW_PX + _GAP_PX) + _GAP_PX), _PAPER)
    for number, row in enumerate(rows):
        left_px = _GAP_PX
        for image in row:
            sheet.paste(image, (left_px, _GAP_PX + number * (_ROW_PX + _GAP_PX)))
            left_px += image.width + _GAP_PX
    file.parent.mkdir(parents=True, exist_ok=True)
    for quality in range(82, 20, -8):
        sheet.save(file, "WEBP", quality=quality, method=6)
        if file.stat().st_size <= _LIMIT_BYTES:
            return


def make_overview(taken_dir: Path, file: Path) -> None:
    """The beginning of the home page on a desk, and of a case on a phone before it, as one WebP."""
    desk = _cut(taken_dir / "home.1440.png", 1_080, 700)
    phone = _cut(taken_dir / "case-pictures.390.png", 270, 585)
    both = Image.new("RGB", (desk.width + 2 * _GAP_PX + phone.width // 2, desk.height + 2 * _GAP_PX), _PAPER)
    both.paste(desk, (_GAP_PX, _GAP_PX))
    left_px, top_px = both.width - _GAP_PX - phone.width, both.height - _GAP_PX - phone.height
    both.paste(_PAPER, (left_px - _GAP_PX // 2, top_px - _GAP_PX // 2, both.width, both.height))
    both.paste(phone, (left_px, top_px))
    both.save(file, "WEBP", quality=82, method=6)


def _small(path: Path, mode: str) -> Image.Image:
    return _cut(path, _WIDTHS_PX.get(mode.partition("-")[0], _DESK_PX), _ROW_PX)


def _cut(path: Path, width_px: int, height_px: int) -> Image.Image:
    """The beginning of a page, that wide and at most that high."""
    with Image.open(path) as image:
        shown = image.convert("RGB")
    scale = width_px / shown.width
    shown = shown.crop((0, 0, shown.width, min(shown.height, round(height_px / scale))))
    return shown.resize((width_px, round(shown.height * scale)), Image.Resampling.LANCZOS)
