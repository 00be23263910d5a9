"""The city editors' guide: from a Word file to a proposal that passes in a handful of commands, and the errands besides."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from intake.corpus import recommendation_form

from conftest import MakeProject
from generator.catalog.reader import read_catalog

from .runs import DOCS, Guide, git, install, run, with_origin

GUIDE = Guide(DOCS / "guides" / "editor.md")
LINES = GUIDE.lines
CASE = "cases/yueyang-2021/pingjiang-one-table"
WITHDRAWN = "yueyang-2021/nanhu-reading-pavilion"
HONOURED = "enshi-2023/lichuan-timetable-resources"
PHONE = "13900000011"  # in the text and in the form of the corpus


@pytest.fixture
def project(make_project: MakeProject, tmp_path: Path) -> Path:
    """A clone of a bare repository; a letter with a form and a report beside it, and an award list."""
    folder = make_project(WITHDRAWN, HONOURED)
    install(folder)
    with_origin(folder, tmp_path / "origin.git")
    sent = tmp_path / "收件" / "一校一表"
    sent.mkdir(parents=True)
    recommendation_form(sent)
    return folder


def _award_list(project: Path) -> None:
    case = read_catalog(project / "cases").by_id[HONOURED].case
    assert case is not None
    with xlsxwriter.Workbook(project / "获奖名单.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("案例名称", "报送单位", "等次"), (case.title, case.unit.name, "一等奖"))):
            sheet.write_row(number, 0, row)


def _edited(line: str, project: Path) -> None:
    """What the guide tells an editor to write before that command."""
    if line == f".venv/bin/showcase check {CASE}":
        index = project / CASE / "index.md"
        text, (added,) = index.read_text("utf-8"), GUIDE.fences("yaml")
        index.write_text(text.replace("\n---\n", f"\n{added}---\n", 1), "utf-8")
    elif WITHDRAWN in line:
        index = project / "cases" / WITHDRAWN / "index.md"
        index.write_text(index.read_text("utf-8").replace("status: 已公布", "status: 已撤回"), "utf-8")
    elif "showcase award" in line:
        _award_list(project)


def test_the_commands_do_what_the_guide_says(project: Path, tmp_path: Path) -> None:
    said = {}
    for line in LINES:
        _edited(line, project)
        done = run(line, project, home=tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said[line.split("showcase ")[-1].split()[0]] = done.stdout
        if f"propose {CASE.removeprefix('cases/')}" in line:
            passed = run("scripts/pr-check origin/main", project)
            assert passed.returncode == 0 and "错误 0 处" in passed.stdout, passed.stdout
    assert "请留意" in said["import"] and "［已移出］" in said["import"]
    for words in ("需要您处理的", "请留意", "［已移出］"):
        assert words in GUIDE.text

    branches = git(tmp_path / "origin.git", "branch --list --format=%(refname:short)").split()
    assert branches == ["enshi-2023", "main", "yueyang-2021-nanhu-reading-pavilion", "yueyang-2021-pingjiang-one-table"]
    assert _changed(tmp_path, "yueyang-2021-pingjiang-one-table") == {f"{CASE}/index.md"}
    assert _changed(tmp_path, "enshi-2023") == {f"cases/{HONOURED}/index.md"}
    assert _changed(tmp_path, "yueyang-2021-nanhu-reading-pavilion") == {f"cases/{WITHDRAWN}/index.md"}
    assert "一校一表" in git(tmp_path / "origin.git", "log --format=%s -1 yueyang-2021-pingjiang-one-table")


def _changed(tmp_path: Path, branch: str) -> set[str]:
    return set(git(tmp_path / "origin.git", f"diff --name-only main {branch}").splitlines())


def test_five_commands_or_fewer_lead_from_a_word_file_to_a_proposal(project: Path, tmp_path: Path) -> None:
    start = next(i for i, line in enumerate(LINES) if "showcase import " in line)
    end = next(i for i, line in enumerate(LINES) if "showcase propose " in line)
    assert len(LINES[start : end + 1]) <= 5
    # What a phone number is, nobody outside the office learns: not from the clone, not from what was pushed.
    for line in (LINES[start], LINES[end]):
        done = run(line, project, home=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    git(project, "add -A")
    assert run(f"git grep --cached -l {PHONE}", project).returncode == 1
    kept = list((tmp_path / "登记簿").iterdir())
    assert any(PHONE in path.read_text("utf-8") for path in kept)
