"""Atom feeds of what was published last: all cases, each call's, each region's. RFC 4287.

The build has no clock: a case's date is that of its last change, else of its publication. A case that states neither
stands in no feed, for a date that nobody gave would be invented; a feed without a case is not made.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from generator.catalog.campaign import Campaign
from generator.pages.cards import shortened
from generator.pages.groups import Entry, Group

MOST_ENTRIES = 50
"""A feed tells what is new; the whole is in `data/`."""

_SUMMARY_LENGTH = 200
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its address, its title, the page that it follows, and its cases, newest first."""

    url: str
    title: str
    page_url: str
    entries: tuple[Entry, ...]

    @property
    def as_extra(self) -> dict[str, str]:
        """What a page says of its feed (`Page.extra`); nothing where there is none."""
        return {"feed": self.url, "feed-title": self.title} if self.entries else {}


def all_feed(entries: Iterable[Entry]) -> Feed:
    """The feed of all cases."""
    return Feed(url="feeds/all.xml", title="全部案例", page_url="cases/", entries=_newest(entries))


def campaign_feed(campaign: Campaign, members: Sequence[Entry]) -> Feed:
    """The feed of a call; *members* are its public cases."""
    return Feed(
        url=f"feeds/campaign/{campaign.id}.xml",
        title=campaign.short_title,
        page_url=f"campaigns/{campaign.id}/",
        entries=_newest(members),
    )


def region_feed(group: Group) -> Feed:
    """The feed of a region's page."""
    return Feed(
        url=f"feeds/region/{group.slug}.xml", title=group.label, page_url=group.url, entries=_newest(group.members)
    )


def feeds(entries: Sequence[Entry], groups: Mapping[str, Sequence[Group]]) -> tuple[Feed, ...]:
    """Every feed that has a case: all, by call, by region, in the order of lists."""
    by_call: dict[str, list[Entry]] = {}
    for entry in entries:
        by_call.setdefault(entry.campaign.id, []).append(entry)
    found = (
        all_feed(entries),
        *(campaign_feed(members[0].campaign, members) for members in by_call.values()),
        *(region_feed(group) for group in groups["region"]),
    )
    return tuple(feed for feed in found if feed.entries)


def changed(entry: Entry) -> datetime.date | None:
    """The day of a case's last change, as far as the case states one."""
    return entry.case.updated or entry.case.published


def _newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    dated = [(day, entry) for entry in entries if (day := changed(entry))]
    dated.sort(key=lambda pair: pair[1].id)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(entry for _, entry in dated[:MOST_ENTRIES])


def atom(feed: Feed, site_name: str, site_url: str) -> str:
    """*feed* as an Atom document. Days begin at midnight in Beijing."""
    updated = max(day for entry in feed.entries if (day := changed(entry)))
    entries = "\n".join(_entry(entry, site_url) for entry in feed.entries)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>{_text(f"{site_name}：{feed.title}")}</title>
<id>{_text(site_url + feed.url)}</id>
<link rel="self" type="application/atom+xml" href={_attribute(site_url + feed.url)}/>
<link rel="alternate" type="text/html" href={_attribute(site_url + feed.page_url)}/>
<updated>{_moment(updated)}</updated>
<author><name>{_text(site_name)}</name></author>
<generator>Showcase</generator>
{entries}
</feed>
"""


def _entry(entry: Entry, site_url: str) -> str:
    case, address = entry.case, site_url + entry.url
    honors = "；".join(f"{honor.level}{honor.grade}（{honor.year}年）" for honor in case.honors)
    words = shortened(case.intro or case.summary, _SUMMARY_LENGTH)
    category = entry.campaign.category(case.category)
    published = f"<published>{_moment(case.published)}</published>" if case.published else ""
    # A feed has to name an author: the writers, or the unit that handed the case in.
    names = [author.name for author in case.authors] or [case.unit.name]
    return "\n".join(
        (
            "<entry>",
            f"<title>{_text(case.title)}</title>",
            f"<id>{_text(address)}</id>",
            f'<link rel="alternate" type="text/html" href={_attribute(address)}/>',
            f"<updated>{_moment(changed(entry))}</updated>{published}",
            *(f"<author><name>{_text(name)}</name></author>" for name in names),
            f"<category term={_attribute(category.group if category else case.category)}/>",
            f"<summary>{_text(f'{case.unit.name}。{honors}。{words}')}</summary>",
            "</entry>",
        )
    )


def _moment(day: datetime.date | None) -> str:
    return f"{day.isoformat()}T00:00:00+08:00" if day else ""


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))


def _attribute(words: str) -> str:
    return quoteattr(_NOT_XML.sub("", words))
