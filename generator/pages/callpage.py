"""A call's page: everything its data says, as tables of rows that carry their clause."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno

from generator.catalog.campaign import Campaign, Moment, Survey
from generator.catalog.places import Regions
from generator.pages.call_views import CampaignCard, CampaignView, SurveyView
from generator.pages.callrows import (
    award_rows,
    clause_row,
    format_row,
    limit_row,
    moment_row,
    quota_row,
    section_row,
    statement_rows,
    topic_row,
)
from generator.pages.views import Card, LinkView


def as_amended(campaign: Campaign, campaigns: Sequence[Campaign]) -> Campaign:
    """*campaign* with the dates that a later call gave to the same steps; the original ones stand in `was`."""
    later = [(other, moment) for other in campaigns if other.amends == campaign.id for moment in other.timeline]
    timeline = []
    for moment in campaign.timeline:
        for other, now in later:
            if now.what == moment.what and (now.to or now.from_) != (moment.to or moment.from_):
                moment = moment.model_copy(
                    update={
                        "from_": now.from_,
                        "to": now.to,
                        "was": moment.to or moment.from_,
                        "note": f"已由“{other.short_title}”的通知调整",
                    }
                )
        timeline.append(moment)
    return campaign.model_copy(update={"timeline": tuple(timeline)})


def campaign_card(campaign: Campaign, count: int) -> CampaignCard:
    """The call in a list; *count* is the number of its public cases."""
    last = [moment.to or moment.from_ for moment in campaign.timeline if _is_deadline(moment)]
    dates = [day for day in last if day]
    return CampaignCard(
        url=f"campaigns/{campaign.id}/",
        title=campaign.title,
        short_title=campaign.short_title,
        issuer=campaign.issuer.unit,
        year=campaign.year,
        kind=campaign.kind,
        status=campaign.status,
        count=count,
        results_url=f"results/{campaign.id}/" if count else "",
        results_title="试点名单" if campaign.kind == "试点项目" else "获奖名单",
        deadline=max(dates).isoformat() if dates else "",
    )


def _is_deadline(moment: Moment) -> bool:
    return any(word in moment.what for word in ("截止", "报送", "上报", "推荐"))


def campaign_view(
    campaign: Campaign,
    card: CampaignCard,
    campaigns: Sequence[Campaign],
    regions: Regions,
    notice: str,
    newest: tuple[Card, ...],
    used: dict[str, int],
) -> CampaignView:
    """The page of *campaign*; *used* counts its public cases by region slug."""
    titles = {other.id: other.short_title for other in campaigns}
    return CampaignView(
        card=card,
        doc_no=campaign.doc_no or "",
        issued=campaign.issued.isoformat() if campaign.issued else "",
        issuer_level=campaign.issuer.level,
        summary=campaign.summary,
        based_on=campaign.based_on,
        parent=_link(campaign.parent, titles),
        amends=_link(campaign.amends, titles),
        amended_by=tuple(
            LinkView(text=other.short_title, url=f"campaigns/{other.id}/")
            for other in campaigns
            if other.amends == campaign.id
        ),
        route=campaign.submission.route,
        channels=campaign.submission.channels,
        eligibility=_eligibility(campaign),
        categories=tuple(
            clause_row(category, titles, category.code, category.name, category.group, category.description)
            for category in campaign.categories
        ),
        timeline=tuple(moment_row(moment, titles) for moment in campaign.timeline),
        limits=tuple(limit_row(limit, titles) for limit in campaign.limits),
        formats=tuple(format_row(form, titles) for form in campaign.formats),
        sections=tuple(section_row(section, titles) for section in campaign.template),
        topics=tuple(topic_row(topic, titles) for topic in campaign.topics),
        quotas=tuple(quota_row(quota, campaign, titles, regions, used) for quota in campaign.quotas),
        awards=award_rows(campaign, titles),
        materials=tuple(
            clause_row(material, titles, material.name, material.description, material.copies or "")
            for material in campaign.materials
        ),
        stages=tuple(clause_row(stage, titles, stage.name, stage.description) for stage in campaign.stages),
        statements=statement_rows(campaign, titles),
        consent=(clause_row(campaign.consent, titles, campaign.consent.text, "、".join(campaign.consent.uses)),)
        if campaign.consent
        else (),
        surveys=tuple(_survey(survey) for survey in campaign.surveys),
        links=tuple(LinkView(text=link.title, url=link.url) for link in campaign.links),
        contact=campaign.contact.office if campaign.contact else "",
        notice=notice,
        newest=newest,
    )


def _survey(survey: Survey) -> SurveyView:
    """A closed survey keeps its address as text and loses link and code: dead links are an inspection fault."""
    return SurveyView(
        audience=survey.audience,
        url=survey.url,
        closed=survey.closed,
        qr_svg="" if survey.closed else qr_svg(survey.url),
    )


def qr_svg(address: str) -> str:
    """A QR code of *address* as an inline SVG, black on white in both themes so that cameras read it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=4, border=4, xmldecl=False, svgns=False, light="#fff", svgclass="qr", lineclass=None
    )
    return out.getvalue().decode()


def _link(name: str | None, titles: dict[str, str]) -> LinkView | None:
    return LinkView(text=titles[name], url=f"campaigns/{name}/") if name and name in titles else None


def _eligibility(campaign: Campaign) -> tuple[tuple[str, tuple[str, ...]], ...]:
    eligibility = campaign.eligibility
    rows = (
        ("征集对象", eligibility.units),
        ("参加者", eligibility.actors),
        ("优先", eligibility.priority),
        ("不纳入", eligibility.exclude),
    )
    return tuple((label, words) for label, words in rows if words)
