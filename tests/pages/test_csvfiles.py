"""CSV files are read back as they were written, by Excel as Chinese, and never run a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis.strategies import characters, integers, lists, one_of, text

from generator.pages.csvfiles import csv_bytes, harmless

CELLS = one_of(text(characters(exclude_categories=["Cs", "Cc"]), max_size=30), integers(-999, 999))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(rows=lists(lists(CELLS, min_size=2, max_size=2), max_size=8))
def test_what_is_written_is_read_back(rows: list[list[str | int]]) -> None:
    header, *back = read(csv_bytes(["地区", "案例数"], rows))
    assert header == ["地区", "案例数"]
    assert back == [[str(harmless(cell)) for cell in row] for row in rows]


@given(rows=lists(lists(CELLS, min_size=1, max_size=3), max_size=5))
def test_no_text_begins_as_a_formula_does(rows: list[list[str | int]]) -> None:
    for written, row in zip(read(csv_bytes(["列"], rows))[1:], rows, strict=True):
        for cell, given_cell in zip(written, row, strict=True):
            assert isinstance(given_cell, int) or not cell.startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-甲", "@甲", "\t=1", "＝1"])
def test_an_apostrophe_makes_a_formula_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_negative_number_stays_a_number() -> None:
    assert read(csv_bytes(["数"], [[-3]]))[1] == ["-3"]


def test_a_file_begins_with_the_mark_that_excel_knows_utf_8_by() -> None:
    assert csv_bytes(["县"], []) == "\ufeff县\r\n".encode()
