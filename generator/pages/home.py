"""The home page: what a parent, a teacher and an official look for first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.catalog.values import LEVELS
from generator.pages.charts import small_bar
from generator.pages.feeds import all_feed
from generator.pages.figure_views import CountLink, CountLinks, HomeView
from generator.pages.groups import Entry
from generator.pages.opencalls import open_calls
from generator.pages.pilots import state_counts
from generator.pages.site_values import SiteValues
from generator.pages.views import GroupLinks, LinkView, Page

NEWEST = 6
NEWEST_EACH = 2
PILOTS = 3
KINDS = ("level", "category", "year", "stage", "grade", "region")
_WITHOUT_BARS = ("region",)  # too many for bars on a phone, and nobody is ranked


def home(site: SiteValues, description: str) -> Page:
    """The home page. DOMAIN: section 3, “home”."""
    pilots = [entry for entry in site.entries if entry.campaign.kind == "试点项目"]
    open_now = open_calls(site.campaigns, site.calls)
    calls = tuple(site.calls.values())
    view = HomeView(
        figures=_figures(site.entries),
        open_calls=open_now,
        newest=site.cards(_newest(site.entries)),
        results=tuple(call for call in calls if call.results_url),
        groups=tuple(_counted(links) for kind in KINDS for links in site.links if links.kind == kind),
        pilots=site.cards(pilots[:PILOTS]),
        pilot_states=tuple((state, count, mark) for state, count, mark, _ in state_counts(pilots) if count),
        campaigns=tuple(call for call in calls if call.count and call not in {open_.card for open_ in open_now}),
    )
    return Page(
        url="",
        template="home.html",
        title="",
        description=description,
        view=view,
        section="home",
        extra=all_feed(site.entries).as_extra,
        scripts=("countdown.js",) if any(call.deadline for call in open_now) else (),
    )


def _figures(entries: Sequence[Entry]) -> tuple[tuple[str, str, str], ...]:
    """Four numbers with the pages that show what they count."""
    above = [entry for entry in entries if any(honor.level in LEVELS[2:] for honor in entry.case.honors)]
    units = {entry.case.unit.name for entry in entries}
    regions = {entry.case.unit.region for entry in entries}
    return (
        (str(len(entries)), "公开案例", "cases/"),
        (str(len(units)), "学校和单位", "sitemap/"),
        (str(len(above)), "省级以上获奖", "statistics/#level" if entries else "cases/"),
        (str(len(regions)), "来自地区", "statistics/#region" if entries else "cases/"),
    )


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """The first of each call in turn, so that one large call does not fill the page."""
    taken: Counter[str] = Counter()
    chosen = []
    for entry in entries:
        if entry.campaign.kind != "试点项目" and taken[entry.campaign.id] < NEWEST_EACH:
            taken[entry.campaign.id] += 1
            chosen.append(entry)
    return chosen[:NEWEST]


def _counted(links: GroupLinks) -> CountLinks:
    """The groups of a kind with their bars, without the categories of single calls, which stand on the call's own page."""
    shown: list[LinkView] = [link for link in links.links if links.kind != "category" or "-" not in link.url]
    most = max((link.count or 0 for link in shown), default=0)
    return CountLinks(
        kind=links.kind,
        label=links.label,
        links=tuple(
            CountLink(link=link, svg="" if links.kind in _WITHOUT_BARS else small_bar(link.count or 0, most))
            for link in shown
        ),
    )
