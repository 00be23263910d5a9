"""Pilots and the cases that came after them, joined by `related` on either side. DOMAIN: table 1.8, row 115."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.pages.groups import Entry
from generator.pages.views import LinkView


def later_cases(entries: Sequence[Entry]) -> Mapping[str, tuple[LinkView, ...]]:
    """For each pilot the cases of later years that it names or that name it, in the order of lists."""
    found: dict[str, list[LinkView]] = {}
    for pilot, case in pairs(entries):
        found.setdefault(pilot.id, []).append(LinkView(text=case.case.title, url=case.url))
    return {key: tuple(links) for key, links in found.items()}


def pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pilot and later case, where either names the other; in the order of lists.

    A case of the pilot's own year is not known to be the later one.
    """
    by_id = {entry.id: entry for entry in entries}
    named = {(entry.id, other) for entry in entries for other in entry.case.related if other in by_id}
    joined = named | {(other, one) for one, other in named}
    place = {entry.id: i for i, entry in enumerate(entries)}
    for one, other in sorted(joined, key=lambda pair: (place[pair[0]], place[pair[1]])):
        pilot, case = by_id[one], by_id[other]
        is_pair = pilot.campaign.kind == "试点项目" != case.campaign.kind
        if is_pair and case.campaign.year > pilot.campaign.year:
            yield pilot, case
