"""What a report says of each case beside its faults: its title, and how much of each limit its texts use, its pictures."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.submission import Catalog, Submission
from generator.check.lengths import Length, lengths_of
from generator.check.privacy import masked

_SHOWN_BY_BROWSERS = frozenset({"JPEG", "PNG", "WEBP", "AVIF", "GIF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPicture:
    """A picture of the repository that opened as one, tells no place, and that a browser can show."""

    file: str  # from the folder that holds cases/
    alt: str  # masked


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """A case that was examined. Its title is masked, and empty where the front matter could not be read."""

    id: str
    file: str
    title: str = ""
    lengths: tuple[Length, ...] = ()
    pictures: tuple[SoundPicture, ...] = ()  # in the order of the case


def sheet_of(submission: Submission, campaign: Campaign | None) -> CaseSheet:
    """The sheet of a case, which may be unreadable, under its call, which may be, too."""
    case = submission.case
    return CaseSheet(
        id=submission.id,
        file=submission.file,
        title=masked(case.title) if case else "",
        lengths=tuple(lengths_of(submission, case, campaign)) if case and campaign else (),
        pictures=sound_pictures(submission),
    )


def sheets_of(catalog: Catalog) -> tuple[CaseSheet, ...]:
    """Every case of *catalog*, in its order, the unreadable ones among them."""
    return tuple(
        sheet_of(submission, catalog.campaigns.get(submission.campaign_id)) for submission in catalog.submissions
    )


def sound_pictures(submission: Submission) -> tuple[SoundPicture, ...]:
    """The pictures of front matter and body that may be shown as they were submitted, each once.

    What was refused, tells where it was taken, lies elsewhere or is no picture by its bytes is not among them.
    """
    gallery = submission.case.pictures if submission.case else ()
    named = [(picture.file, picture.alt) for picture in gallery]
    named += [(image.path, image.text) for image in submission.body.images]
    regular = {entry.path for entry in submission.files if entry.is_regular}
    folder = submission.file.rpartition("/")[0]
    found: dict[str, SoundPicture] = {}
    for path, alt in named:
        facts = submission.facts.get(path)
        if path not in regular or facts is None or facts.refusal or facts.picture is None:
            continue
        if facts.picture.has_gps or facts.picture.format not in _SHOWN_BY_BROWSERS:
            continue
        found.setdefault(path, SoundPicture(file=f"{folder}/{path}", alt=masked(alt)))
    return tuple(found.values())
