"""A case as lists show it: its badges, its picture, its first sentence."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping

from generator.catalog.case import Case, Honor
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import LEVELS
from generator.pages.groups import Entry
from generator.pages.media_views import AttachmentView, PictureView, VideoView
from generator.pages.views import Badge, Card

EXCERPT_LENGTH = 90
"""Characters of a card's text: two lines and a half on a phone."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The derivatives of every case, by ``(case id, path)``; what is not here is shown as a placeholder."""

    pictures: Mapping[tuple[str, str], PictureView] = dataclasses.field(default_factory=dict)
    videos: Mapping[tuple[str, str], VideoView] = dataclasses.field(default_factory=dict)
    documents: Mapping[tuple[str, str], AttachmentView] = dataclasses.field(default_factory=dict)
    captions: Mapping[tuple[str, str], str] = dataclasses.field(default_factory=dict)

    def picture(self, entry: Entry, path: str, alt: str, caption: str = "", credit: str = "") -> PictureView | None:
        """The picture of *entry* at *path* with its words, or None."""
        found = self.pictures.get((entry.id, path))
        return dataclasses.replace(found, alt=alt, caption=caption, credit=credit) if found else None


def badges(case: Case, vocabulary: Vocabulary) -> tuple[Badge, ...]:
    """Every honour, highest level first, the newest of equals first."""
    level_slugs = {level.name: level.slug for level in vocabulary.levels}

    def key(honor: Honor) -> tuple[int, int, int]:
        grade = vocabulary.grade_by_name.get(honor.grade)
        return -LEVELS.index(honor.level), -honor.year, grade.rank if grade else 99

    return tuple(
        Badge(
            text=f"{honor.level} · {honor.grade}",
            level_slug=level_slugs[honor.level],
            url=f"level/{level_slugs[honor.level]}/",
            year=honor.year,
            doc_no=honor.doc_no or "",
        )
        for honor in sorted(case.honors, key=key)
    )


def card(entry: Entry, shelf: Shelf, regions: Regions, vocabulary: Vocabulary) -> Card:
    """The card of a case. Its picture is the cover, else the first picture, else the poster of the first video."""
    case, campaign = entry.case, entry.campaign
    category = campaign.category(case.category)
    group = category.group if category else ""
    region = regions.by_slug.get(case.unit.region)
    return Card(
        url=entry.url,
        title=case.title,
        unit=case.unit.name,
        region=region.name if region else "",
        year=campaign.year,
        campaign=campaign.short_title,
        category=f"{group}案例" if group != "试点" else "试点项目",
        group_slug=next((term.slug for term in vocabulary.groups if term.name == group), "other"),
        badges=badges(case, vocabulary),
        picture=_cover(entry, shelf),
        excerpt=shortened(case.intro or case.summary, EXCERPT_LENGTH),
        cover=cover_of(entry.id),
        cover_words=cover_words(case.title),
    )


def _cover(entry: Entry, shelf: Shelf) -> PictureView | None:
    case = entry.case
    alts = {picture.file: picture.alt for picture in case.pictures}
    paths = ([case.cover] if case.cover else []) + [picture.file for picture in case.pictures]
    for path in paths:
        if found := shelf.picture(entry, path, alts.get(path, "")):
            return found
    for video in case.videos:
        found_video = shelf.videos.get((entry.id, video.file))
        if found_video and found_video.poster:
            return dataclasses.replace(found_video.poster, alt=video.title)
    return None


COVERS = 6
"""Patterns of covers: cover-0.svg to cover-5.svg of the theme."""

_COVER_LENGTH = (4, 18)
_PARTS = re.compile(r"[：:]|——|—| - ")


def cover_of(case_id: str) -> int:
    """The pattern of the cover of a case without a picture; a case keeps its own whatever becomes of others."""
    return hashlib.sha256(case_id.encode()).digest()[0] % COVERS


def cover_words(title: str) -> str:
    """What a cover says: the telling part of a title in two, else its beginning, else all of it.

    “芥菜加工课：车间连着讲台” gives “芥菜加工课”; the whole title stands below the cover.
    """
    least, most = _COVER_LENGTH
    parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
    fitting = [part for part in parts if least <= len(part) <= most]
    return fitting[0] if fitting else shortened(title, 2 * most)


def shortened(text: str, length: int) -> str:
    """The beginning of *text* on one line, cut with an ellipsis where it is longer than *length* characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip("，、；：,; ") + "…"
