"""The pages of the sample cases, without their media: real views, made in a moment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.pages.cards import Shelf
from generator.pages.map import SiteMap, site_map
from generator.pages.media_views import SharePicture
from generator.pages.site_facts import SiteFacts
from generator.pages.views import Page, Text

ROOT = Path(__file__).parent.parent.parent
URL = "https://example.org/sub/"
CASE = "cases/enshi-2023/zhouzhi-dawn-redwood-diary/"

FACTS = SiteFacts(
    name="示例展示网",
    url=URL,
    path="/sub/",
    correction="",
    description="展示案例",
    organiser="示例市教育体育局",
    code="4306000001",
    columns={"cases": "案例", "campaigns": "征集活动", "results": "获奖名单", "about": "关于"},
)

CARD = SharePicture(name="abc.jpg", media_type="image/jpeg", width_px=1200, height_px=630, alt="示例")


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


@cache
def site() -> SiteMap:
    return site_map(
        catalog(),
        frozenset(),
        Shelf(),
        {"about": Text(title="关于本站", body="见[全部案例](/cases/)。", pictures={})},
        site_name=FACTS.name,
        site_url=URL,
        site_description=FACTS.description,
        shares={"": CARD},
    )


def page(url: str) -> Page:
    return next(one for one in site().pages if one.url == url)
