"""What a call takes over from the one it follows (`parent`) or changes (`amends`). DOMAIN: table 1.1, row 9.

Both give the child their categories, limits, formats, template, materials, forms, topics,
themes, guidance and stages where it has none of its own; an amended call gives its quotas and
dates besides. What was taken over says from where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.values import Clause

_MERGED: Mapping[str, Callable[[Any], object]] = {
    "categories": lambda category: category.code,
    "limits": lambda limit: (limit.target, limit.op, limit.when),
    "formats": lambda form: (form.kind, form.when),
    "forms": lambda form: form.id,
    "topics": lambda topic: topic.name,
    "materials": lambda material: material.name,
}
_WHOLE = ("template", "themes", "guidance", "stages")
_AMENDED: Mapping[str, Callable[[Any], object]] = {
    "quotas": lambda quota: (quota.scope, quota.unit, quota.category),
    "timeline": lambda moment: moment.what,
}


def resolve(campaigns: Mapping[str, Campaign]) -> dict[str, Campaign]:
    """Every campaign with what it takes over; one whose forebear is missing or runs in a circle stays as it is."""
    done: dict[str, Campaign] = {}

    def resolved(campaign: Campaign) -> Campaign:
        if campaign.id not in done:
            full = campaign
            for name, sections in ((campaign.parent, _MERGED), (campaign.amends, {**_MERGED, **_AMENDED})):
                if name and name in campaigns and campaign.id not in _line_of(name, campaigns):
                    full = _with(full, resolved(campaigns[name]), sections)
            done[campaign.id] = full
        return done[campaign.id]

    return {key: resolved(campaign) for key, campaign in campaigns.items()}


def _line_of(name: str, campaigns: Mapping[str, Campaign]) -> set[str]:
    """*name* and all its forebears."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in found and name in campaigns:
            found.add(name)
            waiting += [older for older in (campaigns[name].parent, campaigns[name].amends) if older]
    return found


def _with(child: Campaign, older: Campaign, merged: Mapping[str, Callable[[Any], object]]) -> Campaign:
    changes: dict[str, Any] = {}
    for section, identity in merged.items():
        own = getattr(child, section)
        known = {identity(item) for item in own}
        taken = [_taken(item, older) for item in getattr(older, section) if identity(item) not in known]
        if taken:
            changes[section] = (*own, *taken)
    for section in _WHOLE:
        if not getattr(child, section) and getattr(older, section):
            changes[section] = tuple(_taken(item, older) for item in getattr(older, section))
    return child.model_copy(update=changes) if changes else child


def _taken(item: Clause, older: Campaign) -> Clause:
    return item.model_copy(update={"inherited_from": item.inherited_from or older.id})
