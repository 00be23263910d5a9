"""The guide from a Word file to a case: its commands do what it says, and answer what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from intake.corpus import recommendation_form

from conftest import MakeProject

GUIDE = Path(__file__).parents[2] / "docs" / "editors" / "from-word.md"


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def run(line: str, project: Path, home: Path) -> subprocess.CompletedProcess[str]:
    words = [word.replace("~", str(home), 1) if word.startswith("~/") else word for word in shlex.split(line)]
    if words[0] == ".venv/bin/showcase":
        words[:1] = [sys.executable, "-m", "generator"]
    root = Path(__file__).parents[2]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=project, env={**os.environ, "PYTHONPATH": str(root)}
    )


def test_five_commands_lead_from_a_word_file_to_a_case_that_can_be_merged(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project, home = make_project(), tmp_path / "home"
    sent = home / "收件" / "一校一表"
    sent.mkdir(parents=True)
    recommendation_form(sent)
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    for name, value in (("user.name", "editor"), ("user.email", "editor@localhost")):
        subprocess.run(["git", "config", name, value], cwd=project, check=True)
    lines = [line for block in fenced("sh") for line in block.splitlines()]
    assert len(lines) == 5
    done = [run(line, project, home) for line in lines]
    assert [one.returncode for one in done] == [0, 0, 0, 0, 0], [one.stdout + one.stderr for one in done]
    shown = fenced("text")[1].replace("~/", f"{home}/")
    assert shown in done[0].stdout
    assert "错误 0 处" in done[1].stdout
    committed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "show", "--stat", "HEAD"], cwd=project, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert "pingjiang-yi-xiao-yi-biao-shi-li/index.md" in committed.stdout
    everything = subprocess.run(["git", "grep", "-l", "13900000011"], cwd=project, capture_output=True, check=False)
    assert everything.returncode == 1  # not found
