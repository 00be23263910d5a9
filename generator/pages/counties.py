"""How many cases each place handed in to a call, and how many of them are published here. DOMAIN: table 1.1, row 19."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.catalog.campaign import Campaign
from generator.catalog.places import Region, Regions
from generator.catalog.values import LEVELS
from generator.pages.figure_views import PlaceRow, PlaceTable, Sheet
from generator.pages.groups import Entry, lineage
from generator.pages.results import award_level
from generator.pages.site_values import SiteValues
from generator.pages.views import LinkView

UNREGISTERED = "报送数未登记"
"""Said where a call registered no number: never that nothing came. DOMAIN: decision 2."""


def place_tables(site: SiteValues) -> tuple[PlaceTable, ...]:
    """One table for each call that has public cases or registered numbers, newest first."""
    linked = {group.slug for group in site.groups["region"]}
    found = []
    for campaign in site.campaigns:
        members = [entry for entry in site.entries if entry.campaign.id == campaign.id]
        if members or campaign.received:
            found.append(_table(campaign, members, site, linked))
    return tuple(found)


def places_of(campaign: Campaign, entries: Sequence[Entry], regions: Regions) -> tuple[Region, ...]:
    """The places that a call goes by, in the official order: those it names, and all others beside them.

    It names them by what it registered as handed in, else by its quotas, else by its cases: then it is the counties
    that count, or for a call of the province the prefectures.
    """
    named = [row.region for row in campaign.received]
    named = named or [quota.unit for quota in campaign.quotas if quota.unit and quota.scope in ("单位", "县市")]
    if not named:
        lines = [list(lineage(entry.case.unit.region, regions)) for entry in entries]
        is_wide = campaign.issuer.level in ("省级", "国家级")
        named = [line[-1] if is_wide else line[0] for line in lines if line and (is_wide or len(line) > 1)]
    parents = {regions.by_slug[slug].parent for slug in named if slug in regions.by_slug}
    places = [region for region in regions.regions if region.kind != "省" and region.parent in parents]
    known = {place.slug for place in places}
    outside = {entry.case.unit.region for entry in entries if not known & set(lineage(entry.case.unit.region, regions))}
    return tuple(region for region in regions.regions if region.slug in known | outside)


def place_of(slug: str, places: Iterable[Region], regions: Regions) -> str:
    """The one of *places* that a unit of region *slug* counts for: the nearest around it, else its own region."""
    known = {place.slug for place in places}
    return next((around for around in lineage(slug, regions) if around in known), slug)


def _table(campaign: Campaign, members: Sequence[Entry], site: SiteValues, linked: set[str]) -> PlaceTable:
    regions = site.catalog.regions
    places = places_of(campaign, members, regions)
    own_level = LEVELS.index(award_level(campaign))
    received: dict[str, int] = {}
    for row in campaign.received:
        received[row.region] = received.get(row.region, 0) + row.count
    by_place: dict[str, list[Entry]] = {}
    for entry in members:
        by_place.setdefault(place_of(entry.case.unit.region, places, regions), []).append(entry)
    rows = tuple(
        PlaceRow(
            place=LinkView(text=place.name, url=f"region/{place.slug}/" if place.slug in linked else ""),
            received=received.get(place.slug),
            awarded=len(by_place.get(place.slug, ())),
            above=sum(1 for entry in by_place.get(place.slug, ()) if _is_above(entry, own_level)),
        )
        for place in places
    )
    known = [row.received for row in rows if row.received is not None]
    is_pilot = campaign.kind == "试点项目"
    return PlaceTable(
        call=site.calls[campaign.id],
        awarded_title="已公布项目" if is_pilot else "获奖数",
        above_title=_above_title(own_level),
        rows=rows,
        total=PlaceRow(
            place=LinkView(text="合计", url=""),
            received=sum(known) if known else None,
            awarded=len(members),
            above=sum(row.above for row in rows),
        ),
        is_partly_registered=0 < len(known) < len(rows),
    )


def _above_title(level: int) -> str:
    """“其中省级以上” for a city's call; a call of the nation has nothing above it."""
    higher = LEVELS[level + 1 :]
    return f"其中{higher[0]}{'以上' if len(higher) > 1 else ''}" if higher else ""


def _is_above(entry: Entry, level: int) -> bool:
    return any(LEVELS.index(honor.level) > level for honor in entry.case.honors)


def places_sheet(tables: Sequence[PlaceTable]) -> Sheet:
    """All tables in one file, a line for each call and place, without totals, so that it can be summed."""
    return Sheet(
        path="statistics/places.csv",
        header=("年份", "征集活动", "活动类型", "地区", "报送数", "获奖数（试点为已公布项目数）", "其中获更高级别荣誉"),
        rows=tuple(
            (
                table.call.year,
                table.call.title,
                table.call.kind,
                row.place.text,
                UNREGISTERED if row.received is None else row.received,
                row.awarded,
                row.above,
            )
            for table in tables
            for row in table.rows
        ),
    )
