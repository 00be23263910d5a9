"""A county's list becomes drafts, once each, and its phones stay out of the repository."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from generator.catalog.reader import read_catalog
from generator.check.examine import examine

from .books import summary_book, word_table
from .conftest import Run, tree

ROWS = [
    (1, "A1", "一张课表带动一片：示例县域的做法", "王示例", "利川市示例教研中心", "13800138000"),
    (2, "Ｂ1类", "5G课堂: 示例“双师”教学", "李示例", "示例第一小学", "0718-7000000"),
    (3, "B1", "课后服务课程建设与实施的示例做法第一课", "张示例", "利川市示例第一小学", 13900139000),
    (4, "B1", "课后服务课程建设与实施的示例做法第二课", "张示例", "利川市示例第一小学", 13900139000),
    (5, "D9", "类别写错的示例", "赵示例", "利川市示例第三小学", ""),
]
CALL = "enshi-2023"


def test_every_row_becomes_a_draft_and_nothing_private_enters_the_project(
    run: Run, project: Path, tmp_path: Path
) -> None:
    book = summary_book(tmp_path / "汇总表.xlsx", ROWS)
    done = run("import-list", book, "--campaign", CALL, "--private-out", tmp_path / "办公室")
    assert done.exit_code == 1, done.output  # one row was refused
    assert "第 9 行 类别写错的示例：类别“D9”不是本次活动的" in done.output

    catalog = read_catalog(project / "cases")
    drafts = [one for one in catalog.submissions if one.case and one.case.status == "草稿"]
    cases = [(one.slug, one.case) for one in drafts if one.case]
    assert [(slug, case.title, case.unit.name, case.unit.region, case.category) for slug, case in cases] == [
        ("lichuan-5g-ke-tang-shi", "5G课堂: 示例“双师”教学", "示例第一小学", "lichuan", "B1"),
        ("lichuan-ke-hou-fu-wu", "课后服务课程建设与实施的示例做法第一课", "利川市示例第一小学", "lichuan", "B1"),
        ("lichuan-ke-hou-fu-wu-2", "课后服务课程建设与实施的示例做法第二课", "利川市示例第一小学", "lichuan", "B1"),
        ("lichuan-yi-zhang-ke-biao", "一张课表带动一片：示例县域的做法", "利川市示例教研中心", "lichuan", "A1"),
    ]
    errors = [one for one in examine(catalog).diagnostics if one.code in ("DOC011", "SHP001", "SHP007", "SHP008")]
    assert errors == []
    everything = b"".join(tree(project).values())
    for private in ("王示例", "李示例", "13800138000", "7000000"):
        assert private.encode() not in everything

    (kept,) = (tmp_path / "办公室").iterdir()
    rows = list(csv.reader(kept.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["案例目录", "案例名称", "所在单位", "联系人", "联系电话"]
    assert rows[1][0] == "lichuan-yi-zhang-ke-biao"
    assert rows[1][3:] == ["王示例", "13800138000"]
    assert kept.stat().st_mode & 0o077 == 0


def test_a_second_run_makes_nothing_and_says_what_is_there(run: Run, project: Path, tmp_path: Path) -> None:
    first = summary_book(tmp_path / "a.xlsx", ROWS[:3])
    assert run("import-list", first, "--campaign", CALL).exit_code == 0
    before = tree(project)
    # The same, typed by somebody else.
    again = [
        (1, "A1", "一张课表 带动一片——示例县域的做法", "王示例", "恩施州利川市示例教研中心", ""),
        *ROWS[1:3],
    ]
    done = run("import-list", summary_book(tmp_path / "b.xlsx", again), "--campaign", CALL)
    assert done.exit_code == 0, done.output
    assert "已经有了，没有动（3）" in done.output
    assert "新建" not in done.output
    assert tree(project) == before


def test_a_list_read_twice_leaves_its_telephones_in_one_file(run: Run, project: Path, tmp_path: Path) -> None:
    def read(rows: list[tuple[object, ...]]) -> int:
        book = summary_book(tmp_path / "汇总表.xlsx", rows)
        assert run("import-list", book, "--campaign", CALL, "--private-out", tmp_path / "办公室").exit_code == 0
        return len(list((tmp_path / "办公室").iterdir()))

    assert [read([*ROWS[:3]]), read([*ROWS[:3]])] == [1, 1]
    assert read([*ROWS[:2], (*ROWS[2][:5], "13900000099")]) == 2  # another number is another file


def test_a_word_table_does_and_regions_that_nobody_names_are_asked_for(run: Run, project: Path, tmp_path: Path) -> None:
    table = word_table(
        tmp_path / "汇总表.docx",
        [("案例类型", "案例名称", "联系人", "所在单位"), ("C", "无名之地的示例", "王示例", "示例希望小学")],
    )
    refused = run("import-list", table, "--campaign", CALL)
    assert refused.exit_code == 1
    assert "请加 --region" in refused.output
    assert run("import-list", table, "--campaign", CALL, "--region", "hefeng").exit_code == 0
    text = (project / "cases" / CALL / "hefeng-wu-ming-zhi-di" / "index.md").read_text("utf-8")
    assert "region: hefeng" in text
    assert "## " not in text.split("---")[2]  # a story of C has the headings that it needs
    assert run("import-list", table, "--campaign", CALL, "--region", "mars").exit_code == 2


def test_headings_are_those_of_the_call_for_that_category(run: Run, project: Path, tmp_path: Path) -> None:
    assert run("import-list", summary_book(tmp_path / "a.xlsx", ROWS[:1]), "--campaign", CALL).exit_code == 0
    text = (project / "cases" / CALL / "lichuan-yi-zhang-ke-biao" / "index.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## 一、案例概述",
        "## 二、案例实施与成效",
        "### （一）实施背景",
        "### （二）实施方案",
        "### （三）实施效果",
        "## 三、案例特点与创新",
    ]


@pytest.mark.parametrize("where", ["project/cases", "project/private", "other/deep/er"])
def test_a_folder_inside_a_repository_is_refused_before_anything_is_written(
    where: str, run: Run, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    subprocess.run(["git", "init", "-q", tmp_path / "other"], check=True)
    before = tree(project)
    book = summary_book(tmp_path / "a.xlsx", ROWS)
    done = run("import-list", book, "--campaign", CALL, "--private-out", tmp_path / where)
    assert done.exit_code == 2
    assert tree(project) == before
    assert not (tmp_path / where / "x").exists()


def test_an_old_workbook_is_answered_with_a_way_out(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "汇总表.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    done = run("import-list", old, "--campaign", CALL)
    assert done.exit_code == 2
    assert "另存为 .xlsx" in done.stderr
    assert run("import-list", old, "--campaign", "nowhere").exit_code == 2
