"""What a call's page shows, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.call_views import CampaignCard, Row, SurveyView
from generator.pages.draft import Draft
from generator.pages.quotas import ReceivedTable, Use
from generator.pages.topictree import TopicBranch
from generator.pages.views import Card, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """What people ask first, with the call's answer in short and the section that says all of it."""

    question: str
    answers: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaView:
    """A quota; where it names its place, how many of it are published."""

    row: Row
    use: Use | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A call's page."""

    card: CampaignCard
    doc_no: str
    issued: str
    issuer_level: str
    summary: str
    facts: tuple[FactView, ...]
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
    draft: Draft | None
    topics: tuple[TopicBranch, ...]
    quotas: tuple[QuotaView, ...]
    received: ReceivedTable | None
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
    guides: tuple[LinkView, ...]  # how to hand in, while that is possible
