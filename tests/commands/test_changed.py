"""A proposal is judged by what it changes, and of two cases that clash the new one is blamed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SMALL, MakeProject
from generator.commands.changed import changed_since
from generator.errors import SettingsError, ToolError

OLD = SMALL[0]


def git(project: Path, *words: str) -> None:
    identity = ("-c", "user.name=editor", "-c", "user.email=editor@localhost")
    subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    folder = make_project()
    (folder / ".gitignore").write_text(".showcase\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    git(folder, "switch", "-qc", "proposal")
    return folder


def report(project: Path, *words: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), "check", "--format", "json", *words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)["diagnostics"]
    return found


def test_files_that_are_new_changed_gone_or_not_yet_committed_are_known(project: Path) -> None:
    cases = project / "cases"
    (cases / OLD / "index.md").write_text("---\ntitle: 另一个\n---\n", "utf-8")
    git(project, "commit", "-qam", "changed")
    (cases / SMALL[1] / "index.md").unlink()
    fresh = cases / "yueyang-2021" / "fresh"
    fresh.mkdir()
    (fresh / "index.md").write_text("x")
    (project / "mkdocs.yml").touch()
    changed = changed_since(cases, "main")
    assert changed.case_ids == {OLD, SMALL[1], "yueyang-2021/fresh"}
    assert not changed.calls
    assert not changed.touches_shared
    (cases / "yueyang-2021" / "campaign.yml").write_text("id: yueyang-2021\n")
    (cases / "regions.yml").write_text("regions: []\n")
    changed = changed_since(cases, "main")
    assert changed.calls == {"yueyang-2021"}
    assert changed.touches_shared


def test_what_the_main_branch_did_meanwhile_is_no_change_of_the_proposal(project: Path) -> None:
    git(project, "switch", "-q", "main")
    (project / "cases" / OLD / "index.md").write_text("x")
    git(project, "commit", "-qam", "meanwhile")
    git(project, "switch", "-q", "proposal")
    assert changed_since(project / "cases", "main").files == frozenset()


@pytest.mark.parametrize("name", ["nothing-of-that-name", "--output=/tmp/x", ""])
def test_a_commit_that_is_not_here_is_a_matter_of_settings(project: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="git fetch"):
        changed_since(project / "cases", name)


def test_a_folder_without_git_says_so(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    with pytest.raises(ToolError, match="git"):
        changed_since(folder / "cases", "main")


def test_only_the_proposal_is_reported_and_the_new_case_is_blamed_for_a_clash(project: Path) -> None:
    # Its name comes before the old one's, so that the order of the folder alone would blame the other.
    copy = project / "cases" / "yueyang-2021" / "a-copy"
    shutil.copytree(project / "cases" / OLD, copy)
    found = report(project, "--since", "main")
    assert {one["code"] for one in found} >= {"CAT001", "CAT002"}
    assert {str(one["file"]).split("/")[2] for one in found} == {"a-copy"}
    everything = report(project)
    assert {one["case"] for one in everything if one["code"] == "CAT002"} == {OLD}
