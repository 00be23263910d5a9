"""Which groups there are and which cases stand in each: levels, grades, categories, years, regions … DOMAIN: section 3."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.values import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A public case with its call: what groups and lists are made of."""

    id: str
    slug: str
    case: Case
    campaign: Campaign

    @property
    def url(self) -> str:
        """Its address. DOMAIN: decision 9."""
        return f"cases/{self.campaign.id}/{self.slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A list of cases with an address; members in the order of the list."""

    kind: str
    slug: str
    label: str
    members: tuple[Entry, ...]
    lead: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return f"{self.kind}/{self.slug}/"


KINDS: Mapping[str, str] = {
    "level": "级别",
    "grade": "等次",
    "category": "类别",
    "year": "年份",
    "region": "地区",
    "stage": "学段",
    "topic": "主题",
    "unit": "单位",
}


def order(vocabulary: Vocabulary) -> Callable[[Entry], tuple[int, int, int, str]]:
    """The key that sorts entries: newest call, highest level, best grade, then address."""

    def key(entry: Entry) -> tuple[int, int, int, str]:
        best = entry.case.highest
        level = LEVELS.index(best.level) if best else -1
        grade = vocabulary.grade_by_name.get(best.grade) if best else None
        return -entry.campaign.year, -level, grade.rank if grade else 99, entry.id

    return key


def unit_slug(name: str) -> str:
    """The address of a unit's page: names are Chinese, addresses ASCII, so the start of a hash stands for it."""
    return "u" + hashlib.sha256(name.encode()).hexdigest()[:10]


def groups_of(entries: Iterable[Entry], regions: Regions, vocabulary: Vocabulary) -> dict[str, tuple[Group, ...]]:
    """Every group that has a member, by kind, in the order that lists show them.

    *entries* are in the order of lists already; groups keep it.
    """
    rooms: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for kind, slug in _places(entry, regions, vocabulary):
            rooms.setdefault((kind, slug), []).append(entry)
    result: dict[str, tuple[Group, ...]] = {}
    for kind in KINDS:
        labels = dict(_labels(kind, regions, vocabulary, rooms))
        result[kind] = tuple(
            Group(kind=kind, slug=slug, label=labels[slug][0], lead=labels[slug][1], members=tuple(rooms[(kind, slug)]))
            for slug in labels
            if (kind, slug) in rooms
        )
    return result


def category_slug(campaign: Campaign, code: str) -> str:
    """The address of a call's own category."""
    category = campaign.category(code)
    return f"{campaign.id}-{category.slug if category else 'other'}"


def topic_slugs(case: Case, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics of a case that have a page, through their synonyms, without repetition."""
    topics = vocabulary.topic_by_name
    found = (topics.get(name) for name in (*case.topics, *case.themes))
    return tuple(dict.fromkeys(topic.slug for topic in found if topic))


def _places(entry: Entry, regions: Regions, vocabulary: Vocabulary) -> set[tuple[str, str]]:
    """The groups of one case."""
    case, campaign = entry.case, entry.campaign
    level_slugs = {level.name: level.slug for level in vocabulary.levels}
    stage_slugs = {stage.name: stage.slug for stage in vocabulary.stages}
    group_slugs = {group.name: group.slug for group in vocabulary.groups}
    places = {("level", level_slugs[honor.level]) for honor in case.honors}
    places |= {
        ("grade", vocabulary.grade_by_name[honor.grade].slug)
        for honor in case.honors
        if honor.grade in vocabulary.grade_by_name
    }
    category = campaign.category(case.category)
    if category:
        places |= {("category", group_slugs[category.group]), ("category", category_slug(campaign, case.category))}
    places |= {("year", str(campaign.year)), ("unit", unit_slug(case.unit.name))}
    places |= {("region", slug) for slug in lineage(case.unit.region, regions)}
    places |= {("stage", stage_slugs[name]) for name in case.stage if name in stage_slugs}
    places |= {("topic", slug) for slug in topic_slugs(case, vocabulary)}
    return places


def lineage(slug: str, regions: Regions) -> Iterator[str]:
    """A region and those around it, without the province: every case of a site stands in one or two of those."""
    while (region := regions.by_slug.get(slug)) and region.kind != "省":
        yield slug
        if not region.parent:
            return
        slug = region.parent


def _labels(
    kind: str, regions: Regions, vocabulary: Vocabulary, rooms: Mapping[tuple[str, str], list[Entry]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Slug → label and lead of every group of a kind, in order."""
    members = {slug: entries for (of, slug), entries in rooms.items() if of == kind}
    if kind == "level":
        yield from ((level.slug, (level.name, "")) for level in reversed(vocabulary.levels))
    elif kind == "grade":
        yield from ((grade.slug, (grade.name, "")) for grade in sorted(vocabulary.grades, key=lambda g: g.rank))
    elif kind == "category":
        yield from (
            (group.slug, (f"{group.name}案例" if group.name != "试点" else "试点项目", ""))
            for group in vocabulary.groups
        )
        campaigns = {entry.campaign.id: entry.campaign for entries in members.values() for entry in entries}
        for campaign in sorted(campaigns.values(), key=lambda c: (-c.year, c.id)):
            for category in campaign.categories:
                label = f"{campaign.short_title} · {category.name}"
                yield f"{campaign.id}-{category.slug}", (label, category.description)
    elif kind == "year":
        yield from ((slug, (f"{slug}年", "")) for slug in sorted(members, reverse=True))
    elif kind == "region":
        yield from ((region.slug, (region.name, "")) for region in regions.regions)
    elif kind == "stage":
        yield from ((stage.slug, (stage.name, "")) for stage in vocabulary.stages)
    elif kind == "topic":
        yield from ((topic.slug, (topic.name, "")) for topic in vocabulary.topics)
    else:
        yield from sorted((slug, (entries[0].case.unit.name, "")) for slug, entries in members.items())
