"""Calls that are under way, and the date that their present step ends on. Nothing here knows what day it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.catalog.campaign import Campaign, Moment
from generator.pages.call_views import CampaignCard
from generator.pages.figure_views import OpenCall

STATUSES = ("征集中", "公示中", "评审中")
"""Most pressing first: what one can hand in, what one can object to, what one waits for."""


def open_calls(campaigns: Sequence[Campaign], cards: Mapping[str, CampaignCard]) -> tuple[OpenCall, ...]:
    """The calls whose status says that they are under way, by status, in each the earliest date first."""
    found = [_open_call(campaign, cards[campaign.id]) for campaign in campaigns if campaign.status in STATUSES]
    return tuple(
        sorted(found, key=lambda call: (STATUSES.index(call.card.status), call.deadline or "9", call.card.url))
    )


def _open_call(campaign: Campaign, card: CampaignCard) -> OpenCall:
    """With the last day to hand in; during 公示 with its last day, while judging with the next step's."""
    if campaign.status == "公示中" and campaign.publication:
        last = campaign.publication.to
        return OpenCall(
            card=card,
            what="公示截止",
            deadline=last.isoformat() if last else "",
            was="",
            note=campaign.publication.objections,
        )
    moment = _closing(campaign, card.deadline) if campaign.status == "征集中" else _following(campaign, card.deadline)
    return OpenCall(
        card=card,
        what=moment.what if moment else "",
        deadline=_ends(moment) if moment else "",
        was=moment.was.isoformat() if moment and moment.was else "",
        note="",
    )


def _ends(moment: Moment) -> str:
    last = moment.to or moment.from_
    return last.isoformat() if last else ""


def _closing(campaign: Campaign, deadline: str) -> Moment | None:
    """The step that ends on the last day to hand in."""
    return next((moment for moment in campaign.timeline if deadline and _ends(moment) == deadline), None)


def _following(campaign: Campaign, deadline: str) -> Moment | None:
    """The first step that ends after that day."""
    later = [moment for moment in campaign.timeline if _ends(moment) > deadline]
    return min(later, key=_ends, default=None)
