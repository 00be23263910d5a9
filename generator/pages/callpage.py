"""A call's page: everything its data says, as tables of rows that carry their clause."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import segno

from generator.catalog.campaign import Campaign, Limit, Moment, Quota, Statement, When
from generator.catalog.places import Regions
from generator.catalog.values import Clause
from generator.pages.call_views import CampaignCard, CampaignView, Row, SurveyView
from generator.pages.views import Card, LinkView

TARGETS = {
    "title": "标题",
    "summary": "摘要",
    "body": "正文",
    "self_review": "自评",
    "intro": "案例简介",
    "outline": "实施方案要点",
    "authors": "撰写人员",
    "attachments": "支撑材料",
    "illustrations": "插图",
    "partners.furong": "结对芙蓉学校",
    "partners.points": "每所芙蓉学校结对教学点",
    "picture.size": "图片大小",
    "video.height": "视频分辨率（短边）",
}
_OPS = {"max": "不超过", "min": "不少于", "about": "左右"}
_SEVERITIES = {"error": "必须", "warning": "原则上", "info": "参考"}
_KINDS = {"document": "文档", "picture": "图片", "video": "视频", "text": "文字材料"}


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
            _row(category, titles, category.code, category.name, category.group, category.description)
            for category in campaign.categories
        ),
        timeline=tuple(_moment(moment, titles) for moment in campaign.timeline),
        limits=tuple(_limit(limit, titles) for limit in campaign.limits),
        formats=tuple(
            _row(
                form,
                titles,
                _KINDS[form.kind] + _when(form.when),
                "、".join(extension.upper() for extension in form.extensions) or "主流格式",
                _SEVERITIES[form.severity],
            )
            for form in campaign.formats
        ),
        sections=tuple(
            _row(section, titles, "　" * (section.level - 2) + section.heading + _when(section.when), section.guidance)
            for section in campaign.template
        ),
        topics=tuple(
            _row(
                topic,
                titles,
                str(topic.no or ""),
                topic.name,
                "、".join(topic.category),
                "必选" if topic.required else "可选",
                topic.description,
            )
            for topic in campaign.topics
        ),
        quotas=tuple(_quota(quota, campaign, titles, regions, used) for quota in campaign.quotas),
        awards=_awards(campaign, titles),
        materials=tuple(
            _row(material, titles, material.name, material.description, material.copies or "")
            for material in campaign.materials
        ),
        stages=tuple(_row(stage, titles, stage.name, stage.description) for stage in campaign.stages),
        statements=_statements(campaign, titles),
        consent=(_row(campaign.consent, titles, campaign.consent.text, "、".join(campaign.consent.uses)),)
        if campaign.consent
        else (),
        surveys=tuple(
            SurveyView(
                audience=survey.audience,
                url=survey.url,
                closed=survey.closed,
                qr_svg="" if survey.closed else qr_svg(survey.url),
            )
            for survey in campaign.surveys
        ),
        links=tuple(LinkView(text=link.title, url=link.url) for link in campaign.links),
        contact=campaign.contact.office if campaign.contact else "",
        notice=notice,
        newest=newest,
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


def _row(clause: Clause, titles: dict[str, str], *cells: str, was: str = "", url: str = "") -> Row:
    return Row(
        cells=cells,
        clause=spoken_clause(clause.source.clause) if clause.source else "",
        quote=clause.source.quote if clause.source else "",
        note=clause.note,
        is_ambiguous=clause.ambiguous,
        inherited=titles.get(clause.inherited_from or "", ""),
        was=was,
        url=url,
    )


def spoken_clause(clause: str) -> str:
    """“E23 四1” → “通知 四1”: visitors know the notice they are reading, not our tag for it."""
    return re.sub(r"^[A-Z]\d\d\b", "通知", clause)


def _when(when: When) -> str:
    parts = list(when.category) + ({"text": ["文本"], "video": ["微视频"]}[when.media] if when.media else [])
    return f"（{'、'.join(parts)}）" if parts else ""


def _limit(limit: Limit, titles: dict[str, str]) -> Row:
    if limit.unit == "字节":
        amount = f"{limit.value / 1_000_000:g} MB"
    elif limit.unit == "像素":
        amount = f"{limit.value} 像素（{limit.value}P）"
    else:
        amount = f"{limit.value} {limit.unit}"
    bound = f"{amount}左右" if limit.op == "about" else f"{_OPS[limit.op]} {amount}"
    return _row(limit, titles, TARGETS[limit.target] + _when(limit.when), bound, _SEVERITIES[limit.severity])


def _moment(moment: Moment, titles: dict[str, str]) -> Row:
    start = moment.from_.isoformat() if moment.from_ else ""
    end = moment.to.isoformat() if moment.to else ""
    return _row(
        moment,
        titles,
        moment.what,
        start,
        end,
        "逾期不予受理" if moment.hard else "",
        was=moment.was.isoformat() if moment.was else "",
    )


def _quota(quota: Quota, campaign: Campaign, titles: dict[str, str], regions: Regions, used: dict[str, int]) -> Row:
    region = regions.by_slug.get(quota.unit or "")
    who = region.name if region else f"每{quota.scope}" if quota.scope != "省" else "全省"
    what = f"{quota.category} 类" if quota.category else "案例" if campaign.kind == "案例遴选" else "项目"
    bounds = []
    for value, word in ((quota.min, "至少"), (quota.max, "不超过"), (quota.exact, "")):
        if value is not None:
            bounds.append(f"{word} {value} 个".strip())
    if quota.where:
        inner = f"不少于 {quota.where.min}" if quota.where.min is not None else f"不超过 {quota.where.max}"
        bounds.append(f"其中“{quota.where.theme}”{inner} 个")
    published = str(used.get(region.slug, 0)) if region else ""
    was = f"{quota.was} 个" if quota.was is not None else ""
    return _row(quota, titles, who, what, "，".join(bounds), published, was=was)


def _awards(campaign: Campaign, titles: dict[str, str]) -> tuple[Row, ...]:
    awards = campaign.awards
    if awards is None:
        return ()
    ratio = " : ".join(str(grade.share) for grade in awards.grades)
    names = "、".join(grade.grade for grade in awards.grades)
    rate = f"{awards.rate:.0%}" if awards.rate is not None else "未规定"
    return (_row(awards, titles, awards.level, names, ratio, rate),)


def _eligibility(campaign: Campaign) -> tuple[tuple[str, tuple[str, ...]], ...]:
    eligibility = campaign.eligibility
    rows = (
        ("征集对象", eligibility.units),
        ("参加者", eligibility.actors),
        ("优先", eligibility.priority),
        ("不纳入", eligibility.exclude),
    )
    return tuple((label, words) for label, words in rows if words)


def _statements(campaign: Campaign, titles: dict[str, str]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    def rows(statements: Iterable[Statement]) -> tuple[Row, ...]:
        return tuple(_row(statement, titles, statement.text) for statement in statements)

    must = tuple(_row(item, titles, item.tag, "、".join(item.units)) for item in campaign.must_report)
    parts = (
        ("案例主题", rows(campaign.themes)),
        ("内容要求", rows(campaign.guidance)),
        ("必报单位", must),
        ("结果运用", rows(campaign.assessment)),
    )
    return tuple((label, found) for label, found in parts if found)
