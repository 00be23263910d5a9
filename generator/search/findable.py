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

FACETS = ("level", "grade", "category", "year", "region", "stage", "topic")
_CARD_PICTURE_PX = 640


def findable(site: SiteMap, catalog: Catalog) -> tuple[Entry, ...]:
    """One search entry for each public case."""
    slugs = _slugs(site.groups)
    return tuple(_entry(entry, site.cards[entry.id], catalog, slugs[entry.id]) for entry in site.entries)


def labels(site: SiteMap) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each facet its slugs with their words, in the order of lists."""
    return {facet: tuple((group.slug, group.label) for group in site.groups[facet]) for facet in FACETS}


def _slugs(groups: Mapping[str, tuple[Group, ...]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for facet in FACETS:
        for group in groups[facet]:
            for member in group.members:
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
        keywords=(*case.keywords, *_words(entry, catalog.vocabulary)),
        summary=case.summary,
        body="\n".join(part for part in (case.intro, catalog.by_id[entry.id].body.text, case.self_review) if part),
        facets=tuple((facet, tuple(slugs.get(facet, ()))) for facet in FACETS),
        card=Card(
            unit=card.unit,
            region=card.region,
            year=card.year,
            campaign=card.campaign,
            category=card.category,
            group=card.group_slug,
            group_name=next((g.name for g in catalog.vocabulary.groups if g.slug == card.group_slug), ""),
            badges=tuple((badge.text, badge.level_slug) for badge in card.badges),
            picture=_picture(card.picture) if card.picture else None,
        ),
        rank=LEVELS.index(best.level) if best else 0,
    )


def _words(entry: CaseEntry, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Topics and themes, which a reader sees on the page and so looks for, without those that are keywords too."""
    names = {topic.slug: topic.name for topic in vocabulary.topics}
    words = [names[slug] for slug in topic_slugs(entry.case, vocabulary)] + list(entry.case.themes)
    return tuple(word for word in dict.fromkeys(words) if word not in entry.case.keywords)


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
