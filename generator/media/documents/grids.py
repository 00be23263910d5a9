"""Tables of workbooks and Word files as plain cells: read in a confined worker, within bounds, nothing calculated."""

from __future__ import annotations

import datetime
import io
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from generator.catalog.facts import Refusal
from generator.media.content import HEAD_BYTES, content_of
from generator.media.opening import opened
from generator.media.refusals import UnusableError, refusal

FILE_BYTES = 20 * 1024 * 1024
"""Bytes of a file that is read at all; a list of a thousand cases has some 100 kB."""

MOST_ROWS = 3_000
MOST_COLUMNS = 60
MOST_SHEETS = 20
LONGEST_CELL = 2_000
_XML_BYTES = 16 * 1024 * 1024  # openpyxl and lxml take some forty times that in memory
_CPU_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet or a table: rows of equal length, the text of a merged cell in every cell that it covers."""

    name: str  # of the sheet; “表1” of a Word file
    rows: tuple[tuple[str, ...], ...]
    is_cut: bool = False  # it has more rows or columns than are read


def read_grids(path: Path, *, workers: int = 1) -> tuple[Grid, ...] | Refusal:
    """The visible sheets of an .xlsx or the tables of a .docx, in their order, or why the file cannot be used.

    The file is opened in a worker that may read its folder and write nothing; with 0 workers here.
    """
    from generator.media.workers import Reach, each_done

    reach = Reach(reads=(path.absolute().parent.resolve(),), writes=())
    (done,) = each_done(_read, [path.absolute()], workers=min(workers, 1), reach=reach)
    return done.result if done.result is not None else refusal("limit", "the reader was ended")


def _read(path: Path) -> tuple[Grid, ...] | Refusal:
    from generator.media.children import sandbox

    try:
        with opened(path, path.name) as file, sandbox.cpu_budget(_CPU_S):
            return tuple(_grids(file))
    except UnusableError as error:
        return error.refusal
    except (MemoryError, RecursionError) as error:
        return refusal("limit", type(error).__name__)
    except Exception as error:  # openpyxl and python-docx raise whatever a broken part makes them trip over
        return refusal("unreadable", type(error).__name__)


def _grids(file: BinaryIO) -> Iterator[Grid]:
    from generator.media.documents.package import format_of, opened_package

    size_bytes = file.seek(0, io.SEEK_END)
    file.seek(0)
    content = content_of(file.read(HEAD_BYTES))
    if content == "ole":
        raise UnusableError("legacy-office")
    if content == "empty":
        raise UnusableError("empty")
    if content != "zip":
        raise UnusableError("unsupported", content)
    if size_bytes > FILE_BYTES:
        raise UnusableError("too-large", f"{FILE_BYTES // (1024 * 1024)} MB")
    with opened_package(file) as package:
        kind = format_of(package)
        xml = sum(entry.file_size for entry in package.infolist() if entry.filename.lower().endswith((".xml", ".rels")))
        doctyped = any(_has_doctype(package.open(e).read(2_048)) for e in package.infolist() if _is_xml(e.filename))
    if kind not in ("xlsx", "docx"):
        raise UnusableError("unsupported", kind or "ZIP")
    if xml > _XML_BYTES:
        raise UnusableError("too-large", f"{_XML_BYTES // (1024 * 1024)} MB XML")
    if doctyped:
        raise UnusableError("unreadable", "DTD")
    file.seek(0)
    yield from _of_workbook(file) if kind == "xlsx" else _of_word(file)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _has_doctype(head: bytes) -> bool:
    return b"<!DOCTYPE" in head.replace(b"\0", b"")


def _of_workbook(file: BinaryIO) -> Iterator[Grid]:
    if not mimetypes.inited:
        # openpyxl asks for types of files as it is imported, and the system's lists of them lie beyond a worker's reach.
        known, mimetypes.knownfiles = mimetypes.knownfiles, []
        mimetypes.init()
        mimetypes.knownfiles = known
    import openpyxl

    # Not read_only: merged cells are only known to a sheet that is read whole.
    book: Any = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    for sheet in [one for one in book.worksheets if one.sheet_state == "visible"][:MOST_SHEETS]:
        height, width = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
        rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows(max_row=height, max_col=width)]
        for merged in list(sheet.merged_cells.ranges):
            first = _text(sheet.cell(merged.min_row, merged.min_col).value)
            for row in range(merged.min_row, min(merged.max_row, height) + 1):
                for column in range(merged.min_col, min(merged.max_col, width) + 1):
                    rows[row - 1][column - 1] = first
        is_cut = sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS
        yield Grid(name=str(sheet.title), rows=tuple(map(tuple, rows)), is_cut=is_cut)


def _of_word(file: BinaryIO) -> Iterator[Grid]:
    import docx

    document: Any = docx.Document(file)
    for number, table in enumerate(document.tables[:MOST_SHEETS], 1):
        # python-docx gives a merged cell once for every place that it covers.
        rows = [[_text(cell.text) for cell in row.cells[:MOST_COLUMNS]] for row in table.rows[:MOST_ROWS]]
        width = max((len(row) for row in rows), default=0)
        yield Grid(
            name=f"表{number}",
            rows=tuple((*row, *("",) * (width - len(row))) for row in rows),
            is_cut=len(table.rows) > MOST_ROWS,
        )


def _text(value: object) -> str:
    """A cell as people read it: a whole number without its “.0”, a day without its hours."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n").strip()
