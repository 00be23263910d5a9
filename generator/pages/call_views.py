"""What the pages of calls and award lists show, and the pages that list calls, as values."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.views import GroupLinks, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCard:
    """A call in a list."""

    url: str
    title: str
    short_title: str
    issuer: str
    year: int
    kind: str
    status: str
    count: int
    results_url: str
    results_title: str  # “获奖名单”, of pilots “试点名单”
    deadline: str  # ISO date of the last day to hand in, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table of the call: cells, the clause, the quotation, and what must be said beside it."""

    cells: tuple[str, ...]
    clause: str = ""
    quote: str = ""
    note: str = ""
    is_ambiguous: bool = False
    inherited: str = ""
    was: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """A questionnaire; the QR code is SVG made by the build."""

    audience: str
    url: str
    closed: bool
    qr_svg: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsView:
    """All calls, and the guides for people who hand in."""

    campaigns: tuple[CampaignCard, ...]
    guides: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """Every group and call, for people, and the guides."""

    guides: tuple[LinkView, ...]
    groups: tuple[GroupLinks, ...]
    campaigns: tuple[CampaignCard, ...]
