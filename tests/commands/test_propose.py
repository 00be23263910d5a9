"""`showcase propose`: what goes along, what does not, and that nothing is lost whatever became of the last proposal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SMALL, MakeProject

CASE, OTHER = SMALL
BRANCH = CASE.replace("/", "-")


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
    return folder


def propose(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), "propose", *words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def change(project: Path, case: str, words: str) -> None:
    with (project / "cases" / case / "index.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def pushed(tmp_path: Path, branch: str = BRANCH) -> list[str]:
    return git(tmp_path / "origin.git", "diff", "--name-only", "main", branch).splitlines()


def test_the_case_alone_goes_along_and_a_second_time_onto_the_same_branch(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "又过了一学期。")
    change(project, OTHER, "别的案例的半句话")
    done = propose(project, f"cases/{CASE}/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert BRANCH in done.stdout
    assert pushed(tmp_path) == [f"cases/{CASE}/index.md"]
    assert git(tmp_path / "origin.git", "log", "--format=%s", "-1", BRANCH).startswith("修改案例：〔")
    assert "半句话" in (project / "cases" / OTHER / "index.md").read_text("utf-8")
    change(project, CASE, "再补一句。")
    assert propose(project, CASE, "--message", "补一句").returncode == 0
    log = git(tmp_path / "origin.git", "log", "--format=%s", f"main..{BRANCH}").splitlines()
    assert log[0] == "补一句" and len(log) == 2


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


def test_after_a_merge_the_next_proposal_begins_anew_with_the_newest_state(project: Path, tmp_path: Path) -> None:
    origin = tmp_path / "origin.git"
    change(project, CASE, "第一次。")
    assert propose(project, CASE).returncode == 0
    git(origin, "update-ref", "refs/heads/main", f"refs/heads/{BRANCH}")
    git(origin, "branch", "-D", BRANCH)
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
    hook.unlink()
    done = propose(project, CASE)
    assert done.returncode == 0, done.stderr
    assert "网络断了也在" in git(origin, "show", f"{BRANCH}:cases/{CASE}/index.md")


def test_a_whole_call_is_proposed_as_one(project: Path, tmp_path: Path) -> None:
    change(project, CASE, "随活动一起。")
    call = CASE.split("/")[0]
    assert propose(project, call, "--message", "登记奖项").returncode == 0
    assert pushed(tmp_path, call) == [f"cases/{CASE}/index.md"]
