"""The public cases as search sees them: plain texts, facets, and the card of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.catalog.places import Vocabulary
from generator.catalog.submission import Catalog
from generator.catalog.values import LEVELS
from generator.pages.facets import CALL, FACETS, facets, is_of_one_call
from generator.pages.groups import Entry as CaseEntry
from generator.pages.groups import Group, topic_slugs
from generator.pages.map import SiteMap
from generator.pages.media_views import PictureView
from generator.pages.views import Card as CardView
from generator.search.entry import Card, CardPicture, Entry
from generator.search.suggestions import Suggestion

_CARD_PICTURE_PX = 640
_GRADES = 16
"""Steps between two levels in the rank of a case; more grades than this share the last step."""


def findable(site: SiteMap, catalog: Catalog) -> tuple[Entry, ...]:
    """One search entry for each public case."""
    slugs = _slugs(site.groups)
    return tuple(_entry(entry, site.cards[entry.id], catalog, slugs[entry.id]) for entry in site.entries)


def labels(site: SiteMap) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each facet its slugs with their words, in the order of lists."""
    return {
        facet.kind: tuple((value.slug, value.text) for value in facet.values)
        for facet in facets(site.groups, site.entries)
    }


def suggestions(site: SiteMap) -> tuple[Suggestion, ...]:
    """What the search fields propose while somebody types: topics, regions and calls as lists show them, the units with
    most cases first, and every case in the order of lists.
    """
    named = {facet.kind: facet.values for facet in facets(site.groups, site.entries)}
    units = sorted(site.groups["unit"], key=lambda group: (-len(group.members), group.label))
    return (
        *(
            Suggestion(kind=kind, text=value.text, url=value.url, count=value.count)
            for kind in ("topic", "region", CALL)
            for value in named.get(kind, ())
        ),
        *(Suggestion(kind="unit", text=group.label, url=group.url, count=len(group.members)) for group in units),
        *(Suggestion(kind="case", text=entry.case.title, url=entry.url) for entry in site.entries),
    )


def _slugs(groups: Mapping[str, tuple[Group, ...]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for facet in FACETS:
        for group in groups.get(facet, ()):
            for member in group.members if not is_of_one_call(group) else ():
                found.setdefault(member.id, {}).setdefault(facet, []).append(group.slug)
    return found


def _entry(entry: CaseEntry, card: CardView, catalog: Catalog, slugs: Mapping[str, list[str]]) -> Entry:
    case = entry.case
    return Entry(
        url=entry.url,
        title=case.title,
        unit=case.unit.name,
        authors=tuple(author.name for author in case.authors),
        keywords=(*case.keywords, *_words(entry, card, catalog.vocabulary)),
        summary=case.summary,
        body="\n".join(part for part in (case.intro, catalog.by_id[entry.id].body.text, case.self_review) if part),
        facets=tuple(
            (facet, (entry.campaign.id,) if facet == CALL else tuple(slugs.get(facet, ()))) for facet in FACETS
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
        rank=_rank(entry, catalog.vocabulary),
    )


def _rank(entry: CaseEntry, vocabulary: Vocabulary) -> int:
    """Higher for a higher level and, within it, a better grade: the order of lists."""
    best = entry.case.highest
    grade = vocabulary.grade_by_name.get(best.grade) if best else None
    step = min(grade.rank, _GRADES - 1) if grade else _GRADES - 1
    return (LEVELS.index(best.level) if best else 0) * _GRADES + _GRADES - 1 - step


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
