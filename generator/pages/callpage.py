"""A call's page: everything its data says, as tables of rows that carry their clause."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import segno

from generator.catalog.campaign import Campaign, Moment, Survey
from generator.catalog.places import Regions, Vocabulary
from generator.pages.call_views import CampaignCard, SurveyView
from generator.pages.callrows import (
    award_rows,
    clause_row,
    format_row,
    limit_row,
    moment_row,
    quota_row,
    section_row,
    statement_rows,
)
from generator.pages.campaign_views import CampaignView, FactView, QuotaView
from generator.pages.draft import draft_of
from generator.pages.quotas import received_table, use_of
from generator.pages.topictree import topic_tree
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
    """The call in a list; *count* is the number of cases that its award list can name."""
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
        results_title=_results_title(campaign),
        deadline=max(dates).isoformat() if dates else "",
    )


def _results_title(campaign: Campaign) -> str:
    if campaign.is_open:
        return "公示名单"
    return "试点名单" if campaign.kind == "试点项目" else "获奖名单"


def list_title(call: CampaignCard) -> str:
    """The title of a call's award list: “2021年优秀工作案例获奖名单”; short titles of pilots say 试点 themselves."""
    return f"{call.short_title}{'名单' if call.results_title == '试点名单' else call.results_title}"


def _is_deadline(moment: Moment) -> bool:
    return any(word in moment.what for word in ("截止", "报送", "上报", "推荐"))


def campaign_view(
    campaign: Campaign,
    card: CampaignCard,
    campaigns: Sequence[Campaign],
    regions: Regions,
    vocabulary: Vocabulary,
    *,
    notice: str,
    newest: tuple[Card, ...],
    used: Mapping[str, int],
    by_topic: Mapping[str, int],
    site_url: str,
    guides: tuple[LinkView, ...] = (),
) -> CampaignView:
    """The page of *campaign*; *used* counts its public cases by region slug, *by_topic* those of all calls by topic."""
    titles = {other.id: other.short_title for other in campaigns}
    return CampaignView(
        card=card,
        doc_no=campaign.doc_no or "",
        issued=campaign.issued.isoformat() if campaign.issued else "",
        issuer_level=campaign.issuer.level,
        summary=campaign.summary,
        facts=_facts(campaign),
        based_on=campaign.based_on,
        parent=_link(campaign.parent, titles),
        amends=_link(campaign.amends, titles),
        amended_by=_amended_by(campaign, campaigns),
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
        draft=draft_of(campaign, site_url),
        topics=topic_tree(campaign, titles, vocabulary, by_topic),
        quotas=_quotas(campaign, titles, regions, used),
        received=received_table(campaign, regions),
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
        guides=guides if campaign.status == "征集中" else (),
    )


def _quotas(
    campaign: Campaign, titles: Mapping[str, str], regions: Regions, used: Mapping[str, int]
) -> tuple[QuotaView, ...]:
    return tuple(
        QuotaView(row=quota_row(quota, campaign, titles, regions), use=use_of(quota, regions, used))
        for quota in campaign.quotas
    )


def _amended_by(campaign: Campaign, campaigns: Sequence[Campaign]) -> tuple[LinkView, ...]:
    return tuple(
        LinkView(text=other.short_title, url=f"campaigns/{other.id}/")
        for other in campaigns
        if other.amends == campaign.id
    )


_TEXTS = ("summary", "body", "self_review", "intro", "outline")


def _facts(campaign: Campaign) -> tuple[FactView, ...]:
    """May I take part, until when, what do I hand in, how long may it be: what the call says of each, in short."""
    who = campaign.eligibility
    deadlines = [moment for moment in campaign.timeline if _is_deadline(moment) and (moment.to or moment.from_)]
    lengths = (limit_row(limit, {}).cells for limit in campaign.limits if limit.target in _TEXTS)
    facts = (
        ("谁可以报", who.units or who.actors, "who"),
        ("什么时候截止", tuple(_deadline(moment) for moment in deadlines), "timeline"),
        ("交什么", tuple(material.name for material in campaign.materials), "materials"),
        ("写多长", tuple(f"{what}{bound}" for what, bound, _ in lengths), "limits"),
    )
    return tuple(FactView(question=question, answers=tuple(a), anchor=anchor) for question, a, anchor in facts if a)


def _deadline(moment: Moment) -> str:
    last = moment.to or moment.from_
    return f"{last.year}年{last.month}月{last.day}日（{moment.what}）" if last else ""


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
