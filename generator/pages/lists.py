"""Pages that lead to cases: home, lists and groups, search, the site map."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.catalog.values import LEVELS
from generator.pages.call_views import HomeView, SitemapView
from generator.pages.cards import shortened
from generator.pages.facets import FacetView, facets
from generator.pages.groups import KINDS, Entry, Group
from generator.pages.site_values import ALL_CASES, HOME, SiteValues
from generator.pages.views import GroupLinks, LinkView, ListView, Page, Pager, SearchView

PAGE_SIZE = 24
"""Cases on a page of a list: divisible by two, three and four columns."""

FINDER = ("search.js",)
"""What a page with the finder loads."""

HOME_NEWEST = 6
HOME_EACH = 2
HOME_KINDS = ("level", "year", "category", "grade", "stage", "region")


def home(site: SiteValues, description: str) -> Page:
    """The home page."""
    pilots = [entry for entry in site.entries if entry.campaign.kind == "试点项目"]
    units = len({entry.case.unit.name for entry in site.entries})
    above = sum(1 for entry in site.entries if any(h.level in LEVELS[2:] for h in entry.case.honors))
    view = HomeView(
        figures=(
            (str(len(site.entries)), "公开案例", "cases/"),
            (str(units), "学校和单位", "sitemap/"),
            (str(above), "省级以上获奖", "level/province/"),
            (str(len({entry.case.unit.region for entry in site.entries})), "来自地区", "sitemap/"),
        ),
        newest=site.cards(_newest(site.entries)),
        groups=tuple(_short(links) for kind in HOME_KINDS for links in site.links if links.kind == kind),
        campaigns=tuple(site.calls.values()),
        pilots=site.cards(pilots[:3]),
    )
    return Page(url="", template="home.html", title="", description=description, view=view, section="home")


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """The first of each call in turn, so that one large call does not fill the page."""
    taken: Counter[str] = Counter()
    chosen = []
    for entry in entries:
        if entry.campaign.kind != "试点项目" and taken[entry.campaign.id] < HOME_EACH:
            taken[entry.campaign.id] += 1
            chosen.append(entry)
    return chosen[:HOME_NEWEST]


def _short(links: GroupLinks) -> GroupLinks:
    """Without the categories of single calls, which stand on the call's own page."""
    if links.kind != "category":
        return links
    return dataclasses.replace(links, links=tuple(link for link in links.links if "-" not in link.url))


def all_cases(site: SiteValues) -> Iterator[Page]:
    """The list of all cases; its first page is where the finder begins."""
    yield from _list(
        site,
        "cases/",
        "全部案例",
        "",
        "按年份从新到旧排列，同一年先排级别高的荣誉。",
        site.entries,
        (),
        facets(site.groups, site.entries),
    )


def group_pages(site: SiteValues) -> Iterator[Page]:
    """The list of every group."""
    for kind, label in KINDS.items():
        siblings = tuple(
            LinkView(text=group.label, url=group.url)  # no count: a case elsewhere would change every page of the kind
            for group in site.groups[kind]
        )
        for group in site.groups[kind]:
            yield from _list(
                site,
                group.url,
                group.label,
                f"按{label}",
                group.lead,
                group.members,
                siblings if kind != "unit" else (),
            )


def _list(
    site: SiteValues,
    url: str,
    heading: str,
    kicker: str,
    lead: str,
    members: Sequence[Entry],
    siblings: tuple[LinkView, ...],
    offered: tuple[FacetView, ...] = (),
) -> Iterator[Page]:
    count = max(1, -(-len(members) // PAGE_SIZE))
    for number in range(1, count + 1):
        pager = Pager(number=number, count=count, first_url=url)
        part = members[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        title = heading if number == 1 else f"{heading}（第 {number} 页）"
        crumbs = (HOME,) if url == "cases/" else (HOME, ALL_CASES)
        yield Page(
            url=pager.url(number),
            template="list.html",
            title=title,
            description=f"{heading}：共 {len(members)} 个获奖案例。{shortened(lead, 80)}",
            view=ListView(
                heading=heading,
                kicker=kicker,
                lead=lead,
                total=len(members),
                cards=site.cards(part),
                pager=pager,
                siblings=siblings,
                current_url=url,
                facets=offered if number == 1 else (),
            ),
            crumbs=crumbs,
            section="cases",
            scripts=FINDER if offered and number == 1 else (),
        )


def pilots(site: SiteValues) -> Page:
    """The pilots, by call."""
    members = [entry for entry in site.entries if entry.campaign.kind == "试点项目"]
    return Page(
        url="pilots/",
        template="list.html",
        title="试点项目",
        description=f"教育信息化创新试点项目，共 {len(members)} 个。",
        view=ListView(
            heading="试点项目",
            kicker="",
            lead="经批准立项的教育信息化创新试点：县市区试点、芙蓉网络联校试点和中小学校试点。",
            total=len(members),
            cards=site.cards(members),
            pager=Pager(number=1, count=1, first_url="pilots/"),
            siblings=(),
            current_url="pilots/",
        ),
        crumbs=(HOME,),
        section="pilots",
    )


def search(site: SiteValues) -> Page:
    """The search page."""
    return Page(
        url="search/",
        template="search.html",
        title="搜索案例",
        description="按任意词搜索案例，再按级别、等次、类别、年份和地区筛选。",
        view=SearchView(facets=facets(site.groups, site.entries)),
        crumbs=(HOME,),
        section="search",
        scripts=FINDER,
    )


def sitemap(site: SiteValues) -> Page:
    """The site map for people."""
    kinds = (*site.links, _units(site.groups["unit"]))
    return Page(
        url="sitemap/",
        template="sitemap.html",
        title="网站地图",
        description="本站所有栏目与分组。",
        view=SitemapView(groups=kinds, campaigns=tuple(site.calls.values())),
        crumbs=(HOME,),
    )


def _units(groups: tuple[Group, ...]) -> GroupLinks:
    links = tuple(LinkView(text=g.label, url=g.url, count=len(g.members)) for g in groups)
    return GroupLinks(kind="unit", label="单位", links=tuple(sorted(links, key=lambda link: link.text)))
