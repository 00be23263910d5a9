"""A command with what it cost and the largest memory that it and its descendants held together."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """CPU and wall seconds, and the largest sum of memory of all processes, in MiB; what they share counts once."""

    cpu_s: float
    wall_s: float
    peak_mib: float


def watched(command: Sequence[str], folder: Path, *, may_find_faults: bool = False) -> Watched:
    """Runs *command* in *folder*; with *may_find_faults* an exit code of 1 is a word of ours about cases.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    peaks = [0.0]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(_EVERY_S):
                peaks.append(_memory_mib(child.pid))

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        complaints = child.communicate()[1]
        ended.set()
        watcher.join()
    wall_s = time.monotonic() - began
    if child.returncode > may_find_faults:
        raise subprocess.CalledProcessError(child.returncode, list(command), stderr=complaints)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Watched(cpu_s=cpu_s, wall_s=wall_s, peak_mib=max(peaks))


def _memory_mib(pid: int) -> float:
    """Proportional memory of the process and all below it."""
    found = 0.0
    try:
        rows = (Path("/proc") / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
        children = [
            int(child)
            for task in (Path("/proc") / str(pid) / "task").iterdir()
            for child in (task / "children").read_text("ascii").split()
        ]
    except (OSError, ValueError):
        return 0.0  # it has ended
    found += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / _KIB
    return found + sum(map(_memory_mib, children))
