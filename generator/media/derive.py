"""One job from its original to its derivatives on the shelf, and how it ended as a value."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import BinaryIO

from generator.catalog.facts import Refusal
from generator.errors import reason_of
from generator.media.children import sandbox
from generator.media.derivatives import (
    CaptionSet,
    Outcome,
    Result,
    Shelf,
)
from generator.media.memory import poster_job, recall, remember, with_poster
from generator.media.opening import digest_of, is_unchanged, known_digest, opened, state_of
from generator.media.pictures.cascade import make_pictures
from generator.media.recipe import CaptionRecipe, DocumentRecipe, Job, PictureRecipe, ShareCardRecipe, VideoRecipe
from generator.media.refusals import ToolFailedError, UnusableError, refusal
from generator.media.video.posters import without_pictures
from generator.store import Store

_CPU_S = 300
_FAILURES = frozenset({"limit", "changed", "tool-failed"})
_NOT_REMEMBERED = _FAILURES | {"missing", "not-regular"}


def derive(job: Job, store: Store) -> Outcome:
    """Carry out a job, unless its result is there already. A bad file is a value, never an exception.

    Raises:
        ToolError: a tool is missing.
    """
    remembered = recall(job, store)
    if remembered is not None:
        return remembered
    bare = without_pictures(job)
    if bare is not None:
        return _video_with_poster(job, bare, store)
    try:
        with sandbox.cpu_budget(_CPU_S):
            outcome = Outcome(job=job, state="made", result=_result(job, store))
    except UnusableError as error:
        outcome = _without_result(job, error.refusal)
    except ToolFailedError as error:
        return _without_result(job, refusal("tool-failed", str(error)), is_failure=True)
    except (OSError, MemoryError) as error:
        return _without_result(job, refusal("tool-failed", _told(error)), is_failure=True)
    if outcome.refusal is None or outcome.refusal.reason not in _NOT_REMEMBERED:
        remember(outcome, store)
    return outcome


def _told(error: OSError | MemoryError) -> str:
    """The fault, without the places on this machine that an exception names."""
    return reason_of(error) if isinstance(error, OSError) and error.strerror else type(error).__name__


def _without_result(job: Job, why: Refusal, *, is_failure: bool = False) -> Outcome:
    is_failed = is_failure or why.reason in _FAILURES
    return Outcome(job=job, state="failed" if is_failed else "refused", refusal=why)


def _result(job: Job, store: Store) -> Result:
    path = Path(job.source)
    with opened(path, path.name) as file:
        before = state_of(file)
        # The probe has just read all of it: its word is taken, since at the end the file must stand as it stood.
        if (known_digest(path, store) or digest_of(file)) != job.source_sha256:
            raise UnusableError("changed")
        result = _made(job, path, file, Shelf(store, job.key))
        if not is_unchanged(path, file, before, job.source_sha256):
            raise UnusableError("changed")
        return result


def _made(job: Job, path: Path, file: BinaryIO, shelf: Shelf) -> Result:
    """What the recipe asks for; the libraries of a kind are loaded by the first file of that kind, and no sooner."""
    match job.recipe:
        case PictureRecipe() as recipe:
            still = make_pictures(file, recipe, shelf)
            if recipe.motion is None:
                return still
            from generator.media.pictures.motion import make_motion

            return dataclasses.replace(still, motion=make_motion(path, file, recipe.motion, shelf))
        case VideoRecipe() as recipe:
            from generator.media.video.encode import make_renditions

            return make_renditions(path, file, recipe, shelf)
        case DocumentRecipe() as recipe:
            from generator.media.documents.document import make_document

            return make_document(path, file, recipe, shelf)
        case CaptionRecipe() as recipe:
            from generator.media import captions

            data = captions.webvtt(captions.read_captions(file, recipe))
            return CaptionSet(files=(shelf.put("captions", "text/vtt", data),))
        case ShareCardRecipe() as recipe:
            from generator.media.sharing.card import make_card

            return make_card(file.read(), recipe, shelf)


def _video_with_poster(job: Job, bare: Job, store: Store) -> Outcome:
    """Two jobs under keys of their own, so that other pictures of a still encode no video again."""
    video = derive(bare, store)
    pictures = poster_job(job, video, store)
    if pictures is None:
        return dataclasses.replace(video, job=job)
    return dataclasses.replace(with_poster(job, video, derive(pictures, store)), state="made")
