"""What every guide's tests share: its blocks and pictures, a project that counts as installed, and running a line of it."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r'!\[([^\]]*)\]\(([^\s)]+)(?: "([^"]*)")?\)')


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of docs/ as tests read it, or one section of it."""

    path: Path
    heading: str = ""  # of that section, of the second level; empty: the whole page

    @property
    def text(self) -> str:
        whole = self.path.read_text("utf-8")
        if not self.heading:
            return whole
        _, found, below = whole.partition(f"\n## {self.heading}\n")
        assert found, f"{self.path.name} has no section “{self.heading}”"
        return below.partition("\n## ")[0]

    @property
    def prose(self) -> str:
        """Without its blocks."""
        return _FENCE.sub("", self.text)

    @property
    def lines(self) -> list[str]:
        """Every command line, in order."""
        return [line for block in self.fences("sh") for line in block.splitlines()]

    @property
    def pictures(self) -> list[tuple[str, Path, str]]:
        """Alt text, file and caption of each."""
        return [(alt, self.path.parent / target, words) for alt, target, words in _PICTURE.findall(self.text)]

    def fences(self, language: str) -> list[str]:
        """The contents of every block of that language, in order."""
        return [text for name, text in _FENCE.findall(self.text) if name == language]


def install(folder: Path) -> None:
    """Scripts, and an environment that counts as installed: that of this run, with the copy's own stamp."""
    shutil.copytree(ROOT / "scripts", folder / "scripts", dirs_exist_ok=True)
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    as_installed(folder)


def as_installed(folder: Path) -> None:
    """The environment alone."""
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(ROOT / ".venv" / "bin")
    wanted = hashlib.sha256(b"".join((folder / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")))
    (folder / ".venv" / ".installed-requirements.lock").write_text(wanted.hexdigest() + "\n")


def run(line: str, folder: Path, *, home: Path | None = None, path: str = "") -> subprocess.CompletedProcess[str]:
    """A line of a guide, typed in *folder* by somebody whose ``~`` is *home*; *path* goes before the machine's own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{path}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        "HOME": str(home or folder),
    }
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def git(folder: Path, line: str) -> str:
    """What Git says, as somebody with a name; it has to succeed."""
    who = ("-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "core.quotepath=off")
    done = subprocess.run(["git", *who, *shlex.split(line)], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def with_origin(folder: Path, origin: Path) -> None:
    """*folder* becomes a clone of *origin*, a bare repository that holds what lies in it now, on main."""
    (folder / ".gitignore").write_text("/.venv\n/.showcase\n/site/\n/.site.*\n")
    git(folder, "init -q -b main")
    git(folder, "add -A")
    git(folder, "commit -qm cases")
    git(folder.parent, f"clone -q --bare {folder} {origin}")
    for line in (f"remote add origin {origin}", "fetch -q origin", "branch -q -u origin/main main"):
        git(folder, line)
    for name, value in (("user.name", "editor"), ("user.email", "editor@example.org")):
        git(folder, f"config {name} {value}")
