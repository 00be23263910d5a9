"""Tables that people download: as CSV that no spreadsheet takes for a formula, and as a workbook that prints on A4."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass

import xlsxwriter

_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")
"""First characters that make a cell a formula somewhere, and the mark itself, so that reading gives back what was written."""

_WIDEST = 44
_NARROWEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows; numbers are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def harmless(cell: str | int) -> str | int:
    """*cell* as CSV holds it: a text that a spreadsheet could run gets an apostrophe in front.

    Whoever reads the file takes one leading apostrophe away and has the text.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to see Chinese; lines end as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(table: Table, *, title: str, address: str, made_on: datetime.date) -> bytes:
    """An .xlsx of one sheet: the head stays in view and on every printed page, the foot says where it came from.

    *made_on* is written as the date of creation: the build has no clock, and the same table is the same bytes.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        day = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "author": "", "comments": address, "created": day})
        head = book.add_format({"bold": True, "bottom": 2, "valign": "vcenter", "text_wrap": True})
        text = book.add_format({"valign": "top", "text_wrap": True})
        sheet = book.add_worksheet("名单")
        for i, column in enumerate(table.columns):
            cells = (column, *(row[i] for row in table.rows))
            width = min(_WIDEST, max(_NARROWEST, *(_width(str(cell)) + 2 for cell in cells)))
            sheet.set_column(i, i, width, text)
            sheet.write_string(0, i, column, head)
        for number, row in enumerate(table.rows, 1):
            for i, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, i, cell)
                else:
                    sheet.write_string(number, i, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        # "&" begins a code of Excel's; a foot may have 255 characters.
        sheet.set_header(f"&C{title}".replace("&", "&&").replace("&&C", "&C", 1)[:255])
        sheet.set_footer("&L" + address.replace("&", "&&")[:200] + "&R第 &P 页，共 &N 页")
    return out.getvalue()


def _width(text: str) -> int:
    """How many columns of a Latin letter *text* takes."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
