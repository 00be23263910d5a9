"""The public cases as search sees them: plain texts, facets, and the card of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.catalog.places import Vocabulary
from generator.catalog.submission import Catalog
from generator.catalog.values import LEVELS
from generator.pages.groups import Entry as CaseEntry
from generator.pages.groups import Group, topic_slugs
from generator.pages.map import SiteMap
from generator.pages.views import Card as CardView
from generator.pages.views import PictureView
from generator.search.entry import Card, CardPicture, Entry

FACETS = ("level", "grade", "category", "year", "campaign", "region", "stage", "topic")
_CARD_PICTURE_PX = 640


def findable(site: SiteMap, catalog: Catalog) -> tuple[Entry, ...]:
    """One search entry for each public case."""
    slugs = _slugs(site.groups)
    return tuple(_entry(entry, site.cards[entry.id], catalog, slugs[entry.id]) for entry in site.entries)


def labels(site: SiteMap) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each facet its slugs with their words, in the order of lists."""
    shown = {
        facet: tuple((group.slug, group.label) for group in site.groups[facet] if not _is_of_one_call(group))
        for facet in FACETS
        if facet != "campaign"
    }
    calls = {entry.campaign.id: entry.campaign.short_title for entry in site.entries}
    return {facet: tuple(calls.items()) if facet == "campaign" else shown[facet] for facet in FACETS}


def _is_of_one_call(group: Group) -> bool:
    """The categories of single calls would crowd the filter; whoever wants one chooses the call."""
    return group.kind == "category" and "-" in group.slug


def _slugs(groups: Mapping[str, tuple[Group, ...]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for facet in FACETS:
        for group in groups.get(facet, ()):
            for member in group.members if not _is_of_one_call(group) else ():
                found.setdefault(member.id, {}).setdefault(facet, []).append(group.slug)
    return found


def _entry(entry: CaseEntry, card: CardView, catalog: Catalog, slugs: Mapping[str, list[str]]) -> Entry:
    case = entry.case
    best = case.highest
    return Entry(
        url=entry.url,
        title=case.title,
        unit=case.unit.name,
        authors=tuple(author.name for author in case.authors),
        keywords=(*case.keywords, *_words(entry, card, catalog.vocabulary)),
        summary=case.summary,
        body="\n".join(part for part in (case.intro, catalog.by_id[entry.id].body.text, case.self_review) if part),
        facets=tuple(
            (facet, (entry.campaign.id,) if facet == "campaign" else tuple(slugs.get(facet, ()))) for facet in FACETS
        ),
        card=Card(
            unit=card.unit,
            region=card.region,
            year=card.year,
            campaign=card.campaign,
            category=card.category,
            group=card.group_slug,
            group_name=card.category,
            cover=card.cover,
            cover_words=card.cover_words,
            badges=tuple((badge.text, badge.level_slug) for badge in card.badges),
            picture=_picture(card.picture) if card.picture else None,
        ),
        rank=LEVELS.index(best.level) if best else 0,
    )


def _words(entry: CaseEntry, card: CardView, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a reader sees on the page and so looks for: honours, place, stage, call, topics, themes."""
    case = entry.case
    names = {topic.slug: topic.name for topic in vocabulary.topics}
    words = [
        *(f"{honor.level}{honor.grade}" for honor in case.honors),
        card.region,
        card.category,
        *case.stage,
        *case.subject,
        entry.campaign.title,
        *(names[slug] for slug in topic_slugs(case, vocabulary)),
        *case.themes,
    ]
    return tuple(word for word in dict.fromkeys(words) if word and word not in case.keywords)


def _picture(picture: PictureView) -> CardPicture | None:
    by_type: dict[str, list[str]] = {}
    for file in picture.files:
        if file.width_px <= _CARD_PICTURE_PX or file.media_type not in by_type:
            by_type.setdefault(file.media_type, []).append(f"media/{file.name}")
    if "image/jpeg" not in by_type:
        return None
    return CardPicture(
        src_webp=by_type["image/webp"][-1] if "image/webp" in by_type else None,
        src_jpeg=by_type["image/jpeg"][-1],
        width=picture.width_px,
        height=picture.height_px,
        placeholder=picture.placeholder,
    )
