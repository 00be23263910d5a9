"""``scripts/guide-pictures``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from chromium import NoBrowserError
from PIL import Image
from playwright.sync_api import Browser

from benches.pages_server import serving
from guide_pictures import office, sheets
from guide_pictures.project import ROOT, Project
from shots.take import chromium

SITE = ROOT / "docs" / "site" / "guides" / "images"
GUIDES = ROOT / "docs" / "guides" / "images"
_LIMIT_BYTES = 60_000
_COLOURS = 48


def main(names: Sequence[str]) -> int:
    """Makes them; 2 where there is no site or browser, or no such picture."""
    unknown = set(names) - set(PICTURES)
    if unknown or not (ROOT / "site" / "index.html").is_file():
        print(f"先运行 scripts/build；可选的名称：{'、'.join(PICTURES)}", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory() as folder, serving(ROOT / "site") as address, chromium() as browser:
            project = Project(Path(folder))
            for name in names or PICTURES:
                file, take = PICTURES[name]
                image = take(browser, address, project)
                if image is None:
                    print(f"没有 LibreOffice，{file.name} 没有重拍", file=sys.stderr)
                else:
                    save(image, file)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def save(image: Image.Image, file: Path) -> None:
    """As WebP of at most 60 kB, as good as that allows: few colours and no loss where they do, as text on paper is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image.convert("RGB").quantize(_COLOURS).convert("RGB").save(file, "WEBP", lossless=True, quality=100, method=6)
    if file.stat().st_size <= _LIMIT_BYTES:
        return
    for quality in range(90, 20, -6):
        image.convert("RGB").save(file, "WEBP", quality=quality, method=6)
        if file.stat().st_size <= _LIMIT_BYTES:
            return


Take = Callable[[Browser, str, Project], "Image.Image | None"]

PICTURES: Mapping[str, tuple[Path, Take]] = {
    "call": (SITE / "call.webp", lambda b, a, _: sheets.part(b, f"{a}campaigns/yueyang-2021/", "h1", ".asked")),
    "quota": (
        SITE / "quota.webp",
        lambda b, a, _: sheets.part(b, f"{a}campaigns/yueyang-2020-pilots/", "#quotas", ".table tr:nth-child(6)"),
    ),
    "template": (SITE / "template.webp", lambda _b, _a, p: office.template(p)),
    "summary": (SITE / "summary.webp", lambda _b, _a, p: office.summary(p)),
    "answer": (SITE / "answer.webp", lambda b, _, p: sheets.comment(b, p.answer())),
    "import": (GUIDES / "import.webp", lambda b, _, p: sheets.terminal(b, p.imported())),
    "check": (GUIDES / "check.webp", lambda b, _, p: sheets.terminal(b, p.checked())),
    "nightly": (GUIDES / "nightly.webp", lambda b, _, p: sheets.terminal(b, p.nights())),
}
"""Name → file, and how it is taken."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
