"""How a call stands: what each place handed in and owes, what was awarded, and what its cases lack. DOMAIN: tables 1.1 row 19, 1.4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.catalog.campaign import Campaign, MustReport, Quota
from generator.catalog.places import Region
from generator.catalog.submission import Catalog, Submission
from generator.intake.folding import is_same_unit
from generator.pages.counties import UNREGISTERED, place_of, places_of
from generator.pages.groups import Entry
from generator.pages.map import open_entries, public_entries
from generator.pages.quotas import KINDS, received_by_place
from generator.pages.results import award_level, largest_remainder, share_rows, spoken_category


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of the report."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    note: str = ""


def standing(campaign: Campaign, catalog: Catalog, withheld: frozenset[str]) -> tuple[Part, ...]:
    """The report on *campaign*; whatever pages show, too, is counted as they count it.

    Where nothing is registered as handed in, that is said, and nobody owes anything. DOMAIN: decision 2.
    """
    shown = (*public_entries(catalog, withheld), *open_entries(catalog, withheld))
    entries = [entry for entry in shown if entry.campaign.id == campaign.id]
    cases = [
        one
        for one in catalog.submissions
        if one.campaign_id == campaign.id and one.document.front.get("status") != "已撤回"
    ]
    parts = (
        _places(campaign, entries, catalog),
        _categories(campaign, entries),
        _must_report(campaign, cases),
        _awards(campaign, entries),
        _lacks(cases),
    )
    return tuple(part for part in parts if part is not None)


def _places(campaign: Campaign, entries: Sequence[Entry], catalog: Catalog) -> Part:
    regions = catalog.regions
    places = places_of(campaign, entries, regions)
    received = received_by_place(campaign)
    published: dict[str, int] = {}
    for entry in entries:
        place = place_of(entry.case.unit.region, places, regions)
        published[place] = published.get(place, 0) + 1
    rows = tuple(
        _place_row(campaign, place, received.get(place.slug), published.get(place.slug, 0)) for place in places
    )
    known = [received[place.slug] for place in places if place.slug in received]
    total = ("合计", sum(known) if known else UNREGISTERED, "", "", len(entries))
    return Part(
        title="各地报送",
        columns=("地区", "报送", "要求", "还缺", "本站收录"),
        rows=(*rows, total),
        note="" if known or not campaign.quotas else f"{UNREGISTERED}（campaign.yml 的 received），不推算谁还缺。",
    )


def _place_row(campaign: Campaign, place: Region, received: int | None, published: int) -> tuple[str | int, ...]:
    wanted: list[str] = []
    missing: list[str] = []
    for quota in campaign.quotas:
        if not _binds(quota, place):
            continue
        wanted.append(_wanted(quota))
        if received is not None:
            missing += _missing(campaign, quota, place.slug)
    return (
        place.name,
        UNREGISTERED if received is None else received,
        "；".join(wanted) or "没有规定",
        "；".join(missing),
        published,
    )


def _binds(quota: Quota, place: Region) -> bool:
    return quota.unit == place.slug if quota.unit else place.kind in KINDS.get(quota.scope, ())


def _wanted(quota: Quota) -> str:
    bounds = [
        f"{word}{n}" for word, n in (("至少", quota.min), ("至多", quota.max), ("", quota.exact)) if n is not None
    ]
    words = f"{quota.category or ''}{'、'.join(bounds)}"
    if quota.where and quota.where.min is not None:
        words += f"（其中“{quota.where.theme}”至少{quota.where.min}）"
    return words


def _missing(campaign: Campaign, quota: Quota, slug: str) -> Iterator[str]:
    """What the place still owes after *quota*. Of a theme only where submissions were registered by theme."""
    least = quota.min if quota.min is not None else quota.exact
    have = received_by_place(campaign, category=quota.category).get(slug, 0)
    if least is not None and have < least:
        yield f"{quota.category or ''}缺{least - have}"
    if quota.where and quota.where.min is not None:
        themed = received_by_place(campaign, theme=quota.where.theme)
        if themed and themed.get(slug, 0) < quota.where.min:
            yield f"“{quota.where.theme}”缺{quota.where.min - themed.get(slug, 0)}"


def _categories(campaign: Campaign, entries: Sequence[Entry]) -> Part | None:
    if not campaign.categories:
        return None
    is_counted = any(row.category for row in campaign.received)
    rows = tuple(
        (
            spoken_category(campaign, category.code),
            sum(row.count for row in campaign.received if row.category == category.code)
            if is_counted
            else UNREGISTERED,
            sum(entry.case.category == category.code for entry in entries),
        )
        for category in campaign.categories
    )
    return Part(title="各类别", columns=("类别", "报送", "本站收录"), rows=rows)


def _must_report(campaign: Campaign, cases: Sequence[Submission]) -> Part | None:
    """Units that had to hand something in: by name or region, or by their tag where the call names none."""
    if not campaign.must_report:
        return None
    rows = tuple(row for must in campaign.must_report for row in _obliged(must, campaign, cases))
    return Part(title="必报单位", columns=("称号", "单位", "情况"), rows=rows)


def _obliged(must: MustReport, campaign: Campaign, cases: Sequence[Submission]) -> Iterator[tuple[str, str, str]]:
    if not must.units:
        tagged = sum(must.tag in (_unit(case).get("tags") or ()) for case in cases)
        yield must.tag, "单位名单未登记", f"带这个称号的案例 {tagged} 个，看不出谁还没有报"
    received = received_by_place(campaign)
    for unit in must.units:
        is_in = any(is_same_unit(unit, str(_unit(case).get("name", ""))) for case in cases)
        is_in = is_in or received.get(unit, 0) > 0 or any(_unit(case).get("region") == unit for case in cases)
        yield must.tag, unit, "已报" if is_in else "没有报"


def _unit(case: Submission) -> Mapping[str, Any]:
    unit = case.document.front.get("unit")
    return unit if isinstance(unit, dict) else {}


def _awards(campaign: Campaign, entries: Sequence[Entry]) -> Part | None:
    awards = campaign.awards
    if awards is None:
        return None
    level = award_level(campaign)
    counts: dict[str, int] = {}
    for entry in entries:
        for honor in entry.case.honors:
            if honor.level == level:
                counts[honor.grade] = counts.get(honor.grade, 0) + 1
    received = sum(row.count for row in campaign.received)
    # “控制在80%” is a ceiling: a share of an award is none.
    most = int(received * awards.rate + 1e-9) if awards.rate and campaign.received else None
    ahead = largest_remainder(most, [grade.share for grade in awards.grades]) if most is not None else None
    rows = tuple(
        (row.grade, row.wished_share, row.actual, row.actual_share, row.proposal, ahead[i] if ahead else "")
        for i, row in enumerate(share_rows(awards, counts))
    )
    others = [
        (grade, "", count, "", "", "") for grade, count in counts.items() if grade not in {row[0] for row in rows}
    ]
    awarded = sum(any(honor.level == level for honor in entry.case.honors) for entry in entries)
    wished = f"获奖率控制在 {awards.rate:.0%}，" if awards.rate else "没有规定获奖率，"
    actual = f"报送 {received} 个，获奖 {awarded} 个" if campaign.received else f"获奖 {awarded} 个，{UNREGISTERED}"
    rate = f"，占 {awarded / received:.0%}" if received else ""
    return Part(
        title=f"{level}奖项",
        columns=("等次", "比例", "实际", "实际占比", "按比例（最大余数法）", "按报送数最多"),
        rows=(*rows, *others),
        note=f"{wished}{actual}{rate}。",
    )


def _lacks(cases: Sequence[Submission]) -> Part:
    rows = tuple(
        (case.slug, str(case.document.front.get("title", "")), "、".join(lacks))
        for case in cases
        if (lacks := list(_lacking(case)))
    )
    return Part(title="案例还缺", columns=("案例", "标题", "缺"), rows=rows, note="" if rows else "没有。")


def _lacking(case: Submission) -> Iterator[str]:
    """What a case lacks of consent, captions and words for pictures, as far as its text tells, readable as a case or not."""
    front = case.document.front
    if not case.document.is_readable:
        yield "信息区读不出来"
        return
    consent = front.get("consent")
    if not isinstance(consent, dict) or consent.get("given") is None:
        yield "公开同意"
    elif consent.get("given") is not True:
        yield "公开同意（作者不同意）"
    silent = [v for v in _items(front, "videos") if not v.get("captions") and v.get("narration") != "none"]
    if silent:
        yield f"字幕 {len(silent)} 个"
    wordless = sum(not str(picture.get("alt") or "").strip() for picture in _items(front, "pictures"))
    wordless += sum(not image.text.strip() for image in case.body.images)
    if wordless:
        yield f"图片说明 {wordless} 处"


def _items(front: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    items = front.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
