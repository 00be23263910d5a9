"""The hook before a commit, in real repositories: it looks at what is staged, and at nothing else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from conftest import SMALL, git
from generator.commands.staged import about_to_be_committed, staged
from generator.errors import SettingsError
from generator.settings import read_settings

CASE, OTHER = SMALL


@pytest.fixture
def project(clone: Path) -> Path:
    """A clone as an editor has it, with the hook switched on by the command of the guide."""
    guide = (Path(__file__).parents[2] / "docs/editors/pull-requests.md").read_text("utf-8")
    (command,) = re.findall(r"^```sh\n(.+)\n```$", guide, re.MULTILINE)
    git(clone, *command.removeprefix("git ").split())
    return clone


def edit(project: Path, case: str, old: str, new: str) -> None:
    index = project / "cases" / case / "index.md"
    text = index.read_text("utf-8")
    assert old in text
    index.write_text(text.replace(old, new), "utf-8")


def spoil(project: Path, case: str = CASE) -> None:
    edit(project, case, "\ncategory: ", "\ncategory: 没有这一类 # ")


def test_a_bad_case_is_not_committed_and_the_way_out_is_said(project: Path) -> None:
    spoil(project)
    git(project, "add", "-A")
    done = git(project, "commit", "-m", "bad", code=1)
    assert f"cases/{CASE}/index.md:" in done.stderr
    assert "没有这一类" in done.stderr
    assert "git commit --no-verify" in done.stderr
    assert git(project, "log", "--oneline").stdout.count("\n") == 1
    git(project, "commit", "-qm", "bad", "--no-verify")


def test_what_is_not_staged_is_not_looked_at_either_way(project: Path) -> None:
    edit(project, CASE, "\ntitle: ", "\ntitle: 新的")
    git(project, "add", "-A")
    spoil(project)
    git(project, "commit", "-qm", "good, though the work tree is bad")
    git(project, "add", "-A")
    git(project, "restore", "--worktree", "--source=HEAD", ".")
    assert git(project, "commit", "-m", "bad, though the work tree is good", code=1).stderr.count("没有这一类") >= 1


def test_commit_all_is_looked_at_by_the_index_that_git_makes_for_it(project: Path) -> None:
    spoil(project)
    assert "没有这一类" in git(project, "commit", "-am", "bad", code=1).stderr
    git(project, "restore", ".")
    edit(project, CASE, "\ntitle: ", "\ntitle: 新的")
    git(project, "commit", "-qam", "good")


def test_an_old_fault_elsewhere_blocks_nobody(project: Path) -> None:
    spoil(project, OTHER)
    git(project, "commit", "-qam", "an old fault", "--no-verify")
    edit(project, CASE, "\ntitle: ", "\ntitle: 新的")
    git(project, "commit", "-qam", "good")
    assert git(project, "log", "-1", "--format=%s").stdout.strip() == "good"


def test_a_commit_without_cases_starts_nothing(project: Path) -> None:
    (project / ".venv").unlink()
    (project / "notes.txt").write_text("x")
    git(project, "add", "notes.txt")
    git(project, "commit", "-qm", "notes")
    assert git(project, "log", "-1", "--format=%s").stdout.strip() == "notes"


def test_a_picture_counts_as_it_is_staged(project: Path) -> None:
    (picture,) = list((project / "cases" / CASE / "media").glob("*.jpg"))[:1]
    kept = picture.read_bytes()
    picture.write_bytes(kept[:1000])
    git(project, "add", "-A")
    picture.write_bytes(kept)
    assert picture.name in git(project, "commit", "-m", "half a picture", code=1).stderr


def test_a_merge_answers_only_for_what_neither_side_had(project: Path) -> None:
    git(project, "switch", "-qc", "theirs")
    spoil(project, OTHER)
    edit(project, CASE, "\ntitle: ", "\ntitle: 他们的")
    git(project, "commit", "-qam", "theirs", "--no-verify")
    git(project, "switch", "-q", "main")
    edit(project, CASE, "\ntitle: ", "\ntitle: 我们的")
    git(project, "commit", "-qam", "ours")
    git(project, "merge", "theirs", code=1)
    git(project, "checkout", "--ours", "--", f"cases/{CASE}/index.md")
    edit(project, CASE, "\ntitle: ", "\ntitle: 合并")
    git(project, "add", "-A")
    assert staged(project, "cases").case_ids == {CASE}
    git(project, "commit", "-qm", "merged")
    assert len(git(project, "log", "-1", "--format=%P").stdout.split()) == 2


def test_the_first_commit_of_all_and_a_case_that_goes_are_fine(project: Path) -> None:
    git(project, "rm", "-rq", f"cases/{OTHER}")
    git(project, "commit", "-qm", "gone")
    git(project, "checkout", "-q", "--orphan", "fresh")
    assert CASE in staged(project, "cases").case_ids
    git(project, "commit", "-qm", "first")


def test_only_texts_are_laid_out_of_what_does_not_change(project: Path) -> None:
    settings = read_settings(project / "mkdocs.yml")

    def laid_out(case: str) -> set[str]:
        with about_to_be_committed(settings) as (looked_at, _):
            assert looked_at.store_dir == settings.store_dir
            folder = looked_at.cases_dir / case
            found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert not folder.exists()
        return found

    here = {str(path.relative_to(project / "cases" / CASE)) for path in (project / "cases" / CASE).rglob("*.*")}
    assert len(here) > 1
    edit(project, OTHER, "\ntitle: ", "\ntitle: 新的")
    git(project, "add", "-A")
    assert laid_out(CASE) == {"index.md"}
    edit(project, CASE, "\ntitle: ", "\ntitle: 新的")
    git(project, "add", "-A")
    assert laid_out(CASE) == here


def test_both_ways_of_choosing_at_once_are_refused(project: Path) -> None:
    done = subprocess.run(
        [".venv/bin/showcase", "check", "--staged", "--since", "main"], cwd=project, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == SettingsError.exit_code
    assert "只能用一个" in done.stderr
