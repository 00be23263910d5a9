"""The program of the editors' page, brought by npm once: from wherever the machine's own npm gets its packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.errors import ToolError, reason_at
from generator.pages.admin.program import PACKAGE, VERSION, keep_program
from generator.store import Store

_LONGEST_S = 300


def fetch_program(store: Store) -> None:
    """Brings the pinned package, verifies it and keeps it in *store*.

    Raises:
        ToolError: there is no npm, the package cannot be had, or it is not the pinned one.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise ToolError("这台机器上没有 Node 和 npm")
    with tempfile.TemporaryDirectory(prefix="showcase-admin-") as folder:
        keep_program(_packed(npm, Path(folder)), store)


def _packed(npm: str, folder: Path) -> bytes:
    # Not the project's folder: what npm finds beside it (.npmrc) is not ours to use. A package is only packed, never run.
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--loglevel=error", "--fetch-retries=1"]
    # The service of the night lets no memory be written and run (MemoryDenyWriteExecute); without this, Node dies of it.
    surroundings = os.environ | {"NODE_OPTIONS": f"{os.environ.get('NODE_OPTIONS', '')} --jitless".lstrip()}
    try:
        done = subprocess.run(
            command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=_LONGEST_S, check=False
        )
    except OSError as error:
        raise ToolError(f"npm 没有取来 {PACKAGE} {VERSION}：{reason_at(error)}") from error
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"npm 没有取来 {PACKAGE} {VERSION}：{_LONGEST_S} 秒还没有取完，请看看网络") from error
    files = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or len(files) != 1:
        own = [line for line in done.stderr.splitlines() if not line.startswith("Warning: disabling flag")]  # of V8
        said = " ".join(" ".join(own).split())[:300]
        raise ToolError(f"npm 没有取来 {PACKAGE} {VERSION}：{said or '没有说明原因'}")
    return files[0].read_bytes()
