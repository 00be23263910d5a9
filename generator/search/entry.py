"""What search is told about a case: what can be found in it, what it counts under, what its card shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicture:
    """The picture of a card; addresses relative to the root of the site, sizes in pixels."""

    src_webp: str | None
    src_jpeg: str
    width: int
    height: int
    placeholder: str | None = None  # a data: address of a few bytes, shown until the picture came


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a result shows beside its title and excerpt."""

    unit: str
    region: str  # as people call it
    year: int
    campaign: str  # short title of the call
    category: str = ""  # code or name, as the call writes it
    group: str = ""  # slug of the group, which colours a card without a picture
    group_name: str = ""
    cover: int = 0  # the pattern of a card without a picture, 0 to 5
    cover_words: str = ""  # what stands on it
    badges: tuple[tuple[str, str], ...] = ()  # (text, slug of the level), highest first
    picture: CardPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One public case, as search sees it. Texts are plain: no markup."""

    url: str  # relative to the root of the site, "cases/enshi-2023/x/"
    title: str
    unit: str
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (facet, slugs); a facet left out has none
    card: Card
    rank: int = 0  # of the highest honour; the higher the number, the further up in a list
