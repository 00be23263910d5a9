"""Tables as offices send them are read as their writers meant them, or refused in a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from generator.catalog.facts import Refusal
from generator.intake.sheets import Read, label_of, read_rows, tidy
from generator.media.documents.grids import MOST_ROWS, Grid, read_grids

from .books import award_book, summary_book, word_table

KNOWN = {
    "number": ("序号",),
    "category": ("案例类型",),
    "title": ("案例名称",),
    "unit": ("所在单位", "报送单位"),
    "grade": ("等次",),
}
NEEDED = ("title", "unit")


def _read(path: Path, *, workers: int = 0) -> Read:
    grids = read_grids(path, workers=workers)
    assert not isinstance(grids, Refusal), grids
    return read_rows(grids, KNOWN, NEEDED)


def test_a_list_with_title_seal_total_and_note_gives_its_rows_alone(tmp_path: Path) -> None:
    rows = [
        (1, "A1", "示例一", "王示例", "利川市示例小学", 13800138000),
        ("", "", "", "", "", ""),
        ("２", "Ｂ１", "示例\n二", "李示例", "利川市示例中学", "0718-7000000"),
        (3, "", "", "", "", ""),
    ]
    found = _read(summary_book(tmp_path / "s.xlsx", rows), workers=1)  # in the confined worker, as on the desk
    assert [(row.number, dict(row.cells), dict(row.others)) for row in found.rows] == [
        (
            5,
            {"number": "1", "category": "A1", "title": "示例一", "unit": "利川市示例小学"},
            {"联系人": "王示例", "联系电话": "13800138000"},
        ),
        (
            7,
            {"number": "2", "category": "B1", "title": "示例二", "unit": "利川市示例中学"},
            {"联系人": "李示例", "联系电话": "0718-7000000"},
        ),
    ]
    assert found.heads[0] == "县市推报案例汇总表（示例）"
    assert any("利川市教育局" in head for head in found.heads)
    assert found.left_out == ()


def test_merged_cells_count_for_every_line_and_column_they_cover(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, plain = book.add_worksheet(), book.add_format()
        for column, label in enumerate(("案例名称", "所在单位")):
            sheet.merge_range(0, column, 1, column, label, plain)
        sheet.merge_range(0, 2, 0, 3, "联系人", plain)
        sheet.write_row(1, 2, ("姓名", "电话"))
        sheet.write_column(2, 0, ("示例一", "示例二"))
        sheet.merge_range(2, 1, 3, 1, "利川市示例小学", plain)
        sheet.write_row(2, 2, ("王示例", "1"))
        sheet.write_row(3, 2, ("李示例", "2"))
    found = _read(path)
    assert [row.cells["unit"] for row in found.rows] == ["利川市示例小学"] * 2
    assert [dict(row.others) for row in found.rows] == [
        {"联系人姓名": "王示例", "联系人电话": "1"},
        {"联系人姓名": "李示例", "联系人电话": "2"},
    ]


def test_a_line_across_the_table_is_a_heading_for_the_rows_below_it(tmp_path: Path) -> None:
    rows = [
        ("案例名称", "报送单位"),
        ("一等奖（1个）", ""),
        ("示例一", "利川市示例小学"),
        ("二等奖（2个）", ""),
        ("示例二", "利川市示例中学"),
        ("案例名称", "报送单位"),
        ("示例三", "利川市示例中学"),
    ]
    found = _read(word_table(tmp_path / "list.docx", rows, merged=((1, 0, 1, 1), (3, 0, 3, 1))))
    assert [(row.section, row.cells["title"]) for row in found.rows] == [
        ("一等奖（1个）", "示例一"),
        ("二等奖（2个）", "示例二"),
        ("二等奖（2个）", "示例三"),
    ]


def test_sheets_without_a_head_and_rows_without_a_name_are_named_not_lost(tmp_path: Path) -> None:
    found = _read(award_book(tmp_path / "a.xlsx", [("示例一", "利川市示例小学", "一等奖"), ("", "某小学", "二等奖")]))
    assert [row.cells["title"] for row in found.rows] == ["示例一"]
    assert found.left_out == ("“名单”第 4 行没有填案例名称，没有读", "“说明”里没有找到表头")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = award_book(tmp_path / "a.xlsx", [("示例一", "利川市示例小学", "一等奖")])
    book = openpyxl.load_workbook(path)
    hidden = book.copy_worksheet(book["名单"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert len(_read(path).rows) == 1


def test_an_old_or_locked_workbook_is_answered_with_a_way_out(tmp_path: Path) -> None:
    for name in ("list.xls", "list.et", "locked.xlsx"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        refused = read_grids(tmp_path / name, workers=0)
        assert isinstance(refused, Refusal)
        assert refused.reason == "legacy-office"


def test_hostile_workbooks_are_refused_and_end_nobody(tmp_path: Path) -> None:
    good = award_book(tmp_path / "good.xlsx", [("示例一", "利川市示例小学", "一等奖")])
    cases = {
        "cut.xlsx": good.read_bytes()[:-200],
        "text.xlsx": "序号,案例名称".encode(),
        "empty.xlsx": b"",
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
    _with_part(good, tmp_path / "dtd.xlsx", "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>')
    _with_part(good, tmp_path / "bomb.xlsx", "xl/extra.xml", b"<a>" + b" " * (17 * 1024 * 1024) + b"</a>")
    (tmp_path / "link.xlsx").symlink_to(good)
    for name in (*cases, "dtd.xlsx", "bomb.xlsx", "link.xlsx", "none.xlsx"):
        assert isinstance(read_grids(tmp_path / name, workers=0), Refusal), name


def _with_part(source: Path, target: Path, name: str, start: bytes) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == name:
                head, sep, rest = data.partition(b"?>")
                data = head + sep + start + rest
            new.writestr(entry.filename, data)
        if name not in old.namelist():
            new.writestr(name, start)


def test_a_sheet_that_claims_a_million_lines_is_read_to_the_bound_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("长表")
        sheet.write_row(0, 0, ("案例名称", "所在单位"))
        sheet.write_row(1, 0, ("示例一", "利川市示例小学"))
        sheet.write(1_048_575, 16_383, "远处")
    found = _read(path)
    assert len(found.rows) == 1
    assert found.left_out == (f"“长表”太大，只读了前 {MOST_ROWS} 行",)


def test_labels_and_cells_are_read_past_width_blanks_and_brackets() -> None:
    assert label_of(" 联 系\n电话（手机）：") == "联系电话"
    assert label_of("Ｎｏ．") == label_of("No.")
    assert tidy("５Ｇ赋能\n县域：“示例”　A  B") == "5G赋能县域：“示例” A B"


def test_the_first_known_column_of_two_is_the_one(tmp_path: Path) -> None:
    grid = Grid(name="表", rows=(("案例名称", "所在单位", "案例名称"), ("一", "某小学", "二")))
    (row,) = read_rows([grid], KNOWN, NEEDED).rows
    assert (row.cells["title"], dict(row.others)) == ("一", {"案例名称2": "二"})
