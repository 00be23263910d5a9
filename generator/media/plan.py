"""Which files of a case become what: one job for each file that its text names. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.submission import Submission
from generator.media.recipe import CaptionRecipe, DocumentRecipe, Job, PictureRecipe, Recipe, VideoRecipe
from generator.media.tools import tool_of

_PICTURE, _VIDEO, _CAPTION, _DOCUMENT = PictureRecipe(), VideoRecipe(), CaptionRecipe(), DocumentRecipe()


def wanted(submission: Submission) -> dict[str, Recipe]:
    """Recipe by path, for every file that the case shows and the probe accepted."""
    found: dict[str, Recipe] = {}
    for path, recipe in _named(submission):
        facts = submission.facts.get(path)
        if facts is not None and facts.refusal is None:
            found[path] = recipe
    return found


def jobs(submission: Submission, case_dir: str) -> dict[str, Job]:
    """The jobs of a case by path; *case_dir* is its folder's absolute path.

    Raises:
        ToolError: a tool that a recipe needs is missing.
    """
    return {
        path: Job(
            source=f"{case_dir}/{path}",
            source_sha256=submission.facts[path].sha256,
            recipe=recipe,
            tool=tool_of(recipe),
        )
        for path, recipe in wanted(submission).items()
    }


def _named(submission: Submission) -> Iterator[tuple[str, Recipe]]:
    case = submission.case
    if case is None:
        return
    if case.cover:
        yield case.cover, _PICTURE
    for picture in case.pictures:
        yield picture.file, _PICTURE
    for image in submission.body.images:
        yield image.path, _PICTURE
    for video in case.videos:
        yield video.file, _VIDEO
        if video.captions:
            yield video.captions, _CAPTION
        if video.poster:
            yield video.poster, _PICTURE
    for attachment in case.attachments:
        facts = submission.facts.get(attachment.file)
        yield attachment.file, _PICTURE if facts and facts.kind == "picture" else _DOCUMENT
