"""One picture of many: every kind of page beside its dark twin, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

_PAPER = (222, 219, 211)
_GAP_PX = 14
_ROW_PX = 330  # the height that a page is cut to
_PHONE_PX, _DESK_PX = 132, 330
_ACROSS = 3  # pages beside each other
_LIMIT_BYTES = 1_500_000


def make_sheet(taken_dir: Path, names: Sequence[str], modes: Sequence[str], file: Path) -> None:
    """The pictures of *names* in *modes* as one WebP of at most 1.5 MB; each shows the beginning of its page."""
    rows = [[_small(taken_dir / f"{name}.{mode}.png", mode) for mode in modes] for name in names]
    cell_px = max(sum(image.width + _GAP_PX // 2 for image in row) for row in rows) + _GAP_PX
    height_px = -(-len(rows) // _ACROSS) * (_ROW_PX + _GAP_PX) + _GAP_PX
    sheet = Image.new("RGB", (cell_px * _ACROSS + _GAP_PX, height_px), _PAPER)
    for number, row in enumerate(rows):
        left_px = _GAP_PX + (number % _ACROSS) * cell_px
        top_px = _GAP_PX + (number // _ACROSS) * (_ROW_PX + _GAP_PX)
        for image in row:
            sheet.paste(image, (left_px, top_px))
            left_px += image.width + _GAP_PX // 2
    file.parent.mkdir(parents=True, exist_ok=True)
    for quality in range(82, 20, -8):
        sheet.save(file, "WEBP", quality=quality, method=6)
        if file.stat().st_size <= _LIMIT_BYTES:
            return


def _small(path: Path, mode: str) -> Image.Image:
    width_px = _PHONE_PX if mode.startswith("390") else _DESK_PX
    with Image.open(path) as image:
        shown = image.convert("RGB")
    scale = width_px / shown.width
    shown = shown.crop((0, 0, shown.width, min(shown.height, round(_ROW_PX / scale))))
    return shown.resize((width_px, round(shown.height * scale)), Image.Resampling.LANCZOS)
