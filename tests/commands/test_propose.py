"""`showcase propose`: what goes along, what does not, and that nothing is lost whatever became of the last proposal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SMALL, MakeProject

CASE, OTHER = SMALL
BRANCH = CASE.replace("/", "-")
NEW, NEWER = "yueyang-2021/jingkai-three-sentences", "yueyang-2021/nanhu-reading-pavilion"
NEW_BRANCH = NEW.replace("/", "-")
ROOT = Path(__file__).parents[2]


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def project(make_project: MakeProject, tmp_path: Path) -> Path:
    """A clone on main, and the bare repository that it came from."""
    folder = make_project()
    (folder / ".gitignore").write_text(".showcase\n")
    git(folder, "init", "-q", "-b", "main")
    for name, value in (("user.name", "editor"), ("user.email", "editor@example.org")):
        git(folder, "config", name, value)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    git(tmp_path, "clone", "-q", "--bare", str(folder), "origin.git")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(folder, "fetch", "-q")
    git(folder, "branch", "-q", "-u", "origin/main")
    return folder


def propose(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), "propose", *words],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


def change(project: Path, case: str, words: str) -> None:
    with (project / "cases" / case / "index.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def pushed(tmp_path: Path, branch: str = BRANCH) -> list[str]:
    return git(tmp_path / "origin.git", "diff", "--name-only", "main", branch).splitlines()


def put(project: Path, case: str = NEW) -> None:
    """A case that main does not have."""
    shutil.copytree(ROOT / "cases" / case, project / "cases" / case)


def subjects(tmp_path: Path, branch: str) -> list[str]:
    return git(tmp_path / "origin.git", "log", "--format=%s", f"main..{branch}").splitlines()


def test_the_case_alone_goes_along_and_the_editor_is_where_she_was(project: Path, tmp_path: Path) -> None:
    before = (project / "cases" / CASE / "index.md").read_text("utf-8")
    change(project, CASE, "又过了一学期。")
    change(project, OTHER, "别的案例的半句话")
    done = propose(project, f"cases/{CASE}/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"已推送到分支 {BRANCH}。请在网页上由它新建合并请求" in done.stdout
    assert f"git switch {BRANCH}" in done.stdout and "git switch main" in done.stdout
    assert pushed(tmp_path) == [f"cases/{CASE}/index.md"]
    assert subjects(tmp_path, BRANCH)[0].startswith("修改案例：〔")
    assert git(project, "branch", "--show-current") == "main"
    assert git(project, "status", "--porcelain").split() == ["M", f"cases/{OTHER}/index.md"]
    assert (project / "cases" / CASE / "index.md").read_text("utf-8") == before


def test_two_new_cases_one_after_the_other_each_lie_on_a_branch_of_their_own(project: Path, tmp_path: Path) -> None:
    for case in (NEW, NEWER):
        put(project, case)
        assert propose(project, case).returncode == 0
        assert git(project, "status", "--porcelain") == ""
        assert git(project, "branch", "--show-current") == "main"
        (subject,) = subjects(tmp_path, case.replace("/", "-"))
        assert subject.startswith("增加案例：〔")
        along = pushed(tmp_path, case.replace("/", "-"))
        assert f"cases/{case}/index.md" in along
        assert all(name.startswith(f"cases/{case}/") for name in along)


def test_what_is_changed_later_on_its_branch_is_added_to_the_same_request(project: Path, tmp_path: Path) -> None:
    put(project)
    assert propose(project, NEW).returncode == 0
    done = propose(project, NEW)
    assert (done.returncode, "git switch" in done.stderr) == (2, True), done.stderr  # it is not on main
    git(project, "switch", "-q", NEW_BRANCH)
    done = propose(project, NEW)
    assert (done.returncode, "没有新的改动" in done.stderr) == (2, True), done.stderr
    change(project, NEW, "再补一句。")
    done = propose(project, NEW)
    assert done.returncode == 0, done.stderr
    assert "已加到同一个合并请求" in done.stdout and "新建" not in done.stdout and "git switch" not in done.stdout
    assert git(project, "branch", "--show-current") == NEW_BRANCH
    assert git(project, "status", "--porcelain", "--branch") == f"## {NEW_BRANCH}...origin/{NEW_BRANCH}"
    assert [subject[:4] for subject in subjects(tmp_path, NEW_BRANCH)] == ["修改案例", "增加案例"]
    git(project, "switch", "-q", "main")
    assert not (project / "cases" / NEW).exists()


def test_a_case_imported_anew_on_main_continues_its_branch(project: Path, tmp_path: Path) -> None:
    put(project)
    assert propose(project, NEW).returncode == 0
    put(project)
    change(project, NEW, "学校发来了新的一稿。")
    done = propose(project, NEW, "--message", "换成新的一稿")
    assert done.returncode == 0, done.stderr
    assert "已加到同一个合并请求" in done.stdout
    assert subjects(tmp_path, NEW_BRANCH)[0] == "换成新的一稿" and len(subjects(tmp_path, NEW_BRANCH)) == 2
    assert "新的一稿" in git(tmp_path / "origin.git", "show", f"{NEW_BRANCH}:cases/{NEW}/index.md")
    assert git(project, "status", "--porcelain") == ""


def test_two_changes_from_main_are_both_on_the_branch(project: Path, tmp_path: Path) -> None:
    index = project / "cases" / CASE / "index.md"
    change(project, CASE, "先补在最后。")
    assert propose(project, CASE).returncode == 0
    index.write_text(index.read_text("utf-8").replace("title: ", "title: 新的", 1), "utf-8")
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    text = git(tmp_path / "origin.git", "show", f"{BRANCH}:cases/{CASE}/index.md")
    assert "先补在最后。" in text and "title: 新的" in text
    assert git(project, "status", "--porcelain") == ""


def test_two_changes_of_one_line_are_told_and_nothing_is_lost(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "第一种说法。")
    assert propose(project, CASE).returncode == 0
    change(project, CASE, "第二种说法。")
    done = propose(project, CASE)
    assert done.returncode == 2
    assert f"git switch --merge {BRANCH}" in done.stderr
    assert "第二种说法。" in (project / "cases" / CASE / "index.md").read_text("utf-8")
    git(project, "switch", "-q", "--merge", BRANCH)
    index = project / "cases" / CASE / "index.md"
    assert "<<<<<<<" in index.read_text("utf-8")
    kept = [line for line in index.read_text("utf-8").splitlines() if not line.startswith(("<<<", "===", ">>>"))]
    index.write_text("\n".join(kept) + "\n", "utf-8")
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    text = git(tmp_path / "origin.git", "show", f"{BRANCH}:cases/{CASE}/index.md")
    assert "第一种说法。" in text and "第二种说法。" in text
    assert git(project, "status", "--porcelain") == ""


def test_a_case_that_somebody_else_added_meanwhile_is_not_written_over(project: Path, tmp_path: Path) -> None:
    put(project)
    assert propose(project, NEW).returncode == 0
    git(tmp_path / "origin.git", "update-ref", "refs/heads/main", f"refs/heads/{NEW_BRANCH}")
    git(tmp_path / "origin.git", "branch", "-D", NEW_BRANCH)
    put(project)
    change(project, NEW, "不知道已经合并了。")
    done = propose(project, NEW)
    assert (done.returncode, "git pull" in done.stderr) == (2, True), done.stderr
    assert "不知道已经合并了" in (project / "cases" / NEW / "index.md").read_text("utf-8")


def test_what_a_colleague_added_to_the_branch_stays_in_it(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "编辑写的。")
    assert propose(project, CASE).returncode == 0
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "-b", BRANCH, str(tmp_path / "origin.git"), str(other))
    note = other / "cases" / CASE / "media" / "note.txt"
    note.parent.mkdir(exist_ok=True)
    note.write_text("同事放的\n")
    for words in (("add", "-A"), ("-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-qm", "b")):
        git(other, *words)
    git(other, "push", "-q")
    git(project, "switch", "-q", BRANCH)
    change(project, CASE, "编辑又写的。")
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    tree = git(tmp_path / "origin.git", "ls-tree", "-r", "--name-only", BRANCH)
    assert f"cases/{CASE}/media/note.txt" in tree
    assert "编辑又写的" in git(tmp_path / "origin.git", "show", f"{BRANCH}:cases/{CASE}/index.md")
    assert git(project, "status", "--porcelain", "--branch") == f"## {BRANCH}...origin/{BRANCH}"


def test_a_case_with_an_error_goes_nowhere(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "联系电话13800138000。")
    done = propose(project, CASE)
    assert done.returncode == 1
    assert "PRV002" in done.stdout and "没有提交" in done.stderr
    assert git(tmp_path / "origin.git", "branch", "--list") == "* main"
    assert git(project, "branch", "--show-current") == "main"


def test_what_has_not_changed_is_told_and_so_is_a_name_that_is_none(project: Path) -> None:
    done = propose(project, CASE)
    assert (done.returncode, "没有改动" in done.stderr) == (2, True), done.stderr
    done = propose(project, "yueyang-2021/nowhere")
    assert (done.returncode, "没有案例或活动" in done.stderr) == (2, True), done.stderr


def test_a_branch_that_git_would_take_for_an_option_is_none(project: Path) -> None:
    change(project, CASE, "第一次。")
    done = propose(project, CASE, "--onto", "--upload-pack=/bin/false")
    assert (done.returncode, "不是分支的名字" in done.stderr) == (2, True), done.stderr


def test_after_a_merge_the_next_proposal_begins_anew_with_the_newest_state(project: Path, tmp_path: Path) -> None:
    origin = tmp_path / "origin.git"
    change(project, CASE, "第一次。")
    assert propose(project, CASE).returncode == 0
    git(origin, "update-ref", "refs/heads/main", f"refs/heads/{BRANCH}")
    git(origin, "branch", "-D", BRANCH)
    change(project, CASE, "第二次。")
    done = propose(project, CASE)
    assert (done.returncode, "git pull --autostash" in done.stderr) == (2, True), done.stderr
    git(project, "checkout", "-q", "--", "cases")
    git(project, "pull", "-q")
    change(project, CASE, "第二次。")
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    assert f"{BRANCH}-2" in done.stdout
    assert git(origin, "rev-list", "--count", f"main..{BRANCH}-2") == "1"


def test_a_push_that_failed_loses_nothing_and_the_next_try_brings_it(project: Path, tmp_path: Path) -> None:
    origin, hook = tmp_path / "origin.git", tmp_path / "origin.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 今天不收 >&2\nexit 1\n")
    hook.chmod(0o755)
    change(project, CASE, "网络断了也在。")
    done = propose(project, CASE)
    assert done.returncode == 3
    assert "git push 没有成功" in done.stderr and "改动都还在" in done.stderr
    assert "网络断了也在" in (project / "cases" / CASE / "index.md").read_text("utf-8")
    hook.unlink()
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    assert "网络断了也在" in git(origin, "show", f"{BRANCH}:cases/{CASE}/index.md")


def test_what_is_written_while_the_push_is_on_its_way_stays(project: Path, tmp_path: Path) -> None:
    index = project / "cases" / CASE / "index.md"
    hook = tmp_path / "origin.git" / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\necho 刚刚存盘 >>'{index}'\n")
    hook.chmod(0o755)
    change(project, CASE, "推送的一句。")
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    assert "又有改动" in done.stdout and "改动以前" not in done.stdout
    assert index.read_text("utf-8").endswith("推送的一句。\n刚刚存盘\n")
    assert "刚刚存盘" not in git(tmp_path / "origin.git", "show", f"{BRANCH}:cases/{CASE}/index.md")


def test_a_whole_call_is_proposed_as_one(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "随活动一起。")
    call = CASE.split("/")[0]
    assert propose(project, call, "--message", "登记奖项").returncode == 0
    assert pushed(tmp_path, call) == [f"cases/{CASE}/index.md"]
