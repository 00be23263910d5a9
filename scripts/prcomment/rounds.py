"""A round over all open pull requests, from a clean checkout: our code judges their cases, and nothing of theirs runs.

For forges where a finished run cannot hand its report to another one that holds a token. What comes from a pull request
is its folder ``cases/``, as data; the program, its settings and its dependencies are those of the checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from prcomment.forges import Forge, Proposal

_CHECK_S = 1800
_GIT_S = 600
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "SHOWCASE_WORKERS")


class NotCheckedError(Exception):
    """A pull request could not be checked; in words for the maintainer."""


def checked(root: Path, forge: Forge, proposal: Proposal) -> bytes:
    """The report on *proposal*, by the program in *root*.

    Raises:
        NotCheckedError: its commits cannot be had, moved meanwhile, or the check did not end.
    """
    head, base = f"refs/showcase/head-{proposal.number}", f"refs/showcase/base-{proposal.number}"
    wanted = (f"+{forge.head_ref(proposal.number)}:{head}", f"+refs/heads/{proposal.base}:{base}")
    _git(root, "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "origin", *wanted)
    if _git(root, "rev-parse", head).strip() != proposal.head_sha:
        raise NotCheckedError("刚刚又有新的提交，下一轮再看")
    with tempfile.TemporaryDirectory(prefix="showcase-round-") as made:
        tree = Path(made) / "tree"
        _git(root, "worktree", "add", "--quiet", "--no-checkout", "--detach", str(tree), head)
        try:
            _git(tree, "checkout", "--quiet", head, "--", "cases")
            if not (tree / "cases").is_dir() or (tree / "cases").is_symlink():
                raise NotCheckedError("里面没有 cases 目录")
            shutil.copyfile(root / "mkdocs.yml", tree / "mkdocs.yml")
            return _report(root, tree, base, proposal.files_url)
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _report(root: Path, tree: Path, base: str, files_url: str) -> bytes:
    # Pictures and documents of a stranger are opened here: the token is not in this child's environment.
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    env |= {"SHOWCASE_VAR_DIR": str(root / ".showcase"), "SHOWCASE_FILES_URL": files_url, "PYTHONSAFEPATH": "1"}
    command = [
        str(root / ".venv/bin/showcase"),
        *("-f", str(tree / "mkdocs.yml"), "check"),
        *("--since", base, "--format", "markdown"),
    ]
    try:
        child = subprocess.run(command, cwd=root, env=env, capture_output=True, timeout=_CHECK_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotCheckedError(f"检查没有做完：{error}") from error
    if child.returncode not in (0, 1):
        raise NotCheckedError(f"检查没有做完：{child.stderr.decode('utf-8', 'replace').strip()[-500:]}")
    return child.stdout


def _git(folder: Path, *words: str) -> str:
    env = {name: os.environ[name] for name in (*_PASSED_ON, "SSH_AUTH_SOCK") if name in os.environ}
    env |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    command = ["git", "-c", "core.hooksPath=/dev/null", "-C", str(folder), *words]
    try:
        child = subprocess.run(command, env=env, capture_output=True, timeout=_GIT_S, check=True)
    except (OSError, subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        told = (getattr(error, "stderr", None) or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotCheckedError(f"git {words[0]} 没有成功：{told[0] if told else error}") from error
    return child.stdout.decode("utf-8", "replace")
