"""Tables → CSV files that a spreadsheet opens as they are meant: Chinese readable, nothing run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.pages.figure_views import Sheet
from generator.store import Store, key_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula; in some locales the full-width signs do, too."""


def harmless(cell: str | int) -> str | int:
    """*cell*, with an apostrophe before a text that a spreadsheet would run as a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """UTF-8 with a byte order mark, since Excel takes a file without one for GBK; lines end as RFC 4180 has them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def csv_files(sheets: Iterable[Sheet], store: Store) -> dict[str, Path]:
    """Path under the site → file of the store, for each sheet."""
    files = {}
    for sheet in sheets:
        data = csv_bytes(sheet.header, sheet.rows)
        key = key_of("csv", data.hex())
        files[sheet.path] = store.find("pages", key, ".csv") or store.keep("pages", key, data, ".csv")
    return files
