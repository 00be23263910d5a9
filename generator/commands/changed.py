"""What a proposal changes, asked of Git: the files that differ from those of a commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.catalog.changed import Changed
from generator.errors import SettingsError, ToolError

_GIT_S = 60


def changed_since(cases_dir: Path, commit: str) -> Changed:
    """What differs below *cases_dir* from the place where *commit* and this branch parted, uncommitted files with it.

    Raises:
        SettingsError: there is no such commit here.
        ToolError: Git is missing, or this is no repository.
    """
    root = cases_dir.parent
    base = git(root, "merge-base", "HEAD", _named(root, commit)).strip() or commit
    listed = git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base, "--", cases_dir.name)
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", cases_dir.name)
    return Changed(files=frozenset(name for name in (listed + new).split("\0") if name))


def _named(root: Path, commit: str) -> str:
    """The commit of that name; a word that Git could take for an option is none."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}").strip()
    except ToolError as error:
        if (root / ".git").exists() or _is_repository(root):
            raise SettingsError(
                f"没有 {commit} 这个版本：请先取下它（git fetch），浅克隆要加 --depth 0 或 fetch-depth: 0"
            ) from error
        raise


def _is_repository(root: Path) -> bool:
    try:
        return git(root, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except ToolError:
        return False


def git(root: Path, *words: str, given: str = "") -> str:
    """What Git answers in *root* to *words*, with *given* on its input; names of any bytes come through.

    Raises:
        ToolError: Git is missing, failed or took too long.
    """
    try:
        child = subprocess.run(
            ["git", "-C", str(root), *words],
            input=given.encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=_GIT_S,
            check=True,
        )
    except FileNotFoundError as error:
        raise ToolError("没有找到 git；请安装后重试") from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        told = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ToolError(f"git {words[0]} 没有成功：{told[0] if told else '没有说明'}") from error
    return child.stdout.decode("utf-8", "backslashreplace")  # as the reader spells names that are no UTF-8
