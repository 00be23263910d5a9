"""Which picture is shown beside a link to a page: a card drawn for it, or the picture of its case. DOMAIN: section 3, issue 4."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from generator.catalog.submission import Catalog
from generator.media.recipe import ShareCardRecipe
from generator.pages.cards import badges
from generator.pages.groups import Entry
from generator.pages.media_views import PictureView, SharePicture
from generator.pages.views import Card, Page

_LEAST_PX = 600
"""Of a case's own picture: below this width networks show a stamp beside the text."""

_BEST_PX = 1_200


def share_cards(
    entries: Iterable[Entry], catalog: Catalog, *, site_name: str, site_lead: str, with_cases: bool
) -> dict[str, ShareCardRecipe]:
    """What to draw, by the address of the page: for the site (""), for each call, and *with_cases* for each case."""
    found = {"": ShareCardRecipe(title=site_name, kicker="教育信息化 · 教育数字化", foot=site_lead)}
    for campaign in catalog.campaigns.values():
        found[f"campaigns/{campaign.id}/"] = ShareCardRecipe(
            title=campaign.title,
            kicker=f"{campaign.year}年 · {campaign.kind}",
            foot=campaign.issuer.unit,
            site_name=site_name,
        )
    for entry in entries if with_cases else ():
        honours = badges(entry.case, catalog.vocabulary)
        found[entry.url] = ShareCardRecipe(
            title=entry.case.title,
            kicker=entry.campaign.short_title,
            foot=entry.case.unit.name,
            badge=f"{honours[0].year}年 {honours[0].text}" if honours else "",
            badge_level=honours[0].level_slug if honours else "",
            site_name=site_name,
        )
    return found


def with_shares(
    pages: Iterable[Page], entries: Iterable[Entry], cards: Mapping[str, Card], drawn: Mapping[str, SharePicture]
) -> tuple[Page, ...]:
    """Every indexed page with its picture.

    A case: its own card, else its picture where that is large enough, else its call's card. A call and its award
    list: the call's card. All others, and those whose card could not be drawn: the site's.
    """
    by_url = dict(drawn)
    for entry in entries:
        call = f"campaigns/{entry.campaign.id}/"
        own = drawn.get(entry.url) or _picture(cards[entry.id].picture) or drawn.get(call)
        if own:
            by_url[entry.url] = own
    return tuple(
        dataclasses.replace(page, share=by_url.get(_as_call(page.url)) or by_url.get("")) if page.is_indexed else page
        for page in pages
    )


def _as_call(url: str) -> str:
    """The address of the call where *url* is that of its award list."""
    return f"campaigns/{url.removeprefix('results/')}" if url.startswith("results/") else url


def _picture(picture: PictureView | None) -> SharePicture | None:
    """The JPEG that comes nearest to what networks show: some readers of links know no other format."""
    files = [file for file in picture.files if file.media_type == "image/jpeg"] if picture else []
    large = [file for file in files if file.width_px >= _LEAST_PX]
    if picture is None or not large:
        return None
    best = min(large, key=lambda file: (abs(file.width_px - _BEST_PX), file.width_px))
    return SharePicture(
        name=best.name,
        media_type=best.media_type,
        width_px=best.width_px,
        height_px=best.height_px,
        alt=picture.alt,
    )
