"""Runs as a program: reads one PDF and prints what it says, then its first page as PNG.

Its arguments are ``FILE WIDTH HEIGHT CHARACTERS``; a width of 0 draws nothing. The output is
one line of JSON, then the PNG. With `pdf_clean` it is the only thing in reach of a hostile PDF, in a
process with limits of its own.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pikepdf
import pypdfium2

from generator.media.documents.pdf_hidden import properties_of, words_of

_PASSWORD_WANTED = 4  # FPDF_ERR_PASSWORD


def main(argv: list[str]) -> int:
    """Print what the PDF says; gives 0, or 3 for a PDF that wants a password, or 4 for one that does not open."""
    path, width_px, height_limit_px, characters = argv[1], int(argv[2]), int(argv[3]), int(argv[4])
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return 3 if getattr(error, "err_code", None) == _PASSWORD_WANTED or "assword" in str(error) else 4
    text = _text(document, characters)
    try:
        # A second reader, for what the first has no words for; what this one cannot read could not be cleaned.
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            hidden, properties = words_of(pdf)[:characters], properties_of(pdf)
    except pikepdf.PdfError:
        return 4
    told = {"pages": len(document), "text": f"{text}\n{hidden}".strip(), "properties": properties}
    # ASCII, since a lone surrogate from a broken font map has no UTF-8.
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()
    if width_px and len(document):
        _draw(document[0], width_px, height_limit_px)
    return 0


def _text(document: Any, characters: int) -> str:
    pieces: list[str] = []
    left = characters
    for page in document:
        text = page.get_textpage().get_text_bounded()
        pieces.append(text[:left])
        left -= len(text)
        page.close()
        if left < 0:
            break
    return "\n".join(pieces)


def _draw(page: Any, width_px: int, height_limit_px: int) -> None:
    width_points, height_points = page.get_size()
    scale = min(width_px / max(width_points, 1), height_limit_px / max(height_points, 1))
    page.render(scale=scale).to_pil().convert("RGB").save(sys.stdout.buffer, "PNG", compress_level=1)
