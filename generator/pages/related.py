"""Which cases a reader may want next, and why: shared topics and keywords, then the county, then the category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.catalog.places import Regions, Vocabulary
from generator.pages.groups import Entry, topic_slugs
from generator.pages.views import Card, RelatedCard

MOST_RELATED = 3
"""Cards at the foot of a case: one row on a desk."""


def related(
    entries: Sequence[Entry], cards: Mapping[str, Card], regions: Regions, vocabulary: Vocabulary
) -> dict[str, tuple[RelatedCard, ...]]:
    """For each case its nearest others, nearest first; ties go by the order of lists. A list a case names itself wins."""
    topics = {entry.id: frozenset(topic_slugs(entry.case, vocabulary)) for entry in entries}
    topic_names = {topic.slug: topic.name for topic in vocabulary.topics}
    sharing: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        for trait in _traits(entry, topics[entry.id]):
            sharing.setdefault(trait, []).append(entry.id)
    result: dict[str, tuple[RelatedCard, ...]] = {}
    for entry in entries:
        scores: Counter[str] = Counter()
        reasons: dict[str, tuple[str, str]] = {}
        for trait in _traits(entry, topics[entry.id]):
            weight = {"topic": 3, "keyword": 4, "region": 2, "category": 1}[trait[0]]
            for other in sharing[trait]:
                if other != entry.id:
                    scores[other] += weight
                    reasons.setdefault(other, trait)
        for named in entry.case.related:
            if named in cards and named != entry.id:
                scores[named] += 100
                reasons[named] = ("named", "")
        best = sorted(scores, key=lambda other: (-scores[other], -cards[other].year, other))[:MOST_RELATED]
        result[entry.id] = tuple(
            RelatedCard(card=cards[other], why=_why(reasons[other], topic_names, regions)) for other in best
        )
    return result


def _traits(entry: Entry, topics: frozenset[str]) -> list[tuple[str, str]]:
    """What likeness goes by, the most telling first."""
    return [
        *(("keyword", word) for word in entry.case.keywords),
        *(("topic", slug) for slug in sorted(topics)),
        ("region", entry.case.unit.region),
        ("category", f"{entry.campaign.id}-{entry.case.category}"),
    ]


def _why(reason: tuple[str, str], topic_names: Mapping[str, str], regions: Regions) -> str:
    kind, what = reason
    if kind == "topic":
        return f"同一主题：{topic_names.get(what, what)}"
    if kind == "keyword":
        return f"同一关键词：{what}"
    if kind == "region":
        region = regions.by_slug.get(what)
        return f"同一地区：{region.name if region else what}"
    return "作者推荐" if kind == "named" else "同一类别"
