"""A server at night: a real clone of a real origin, the real program, real releases; and what an editor pushes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import ROOT, git

CASE = "cases/yueyang-2021/quyuan-nineteen-pupils/index.md"
PAGE = "current/cases/yueyang-2021/quyuan-nineteen-pupils/index.html"
SCRIPTS = ("nightly", "build", "install")

Ran = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Server:
    """Everything that takes part in a night, below one folder."""

    base: Path
    more: dict[str, str] = field(default_factory=dict)  # variables of every run

    @property
    def editors(self) -> Path:
        return self.base / "editors"

    @property
    def origin(self) -> Path:
        return self.base / "origin.git"

    @property
    def clone(self) -> Path:
        return self.base / "server"

    @property
    def target(self) -> Path:
        return self.base / "srv"

    @property
    def state(self) -> Path:
        return self.clone / ".showcase" / "night"

    @property
    def live(self) -> str:
        return str((self.target / "current").readlink())

    def night(self, *words: str, **more: str) -> Ran:
        """One run with cron's few variables; its two streams as one text."""
        given = {"PATH": "/usr/bin:/bin", "HOME": str(self.base), "PYTHON": sys.executable}
        return subprocess.run(
            [self.clone / "scripts/nightly", *words],
            cwd="/",
            env={**given, "SHOWCASE_TARGET": str(self.target), **self.more, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )

    def edit(self, old: str, new: str, file: str = CASE) -> None:
        """An editor's change of words, pushed."""
        path = self.editors / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        self.push()

    def push(self, *words: str) -> None:
        git(self.editors, "add", "--all")
        git(self.editors, "commit", "--quiet", "--message", "cases")
        git(self.editors, "push", "--quiet", *words, "--set-upstream", "origin", "main")

    def copied(self, base: Path) -> Server:
        """The same again, in a place of its own."""
        shutil.copytree(self.base, base, symlinks=True, dirs_exist_ok=True)
        copy = Server(base, self.more)
        for folder in (copy.editors, copy.clone):
            git(folder, "remote", "set-url", "origin", str(copy.origin))
        return copy


def start(base: Path, project: Path) -> Server:
    """A server whose clone has never run; *project* is what the editors have."""
    server = Server(base)
    project.rename(server.editors)
    (server.editors / "scripts").mkdir()
    for name in SCRIPTS:
        shutil.copy(ROOT / "scripts" / name, server.editors / "scripts" / name)
    (server.editors / ".gitignore").write_text("/.venv/\n/.showcase\n/site/\n/.site.*\n")
    (server.editors / "requirements.lock").write_text("# nothing\n")
    (server.editors / "pyproject.toml").write_text("")
    git(server.editors, "init", "--quiet", "--initial-branch=main")
    git(base, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(server.editors, "remote", "add", "origin", str(server.origin))
    server.push()
    git(base, "clone", "--quiet", str(server.origin), "server")
    (server.clone / ".showcase").mkdir()
    (server.clone / ".showcase/store").symlink_to((server.editors / ".showcase/store").resolve())
    (server.clone / ".venv/bin").mkdir(parents=True)
    showcase = server.clone / ".venv/bin/showcase"
    showcase.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n')
    showcase.chmod(0o755)
    locked = (server.clone / "requirements.lock").read_bytes() + (server.clone / "pyproject.toml").read_bytes()
    (server.clone / ".venv/.installed-requirements.lock").write_text(hashlib.sha256(locked).hexdigest())
    return server


@pytest.fixture
def server(make_project: Callable[..., Path], tmp_path: Path) -> Server:
    """A server before its first night."""
    return start(tmp_path, make_project())
