"""The city editors' guide: from a Word file to a proposal that passes in a handful of commands, and the errands besides."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from intake.corpus import recommendation_form
from pydantic import TypeAdapter

from conftest import MakeProject
from generator.catalog.case import Author, Unit
from generator.catalog.reader import read_catalog

from .runs import DOCS, ROOT, Guide, git, install, run, with_origin

GUIDE = Guide(DOCS / "guides" / "editor.md")
LINES = GUIDE.lines
CASE = "cases/yueyang-2021/pingjiang-one-table"
BRANCH = "yueyang-2021-pingjiang-one-table"
SUMMARY = (
    ("案例类型", "案例名称", "联系人", "所在单位", "联系电话"),
    ("B1", "课后服务的示例", "王示例", "利川市示例小学", "0718-7000000"),
)
LISTED = "cases/enshi-2023/lichuan-ke-hou-fu-wu"
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
    _book(sent.parent / "汇总表.xlsx", SUMMARY)
    return folder


def _book(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _award_list(project: Path) -> None:
    case = read_catalog(project / "cases").by_id[HONOURED].case
    assert case is not None
    _book(project / "获奖名单.xlsx", (("案例名称", "报送单位", "等次"), (case.title, case.unit.name, "一等奖")))


def _edited(line: str, project: Path) -> None:
    """What the guide tells an editor to write before that command."""
    if line == f".venv/bin/showcase check {CASE}":
        index = project / CASE / "index.md"
        text, added = index.read_text("utf-8"), GUIDE.fences("yaml")[0]
        index.write_text(text.replace("\n---\n", f"\n{added}---\n", 1), "utf-8")
    elif line == f"git switch {BRANCH}":
        # What was proposed is not here any more, and main is clean.
        assert not (project / CASE).exists()
        assert git(project, "status --porcelain -- cases") == ""
    elif line == "git switch main":
        assert git(project, "status --porcelain -- cases") == ""
    elif "import-list" in line:
        assert git(project, "branch --show-current").strip() == "main"
    elif WITHDRAWN in line:
        index = project / "cases" / WITHDRAWN / "index.md"
        index.write_text(index.read_text("utf-8").replace("status: 已公布", "status: 已撤回"), "utf-8")
    elif "showcase award" in line:
        # The guide keeps drafts out of the proposal of a whole call.
        shutil.rmtree(project / LISTED)
        _award_list(project)


def test_the_commands_do_what_the_guide_says(project: Path, tmp_path: Path) -> None:
    said: dict[str, list[str]] = {}
    for line in LINES:
        _edited(line, project)
        done = run(line, project, home=tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said.setdefault(line.split("showcase ")[-1].split()[0], []).append(done.stdout)
        if line == f"git switch {BRANCH}":
            passed = run("scripts/pr-check origin/main", project)
            assert passed.returncode == 0 and "错误 0 处" in passed.stdout, passed.stdout
            index = project / CASE / "index.md"
            index.write_text(f"{index.read_text('utf-8')}\n后来又补了一句。\n", "utf-8")
        elif "showcase preview" in line:
            page = (project / "preview-site" / CASE / "index.html").read_text("utf-8")
            assert "一校一表" in page
        elif "import-list" in line:
            assert (project / LISTED / "index.md").is_file()
    assert "请留意" in said["import"][0] and "［已移出］" in said["import"][0]
    assert ["同一个合并请求" in words for words in said["propose"]] == [False, True, False, False]
    for words in ("需要您处理的", "请留意", "［已移出］"):
        assert words in GUIDE.text

    branches = git(tmp_path / "origin.git", "branch --list --format=%(refname:short)").split()
    assert branches == ["enshi-2023", "main", "yueyang-2021-nanhu-reading-pavilion", BRANCH]
    assert _changed(tmp_path, BRANCH) == {f"{CASE}/index.md"}
    assert _changed(tmp_path, "enshi-2023") == {f"cases/{HONOURED}/index.md"}
    assert _changed(tmp_path, "yueyang-2021-nanhu-reading-pavilion") == {f"cases/{WITHDRAWN}/index.md"}
    second, first = git(tmp_path / "origin.git", f"log --format=%s main..{BRANCH}").splitlines()
    assert (first[:2], second[:2]) == ("增加", "修改") and "一校一表" in first
    assert git(project, "branch --show-current").strip() == "main"


def _changed(tmp_path: Path, branch: str) -> set[str]:
    return set(git(tmp_path / "origin.git", f"diff --name-only main {branch}").splitlines())


def test_the_example_of_a_unit_and_its_authors_is_what_the_site_reads() -> None:
    example = yaml.safe_load(GUIDE.fences("yaml")[1])
    assert set(example) == {"unit", "authors"}
    unit = TypeAdapter(Unit).validate_python(example["unit"])
    authors = TypeAdapter(list[Author]).validate_python(example["authors"])
    assert unit.region in read_catalog(ROOT / "cases").regions.by_slug
    assert [author.role for author in authors] == ["教师", "行政"]


@pytest.mark.parametrize("guide", [GUIDE, Guide(DOCS / "site" / "guides" / "county.md")], ids=["editor", "county"])
def test_the_words_of_an_agreement_are_those_of_the_calls(guide: Guide) -> None:
    calls = read_catalog(ROOT / "cases").campaigns.values()
    words = {use for call in calls if call.consent for use in call.consent.uses}
    (named,) = re.findall(r"“授权与使用”里的词：([^。；]+)。", guide.text)
    assert set(named.split("、")) == words


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
    assert run(f"git grep -l {PHONE} {BRANCH}", project).returncode == 1
    assert run(f"git grep -l 一校一表 {BRANCH}", project).returncode == 0
    kept = list((tmp_path / "登记簿").iterdir())
    assert any(PHONE in path.read_text("utf-8") for path in kept)
