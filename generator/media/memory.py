"""How jobs ended, remembered: each by itself, and those of a folder as one, so that a warm run opens few files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from generator.catalog.facts import Refusal
from generator.media.derivatives import (
    ROOM,
    CaptionSet,
    DocumentSet,
    Outcome,
    PictureSet,
    VideoSet,
    file_of,
    files_of,
)
from generator.media.recipe import Job
from generator.media.video.posters import pictures_of, without_pictures
from generator.store import Store, key_of

_SUFFIX = ".json"
_TOGETHER = ".jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    """What is remembered of a job that came to its end; exactly one field is set."""

    picture: PictureSet | None = None
    video: VideoSet | None = None
    caption: CaptionSet | None = None
    document: DocumentSet | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Together:
    """The manifests of several jobs, and the names of those that they were taken from: no sweep may take those."""

    manifests: tuple[_Manifest, ...]
    names: tuple[str, ...]


_MANIFESTS = msgspec.json.Decoder(_Manifest)
_TOGETHERS = msgspec.json.Decoder(_Together)


def remember(outcome: Outcome, store: Store) -> None:
    """Write down how a job ended, after all its files: a manifest without its files cannot exist."""
    store.keep(ROOM, outcome.job.key, _told(_manifest_of(outcome)), _SUFFIX)


def recall(job: Job, store: Store) -> Outcome | None:
    """How that job ended before, or None: never run, failed, or a file of it is gone or has another size."""
    bare = without_pictures(job)
    if bare is not None:
        return _recall_with_poster(job, bare, store)
    told = store.read(ROOM, job.key, _SUFFIX)
    if told is None:
        return None
    try:
        return _outcome_of(job, _MANIFESTS.decode(told), store)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def recall_together(jobs: Mapping[str, Job], store: Store) -> dict[str, Outcome]:
    """How *jobs*, by their keys, ended before, as far as all of them were remembered together.

    Left out is a job of which a file is gone or has another size; what is left out, `recall` may still know.
    """
    told = store.read(ROOM, _key_together(jobs), _TOGETHER)
    if told is None:
        return {}
    try:
        known = _TOGETHERS.decode(told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    store.name((ROOM, name) for name in known.names)
    ended = {key: _outcome_of(job, one, store) for (key, job), one in zip(jobs.items(), known.manifests, strict=False)}
    return {key: outcome for key, outcome in ended.items() if outcome}


def remember_together(jobs: Mapping[str, Job], outcomes: Mapping[str, Outcome], store: Store) -> None:
    """Write down how *jobs*, by their keys, ended, if each of them is remembered: what failed is tried again."""
    names = [name for job in jobs.values() for name in _manifest_names(job, store)]
    if all(store.find(ROOM, name) for name in names):
        manifests = tuple(_manifest_of(outcomes[key]) for key in jobs)
        store.keep(ROOM, _key_together(jobs), _told(_Together(manifests=manifests, names=tuple(names))), _TOGETHER)


def _key_together(jobs: Mapping[str, Job]) -> str:
    return key_of("jobs together", list(jobs))


def _manifest_of(outcome: Outcome) -> _Manifest:
    result = outcome.result
    return _Manifest(
        picture=result if isinstance(result, PictureSet) else None,
        video=result if isinstance(result, VideoSet) else None,
        caption=result if isinstance(result, CaptionSet) else None,
        document=result if isinstance(result, DocumentSet) else None,
        refusal=outcome.refusal,
    )


def _manifest_names(job: Job, store: Store) -> list[str]:
    bare = without_pictures(job)
    if bare is None:
        return [job.key + _SUFFIX]
    video = recall(bare, store)
    poster = video and poster_job(job, video, store)
    return [one.key + _SUFFIX for one in (bare, poster) if one]


def _outcome_of(job: Job, manifest: _Manifest, store: Store) -> Outcome | None:
    result = manifest.picture or manifest.video or manifest.caption or manifest.document
    if result is None:
        return Outcome(job=job, state="refused", refusal=manifest.refusal)
    still = (result.still.file,) if isinstance(result, VideoSet) and result.still else ()
    if store.holds(ROOM, [(file.name, file.bytes) for file in (*files_of(result), *still)]):
        return Outcome(job=job, state="hit", result=result)
    return None


def _told(value: _Manifest | _Together) -> bytes:
    # Words of a refusal may hold half a character, which no UTF-8 has.
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _recall_with_poster(job: Job, bare: Job, store: Store) -> Outcome | None:
    video = recall(bare, store)
    if video is None:
        return None
    pictures = poster_job(job, video, store)
    if pictures is None:
        return dataclasses.replace(video, job=job)
    poster = recall(pictures, store)
    return poster and with_poster(job, video, poster)


def poster_job(job: Job, video: Outcome, store: Store) -> Job | None:
    """The job of the poster that belongs to a video made for *job*; None where there is no still.

    Raises:
        ToolError: a tool is missing.
    """
    if not isinstance(video.result, VideoSet) or video.result.still is None:
        return None
    still = video.result.still
    return pictures_of(job, file_of(still.file, store).absolute(), still.sha256, store)


def with_poster(job: Job, video: Outcome, poster: Outcome) -> Outcome:
    """How *job* ended whose two parts ended as given; a poster that failed costs only itself."""
    if not isinstance(video.result, VideoSet):
        return dataclasses.replace(video, job=job)
    picture = poster.result if isinstance(poster.result, PictureSet) else None
    return Outcome(job=job, state=video.state, result=video.result.with_poster(picture))
