"""Every page that can be shared has a picture: its own, its call's, or the site's."""

from __future__ import annotations

import dataclasses

from generator.pages.cards import Shelf
from generator.pages.map import site_map
from generator.pages.media_views import PictureView, SharePicture, SourceFile
from generator.pages.share import share_cards

from .sample_site import CARD, CASE, FACTS, URL, catalog, site

SHELF = Shelf()


def shares(drawn: dict[str, SharePicture], shelf: Shelf = SHELF) -> dict[str, SharePicture | None]:
    made = site_map(catalog(), frozenset(), shelf, {}, site_name="x", site_url=URL, site_description="", shares=drawn)
    return {page.url: page.share for page in made.pages}


def named(name: str) -> SharePicture:
    return dataclasses.replace(CARD, name=name)


def test_a_page_has_its_own_card_or_its_calls_or_the_sites() -> None:
    found = shares({"": CARD, "campaigns/enshi-2023/": named("call.jpg"), CASE: named("case.jpg")})
    assert found[CASE] == named("case.jpg")
    assert found["cases/enshi-2023/jianshi-noon-reading/"] == named("call.jpg")
    assert found["campaigns/enshi-2023/"] == found["results/enshi-2023/"] == named("call.jpg")
    assert found["results/"] == found["cases/"] == found[""] == CARD
    assert found["404.html"] is None


def test_without_a_card_of_its_own_a_case_shows_its_picture_where_that_is_large_enough() -> None:
    case = next(one for one in catalog().submissions if one.case and one.case.cover and one.case.is_public)
    assert case.case and case.case.cover
    widths = (320, 640, 960, 1600)
    for largest, wanted in ((4, "960.jpg"), (1, CARD.name)):
        files = tuple(
            SourceFile(name=f"{width}.jpg", media_type="image/jpeg", width_px=width, height_px=width // 2)
            for width in widths[:largest]
        )
        picture = PictureView(width_px=1600, height_px=800, placeholder="", files=files, alt="")
        found = shares({"": CARD}, Shelf(pictures={(case.id, case.case.cover): picture}))
        shown = found[f"cases/{case.id}/"]
        assert shown and shown.name == wanted


def test_cards_are_drawn_for_the_site_and_its_calls_and_for_cases_only_where_wanted() -> None:
    entries = site().entries
    few = share_cards(entries, catalog(), site_name=FACTS.name, site_lead="", with_cases=False)
    assert few.keys() == {"", *(f"campaigns/{name}/" for name in catalog().campaigns)}
    all_of_them = share_cards(entries, catalog(), site_name=FACTS.name, site_lead="", with_cases=True)
    assert all_of_them.keys() == few.keys() | {entry.url for entry in entries}
    best = all_of_them[CASE]
    case = next(entry.case for entry in entries if entry.url == CASE)
    assert (best.title, best.foot) == (case.title, case.unit.name)
    assert case.highest and case.highest.level in best.badge
