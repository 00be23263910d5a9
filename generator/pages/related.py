"""Which cases a reader may want next, and why: what an editor named, shared keywords and topics, like texts, the county."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.catalog.places import Regions, Vocabulary
from generator.pages.groups import Entry, topic_slugs
from generator.pages.likeness import Likeness, likeness, rarity
from generator.pages.projects import pairs
from generator.pages.views import Card, RelatedCard

MOST_RELATED = 3
"""Cards at the foot of a case: one row on a desk. What editors named stands there in any case."""

WINDOW = 12
"""Of the cases that share a common trait, so many before a case and after it in the order of lists are looked at."""

_COMPARED = 8
"""Of so many of the nearest the texts are compared whole."""

_ALIKE = 0.06
"""From here on the texts of two cases are called alike: of the sample cases only two that carry out one project."""

_WEIGHTS = {"keyword": 4, "topic": 3, "region": 2, "category": 1}
_ALIKE_WEIGHT = 60  # of texts that are the same

Trait = tuple[str, str]

Near = Mapping[str, tuple[tuple[str, tuple[Trait, ...]], ...]]
"""For each case the nearest others with all that joins them, nearest first."""


def related(
    entries: Sequence[Entry], cards: Mapping[str, Card], regions: Regions, vocabulary: Vocabulary, near: Near
) -> dict[str, tuple[RelatedCard, ...]]:
    """For each case its nearest others by *near* (see `nearest`), nearest first, each with the reasons that tell most.

    First come those that editors named, a pilot and the case that grew from it on both their pages. The work grows
    with the cases, not with their pairs.
    """
    named = _named(entries, cards)
    words = _Words(regions, vocabulary)
    result: dict[str, tuple[RelatedCard, ...]] = {}
    for entry in entries:
        chosen = [RelatedCard(card=cards[other], why=why) for other, why in named[entry.id].items()]
        for other, reasons in near[entry.id]:
            if len(chosen) >= MOST_RELATED:
                break
            if other not in named[entry.id]:
                chosen.append(RelatedCard(card=cards[other], why=words.why(reasons)))
        result[entry.id] = tuple(chosen)
    return result


def _named(entries: Sequence[Entry], cards: Mapping[str, Card]) -> dict[str, dict[str, str]]:
    """What editors named, and as what. DOMAIN: section 1, 115."""
    found: dict[str, dict[str, str]] = {entry.id: {} for entry in entries}
    for pilot, later in pairs(entries):
        found[pilot.id][later.id] = "后来的案例"
        found[later.id][pilot.id] = "相关试点"
    for entry in entries:
        for name in entry.case.related:
            if name in cards and name != entry.id:
                found[entry.id].setdefault(name, "作者推荐")
    return found


def looks(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[tuple[str, tuple[Trait, ...], str]]:
    """All that nearness goes by: of each case its id, its traits and its words, in the order of lists."""
    return [(entry.id, tuple(_traits(entry, vocabulary)), _text(entry)) for entry in entries]


def nearest(looks: Sequence[tuple[str, tuple[Trait, ...], str]]) -> Near:
    """The nearest others of each case, by its `looks`; ties go by the order of lists."""
    traits = [of_entry for _, of_entry, _ in looks]
    sharing: defaultdict[Trait, list[int]] = defaultdict(list)
    places: list[dict[Trait, int]] = []
    for number, of_entry in enumerate(traits):
        places.append({trait: len(sharing[trait]) for trait in of_entry})
        for trait in places[-1]:
            sharing[trait].append(number)
    texts = likeness([text for *_, text in looks])
    return {
        own: tuple(
            (looks[other][0], reasons) for other, reasons in _nearest(number, places, sharing, texts, len(looks))
        )
        for number, (own, *_) in enumerate(looks)
    }


def _nearest(
    number: int,
    places: Sequence[Mapping[Trait, int]],
    sharing: Mapping[Trait, Sequence[int]],
    texts: Likeness,
    total: int,
) -> list[tuple[int, tuple[Trait, ...]]]:
    own = places[number]
    weights = {trait: _WEIGHTS[trait[0]] * rarity(len(sharing[trait]), total) for trait in own}
    scores = texts.nearby(number)
    for trait, place in own.items():
        for other in sharing[trait][max(0, place - WINDOW) : place + WINDOW + 1]:
            scores[other] += weights[trait]
    del scores[number]
    found: list[tuple[float, int, tuple[Trait, ...]]] = []
    for other in heapq.nsmallest(_COMPARED, scores, key=lambda other: (-scores[other], other)):
        share = texts.share(number, other)
        reasons = sorted((trait for trait in own if trait in places[other]), key=lambda trait: (-weights[trait], trait))
        if share >= _ALIKE:
            reasons.insert(0, ("text", ""))
        score = share * _ALIKE_WEIGHT + sum(weights[trait] for trait in reasons if trait in weights)
        if reasons:
            found.append((score, other, tuple(reasons)))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(other, reasons) for _, other, reasons in found[: 2 * MOST_RELATED]]


def _text(entry: Entry) -> str:
    case = entry.case
    return " ".join((case.title, case.summary, case.intro, *case.keywords))


def _traits(entry: Entry, vocabulary: Vocabulary) -> Iterator[Trait]:
    """What likeness goes by besides the texts."""
    yield from (("keyword", word) for word in entry.case.keywords)
    yield from (("topic", slug) for slug in topic_slugs(entry.case, vocabulary))
    yield "region", entry.case.unit.region
    yield "category", f"{entry.campaign.id}-{entry.case.category}"


class _Words:
    """Reasons in Chinese."""

    def __init__(self, regions: Regions, vocabulary: Vocabulary) -> None:
        self._regions = regions.by_slug
        self._topics = {topic.slug: topic.name for topic in vocabulary.topics}

    def why(self, reasons: Sequence[Trait]) -> str:
        """Up to two kinds of reasons, the most telling first; only what has no better one is “同一类别”."""
        told: dict[str, str] = {}
        for kind, what in reasons:
            if kind in told:
                if kind != "region" and told[kind].count("、") < 1:
                    told[kind] += f"、{self._topics[what] if kind == 'topic' else what}"
            elif kind == "text":
                told[kind] = "内容相近"
            elif kind == "keyword":
                told[kind] = f"同一关键词：{what}"
            elif kind == "topic":
                told[kind] = f"同一主题：{self._topics[what]}"
            elif kind == "region":
                told[kind] = self._region(what)
            else:
                told[kind] = "同一类别"
        if len(told) > 1:
            told.pop("category", None)
        return "；".join(list(told.values())[:2])

    def _region(self, slug: str) -> str:
        region = self._regions.get(slug)
        if region is None:
            return "同一地区"
        kind = {"县市区": "县市区", "功能区": "县市区", "市州": "市州", "省": "省份"}.get(region.kind, "")
        return f"同一{kind}：{region.name}" if kind else f"同为{region.name}"
