"""The pages of the sample cases as values, without media: what tests of this room look at."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.pages.cards import Shelf
from generator.pages.map import SiteMap, site_map
from generator.pages.views import Page

ROOT = Path(__file__).parent.parent.parent
SITE_NAME, SITE_URL = "示例网", "https://example.org/show/"

View = TypeVar("View")


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


def with_campaign(name: str, **changes: Any) -> Catalog:
    """The catalogue with some fields of one call changed."""
    calls = tuple(
        dataclasses.replace(call, campaign=call.campaign.model_copy(update=changes))
        if call.id == name and call.campaign
        else call
        for call in catalog().calls
    )
    return dataclasses.replace(catalog(), calls=calls)


def with_case(name: str, **changes: Any) -> Catalog:
    """The catalogue with some fields of one case changed."""
    submissions = tuple(
        dataclasses.replace(submission, case=submission.case.model_copy(update=changes))
        if submission.id == name and submission.case
        else submission
        for submission in catalog().submissions
    )
    return dataclasses.replace(catalog(), submissions=submissions)


def mapped(found: Catalog | None = None) -> SiteMap:
    """The pages of *found*, of the sample cases otherwise."""
    return site_map(
        found or catalog(),
        frozenset(),
        Shelf(),
        {},
        site_name=SITE_NAME,
        site_url=SITE_URL,
        site_description="",
    )


def page(site: SiteMap, url: str) -> Page:
    return next(page for page in site.pages if page.url == url)


def view(site: SiteMap, url: str, kind: type[View]) -> View:
    """The view of a page."""
    found = page(site, url).view
    assert isinstance(found, kind)
    return found
