"""What is measured of this project, as a program of its own: ``python -m benches.ours TASK JSON``.

A child, so that its start and imports count as they do for the peers. Prints JSON: what it made or found.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from generator.catalog.facts import Facts
from generator.media import execute
from generator.media.derivatives import Outcome, file_of, files_of
from generator.media.opening import digest_of, opened, remember_digest
from generator.media.recipe import RENDITIONS, DocumentRecipe, Job, PictureRecipe, Recipe, VideoRecipe
from generator.media.tools import tool_of
from generator.store import Store


def job_for(source: str, recipe: Recipe, store: Store) -> Job:
    """The job for the file at *source*, whose hash is found out and remembered as by the probe of a build."""
    path = Path(source)
    with opened(path, path.name) as file:
        sha256 = digest_of(file)
    remember_digest(path, sha256, store)
    return Job(source=source, source_sha256=sha256, recipe=recipe, tool=tool_of(recipe, store))


def pictures(wanted: Sequence[dict[str, Any]], store: str) -> list[list[str]]:
    """Derives each of *wanted* (its "source" and fields of the recipe) here, one after the other; gives the files of each."""
    kept = Store(Path(store))
    return _derived([job_for(one["source"], _recipe(one), kept) for one in wanted], kept)


def _recipe(wanted: dict[str, Any]) -> PictureRecipe:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in wanted.items()
    }
    fields.pop("source")
    return PictureRecipe(**fields)


def video(source: str, store: str, names: Sequence[str], may_copy: bool) -> list[str]:
    """Derives a video with the renditions of those *names* and everything beside them; gives its files."""
    renditions = tuple(rendition for rendition in RENDITIONS if rendition.name in names)
    recipe = dataclasses.replace(VideoRecipe(), renditions=renditions, copies_conforming=may_copy)
    kept = Store(Path(store))
    return _derived([job_for(source, recipe, kept)], kept)[0]


def _derived(jobs: Sequence[Job], store: Store) -> list[list[str]]:
    outcomes = execute.derive_all(jobs, store, workers=0)
    return [_files(outcomes[job.key], store) for job in jobs]


def _files(outcome: Outcome, store: Store) -> list[str]:
    if outcome.state != "made" or outcome.result is None:
        raise RuntimeError(f"{outcome.job.source}: {outcome.state} {outcome.refusal}")
    return [str(file_of(derivative, store)) for derivative in files_of(outcome.result)]


def warm(folder: str, store: str, workers: int) -> dict[str, int]:
    """Facts, jobs and derivatives of every picture in *folder*, as a build asks for them.

    Gives how many there are, how many were found derived, and how often a picture was opened and one saved here;
    with no workers (0) that is all there was.
    """
    # Only here: the other tasks probe nothing, and the libraries of all kinds of files would count as theirs.
    from generator.media.probe import probe_all

    calls = {"opened": 0, "saved": 0}
    _count(calls)
    kept = Store(Path(store))
    files = [(path, path.name) for path in sorted(Path(folder).iterdir())]
    facts = probe_all(files, kept, workers=workers)
    recipe = PictureRecipe()
    outcomes = execute.derive_all(
        [_job_of(path, one, recipe, kept) for path, one in facts.items()], kept, workers=workers
    )
    hits = sum(outcome.state == "hit" for outcome in outcomes.values())
    derivatives = sum(len(files_of(outcome.result)) for outcome in outcomes.values() if outcome.result)
    return {"pictures": len(files), "hits": hits, "derivatives": derivatives, **calls}


def _job_of(path: str, facts: Facts, recipe: Recipe, store: Store) -> Job:
    return Job(source=path, source_sha256=facts.sha256, recipe=recipe, tool=tool_of(recipe, store))


def _count(calls: dict[str, int]) -> None:
    """Counts in *calls* what is decoded and encoded from here on: Pillow is the only way to either."""

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            calls[name] += 1
            return function(*arguments, **options)

        return call

    Image.open = counted("opened", Image.open)
    Image.Image.save = counted("saved", Image.Image.save)  # type: ignore[method-assign]


def peak(source: str, store: str) -> float:
    """The largest resident memory, in MB, of a fresh worker that derives the picture at *source*, and of its children."""
    # Only here: these load what derives, which a warm run does without.
    from benches.worker import Task, peak_of
    from generator.media.workers import each_done

    kept = Store(Path(store))
    task = Task(job_for(source, PictureRecipe(), kept), kept)
    (done,) = each_done(peak_of, [task], workers=1)
    if done.result is None:
        raise RuntimeError(f"{source} ended its worker")
    return done.result


def queue(
    videos: Sequence[str], documents: Sequence[str], photographs: Sequence[str], store: str, workers: int
) -> dict[str, float]:
    """A mixed queue through the executor, the short jobs named first.

    Gives its wall seconds, the CPU seconds of the workers and their children, and how many of the short jobs
    ended before the first video did.
    """
    kept = Store(Path(store))
    short = [job_for(source, PictureRecipe(), kept) for source in photographs]
    short += [job_for(source, DocumentRecipe(), kept) for source in documents]
    long = [job_for(source, VideoRecipe(), kept) for source in videos]
    began_s, began_cpu_s = time.monotonic(), _cpu_s()
    outcomes = execute.derive_all([*short, *long], kept, workers=workers)
    wall_s, cpu_s = time.monotonic() - began_s, _cpu_s() - began_cpu_s
    ended = {key: _ended_at(_files(outcome, kept)) for key, outcome in outcomes.items()}
    first_video = min(ended[job.key] for job in long)
    return {"wall_s": wall_s, "cpu_s": cpu_s, "before": sum(ended[job.key] < first_video for job in short)}


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _ended_at(files: Sequence[str]) -> int:
    """When the last of them was written; of a video, which is followed by its poster, the last MP4."""
    films = [path for path in files if path.endswith(".mp4")]
    return max(Path(path).stat().st_mtime_ns for path in films or files)


TASKS: dict[str, Callable[..., Any]] = {
    "pictures": pictures,
    "video": video,
    "warm": warm,
    "peak": peak,
    "queue": queue,
}


if __name__ == "__main__":
    name, arguments = sys.argv[1:]
    print(json.dumps(TASKS[name](**json.loads(arguments))))
