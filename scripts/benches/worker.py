"""What a bench asks of a worker: a module of its own, since a worker never loads the program that started it."""

from __future__ import annotations

import re
import resource
from dataclasses import dataclass
from pathlib import Path

from generator.media.derive import derive
from generator.media.recipe import Job
from generator.store import Store

_KIB = 1024
_RESIDENT = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and where its files go."""

    job: Job
    store: Store


def peak_of(task: Task) -> float:
    """Derives, and gives the largest resident memory so far, in MB, of this process or a child that it waited for.

    Raises:
        RuntimeError: the job was refused or failed.
    """
    outcome = derive(task.job, task.store)
    if outcome.state != "made":
        raise RuntimeError(f"{task.job.source}: {outcome.state} {outcome.refusal}")
    own = _RESIDENT.search(Path("/proc/self/status").read_text("ascii"))
    own_kib = int(own[1]) if own else 0
    return max(own_kib, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * _KIB / 1e6
