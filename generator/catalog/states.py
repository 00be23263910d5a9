"""How a case folder lies on the disk at one moment, so that what was said of it can be known to hold still."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_SETTLED_NS = 2_000_000_000
_DEEPEST = 4

Row = tuple[str, int, int, int, int, int]
"""Path below the folder, kind and rights, number, bytes, and both times in nanoseconds."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """Everything in a folder by its records; two that are equal hold the same bytes, once they are settled."""

    rows: tuple[Row, ...]
    is_settled: bool  # nothing changed within the last two seconds, in which a clock may not tell two writes apart


def state_of_folder(folder: Path, deepest: int = _DEEPEST) -> FolderState:
    """The state of *folder* and of *deepest* levels in it; follows no link, opens no file, and never raises for what it cannot list."""
    rows: list[Row] = []
    _list(str(folder), "", rows, deepest)
    newest = max((max(row[4], row[5]) for row in rows), default=0)
    return FolderState(rows=tuple(sorted(rows)), is_settled=time.time_ns() - newest > _SETTLED_NS)


def _list(folder: str, above: str, rows: list[Row], levels: int) -> None:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        name = above + os.fsencode(entry.name).decode("utf-8", "backslashreplace")
        rows.append((name, status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
        if levels > 1 and entry.is_dir(follow_symlinks=False):
            _list(entry.path, f"{name}/", rows, levels - 1)
