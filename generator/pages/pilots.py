"""The page of pilots: projects by type and state, shares and their use, who is paired with whom. DOMAIN: section 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from generator.catalog.campaign import Campaign, Quota
from generator.catalog.case import Partners, ProjectState
from generator.pages.callrows import spoken_clause
from generator.pages.cards import badges
from generator.pages.casepage import spoken_period
from generator.pages.charts import progress_mark, slots
from generator.pages.figure_views import (
    PilotCall,
    PilotsView,
    PilotType,
    ProjectView,
    QuotaTable,
    QuotaUse,
    UnionSchool,
    UnionView,
)
from generator.pages.groups import Entry, category_slug, lineage
from generator.pages.projects import later_cases
from generator.pages.site_values import HOME, SiteValues
from generator.pages.views import LinkView, Page

STATES: tuple[str, ...] = get_args(ProjectState)
"""How far a project is, in its order. Clause: Y20 一, Y21 一."""

UNKNOWN = "状态未登记"
_MEANINGS = {
    "申报": "已提出申请，等待批准",
    "立项": "已批准，准备开工",
    "在建": "正在建设和应用",
    "验收": "建设期满，通过验收",
}


def pilots(site: SiteValues) -> Page:
    """The page."""
    members = [entry for entry in site.entries if entry.campaign.kind == "试点项目"]
    later = later_cases(site.entries)
    return Page(
        url="pilots/",
        template="pilots.html",
        title="试点项目",
        description=f"教育信息化创新试点项目，共 {len(members)} 个：类型与进展、各县市区名额、芙蓉网络联校结对关系。",
        view=PilotsView(
            total=len(members),
            states=state_counts(members),
            calls=tuple(
                _pilot_call(campaign, [entry for entry in members if entry.campaign.id == campaign.id], site, later)
                for campaign in site.campaigns
                if campaign.kind == "试点项目"
            ),
        ),
        crumbs=(HOME,),
        section="pilots",
    )


def state_counts(entries: Sequence[Entry]) -> tuple[tuple[str, int, str, str], ...]:
    """Each state with how many of *entries* are in it, its mark and its meaning; unregistered ones last, if there are any."""
    counts = Counter(_state(entry) for entry in entries)
    known = [(state, counts[state], _mark(state), _MEANINGS[state]) for state in STATES]
    return (*known, *([(UNKNOWN, counts[UNKNOWN], "", "")] if counts[UNKNOWN] else []))


def _state(entry: Entry) -> str:
    return entry.case.project.status if entry.case.project else UNKNOWN


def _mark(state: str) -> str:
    """By shape: an empty disc, then one that fills."""
    return progress_mark(STATES.index(state), len(STATES) - 1) if state in STATES else ""


def _pilot_call(
    campaign: Campaign, members: Sequence[Entry], site: SiteValues, later: Mapping[str, tuple[LinkView, ...]]
) -> PilotCall:
    return PilotCall(
        card=site.calls[campaign.id],
        types=_types(campaign, members, site, later),
        quotas=_quotas(campaign, members, site),
        unions=tuple(
            union_view(LinkView(text=entry.case.title, url=entry.url), entry.case.partners)
            for entry in members
            if entry.case.partners
        ),
    )


def _types(
    campaign: Campaign, members: Sequence[Entry], site: SiteValues, later: Mapping[str, tuple[LinkView, ...]]
) -> tuple[PilotType, ...]:
    """The categories of the call in its order, then what names none of them; projects furthest along first."""
    names = {category.code: category.name for category in campaign.categories}
    codes = dict.fromkeys([*names, *(entry.case.category for entry in members)])
    found = []
    for code in codes:
        inside = [entry for entry in members if entry.case.category == code]
        inside.sort(key=lambda entry: -STATES.index(entry.case.project.status) if entry.case.project else 1)
        counts = Counter(_state(entry) for entry in inside)
        found.append(
            PilotType(
                label=names.get(code, code),
                url=f"category/{category_slug(campaign, code)}/" if inside and code in names else "",
                counts=tuple(counts[state] for state in STATES),
                projects=tuple(_project(entry, site, later.get(entry.id, ())) for entry in inside),
            )
        )
    return tuple(found)


def _project(entry: Entry, site: SiteValues, later: tuple[LinkView, ...]) -> ProjectView:
    case = entry.case
    region = site.catalog.regions.by_slug.get(case.unit.region)
    return ProjectView(
        link=LinkView(text=case.title, url=entry.url),
        unit=case.unit.name,
        region=region.name if region else "",
        state=_state(entry),
        mark=_mark(_state(entry)),
        period=spoken_period(case.period),
        badges=badges(case, site.catalog.vocabulary),
        later=later,
    )


def _quotas(campaign: Campaign, members: Sequence[Entry], site: SiteValues) -> QuotaTable | None:
    """The shares by place, and whatever larger place the notice gives a total for. Clause: Y20 附件1."""
    regions = site.catalog.regions
    used = Counter(slug for entry in members for slug in lineage(entry.case.unit.region, regions))
    linked = {group.slug for group in site.groups["region"]}

    def row(quota: Quota) -> QuotaUse:
        slug = quota.unit or ""
        most = quota.exact if quota.exact is not None else quota.max
        return QuotaUse(
            place=regions.by_slug[slug].name if slug in regions.by_slug else slug,
            url=f"region/{slug}/" if slug in linked else "",
            quota=_bounds(quota),
            used=used[slug],
            svg=slots(used[slug], most) if most is not None else "",
        )

    by_place = [quota for quota in campaign.quotas if quota.unit and quota.category is None]
    shares = [quota for quota in by_place if quota.scope in ("单位", "县市")]
    if not shares:
        return None
    whole = next((quota for quota in by_place if quota.scope == "市州"), None)
    sources = dict.fromkeys(spoken_clause(quota.source.clause) for quota in shares if quota.source)
    return QuotaTable(
        rows=tuple(row(quota) for quota in shares), total=row(whole) if whole else None, clause="、".join(sources)
    )


def _bounds(quota: Quota) -> str:
    """“2” for an exact or greatest number, “1—3” for a range, “至少 1” for a smallest."""
    if quota.exact is not None:
        return str(quota.exact)
    if quota.max is None:
        return f"至少 {quota.min}" if quota.min is not None else ""
    return f"{quota.min}—{quota.max}" if quota.min is not None else str(quota.max)


def union_view(link: LinkView, partners: Partners) -> UnionView:
    """A union as a tree, and as a sentence that names the same schools in the same order. Clause: Y20 二2."""
    schools = tuple(UnionSchool(name=school.name, points=school.points) for school in partners.furong)
    count = sum(len(school.points) for school in schools)
    head = f"{partners.lead}牵头，结对 {len(schools)} 所芙蓉学校，带动 {count} 个教学点"
    each = "；".join(
        f"{school.name}结对{'、'.join(school.points)}" if school.points else f"{school.name}没有登记教学点"
        for school in schools
    )
    return UnionView(
        link=link, lead=partners.lead, schools=schools, text=f"{head}：{each}。" if schools else f"{head}。"
    )
