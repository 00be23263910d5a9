"""Every job of a build, through the executor, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.media.derivatives import Outcome, file_of
from generator.media.memory import recall, recall_together, remember_together
from generator.media.recipe import (
    CaptionRecipe,
    DocumentRecipe,
    Job,
    PictureRecipe,
    Recipe,
    ShareCardRecipe,
    VideoRecipe,
)
from generator.media.refusals import refusal
from generator.store import Store, recalling

if TYPE_CHECKING:
    from generator.media.workers import Progress

NameT = TypeVar("NameT")

__all__ = ["derive_all", "derive_named", "file_of"]


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job
    store: Store


def derive_all(
    wanted: Iterable[Job], store: Store, *, workers: int, on_progress: Progress | None = None
) -> dict[str, Outcome]:
    """How every job ended, by its key; jobs of one key are one job.

    What the store holds already is a hit and starts no process. Of the rest, the long ones begin first (videos
    before all, the largest file of a kind before the smaller), so that no encode of minutes is left over at the end. A job that ends its worker is tried once more alone and
    then failed; it costs no other job. With 0 workers the work is done here, one after the other.

    Raises:
        ToolError: a tool is missing.
    """
    store.drop_abandoned()
    by_key = {job.key: job for job in wanted}
    folders: dict[str, dict[str, Job]] = {}
    for key, job in by_key.items():
        folders.setdefault(job.source.rpartition("/")[0], {})[key] = job
    outcomes: dict[str, Outcome] = {}
    unlike: list[dict[str, Job]] = []  # what stands in the folders of which not all was known together
    to_do: list[_Task] = []
    with recalling():
        for jobs in folders.values():
            known = recall_together(jobs, store)
            if len(known) < len(jobs):
                unlike.append(jobs)
                known |= {key: one for key, job in jobs.items() if key not in known and (one := recall(job, store))}
            outcomes |= known
            to_do += [_Task(job, store) for key, job in jobs.items() if key not in known]
    for outcome in _carried_out(to_do, store, workers):
        outcomes[outcome.job.key] = outcome
        if on_progress:
            on_progress(len(outcomes), len(by_key))
    for jobs in unlike:
        remember_together(jobs, outcomes, store)
    return {key: outcomes[key] for key in by_key}


def _carried_out(tasks: list[_Task], store: Store, workers: int) -> Iterator[Outcome]:
    if not tasks:
        return
    from generator.media.workers import each_done, reach_of  # only here: a warm run starts no process

    tasks.sort(key=lambda task: (_rank(task.job.recipe), -_size_bytes(task.job.source), task.job.source))
    reach = reach_of((Path(task.job.source) for task in tasks), store.root)
    for end in each_done(_derived, tasks, workers=workers, reach=reach):
        ended = Outcome(job=end.item.job, state="failed", refusal=refusal("limit", "its worker was ended twice"))
        yield end.result or ended


def derive_named(
    jobs: Mapping[NameT, Job], store: Store, *, workers: int, on_progress: Progress | None = None
) -> dict[NameT, Outcome]:
    """How every job ended, by the name that *jobs* gives it; see `derive_all`.

    Raises:
        ToolError: a tool is missing.
    """
    outcomes = derive_all(jobs.values(), store, workers=workers, on_progress=on_progress)
    return {name: outcomes[job.key] for name, job in jobs.items()}


def _derived(task: _Task) -> Outcome:
    from generator.media.derive import derive  # only where something is derived: what codes pictures comes with it

    return derive(task.job, task.store)


def _size_bytes(source: str) -> int:
    try:
        return Path(source).lstat().st_size
    except OSError:
        return 0


def _rank(recipe: Recipe) -> int:
    match recipe:
        case VideoRecipe():
            return 0
        case DocumentRecipe():
            return 1
        case PictureRecipe():
            return 2
        case CaptionRecipe():
            return 3
        case ShareCardRecipe():
            return 4
