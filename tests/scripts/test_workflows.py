"""The workflows of every forge: well-formed, pinned, safe for forks, and their commands do what they are for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from forgeserver import TOKEN, forge

from conftest import SMALL, git
from prcomment.forges import FORGES
from prcomment.report import MARKER
from prcomment.rounds import checked

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob(".gitea/workflows/*.yml")])
GITLAB = ROOT / ".gitlab-ci.yml"
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "scripts").iterdir(), *(ROOT / "scripts/hooks").iterdir(), ROOT / ".ci/run"]
    if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env bash")
)
CASE = SMALL[0]


def loaded(file: Path) -> dict[str, Any]:
    """Everything as text, so that “on” stays a word."""
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


def steps(file: Path) -> Iterator[dict[str, Any]]:
    for job in loaded(file)["jobs"].values():
        yield from job["steps"]


def command(file: Path, name: str) -> str:
    (found,) = [step["run"] for step in steps(file) if step.get("name") == name]
    return str(found)


def tool(name: str, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / name, *words], input=given, capture_output=True, text=True, check=False)


def test_every_workflow_keeps_the_schema_of_its_forge() -> None:
    assert len(WORKFLOWS) == 4
    done = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))
    assert done.returncode == 0, done.stdout
    lab = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = tool("check-jsonschema", *lab, str(GITLAB))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", [".github", ".gitea"])
def test_an_audit_finds_nothing(folder: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / folder / "workflows", tmp_path / ".github" / "workflows")  # where the auditor looks
    # Gitea's own default for a job without permissions is not GitHub's: there they stand once, for the whole file.
    done = tool(
        "zizmor", "--offline", "--format=json", *(["--persona=pedantic"] * (folder == ".github")), str(tmp_path)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == []


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    uses = [line for file in WORKFLOWS for line in file.read_text().splitlines() if "uses:" in line]
    assert len(uses) >= 10
    assert [line for line in uses if not re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_what_runs_a_forks_code_has_no_secret_and_writes_nothing() -> None:
    for file in (file for file in WORKFLOWS if file.name == "check.yml"):
        text, flow = file.read_text(), loaded(file)
        assert set(flow["on"]) == {"pull_request"}
        assert not re.search(r"secrets\.|github\.token|GITHUB_TOKEN|SHOWCASE_FORGE_TOKEN", text)
        granted = [flow["permissions"], *(job.get("permissions", {}) for job in flow["jobs"].values())]
        assert {level for one in granted for level in one.values()} == {"read"}
        checkout = next(step for step in steps(file) if "checkout" in step.get("uses", ""))
        assert checkout["with"]["persist-credentials"] == "false"
    lab = loaded(GITLAB)
    jobs = {name: job for name, job in lab.items() if isinstance(job, dict) and "script" in job}
    with_token = {name for name, job in jobs.items() if "TOKEN" in json.dumps(job)}
    assert with_token == {"comment"}
    (rule,) = jobs["comment"]["rules"]
    assert '$CI_PIPELINE_SOURCE == "schedule"' in rule["if"]
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"]


def test_what_holds_a_token_takes_no_code_from_a_pull_request() -> None:
    for file in (file for file in WORKFLOWS if file.name == "comment.yml"):
        assert not set(loaded(file)["on"]) & {"pull_request", "pull_request_target", "issue_comment"}
        checkouts = [step.get("with", {}) for step in steps(file) if "checkout" in step.get("uses", "")]
        assert len(checkouts) == 1
        assert checkouts[0].get("ref", "") in ("", "${{ github.event.repository.default_branch }}")
        assert checkouts[0]["persist-credentials"] == "false"
        # What an event says may hold anything; in a command's text it would be part of the command.
        assert not [step for step in steps(file) if "${{" in step.get("run", "")]


def test_every_script_and_every_command_is_sound_shell() -> None:
    done = tool("shellcheck", *map(str, SCRIPTS))
    assert done.returncode == 0, done.stdout
    runs = [step["run"] for file in WORKFLOWS for step in steps(file) if "run" in step]
    runs += ["\n".join(job["script"]) for job in loaded(GITLAB).values() if isinstance(job, dict) and "script" in job]
    assert len(runs) >= 10
    for run in runs:
        done = tool("shellcheck", "--shell=bash", "-", given=run)
        assert done.returncode == 0, done.stdout


@pytest.fixture
def proposal(clone: Path) -> Path:
    """A clone whose branch has one faulty case more than main, as origin has it."""
    origin = clone.parent / "origin.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(clone), str(origin)], check=True)
    git(clone, "remote", "add", "origin", str(origin))
    git(clone, "fetch", "-q", "origin")
    git(clone, "switch", "-qc", "patch-1")
    index = clone / "cases" / CASE / "index.md"
    text = index.read_text("utf-8")
    assert "\ncategory: " in text
    index.write_text(text.replace("\ncategory: ", "\ncategory: 没有这一类 # "), "utf-8")
    git(clone, "commit", "-qam", "faulty")
    git(clone, "push", "-q", "origin", "patch-1", "patch-1:refs/pull/7/head", "patch-1:refs/merge-requests/7/head")
    return clone


def run(folder: Path, script: str, **env: str) -> subprocess.CompletedProcess[str]:
    """As a runner runs it: its own shell, and no more in the environment than is said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        shell, cwd=folder, env={**kept, **env}, capture_output=True, text=True, check=False, timeout=300
    )


def test_github_marks_the_lines_and_writes_the_report_that_is_then_posted(proposal: Path, tmp_path: Path) -> None:
    sha = git(proposal, "rev-parse", "HEAD").stdout.strip()
    done = run(
        proposal, command(ROOT / ".github/workflows/check.yml", "Check"),
        BASE="origin/main", HEAD_REPO="editor/showcase", HEAD_SHA=sha, GITHUB_SERVER_URL="https://forge.example",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert f"::error file=cases/{CASE}/index.md,line=" in done.stdout
    report = (proposal / "out" / "report.md").read_text("utf-8")
    assert report.startswith(f"{MARKER}\n## 检查没有通过\n")
    assert f'<img src="https://forge.example/editor/showcase/raw/{sha}/cases/{CASE}/media/' in report
    assert SMALL[1] not in report

    event = tmp_path / "event.json"
    head = {"full_name": "editor/showcase", "owner": {"login": "editor"}}
    event.write_text(json.dumps({
        "workflow_run": {"head_sha": sha, "head_branch": "patch-1", "head_repository": head, "html_url": "https://forge.example/1"}
    }))  # fmt: skip
    (tmp_path / "report").mkdir()
    shutil.copy(proposal / "out" / "report.md", tmp_path / "report" / "report.md")
    with forge("github") as state:
        state.pull(7, sha)
        done = run(
            ROOT, command(ROOT / ".github/workflows/comment.yml", "Comment"), SHOWCASE_FORGE_TOKEN=TOKEN,
            RUNNER_TEMP=str(tmp_path), GITHUB_EVENT_PATH=str(event), GITHUB_API_URL=state.address,
            GITHUB_REPOSITORY="city/showcase",
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, "#7：已发出评论。\n"), done.stderr
        assert state.bodies[0].startswith(report)


def test_gitlab_gets_its_two_reports(proposal: Path) -> None:
    base = git(proposal, "merge-base", "HEAD", "origin/main").stdout.strip()
    (script,) = loaded(GITLAB)["check"]["script"]
    done = run(proposal, script, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stderr
    assert "没有这一类" in done.stdout
    quality = json.loads((proposal / "out" / "code-quality.json").read_text("utf-8"))
    assert {issue["location"]["path"] for issue in quality} == {f"cases/{CASE}/index.md"}
    suite = ElementTree.parse(proposal / "out" / "junit.xml").getroot()[0]
    assert [test.get("name") for test in suite] == [CASE]


def test_gitea_prints_what_is_wrong(proposal: Path) -> None:
    done = run(proposal, command(ROOT / ".gitea/workflows/check.yml", "Check"), BASE="origin/main")
    assert (done.returncode, "没有这一类" in done.stdout) == (1, True)


def test_a_proposal_without_faults_passes(clone: Path) -> None:
    done = run(clone, command(ROOT / ".gitea/workflows/check.yml", "Check"), BASE="main")
    assert done.returncode == 0, done.stdout


def test_a_folder_of_cases_that_is_a_link_is_not_followed(proposal: Path) -> None:
    git(proposal, "rm", "-rq", "cases")
    (proposal / "cases").symlink_to("/etc")
    git(proposal, "add", "-A")
    git(proposal, "commit", "-qm", "bait")
    git(proposal, "push", "-q", "origin", "patch-1:refs/pull/7/head")
    sha = git(proposal, "rev-parse", "HEAD").stdout.strip()
    git(proposal, "switch", "-qf", "main")
    with forge("gitea") as state:
        state.pull(7, sha)
        words = {"SHOWCASE_FORGE_TOKEN": TOKEN, "GITHUB_API_URL": state.address, "GITHUB_REPOSITORY": "city/showcase"}
        done = run(proposal, command(ROOT / ".gitea/workflows/comment.yml", "Comment"), **words)
        assert (done.returncode, state.bodies) == (3, [])
        assert "没有 cases 目录" in done.stderr


@pytest.mark.parametrize("kind", ["gitea", "gitlab"])
def test_a_round_tells_every_open_pull_request_with_our_code_and_runs_none_of_theirs(
    proposal: Path, kind: str, tmp_path: Path
) -> None:
    # What a stranger could change to be run, or to be let out: the scripts, the settings, the hooks of a checkout.
    bait = tmp_path / "bait"
    for name in (
        "scripts/install",
        "scripts/pr-round",
        "scripts/prcomment/door.py",
        "sitecustomize.py",
        "generator.py",
    ):
        file = proposal / name
        file.write_text(f"#!/bin/sh\ntouch {bait}\n" if "/" in name else f"open({str(bait)!r}, 'w')\n")
    (proposal / "mkdocs.yml").write_text("plugins: [showcase]\nsite_name: !ENV [SHOWCASE_FORGE_TOKEN]\n")
    git(proposal, "add", "-A")
    git(proposal, "commit", "-qm", "bait")
    git(proposal, "push", "-q", "origin", "patch-1:refs/pull/7/head", "patch-1:refs/merge-requests/7/head")
    sha = git(proposal, "rev-parse", "HEAD").stdout.strip()
    git(proposal, "switch", "-qf", "main")
    git(proposal, "branch", "-qD", "patch-1")
    script = command(ROOT / ".gitea/workflows/comment.yml", "Comment")
    if kind == "gitlab":
        script = loaded(GITLAB)["comment"]["script"][-1]
    with forge(kind) as state:
        state.pull(8, "e" * 40)  # its commits cannot be had; the others are told all the same
        state.pull(7, sha)
        repo = "9" if kind == "gitlab" else "city/showcase"
        surroundings = {
            "SHOWCASE_FORGE_TOKEN": TOKEN, "GITHUB_API_URL": state.address, "CI_API_V4_URL": state.address,
            "GITHUB_REPOSITORY": repo, "CI_PROJECT_ID": repo,
        }  # fmt: skip
        done = run(proposal, script, **surroundings)
        assert done.returncode == 3
        assert "#8：git fetch 没有成功" in done.stderr
        assert done.stdout == "#7：已发出评论。\n"
        (body,) = state.bodies
        assert "没有这一类" in body
        raw = {"gitea": "raw/commit", "gitlab": "-/raw"}[kind]
        assert f'<img src="https://forge.example/editor/showcase/{raw}/{sha}/cases/{CASE}/media/' in body
        assert TOKEN not in body + done.stdout + done.stderr
        assert not bait.exists()
        state.pulls = [one for one in state.pulls if one["number"] == 7]
        again = run(proposal, script, **surroundings)
        assert (again.returncode, again.stdout) == (0, "#7：没有新的提交。\n")
    assert git(proposal, "worktree", "list").stdout.count("\n") == 1
    assert git(proposal, "status", "--short").stdout == ""


def test_the_token_is_not_in_what_opens_a_strangers_files(proposal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (proposal / ".venv").unlink()
    program = proposal / ".venv" / "bin" / "showcase"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nenv\n")
    program.chmod(0o755)
    monkeypatch.setenv("SHOWCASE_FORGE_TOKEN", TOKEN)
    monkeypatch.setenv("ACTIONS_RUNTIME_TOKEN", TOKEN)
    sha = git(proposal, "rev-parse", "HEAD").stdout.strip()
    with forge("gitea") as state:
        state.pull(7, sha)
        asked = FORGES["gitea"](state.address, "city/showcase", TOKEN, 0.01)
        seen = checked(proposal, asked, asked.proposal(7)).decode()
    assert f"SHOWCASE_FILES_URL=https://forge.example/editor/showcase/raw/commit/{sha}" in seen
    assert TOKEN not in seen
