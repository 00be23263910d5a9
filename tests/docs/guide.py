"""The editors' guide as tests read it: its tables, its example with stand-ins for the media."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .runs import DOCS, Guide

GUIDE = Guide(DOCS / "editors" / "add-a-case.md")
CASE = "yueyang-2021/yueyanglou-noon-broadcast"
"""The case that the guide builds, below cases/."""

fences = GUIDE.fences


def rows(first: str) -> list[list[str]]:
    """The rows of every table whose head begins with *first*; cells as written, without the head."""
    found: list[list[str]] = []
    is_in = False
    for line in GUIDE.text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("| ") else []
        if cells and cells[0] == first:
            is_in = True
        elif not cells:
            is_in = is_in and line.startswith("|")
        elif is_in and set(cells[0]) != {"-"}:
            found.append(cells)
    return found


def put_example(cases_dir: Path, samples_dir: Path, text: str | None = None) -> Path:
    """Writes the example (or *text*) with media of the sample cases in its place; gives its folder."""
    (whole,) = fences("markdown")
    folder = cases_dir / CASE
    for name in set(re.findall(r"(?:media|attachments)/[a-z-]+\.[a-z0-9]+", whole)):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_stand_in(samples_dir, target.suffix), target)
    (folder / "index.md").write_text(whole if text is None else text, "utf-8")
    return folder


def _stand_in(samples_dir: Path, suffix: str) -> Path:
    """A sample file of that kind; the largest, since calls ask for pictures of 3 MB."""
    return max(samples_dir.glob(f"*/*/*/*{suffix}"), key=lambda path: (path.stat().st_size, path))
