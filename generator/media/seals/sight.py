"""Looking for a seal on what may be a scanned paper: a picture here, the pages of a PDF in a child with limits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from generator.catalog.facts import SealSight
from generator.media.children import sandbox
from generator.media.children.isolation import LAUNCHER
from generator.media.pictures.images import opened_picture
from generator.media.pictures.pixels import pixels_of, scaled
from generator.media.refusals import UnusableError
from generator.media.seals.red import LOOKED_AT_PX, seal_in

_WALL_S = 40.0
_CPU_S = 20
_MEMORY_BYTES = 3 * sandbox.GIB // 2
_OUTPUT_BYTES = 64 * sandbox.MIB
_SIGHTS: dict[bytes, SealSight] = {b"seen": "seen", b"unseen": "unseen", b"grey": "grey"}
_PROGRAM = f"{LAUNCHER}from generator.media.seals.pages import main; sys.exit(main(sys.argv))"


def seal_in_picture(file: BinaryIO) -> SealSight | None:
    """What a picture shows; None where it cannot be opened."""
    file.seek(0)
    try:
        with opened_picture(file) as image:
            times = max(1, max(image.size) / LOOKED_AT_PX)
            size_px = (max(1, round(image.width / times)), max(1, round(image.height / times)))
            image.draft(None, size_px)  # of a JPEG as few pixels are made as can be
            return seal_in(scaled(pixels_of(image, file), size_px, "RGB", _on_white))
    except UnusableError:
        return None


def _on_white(rows: Image.Image) -> Image.Image:
    """*rows* as on paper: what is transparent is white, not black."""
    if rows.mode not in ("RGBA", "LA"):
        return rows.convert("RGB")
    rows = rows.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", rows.size, "white"), rows).convert("RGB")


def seal_in_pdf(path: Path) -> SealSight | None:
    """What the first pages of a PDF and its last show together; None where they cannot be drawn within the limits.

    Raises:
        ToolError: the child could not be started.
    """
    child = sandbox.run(
        [sys.executable, "-I", "-c", _PROGRAM, str(path.absolute())],
        wall_s=_WALL_S,
        cpu_s=_CPU_S,
        memory_bytes=_MEMORY_BYTES,
        file_bytes=_OUTPUT_BYTES,
        reads=[path],
        capture=True,
    )
    return _SIGHTS.get(child.stdout.strip()) if child.is_ok else None
