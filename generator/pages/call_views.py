"""What the pages of calls and award lists show, and the pages that list calls, as values."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.views import Badge, Card, GroupLinks, LinkView


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
class CampaignView:
    """A call's page."""

    card: CampaignCard
    doc_no: str
    issued: str
    issuer_level: str
    summary: str
    based_on: tuple[str, ...]
    parent: LinkView | None
    amends: LinkView | None
    amended_by: tuple[LinkView, ...]
    route: tuple[str, ...]
    channels: tuple[str, ...]
    eligibility: tuple[tuple[str, tuple[str, ...]], ...]
    categories: tuple[Row, ...]
    timeline: tuple[Row, ...]
    limits: tuple[Row, ...]
    formats: tuple[Row, ...]
    sections: tuple[Row, ...]
    topics: tuple[Row, ...]
    quotas: tuple[Row, ...]
    awards: tuple[Row, ...]
    materials: tuple[Row, ...]
    stages: tuple[Row, ...]
    statements: tuple[tuple[str, tuple[Row, ...]], ...]
    consent: tuple[Row, ...]
    surveys: tuple[SurveyView, ...]
    links: tuple[LinkView, ...]
    contact: str
    notice: str  # Markdown
    newest: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A line of an award list."""

    number: int  # within its grade
    anchor: str
    is_first: bool  # of the rows of its case: the one that carries the anchor
    category: str
    title: str
    url: str
    unit: str
    region: str
    others: tuple[Badge, ...]  # honours on other levels


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """A grade's share, wished and actual."""

    grade: str
    wished_share: int
    proposal: int  # by largest remainder
    actual: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """An award list."""

    campaign: CampaignCard
    grades: tuple[tuple[str, tuple[ResultRow, ...]], ...]
    total: int
    level: str
    shares: tuple[ShareRow, ...]
    rate: str  # a sentence on the rate of awards, or that the number of submissions is not registered
    ratio_source: Row | None
    publication: tuple[str, str, str]  # from, to, where to object


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsView:
    """All calls."""

    campaigns: tuple[CampaignCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """Every group and call, for people."""

    groups: tuple[GroupLinks, ...]
    campaigns: tuple[CampaignCard, ...]
