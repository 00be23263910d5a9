"""The executor seam: a task for each item, in confined processes, and a dead worker costs its own item only."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.media import sandbox

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are, after each one."""


@dataclass(frozen=True, slots=True)
class Done(Generic[ItemT, ResultT]):
    """An item and what became of it; None where it ended its worker twice, the second time alone."""

    item: ItemT
    result: ResultT | None


def each_done(
    task: Callable[[ItemT], ResultT], items: Iterable[ItemT], *, workers: int
) -> Iterator[Done[ItemT, ResultT]]:
    """Carry out *task* for every item, at most *workers* at a time, and give each as it is done.

    Items begin in their order. *task*, items and results must be picklable. With no workers (0) the
    work is done here, one after the other, without the limits of a worker. What *task* raises is raised.
    """
    if workers == 0:
        for item in items:
            yield Done(item, task(item))
        return
    waiting, suspects = deque(items), list[ItemT]()
    while waiting:
        yield from _until_broken(task, waiting, suspects, min(workers, len(waiting)))
    # A dead worker breaks its whole pool. Which of the items under way killed it shows when each runs alone.
    for item in suspects:
        alone, dead = deque([item]), list[ItemT]()
        yield from _until_broken(task, alone, dead, 1)
        if dead:
            yield Done(item, None)


def _until_broken(
    task: Callable[[ItemT], ResultT], waiting: deque[ItemT], suspects: list[ItemT], workers: int
) -> Iterator[Done[ItemT, ResultT]]:
    with _pool(workers) as pool:
        under_way: dict[Future[ResultT], ItemT] = {}
        while waiting or under_way:
            # No more than there are workers: what waits in the parent is no suspect when one dies.
            while waiting and len(under_way) < workers:
                item = waiting.popleft()
                try:
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


@contextlib.contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """The one place that decides what carries out jobs."""
    others = set(multiprocessing.active_children())
    # spawn: the parent may run threads (mkdocs serve does), and its memory would count against the limit.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=sandbox.confine_worker,
        initargs=(os.getpid(),),
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
