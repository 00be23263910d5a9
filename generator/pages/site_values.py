"""What pages are made from, computed once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.submission import Catalog
from generator.pages.call_views import CampaignCard
from generator.pages.cards import Shelf
from generator.pages.groups import Entry, Group
from generator.pages.related import Near
from generator.pages.site_facts import PreviewKind
from generator.pages.views import Card, GroupLinks, LinkView

HOME = LinkView(text="首页", url="")
ALL_CASES = LinkView(text="全部案例", url="cases/")
CALLS = LinkView(text="征集活动", url="campaigns/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteValues:
    """What every page is made from."""

    catalog: Catalog
    shelf: Shelf
    entries: tuple[Entry, ...]  # public cases in the order of lists
    waiting: tuple[Entry, ...]  # cases of calls that are 公示中: their award list alone names them
    groups: dict[str, tuple[Group, ...]]
    cards_by_id: dict[str, Card]
    campaigns: Sequence[Campaign]  # newest first
    calls: dict[str, CampaignCard]
    near: Near  # which cases are near each other
    links: tuple[GroupLinks, ...]
    guides: tuple[LinkView, ...]  # for people who hand in
    site_name: str
    site_url: str
    preview: PreviewKind = ""

    def cards(self, entries: Sequence[Entry]) -> tuple[Card, ...]:
        """The cards of *entries*, in their order."""
        return tuple(self.cards_by_id[entry.id] for entry in entries)
