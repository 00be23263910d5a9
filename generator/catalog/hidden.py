"""What documents tell beside their pages, and which of them stay off the site for it."""

from __future__ import annotations

from generator.catalog.campaign import Campaign
from generator.catalog.case import Attachment
from generator.catalog.facts import Facts
from generator.catalog.submission import Submission
from generator.catalog.values import HiddenData

_ABOUT_THE_TEXT = frozenset({"title", "subject", "keywords", "description", "made with"})


def told_by(facts: Facts) -> tuple[str, ...]:
    """What a document tells of people and places beside its pages, each kind once; nothing of what is no document."""
    properties = facts.document.properties if facts.document else ()
    return tuple(dict.fromkeys(name for name, value in properties if value.strip() and name not in _ABOUT_THE_TEXT))


def handling(attachment: Attachment, campaign: Campaign | None) -> HiddenData:
    """What becomes of it: as the attachment says, else its campaign, else removed."""
    return attachment.hidden or (campaign.documents.hidden if campaign else "清除")


def held_back(submission: Submission, campaign: Campaign | None) -> dict[str, tuple[str, ...]]:
    """The attachments that are not published for what they tell, by path; their case is."""
    found: dict[str, tuple[str, ...]] = {}
    for attachment in submission.case.attachments if submission.case else ():
        facts = submission.facts.get(attachment.file)
        told = told_by(facts) if facts else ()
        if told and handling(attachment, campaign) == "扣留":
            found[attachment.file] = told
    return found
