"""What pages show of a case's front matter in its author's own words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.case import Case
from generator.catalog.marks import Loc


def shown_texts(case: Case) -> Iterator[tuple[Loc, str]]:
    """Titles, summaries, alt texts and captions with their places, without the empty ones; not the body."""
    texts: list[tuple[Loc, str | None]] = [
        ((field,), getattr(case, field)) for field in ("title", "subtitle", "summary", "intro", "self_review")
    ]
    for i, picture in enumerate(case.pictures):
        texts += [(("pictures", i, "alt"), picture.alt), (("pictures", i, "caption"), picture.caption)]
    texts += [(("videos", i, "title"), video.title) for i, video in enumerate(case.videos)]
    texts += [(("attachments", i, "title"), attachment.title) for i, attachment in enumerate(case.attachments)]
    return ((loc, text) for loc, text in texts if text)
