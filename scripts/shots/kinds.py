"""Which pages are shown, and the ways in which each is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KINDS = {
    "home": "",
    "all-cases": "cases/",
    "group": "level/province/",
    "case-pictures": "cases/enshi-2023/lichuan-timetable-resources/",
    "case-video": "cases/enshi-2023/zhouzhi-dawn-redwood-diary/",
    "case-without-text": "cases/enshi-2023/jianshi-noon-reading/",
    "case-without-picture": "cases/yueyang-2021/nanhu-reading-pavilion/",
    "case-long-title": "cases/yueyang-2021/xiangyin-lesson-slices/",
    "case-pilot": "cases/yueyang-2020-pilots/yueyanglou-furong-union/",
    "case-withdrawn": "cases/yueyang-2021/linxiang-float-physics/",
    "calls": "campaigns/",
    "call-quotas": "campaigns/yueyang-2020-pilots/",
    "call-surveys": "campaigns/hunan-2020-tkbtx/",
    "results-all": "results/",
    "results": "results/yueyang-2021/",
    "pilots": "pilots/",
    "statistics": "statistics/",
    "data": "data/",
    "search": "search/?q=%E6%95%99%E5%AD%A6%E7%82%B9",
    "about": "about/",
    "accessibility": "accessibility/",
    "guide-school": "guides/school/",
    "guide-county": "guides/county/",
    "sitemap": "sitemap/",
    "not-found": "404.html",
}
"""Name of a picture → address on the site. One that the site does not have is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A way of looking: a window, the visitor's choices in localStorage, the screen or paper."""

    name: str
    width_px: int
    stored: tuple[tuple[str, str], ...] = ()
    media: Literal["screen", "print"] = "screen"


MODES = (
    Mode(name="390", width_px=390, stored=(("scheme", "light"),)),
    Mode(name="390-dark", width_px=390, stored=(("scheme", "dark"),)),
    Mode(name="390-elder", width_px=390, stored=(("scheme", "light"), ("version", "elder"))),
    Mode(name="768", width_px=768, stored=(("scheme", "light"),)),
    Mode(name="1440", width_px=1440, stored=(("scheme", "light"),)),
    Mode(name="1440-dark", width_px=1440, stored=(("scheme", "dark"),)),
    Mode(name="1440-elder", width_px=1440, stored=(("scheme", "light"), ("version", "elder"))),
    Mode(name="print", width_px=794, stored=(("scheme", "light"),), media="print"),
)
"""Keys and values of localStorage are those of theme/assets/javascripts/first.js; 794 px is A4 at 96 dpi."""

SHEET_MODES = tuple(mode.name for mode in MODES)
"""What the sheet shows of each page."""
