"""Downloads: a CSV runs nothing and reads back as it was; a workbook is the same bytes on any day and prints with its head."""

from __future__ import annotations

import csv
import datetime
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis.strategies import characters, text

from generator.pages.tables import Table, as_csv, as_workbook

TEXTS = text(characters(exclude_categories=["Cs"], exclude_characters="\0"))
TITLE, ADDRESS = "一张名单", "https://example.org/results/a/"


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(words=TEXTS)
def test_no_cell_of_a_csv_begins_a_formula_and_every_text_reads_back(words: str) -> None:
    (row,) = _read(as_csv(Table(columns=("名称", "后"), rows=((words, "x"),))))[1:]
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert row[0].removeprefix("'") == words


def test_a_csv_opens_in_excel_with_its_chinese() -> None:
    data = as_csv(Table(columns=("序号", "名称"), rows=((1, "示例"),)))
    assert data == "\ufeff序号,名称\r\n1,示例\r\n".encode()


def _workbook(rows: tuple[tuple[str | int, ...], ...]) -> zipfile.ZipFile:
    table = Table(columns=("序号", "名称"), rows=rows)
    data = as_workbook(table, title=TITLE, address=ADDRESS, made_on=datetime.date(2021, 1, 1))
    return zipfile.ZipFile(io.BytesIO(data))


def test_a_workbook_has_no_date_but_its_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(columns=("名称",), rows=(("示例",),))
    first = as_workbook(table, title=TITLE, address=ADDRESS, made_on=datetime.date(2021, 1, 1))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 40_000_000)
    assert as_workbook(table, title=TITLE, address=ADDRESS, made_on=datetime.date(2021, 1, 1)) == first
    package = zipfile.ZipFile(io.BytesIO(first))
    assert {entry.date_time[0] for entry in package.infolist()} == {1980}
    core = package.read("docProps/core.xml").decode()
    assert core.count("2021-01-01T00:00:00Z") == 2


def test_a_workbook_runs_no_text_and_keeps_numbers() -> None:
    package = _workbook(((1, "=1+1"), (2, "@SUM(A1)"), (3, "https://example.org/")))
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "<v>3</v>" in sheet
    assert "=1+1" in package.read("xl/sharedStrings.xml").decode()


def test_a_workbook_prints_its_head_and_address_on_every_page_of_a4() -> None:
    package = _workbook(((1, "示例"),))
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'paperSize="9"' in sheet
    assert ADDRESS in sheet
    assert "_xlnm.Print_Titles" in package.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("title", ["甲&乙", "&P&N", "名" * 400])
def test_a_title_is_no_code_of_the_page_head(title: str) -> None:
    data = as_workbook(
        Table(columns=("名称",), rows=()), title=title, address=ADDRESS, made_on=datetime.date(2021, 1, 1)
    )
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    head = sheet.split("<oddHeader>")[1].split("</oddHeader>")[0].replace("&amp;", "&")
    assert len(head) <= 255
    assert head.startswith("&C")
    assert head[2:] == title.replace("&", "&&")[:253]
