"""A video and its poster are two jobs: other pictures of the same still encode no video again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from generator.media.recipe import Job, VideoRecipe
from generator.media.tools import tool_of
from generator.store import Store


def without_pictures(job: Job) -> Job | None:
    """The job of the video and its still alone; None where *job* is that already, or makes no video."""
    recipe = job.recipe
    if not isinstance(recipe, VideoRecipe) or recipe.poster is None or recipe.poster.picture is None:
        return None
    bare = dataclasses.replace(recipe, poster=dataclasses.replace(recipe.poster, picture=None))
    return dataclasses.replace(job, recipe=bare)


def pictures_of(job: Job, still_path: Path, still_sha256: str, store: Store) -> Job | None:
    """The job that makes the poster's pictures of the still that was kept for *job*; None where it wants none.

    Raises:
        ToolError: a tool is missing.
    """
    poster = job.recipe.poster if isinstance(job.recipe, VideoRecipe) else None
    if poster is None or poster.picture is None:
        return None
    return Job(
        source=str(still_path), source_sha256=still_sha256, recipe=poster.picture, tool=tool_of(poster.picture, store)
    )
