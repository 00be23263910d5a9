"""The rules of a call as rows of tables: what they say, and the clause that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.catalog.campaign import Campaign, Moment, Quota, Statement
from generator.catalog.demands import Format, Limit, Section, When
from generator.catalog.places import Regions
from generator.catalog.values import Clause
from generator.pages.call_views import Row

Titles = Mapping[str, str]
"""Short titles of calls by id, for what a call takes over from another."""

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
    "video.captions": "有旁白的视频的字幕",
}
_OPS = {"max": "不超过", "min": "不少于", "about": "左右"}
_SEVERITIES = {"error": "必须", "warning": "原则上", "info": "参考"}
_KINDS = {"document": "文档", "picture": "图片", "video": "视频", "text": "文字材料"}


def spoken_clause(clause: str) -> str:
    """“E23 四1” → “通知 四1”: visitors know the notice they are reading, not our tag for it."""
    return re.sub(r"^[A-Z]\d\d\b", "通知", clause)


def clause_row(clause: Clause, titles: Titles, *cells: str, was: str = "", url: str = "") -> Row:
    """*cells* with what every clause brings: its source, its doubts, and where it was taken over from."""
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


def _when(when: When) -> str:
    parts = list(when.category) + ({"text": ["文本"], "video": ["微视频"]}[when.media] if when.media else [])
    return f"（{'、'.join(parts)}）" if parts else ""


def limit_row(limit: Limit, titles: Titles) -> Row:
    """“正文（A1）”, “不超过 5000 字”, how binding it is."""
    if limit.unit == "字节":
        amount = f"{limit.value / 1_000_000:g} MB"
    elif limit.unit == "像素":
        amount = f"{limit.value} 像素（{limit.value}P）"
    else:
        amount = f"{limit.value} {limit.unit}"
    bound = f"{amount}左右" if limit.op == "about" else f"{_OPS[limit.op]} {amount}"
    return clause_row(limit, titles, TARGETS[limit.target] + _when(limit.when), bound, _SEVERITIES[limit.severity])


def moment_row(moment: Moment, titles: Titles) -> Row:
    """What happens from when to when, as ISO dates, and the date before an amendment."""
    start = moment.from_.isoformat() if moment.from_ else ""
    end = moment.to.isoformat() if moment.to else ""
    return clause_row(
        moment,
        titles,
        moment.what,
        start,
        end,
        "逾期不予受理" if moment.hard else "",
        was=moment.was.isoformat() if moment.was else "",
    )


def quota_row(quota: Quota, campaign: Campaign, titles: Titles, regions: Regions) -> Row:
    """Who, of what, how many."""
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
    was = f"{quota.was} 个" if quota.was is not None else ""
    return clause_row(quota, titles, who, what, "，".join(bounds), was=was)


def award_rows(campaign: Campaign, titles: Titles) -> tuple[Row, ...]:
    """Level, grades, ratio and rate of the call's awards, or nothing."""
    awards = campaign.awards
    if awards is None:
        return ()
    ratio = " : ".join(str(grade.share) for grade in awards.grades)
    names = "、".join(grade.grade for grade in awards.grades)
    rate = f"{awards.rate:.0%}" if awards.rate is not None else "未规定"
    return (clause_row(awards, titles, awards.level, names, ratio, rate),)


def statement_rows(campaign: Campaign, titles: Titles) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Themes, guidance, units that must report, and what taking part counts for: label and rows."""

    def rows(statements: Iterable[Statement]) -> tuple[Row, ...]:
        return tuple(clause_row(statement, titles, statement.text) for statement in statements)

    must = tuple(clause_row(item, titles, item.tag, "、".join(item.units)) for item in campaign.must_report)
    parts = (
        ("案例主题", rows(campaign.themes)),
        ("内容要求", rows(campaign.guidance)),
        ("必报单位", must),
        ("结果运用", rows(campaign.assessment)),
    )
    return tuple((label, found) for label, found in parts if found)


def format_row(form: Format, titles: Titles) -> Row:
    """Kind of file, what is accepted, how binding it is."""
    accepted = "、".join(extension.upper() for extension in form.extensions) or "主流格式"
    return clause_row(form, titles, _KINDS[form.kind] + _when(form.when), accepted, _SEVERITIES[form.severity])


def section_row(section: Section, titles: Titles) -> Row:
    """A part of the text, indented by its level, and what it should say."""
    heading = "　" * (section.level - 2) + section.heading + _when(section.when)
    return clause_row(section, titles, heading, section.guidance)
