"""Which files of a case become what: one job for each file that its text names. Values in, values out."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.submission import Submission
from generator.media.recipe import (
    CaptionRecipe,
    DocumentRecipe,
    Job,
    MotionRecipe,
    PictureRecipe,
    PosterRecipe,
    Recipe,
    ShareCardRecipe,
    VideoRecipe,
    poster_picture,
)
from generator.media.sharing.font import font_digest, font_file
from generator.media.tools import tool_of
from generator.store import Store

_PREVIEW_SPEED = 9  # of AVIF: a third of the time for 4 % more bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipes:
    """What is made of each kind of file."""

    picture: PictureRecipe
    moving: PictureRecipe  # of a picture that moves
    video: VideoRecipe
    caption: CaptionRecipe
    document: DocumentRecipe


def recipes(*, is_preview: bool = False) -> Recipes:
    """The recipes of the site; for a preview, pictures are made faster and a little larger."""
    picture = PictureRecipe(avif_speed=_PREVIEW_SPEED) if is_preview else PictureRecipe()
    return Recipes(
        picture=picture,
        moving=dataclasses.replace(picture, motion=MotionRecipe()),
        video=VideoRecipe(poster=PosterRecipe(picture=poster_picture(picture))),
        caption=CaptionRecipe(),
        document=DocumentRecipe(),  # a preview must not clean every document again
    )


def wanted(submission: Submission, by_kind: Recipes, held_back: Collection[str] = ()) -> dict[str, Recipe]:
    """Recipe by path, for every file that the case shows and the probe accepted, but the documents *held_back*."""
    found: dict[str, Recipe] = {}
    for path, recipe in _named(submission, by_kind):
        facts = submission.facts.get(path)
        is_held_back = path in held_back and isinstance(recipe, DocumentRecipe)
        if facts is not None and facts.refusal is None and not is_held_back:
            found[path] = recipe
    return found


def jobs(
    submission: Submission,
    places: Mapping[str, Path],
    by_kind: Recipes,
    held_back: Collection[str] = (),
    store: Store | None = None,
) -> dict[str, Job]:
    """The jobs of a case by path; *places* says where each of its files stands, as absolute paths.

    Documents *held_back* have none.

    Raises:
        ToolError: a tool that a recipe needs is missing.
    """
    return {
        path: Job(
            source=str(places[path]),
            source_sha256=submission.facts[path].sha256,
            recipe=recipe,
            tool=tool_of(recipe, store),
        )
        for path, recipe in wanted(submission, by_kind, held_back).items()
    }


def card_job(recipe: ShareCardRecipe, store: Store) -> Job:
    """The job that draws a picture for sharing; its original is the font, so that another font draws it anew."""
    return Job(source=str(font_file()), source_sha256=font_digest(store), recipe=recipe, tool=tool_of(recipe))


def _named(submission: Submission, by_kind: Recipes) -> Iterator[tuple[str, Recipe]]:
    case = submission.case
    if case is None:
        return

    def picture(path: str) -> PictureRecipe:
        facts = submission.facts.get(path)
        # Of what moves, only a GIF is so slow and so large that a video serves people better.
        is_moving = facts and facts.picture and facts.picture.is_animated and facts.picture.format == "GIF"
        return by_kind.moving if is_moving else by_kind.picture

    if case.cover:
        yield case.cover, picture(case.cover)
    for shown in case.pictures:
        yield shown.file, picture(shown.file)
    for image in submission.body.images:
        yield image.path, picture(image.path)
    for video in case.videos:
        yield video.file, by_kind.video
        if video.captions:
            yield video.captions, by_kind.caption
        if video.poster:
            yield video.poster, by_kind.picture
    for attachment in case.attachments:
        facts = submission.facts.get(attachment.file)
        is_picture = facts is not None and facts.kind == "picture"
        yield attachment.file, picture(attachment.file) if is_picture else by_kind.document
