"""What a proposal changes: the cases and calls whose files differ from those of a commit."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.errors import SettingsError, ToolError

_GIT_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Files below cases/ that are new, different or gone, as paths from the folder that holds cases/."""

    files: frozenset[str]

    @property
    def case_ids(self) -> frozenset[str]:
        """The cases whose folders they lie in: ``<campaign>/<case>``."""
        parts = [file.split("/") for file in self.files]
        return frozenset("/".join(one[1:3]) for one in parts if len(one) > 3)

    @property
    def calls(self) -> frozenset[str]:
        """The calls whose own files are among them."""
        parts = [file.split("/") for file in self.files]
        return frozenset(one[1] for one in parts if len(one) == 3)

    @property
    def touches_shared(self) -> bool:
        """Whether a file that all cases share is among them: regions.yml, vocabulary.yml."""
        return any(file.count("/") == 1 for file in self.files)

    @property
    def changes_rules(self) -> bool:
        """Whether cases outside it are judged anew for it: a call, or what all cases share, is among them."""
        return bool(self.calls) or self.touches_shared


def changed_since(cases_dir: Path, commit: str) -> Changed:
    """What differs below *cases_dir* from the place where *commit* and this branch parted, uncommitted files with it.

    Raises:
        SettingsError: there is no such commit here.
        ToolError: Git is missing, or this is no repository.
    """
    root = cases_dir.parent
    base = _git(root, "merge-base", "HEAD", _named(root, commit)).strip() or commit
    listed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base, "--", cases_dir.name)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", cases_dir.name)
    return Changed(files=frozenset(name for name in (listed + new).split("\0") if name))


def _named(root: Path, commit: str) -> str:
    """The commit of that name; a word that Git could take for an option is none."""
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}").strip()
    except ToolError as error:
        if (root / ".git").exists() or _is_repository(root):
            raise SettingsError(
                f"没有 {commit} 这个版本：请先取下它（git fetch），浅克隆要加 --depth 0 或 fetch-depth: 0"
            ) from error
        raise


def _is_repository(root: Path) -> bool:
    try:
        return _git(root, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except ToolError:
        return False


def _git(root: Path, *words: str) -> str:
    try:
        child = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, timeout=_GIT_S, check=True, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as error:
        raise ToolError("没有找到 git；请安装后重试") from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        told = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ToolError(f"git {words[0]} 没有成功：{told[0] if told else '没有说明'}") from error
    return child.stdout.decode("utf-8", "surrogateescape")
