"""Whose site it is: what the settings say of it, as its pages need it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.leaving import way_out
from generator.pages.listing import SecurityContact
from generator.pages.marks import register_marks
from generator.pages.review import REVIEW_URL
from generator.pages.site_facts import PreviewKind, SiteFacts
from generator.pages.views import LinkView
from generator.settings import Settings

SECTIONS = (
    ("home", "首页", ""),
    ("cases", "案例", "cases/"),
    ("results", "获奖名单", "results/"),
    ("campaigns", "征集活动", "campaigns/"),
    ("pilots", "试点项目", "pilots/"),
    ("statistics", "统计", "statistics/"),
    ("data", "数据", "data/"),
    ("about", "关于", "about/"),
)
"""The columns of the site: key, name, address."""


def chrome_words(settings: Settings, preview: PreviewKind, guiding: Sequence[LinkView]) -> dict[str, object]:
    """What header and footer show."""
    options = settings.options
    return {
        "sections": SECTIONS,
        "sample": options.sample,
        "organiser": options.organiser,
        "undertaker": options.undertaker,
        "contact": options.contact,
        "guides": [(guide.text, guide.url) for guide in guiding],
        "registers": [(mark.text, way_out(mark.url)) for mark in registers(settings)],
        "site_code": options.site_code,
        "preview": preview,
        "review_url": REVIEW_URL.get(preview, ""),
    }


def site_facts(settings: Settings, preview: PreviewKind) -> SiteFacts:
    """What every page may say of its site."""
    options = settings.options
    return SiteFacts(
        name=settings.site_name,
        url=settings.site_url,
        path=settings.site_path,
        correction=options.correction,
        description=settings.site_description,
        organiser=options.organiser,
        code=options.site_code,
        columns={key: name for key, name, _ in SECTIONS},
        preview=preview,
    )


def security_contact(settings: Settings) -> SecurityContact | None:
    """Whom to tell of a hole, where the settings say."""
    options = settings.options
    if not options.security_contact or options.security_expires is None:
        return None
    return SecurityContact(address=options.security_contact, expires=options.security_expires)


def registers(settings: Settings) -> tuple[LinkView, ...]:
    """The marks of the footer that lead to other hosts."""
    return register_marks(settings.options.icp, settings.options.police)
