"""The facets that the finder offers: which kinds of groups, in which order, with which counts. DOMAIN: section 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.pages.groups import KINDS, Entry, Group

CALL = "campaign"
"""The one facet that is no group: its values are the calls."""

FACETS: Mapping[str, str] = {
    "level": KINDS["level"],
    "grade": KINDS["grade"],
    "category": KINDS["category"],
    "year": KINDS["year"],
    CALL: "征集活动",
    "region": KINDS["region"],
    "stage": KINDS["stage"],
    "topic": KINDS["topic"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value: its slug in addresses of the finder, and the page that lists the same cases without script."""

    slug: str
    text: str
    url: str
    count: int  # cases, while nothing is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """A facet with its values, in the order of lists; none is empty."""

    kind: str
    label: str
    values: tuple[FacetValue, ...]


def facets(groups: Mapping[str, tuple[Group, ...]], entries: Sequence[Entry]) -> tuple[FacetView, ...]:
    """Every facet that has a value.

    The categories of single calls are left out: they would crowd the filter, and whoever wants one chooses the call.
    """
    found = (
        FacetView(kind=kind, label=label, values=_calls(entries) if kind == CALL else _values(groups[kind]))
        for kind, label in FACETS.items()
    )
    return tuple(facet for facet in found if facet.values)


def is_of_one_call(group: Group) -> bool:
    """Whether a group is a category of a single call, which the finder does not offer."""
    return group.kind == "category" and "-" in group.slug


def _values(groups: Sequence[Group]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(slug=group.slug, text=group.label, url=group.url, count=len(group.members))
        for group in groups
        if not is_of_one_call(group)
    )


def _calls(entries: Sequence[Entry]) -> tuple[FacetValue, ...]:
    counts = Counter(entry.campaign.id for entry in entries)
    names = {entry.campaign.id: entry.campaign.short_title for entry in entries}
    return tuple(
        FacetValue(slug=slug, text=name, url=f"campaigns/{slug}/", count=counts[slug]) for slug, name in names.items()
    )
