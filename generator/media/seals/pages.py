"""Runs as a program: draws pages of one PDF and prints whether a seal is seen on them: seen, unseen or grey.

Its argument is the file. It is the only thing of this folder that a hostile PDF reaches, in a process with limits of its own.
"""

from __future__ import annotations

import sys

import pypdfium2

from generator.catalog.facts import SealSight
from generator.media.seals.red import LOOKED_AT_PX, seal_in

MOST_PAGES = 4
"""Pages that are looked at: the first ones and the last, where a form is signed and sealed."""


def main(argv: list[str]) -> int:
    """Print what is seen; gives 0, or 4 for a PDF that does not open or has no page."""
    try:
        document = pypdfium2.PdfDocument(argv[1])
    except pypdfium2.PdfiumError:
        return 4
    count = len(document)
    if not count:
        return 4
    sights: set[SealSight] = set()
    for number in sorted({*range(min(count, MOST_PAGES - 1)), count - 1}):
        page = document[number]
        scale = LOOKED_AT_PX / max(*page.get_size(), 1)
        sights.add(seal_in(page.render(scale=scale).to_pil().convert("RGB")))
        page.close()
    sys.stdout.write(together(sights))
    return 0


def together(sights: set[SealSight]) -> SealSight:
    """What several pages say as one paper: one seal is enough, and only where no page has colours nothing is known."""
    return "seen" if "seen" in sights else "unseen" if "unseen" in sights else "grey"
