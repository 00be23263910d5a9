"""The executor seam: a task for each item, in confined processes, and a dead worker costs its own item only."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Generic, TypeVar

from generator.media.children import sandbox
from generator.media.children.isolation import isolation

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_FOLDERS = 64

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are, after each one."""


@dataclass(frozen=True, slots=True)
class Done(Generic[ItemT, ResultT]):
    """An item and what became of it; None where it ended its worker twice, the second time alone."""

    item: ItemT
    result: ResultT | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The files that a worker may touch: what it may read, and folders that it may write, which are made if need be."""

    reads: tuple[Path, ...]
    writes: tuple[Path, ...]


WRITTEN_ROOMS = ("digests", "facts", "intake", "media", "unfinished")
"""What of the store a worker writes. Not pages, frames, the editors' program or the index: whoever takes a worker over by a
picture reaches no script that visitors run."""


def reach_of(paths: Iterable[Path], store_dir: Path) -> Reach:
    """To read the folders in which *paths* lie, and to read and write the rooms of the store that workers fill.

    Of very many folders, the folders above them: a rule for each costs every worker time as it starts.
    """
    folders = {path.absolute().parent for path in paths}
    while len(folders) > _FOLDERS:
        folders = {folder.parent for folder in folders}
    # Here a link is the operator's: the store may well lie on another disk.
    rooms = tuple(store_dir.resolve() / room for room in WRITTEN_ROOMS)
    return Reach(reads=tuple(sorted(folder.resolve() for folder in folders)), writes=rooms)


def each_done(
    task: Callable[[ItemT], ResultT], items: Iterable[ItemT], *, workers: int, reach: Reach | None = None
) -> Iterator[Done[ItemT, ResultT]]:
    """Carry out *task* for every item, at most *workers* at a time, and give each as it is done.

    Items begin in their order. *task*, items and results must be picklable, and *task* stand in a module that can be
    imported. Workers have no network, and no
    file beyond *reach*, where that is given and the machine can. With no workers (0) the work is done here, one
    after the other, without the confines of a worker: for tests and for looking into a fault. What *task* raises
    is raised.
    """
    if workers == 0:
        for item in items:
            yield Done(item, task(item))
        return
    waiting, suspects = deque(items), list[ItemT]()
    while waiting:
        yield from _until_broken(task, waiting, suspects, min(workers, len(waiting)), reach)
    # A dead worker breaks its whole pool. Which of the items under way killed it shows when each runs alone.
    for item in suspects:
        alone, dead = deque([item]), list[ItemT]()
        yield from _until_broken(task, alone, dead, 1, reach)
        if dead:
            yield Done(item, None)


def _until_broken(
    task: Callable[[ItemT], ResultT],
    waiting: deque[ItemT],
    suspects: list[ItemT],
    workers: int,
    reach: Reach | None,
) -> Iterator[Done[ItemT, ResultT]]:
    with _pool(workers, _with_code_of(task, reach) if reach else None) as pool:
        under_way: dict[Future[ResultT], ItemT] = {}
        while waiting or under_way:
            # No more than there are workers: what waits in the parent is no suspect when one dies.
            while waiting and len(under_way) < workers:
                item = waiting.popleft()
                try:
                    with _no_main_module():
                        under_way[pool.submit(task, item)] = item
                except BrokenProcessPool:
                    suspects += [item, *under_way.values()]
                    return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            is_broken = False
            for future in done:
                item = under_way.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    suspects.append(item)
                    is_broken = True
                else:
                    yield Done(item, result)
            if is_broken:
                suspects += under_way.values()
                return


def _with_code_of(task: Callable[[ItemT], ResultT], reach: Reach) -> Reach:
    """A worker learns its task only once it is confined, and must read the package that holds it."""
    package = sys.modules[task.__module__.partition(".")[0]]
    return dataclasses.replace(reach, reads=(*reach.reads, Path(package.__file__ or "").resolve().parent))


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Start workers without the module that the program began with, which each would import before anything else.

    So a worker is confined, and bound to the life of its parent, within milliseconds of its start; and before
    any library starts a thread, since a process with threads cannot leave the network by a user namespace.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _pool(workers: int, reach: Reach | None) -> Iterator[Executor]:
    """The one place that decides what carries out jobs."""
    for folder in reach.writes if reach else ():
        folder.mkdir(parents=True, exist_ok=True)
    others = set(multiprocessing.active_children())
    # spawn: the parent may run threads (mkdocs serve does), and its memory would count against the limit.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=sandbox.confine_worker,
        initargs=(os.getpid(), isolation(), reach.reads if reach else None, reach.writes if reach else ()),
    )
    try:
        yield pool
    except BaseException:
        # Ctrl-C must not wait for an encode of minutes.
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
