"""Every command of the editors' guide, run in the guide's order on a small project that follows the guide."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from .guide import CASE, GUIDE, fences, put_example
from .runs import git, install, run

SERVE = "scripts/serve"
PREVIEW = ".venv/bin/showcase preview --serve"
LINES = GUIDE.lines


@pytest.fixture
def project(make_project: Callable[..., Path], root: Path) -> Path:
    """One sample case and the guide's, the scripts, and an environment that counts as installed."""
    folder = make_project("yueyang-2021/nanhu-reading-pavilion")
    put_example(folder / "cases", root / "cases")
    install(folder)
    for line in ("init -q", "add cases", "commit -qm x"):
        git(folder, line)
    return folder


def test_the_commands_of_the_guide_do_what_it_says(project: Path) -> None:
    assert {line.split()[0] for line in LINES} == {"scripts/build", ".venv/bin/showcase", SERVE, "git"}
    for line in LINES:
        if line in (SERVE, PREVIEW):
            assert ("<title>【预览】" in _served(project, line)) == (line == PREVIEW)
            continue
        done = run(line, project)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "<h1>午间三分钟" in (project / "site" / "cases" / CASE / "index.html").read_text("utf-8")

    # The folder was renamed by a command; the alias is written by hand.
    new = next(line for line in LINES if line.startswith("git mv")).split()[-1]
    text = (project / new / "index.md").read_text("utf-8")
    alias = next(block for block in fences("yaml") if block.startswith("aliases"))
    (project / new / "index.md").write_text(text.replace("\n---\n\n", f"\n{alias}---\n\n", 1), "utf-8")
    assert run(LINES[0], project).returncode == 0
    assert f"{new}/" in (project / "site" / "cases" / CASE / "index.html").read_text("utf-8")
    assert "<h1>午间三分钟" in (project / "site" / new / "index.html").read_text("utf-8")


def test_a_withdrawn_case_leaves_its_page_and_nothing_of_itself(project: Path) -> None:
    index = project / "cases" / CASE / "index.md"
    index.write_text(index.read_text("utf-8").replace("status: 已公布", "status: 已撤回"), "utf-8")
    assert run(LINES[0], project).returncode == 0
    page = (project / "site" / "cases" / CASE / "index.html").read_text("utf-8")
    assert "案例已撤回" in page
    named = [
        path for path in (project / "site").rglob("*") if path.is_file() and "午间三分钟".encode() in path.read_bytes()
    ]
    assert named == []


def test_the_pages_of_a_proposal_are_made_whatever_is_wrong_and_the_check_fails_for_it(project: Path) -> None:
    index = project / "cases" / CASE / "index.md"
    index.write_text(index.read_text("utf-8") + "\n联系电话 13812345678。\n", "utf-8")
    made = run("scripts/pr-pages HEAD preview-site", project)
    assert made.returncode == 0, made.stderr
    first = (project / "preview-site" / "index.html").read_text("utf-8")
    assert "PRV002" in first
    assert "13812345678" not in first + made.stdout + made.stderr
    assert run("scripts/pr-check HEAD", project).returncode == 1
    assert run("scripts/pr-pages no-such-branch preview-site", project).returncode == 2


def _served(project: Path, line: str) -> str:
    """Starts the server of *line* on a free port, sees the case in it, and ends it with all its children: its page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = project / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [*line.split(), "--address", f"127.0.0.1:{port}"],
            cwd=project, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        page = ""
        until = time.monotonic() + 120
        while not page and time.monotonic() < until and server.poll() is None:
            time.sleep(0.3)
            page = _answer(f"http://127.0.0.1:{port}/cases/{CASE}/")
        assert "<h1>午间三分钟" in page, log.read_text()
        return page
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _answer(address: str) -> str:
    """What stands at *address*; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""
