"""What the media room made, as the views that pages show."""

from __future__ import annotations

from collections.abc import Mapping

from generator.media.derivatives import (
    CaptionSet,
    Derivative,
    DocumentSet,
    Outcome,
    PictureSet,
    Result,
    VideoSet,
)
from generator.media.recipe import ShareCardRecipe
from generator.pages.cards import Shelf
from generator.pages.media_views import AttachmentView, PictureView, SharePicture, SourceFile, VideoView
from generator.pages.sources import video_sources


def shelf(results: Mapping[tuple[str, str], Result]) -> Shelf:
    """The derivatives of every case by ``(case id, path)``; words are added by who shows them."""
    pictures: dict[tuple[str, str], PictureView] = {}
    videos: dict[tuple[str, str], VideoView] = {}
    documents: dict[tuple[str, str], AttachmentView] = {}
    captions: dict[tuple[str, str], str] = {}
    for place, result in results.items():
        if isinstance(result, PictureSet):
            pictures[place] = _picture(result)
            documents[place] = _picture_to_download(result)
        elif isinstance(result, VideoSet):
            videos[place] = VideoView(
                title="",
                width_px=result.width_px,
                height_px=result.height_px,
                duration_s=result.duration_s,
                files=video_sources(_file(file) for file in result.files),
                poster=_picture(result.poster) if result.poster else None,
                storyboard=result.storyboard.name if result.storyboard else "",
            )
        elif isinstance(result, CaptionSet):
            captions[place] = result.files[0].name
        elif isinstance(result, DocumentSet):
            documents[place] = AttachmentView(
                title="",
                kind="",
                extension=result.files[0].name.rsplit(".", 1)[-1],
                name=result.files[0].name,
                download_as="",
                bytes=result.bytes,
                pages=result.pages,
                first_page=_picture(result.first_page) if result.first_page else None,
            )
    return Shelf(pictures=pictures, videos=videos, documents=documents, captions=captions)


def share_pictures(drawn: Mapping[str, Outcome]) -> dict[str, SharePicture]:
    """The cards that could be drawn, by the address of their page; their words are what they say."""
    found = {}
    for url, outcome in drawn.items():
        if isinstance(outcome.result, PictureSet) and isinstance(outcome.job.recipe, ShareCardRecipe):
            card = outcome.result.files[0]
            found[url] = SharePicture(
                name=card.name,
                media_type=card.media_type,
                width_px=outcome.result.width_px,
                height_px=outcome.result.height_px,
                alt=outcome.job.recipe.title,
            )
    return found


def _file(file: Derivative) -> SourceFile:
    return SourceFile(
        name=file.name, media_type=file.media_type, width_px=file.width_px or 0, height_px=file.height_px or 0
    )


def _picture(made: PictureSet) -> PictureView:
    return PictureView(
        width_px=made.width_px,
        height_px=made.height_px,
        placeholder=made.placeholder,
        files=tuple(_file(file) for file in made.files),
        alt="",
        motion=made.motion.name if made.motion else "",
    )


def _picture_to_download(made: PictureSet) -> AttachmentView:
    """A picture among the supporting material: its largest JPEG is the download; the original is never published."""
    largest = [file for file in made.files if file.media_type == "image/jpeg"][-1]
    return AttachmentView(
        title="",
        kind="",
        extension="jpg",
        name=largest.name,
        download_as="",
        bytes=largest.bytes,
        pages=None,
        first_page=_picture(made),
    )
