"""Quotas of a call against what was made of them: published cases by place, and registered submissions. DOMAIN: table 1.4, decision 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign, Quota
from generator.catalog.places import Region, Regions

MOST_CELLS = 20
"""Up to so many a quota is drawn as cells that can be counted; beyond that it is a number alone."""

KINDS = {"县市": ("县市区", "功能区", "市直", "州直"), "市州": ("市州",)}
"""The kinds of region that a quota for “every county” or “every prefecture” binds."""

_WORDS = {"min": "至少", "max": "至多", "exact": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How many of a place's quota are published here."""

    used: int
    quota: int
    has_cells: bool

    @property
    def cells(self) -> tuple[bool, ...]:
        """One for each of the quota, used ones first."""
        return tuple(i < self.used for i in range(self.quota)) if self.has_cells else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedTable:
    """Submissions that the office registered, by place, against the quota that every place has."""

    columns: tuple[str, ...]  # “A1（至少 1 个）”
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # a place, and a number or “未登记” for each column


def use_of(quota: Quota, regions: Regions, used: Mapping[str, int]) -> Use | None:
    """The use of a quota that names its place; *used* counts public cases by region slug. Others have none."""
    most = quota.max if quota.max is not None else quota.exact
    if quota.unit is None or quota.unit not in regions.by_slug or most is None:
        return None
    return Use(used=used.get(quota.unit, 0), quota=most, has_cells=most <= MOST_CELLS)


def received_table(campaign: Campaign, regions: Regions) -> ReceivedTable | None:
    """What came in from each place that a quota for “every county” or “every prefecture” binds.

    A place of which nothing is registered is listed as such: nobody is accused of what was not counted.
    Places are those around which the registered ones lie.
    """
    quotas = [quota for quota in campaign.quotas if quota.unit is None and quota.scope in KINDS]
    if not quotas or not campaign.received:
        return None
    columns: list[str] = []
    counts: list[dict[str, int]] = []
    for quota in quotas:
        columns.append(f"{quota.category or '合计'}{_bound(quota)}")
        counts.append(received_by_place(campaign, category=quota.category))
        if quota.where:
            inner = (
                f"（至少 {quota.where.min} 个）" if quota.where.min is not None else f"（至多 {quota.where.max} 个）"
            )
            columns.append(f"其中“{quota.where.theme}”{inner}")
            counts.append(received_by_place(campaign, theme=quota.where.theme))
    registered = {row.region for row in campaign.received}
    rows = tuple(
        (
            region.name,
            tuple(
                str(count.get(region.slug, 0)) if region.slug in registered and count else "未登记" for count in counts
            ),
        )
        for region in _places(quotas, registered, regions)
    )
    return ReceivedTable(columns=tuple(columns), rows=rows) if rows else None


def _places(quotas: Sequence[Quota], registered: set[str], regions: Regions) -> list[Region]:
    parents = {regions.by_slug[slug].parent for slug in registered if slug in regions.by_slug}
    kinds = {kind for quota in quotas for kind in KINDS[quota.scope]}
    return [region for region in regions.regions if region.parent in parents and region.kind in kinds]


def received_by_place(campaign: Campaign, *, category: str | None = None, theme: str | None = None) -> dict[str, int]:
    """Registered submissions by region slug, of one category or theme; a region of which nothing is registered is absent."""
    found: dict[str, int] = {}
    for row in campaign.received:
        if (category is None or row.category == category) and (theme is None or row.theme == theme):
            found[row.region] = found.get(row.region, 0) + row.count
    return found


def _bound(quota: Quota) -> str:
    bounds = [
        f"{word} {value} 个".strip()
        for word, value in ((word, getattr(quota, name)) for name, word in _WORDS.items())
        if value is not None
    ]
    return f"（{'，'.join(bounds)}）" if bounds else ""
