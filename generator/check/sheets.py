"""What a report says of each case beside its faults: its title, and how much of each limit its texts use."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.submission import Catalog, Submission
from generator.check.lengths import Length, lengths_of
from generator.check.privacy import masked


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """A case that was examined. Its title is masked, and empty where the front matter could not be read."""

    id: str
    file: str
    title: str = ""
    lengths: tuple[Length, ...] = ()


def sheet_of(submission: Submission, campaign: Campaign | None) -> CaseSheet:
    """The sheet of a case, which may be unreadable, under its call, which may be, too."""
    case = submission.case
    return CaseSheet(
        id=submission.id,
        file=submission.file,
        title=masked(case.title) if case else "",
        lengths=tuple(lengths_of(submission, case, campaign)) if case and campaign else (),
    )


def sheets_of(catalog: Catalog) -> tuple[CaseSheet, ...]:
    """Every case of *catalog*, in its order, the unreadable ones among them."""
    return tuple(
        sheet_of(submission, catalog.campaigns.get(submission.campaign_id)) for submission in catalog.submissions
    )
