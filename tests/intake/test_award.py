"""An award list is written into the cases that it names: surely, once, and without touching another byte."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.catalog.document import read_document
from generator.commands import award as command
from generator.intake.folding import counts_alike, folded, is_same_unit, likeness
from generator.intake.honours import Candidate, grade_of, matched
from generator.intake.sheets import Read, SheetRow

from .books import award_book, word_table
from .conftest import Run, tree

CALL = "enshi-2023"
LICHUAN = "cases/enshi-2023/lichuan-timetable-resources/index.md"
BADONG = "cases/enshi-2023/badong-five-question-slip/index.md"
EXACT = ("把资源写进课表：利川市推动智慧教育平台从“登录”走向“上课”", "利川市示例教育局", "一等奖")
RETYPED = ("五道题的小卷子:高山小学数学错因的当日诊断 与分桌补教", "恩施州巴东县示例云台小学", "二等")


def _added(old: bytes, new: bytes) -> list[str]:
    """Lines that came in; none may have gone."""
    lines = list(difflib.ndiff(old.decode().splitlines(True), new.decode().splitlines(True)))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


def test_sure_rows_are_written_and_only_they_and_only_once(run: Run, project: Path, tmp_path: Path) -> None:
    before = tree(project)
    book = award_book(tmp_path / "获奖名单.xlsx", [EXACT, RETYPED])
    words = (
        "award",
        book,
        "--campaign",
        CALL,
        "--level",
        "国家级",
        "--year",
        "2024",
        "--doc-no",
        "示例教函〔2024〕9号",
    )
    done = run(*words)
    assert "登记（2）" in done.output, done.output
    after = tree(project)
    assert {name for name in before if before[name] != after[name]} == {LICHUAN, BADONG}
    assert after.keys() == before.keys()
    assert _added(before[LICHUAN], after[LICHUAN]) == [
        "  - {level: 国家级, grade: 一等奖, year: 2024, doc_no: 示例教函〔2024〕9号}\n"
    ]
    assert read_document(after[BADONG]).front["honors"][-1]["grade"] == "二等奖"
    again = run(*words)
    assert tree(project) == after
    assert "已经登记过（2）" in again.output


def test_what_is_doubtful_unknown_or_missing_is_listed_and_left_alone(run: Run, project: Path, tmp_path: Path) -> None:
    before = tree(project)
    other_unit = (EXACT[0], "建始县示例小学", "一等奖")
    nowhere = ("谁也没有写过的案例", "某某示例中学", "三等奖")
    no_grade = ("五道题的小卷子：高山小学数学错因的当日诊断与分桌补救", "巴东县示例云台小学", "特别奖")
    done = run(
        "award", award_book(tmp_path / "a.xlsx", [other_unit, nowhere, no_grade]), "--campaign", CALL, "--year", "2024"
    )
    assert done.exit_code == 1
    assert "拿不准，没有写（1）" in done.output
    assert "：单位不同" in done.output
    assert "谁也没有写过的案例：没有这个案例" in done.output
    assert "等次“特别奖”认不出来" in done.output
    assert "名单里没有的案例（1）" in done.output
    assert "badong-five-question-slip" in done.output
    assert tree(project) == before


def test_another_grade_of_the_same_year_and_level_is_a_contradiction(run: Run, project: Path, tmp_path: Path) -> None:
    before = tree(project)
    done = run("award", award_book(tmp_path / "a.xlsx", [(*EXACT[:2], "三等奖")]), "--campaign", CALL)
    assert done.exit_code == 1
    assert "已登记 2023年市级一等奖，名单是三等奖" in done.output
    assert tree(project) == before


def test_yes_takes_the_nearest_case_but_no_case_for_two_rows(run: Run, project: Path, tmp_path: Path) -> None:
    rows = [(EXACT[0], "建始县示例小学", "一等奖"), (*EXACT[:2], "二等奖")]
    done = run("award", award_book(tmp_path / "a.xlsx", rows), "--campaign", CALL, "--level", "国家级", "--yes")
    assert done.exit_code == 1
    honors = read_document((project / LICHUAN).read_bytes()).front["honors"]
    assert [h["grade"] for h in honors if h["level"] == "国家级"] == ["一等奖"]


def test_two_rows_of_one_case_are_both_doubtful(run: Run, project: Path, tmp_path: Path) -> None:
    before = tree(project)
    rows = [EXACT, (*EXACT[:2], "二等奖")]
    done = run("award", award_book(tmp_path / "a.xlsx", rows), "--campaign", CALL, "--level", "国家级")
    assert "拿不准，没有写（2）" in done.output
    assert (done.exit_code, tree(project)) == (1, before)


def test_on_a_terminal_somebody_is_asked(
    run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "is_asking", lambda: True)
    book = award_book(tmp_path / "a.xlsx", [(EXACT[0], "建始县示例小学", "一等奖")])
    words = ("award", book, "--campaign", CALL, "--level", "国家级")
    before = tree(project)
    refused = run(*words, answers="也许\n否\n")
    assert "请回答“是”或“否”。" in refused.output
    assert (refused.exit_code, tree(project)) == (1, before)
    run(*words, answers="是\n")
    assert read_document((project / LICHUAN).read_bytes()).front["honors"][-1]["level"] == "国家级"


def test_grades_may_stand_as_headings_of_a_word_table(run: Run, project: Path, tmp_path: Path) -> None:
    rows = [("序号", "案例名称", "报送单位"), ("一等奖（1个）", "", ""), ("1", *EXACT[:2])]
    run("award", word_table(tmp_path / "a.docx", rows, ((1, 0, 1, 2),)), "--campaign", CALL, "--level", "国家级")
    assert read_document((project / LICHUAN).read_bytes()).front["honors"][-1] == {
        "level": "国家级", "grade": "一等奖", "year": 2023,
    }  # fmt: skip


def test_files_with_other_line_ends_and_broken_fields_are_met_as_they_are(
    run: Run, project: Path, tmp_path: Path
) -> None:
    path = project / LICHUAN
    data = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(data)
    broken = project / BADONG
    broken.write_text(broken.read_text("utf-8").replace("honors:\n", "honors: 见通报\nothers:\n"), "utf-8")
    done = run("award", award_book(tmp_path / "a.xlsx", [EXACT, RETYPED]), "--campaign", CALL, "--level", "国家级")
    assert done.exit_code == 1
    assert "honors 不是列表" in done.output
    item = "  - {level: 国家级, grade: 一等奖, year: 2023}\r\n".encode()
    assert path.read_bytes().replace(item, b"") == data
    assert item in path.read_bytes()


def test_wrong_words_on_the_command_line_write_nothing(run: Run, project: Path, tmp_path: Path) -> None:
    before = tree(project)
    book = award_book(tmp_path / "a.xlsx", [EXACT])
    for words in (("--year", "2022"), ("--doc-no", "示例[2023]5号"), ("--level", "市")):
        assert run("award", book, "--campaign", CALL, *words).exit_code == 2, words
    assert tree(project) == before


def _row(title: str, unit: str = "") -> SheetRow:
    cells = {"title": title, "grade": "一等奖", **({"unit": unit} if unit else {})}
    return SheetRow(sheet="表", number=1, section="", cells=cells, others={})


def _case(title: str, unit: str, slug: str = "a") -> Candidate:
    return Candidate(slug=slug, title=title, unit=unit, honors=())


@pytest.mark.parametrize(
    ("title", "unit", "certainty"),
    [
        ("午间广播：三分钟的示例", "利川市示例小学", "sure"),
        ("“午间广播”——三分钟 的示例", "示例小学", "sure"),  # its county left out
        ("午間广播：三分钟的示例", "恩施州利川市示例小学", "sure"),  # one character of ten
        ("午间广播：五分钟的示例", "利川市示例小学", "doubtful"),
        ("午间广播：三分钟的示例", "利川市示例中学", "doubtful"),
        ("午间广播：三分钟的示例", "", "sure"),
        ("午间广播：三分钟示例", "", "doubtful"),
        ("晚自习点播的做法", "利川市示例小学", None),
    ],
)
def test_how_sure_a_row_is(title: str, unit: str, certainty: str | None, root: Path) -> None:
    from generator.catalog.reader import read_catalog

    vocabulary = read_catalog(root / "cases").vocabulary
    read = Read(rows=(_row(title, unit),), labels=(), heads=(), left_out=())
    found = matched(read, [_case("午间广播：三分钟的示例", "利川市示例小学")], vocabulary).matches
    assert (found[0].certainty if found else None) == certainty
    assert [grade_of(word, vocabulary) for word in ("壹等奖", "一等", "优秀", "三等奖 （5个）", "", "鼓励奖")] == [
        "一等奖", "一等奖", "优秀案例", "三等奖", None, None,
    ]  # fmt: skip


def test_schools_that_differ_by_a_number_are_two() -> None:
    assert not is_same_unit("利川市示例第一小学", "利川市示例第二小学")
    assert not is_same_unit("一小", "利川市一小")
    assert not counts_alike("第一课", "第二课")
    assert is_same_unit("利川市 示例小学", "恩施州利川市示例小学")


@given(some.text(), some.text())
def test_likeness_is_the_same_both_ways_and_whole_for_equals(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, f" {a}　") == 1
    assert folded(folded(a)) == folded(a)
