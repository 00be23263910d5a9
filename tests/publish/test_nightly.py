"""scripts/nightly as cron runs it: a real clone, the real build, real releases."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.publish import lock
from generator.publish.transfer import releases

Night = Callable[..., "subprocess.CompletedProcess[str]"]

_CASE = "cases/yueyang-2021/quyuan-nineteen-pupils/index.md"
_PAGE = "current/cases/yueyang-2021/quyuan-nineteen-pupils/index.html"


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "core.autocrlf=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def editors_dir(make_project: Callable[..., Path], root: Path, tmp_path: Path) -> Path:
    """Where the editors work: a clone whose origin the server pulls from."""
    folder = make_project(name="editors")
    (folder / "scripts").mkdir()
    for name in ("nightly", "build", "install"):
        shutil.copy(root / "scripts" / name, folder / "scripts" / name)
    (folder / ".gitignore").write_text("/.venv/\n/.showcase\n/site/\n")
    (folder / "requirements.lock").write_text("# nothing\n")
    (folder / "pyproject.toml").write_text("")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    _git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    _push(folder)
    return folder


def _push(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "cases")
    _git(folder, "push", "--quiet", "--set-upstream", "origin", "main")


@pytest.fixture
def server_dir(editors_dir: Path, root: Path, tmp_path: Path) -> Path:
    """The clone on the server, with everything installed."""
    folder = tmp_path / "server"
    _git(tmp_path, "clone", "--quiet", str(tmp_path / "origin.git"), "server")
    (folder / ".showcase").mkdir()
    (folder / ".showcase/store").symlink_to((editors_dir / ".showcase/store").resolve())
    (folder / ".venv/bin").mkdir(parents=True)
    showcase = folder / ".venv/bin/showcase"
    showcase.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m generator "$@"\n')
    showcase.chmod(0o755)
    locked = (folder / "requirements.lock").read_bytes() + (folder / "pyproject.toml").read_bytes()
    (folder / ".venv/.installed-requirements.lock").write_text(hashlib.sha256(locked).hexdigest())
    return folder


@pytest.fixture
def night(server_dir: Path, target_dir: Path) -> Night:
    """One run with cron's few variables; gives the finished process, its two streams as one text."""

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        given = {"PATH": "/usr/bin:/bin", "HOME": str(server_dir.parent), "PYTHON": sys.executable}
        return subprocess.run(
            [server_dir / "scripts/nightly", *words],
            cwd="/",
            env={**given, "SHOWCASE_TARGET": str(target_dir), **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    return run


def test_what_editors_push_is_live_the_next_morning_and_a_quiet_night_says_nothing(
    night: Night, editors_dir: Path, target_dir: Path
) -> None:
    first = night()
    assert first.returncode == 0, first.stdout
    assert first.stdout.startswith("已发布 2") and first.stdout.count("\n") == 1
    again = night()
    assert (again.returncode, again.stdout) == (0, "")

    case = editors_dir / _CASE
    case.write_text(case.read_text("utf-8") + "\n一句夜里才上线的话。\n", "utf-8")
    (editors_dir / "scripts/nightly").write_text("exit 99\n")  # a pull that replaces the running script
    _push(editors_dir)
    later = night("--keep", "1")
    assert later.returncode == 0, later.stdout
    assert later.stdout.startswith("已发布 2")
    assert "一句夜里才上线的话" in (target_dir / _PAGE).read_text("utf-8")
    assert len(releases(target_dir)) == 1


def test_a_broken_case_stays_off_the_site_and_the_others_go_out(
    night: Night, editors_dir: Path, target_dir: Path
) -> None:
    case = editors_dir / _CASE
    case.write_text(case.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    _push(editors_dir)
    result = night()
    assert result.returncode == 1
    assert "quyuan-nineteen-pupils/index.md:" in result.stdout
    assert "已发布 2" in result.stdout
    assert not (target_dir / _PAGE).exists()
    assert (target_dir / "current/cases/hunan-2020-tkbtx/huaihua-village-loudspeaker/index.html").exists()
    assert night().returncode == 1  # until somebody mends it


def test_whatever_fails_is_told_and_leaves_the_live_site(
    night: Night, editors_dir: Path, server_dir: Path, target_dir: Path
) -> None:
    assert night().returncode == 0
    live = (target_dir / "current").readlink()
    case = editors_dir / _CASE
    case.write_text(case.read_text("utf-8") + "\n新的一段。\n", "utf-8")
    _push(editors_dir)

    with lock.held(server_dir / ".showcase/lock"):
        busy = night()
    assert (busy.returncode, f"进程号 {os.getpid()}" in busy.stdout) == (4, True)

    (server_dir / "requirements.lock").write_text("# 没有提交的改动\n")
    not_installed = night()
    assert (not_installed.returncode, "依赖没有装好" in not_installed.stdout) == (3, True)
    _git(server_dir, "checkout", "--quiet", "--", "requirements.lock")

    (server_dir / "mkdocs.yml").rename(server_dir / "away.yml")
    no_settings = night()
    assert (no_settings.returncode, "mkdocs.yml" in no_settings.stdout) == (2, True)
    (server_dir / "away.yml").rename(server_dir / "mkdocs.yml")

    (server_dir.parent / "origin.git").rename(server_dir.parent / "gone.git")
    no_network = night()
    assert (no_network.returncode, "git pull" in no_network.stdout) == (3, True)
    (server_dir.parent / "gone.git").rename(server_dir.parent / "origin.git")

    (server_dir / "README").write_text("")
    blocked = night(SHOWCASE_TARGET=str(server_dir / "README"))
    assert (blocked.returncode, "无法发布" in blocked.stdout) == (3, True)

    without_target = night(SHOWCASE_TARGET="")
    assert (without_target.returncode, "SHOWCASE_TARGET" in without_target.stdout) == (2, True)
    assert (target_dir / "current").readlink() == live
