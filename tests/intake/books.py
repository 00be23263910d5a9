"""Workbooks and Word tables as offices make them: made up, with merged heads, notes, seals and totals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

LIST_HEAD = ("序号", "案例类型", "案例名称", "联系人", "所在单位", "联系电话")


def summary_book(path: Path, rows: Sequence[Sequence[object]], *, county: str = "利川市") -> Path:
    """A 汇总表 of E23's annex: title, the office with its seal, the head on line 4, a total and a note below."""
    with xlsxwriter.Workbook(path) as book:
        merged = book.add_format({"align": "center"})
        sheet = book.add_worksheet("汇总表")
        sheet.merge_range(0, 0, 0, 5, "县市推报案例汇总表（示例）", merged)
        sheet.merge_range(1, 0, 1, 2, f"县市/州直属学校（盖章）：{county}教育局", merged)
        sheet.merge_range(1, 3, 1, 5, "县市联系人：王示例", merged)
        sheet.write_row(3, 0, ("序 号", "案例\n类型", "案例名称", "联系人", "所在 单位", "联系电话（手机）"))
        for number, row in enumerate(rows, 4):
            sheet.write_row(number, 0, row)
        end = 4 + len(rows)
        sheet.write_row(end + 1, 0, ("合计", "", f"{len(rows)} 个"))
        sheet.merge_range(end + 2, 0, end + 2, 5, "备注：1. 案例类型选填序号。2. 请于5月20日前报送。", merged)
        sheet.write(end + 3, 0, "单位负责人（签字）：")
    return path


def award_book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """An award list with a column of grades, and a second sheet that nobody means."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        sheet.merge_range(0, 0, 0, 3, "获奖名单（示例）", book.add_format())
        sheet.write_row(1, 0, ("序号", "案例名称", "报送单位", "等次"))
        for number, row in enumerate(rows, 2):
            sheet.write_row(number, 0, (number - 1, *row))
        other = book.add_worksheet("说明")
        other.write(0, 0, "本表为示例")
    return path


def word_table(path: Path, rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A Word file with one table; *merged* are (row, column, row, column) from corner to corner."""
    document: Any = docx.Document()
    document.add_paragraph("获奖名单（示例）")
    table = document.add_table(len(rows), max(map(len, rows)))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    for top, left, bottom, right in merged:
        text = table.cell(top, left).text
        one = table.cell(top, left).merge(table.cell(bottom, right))
        one.text = text
    document.save(path)
    return path
