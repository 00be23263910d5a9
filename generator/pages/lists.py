"""Pages that lead to cases: lists and groups, search, the site map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.pages.call_views import SitemapView
from generator.pages.cards import shortened
from generator.pages.facets import FacetView, facets
from generator.pages.feeds import Feed, all_feed, region_feed
from generator.pages.groups import KINDS, Entry, Group
from generator.pages.leaves import absent
from generator.pages.site_values import ALL_CASES, HOME, SiteValues
from generator.pages.views import GroupLinks, LinkView, ListView, Page, Pager, SearchView

PAGE_SIZE = 24
"""Cases on a page of a list: divisible by two, three and four columns."""

FINDER = ("search.js",)
"""What a page with the finder loads."""


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
        facets(site.groups, site.entries) if site.preview != "folder" else (),
        all_feed(site.entries),
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
                feed=region_feed(group) if kind == "region" else None,
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
    feed: Feed | None = None,
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
            extra=feed.as_extra if feed else {},
        )


def search(site: SiteValues) -> Page:
    """The search page; the folder of a preview has no index, since a page opened from a disk may read no file."""
    if site.preview == "folder":
        return absent("search/", "搜索案例", "预览文件夹里不能搜索，正式网站上可以。")
    return Page(
        url="search/",
        template="search.html",
        title="搜索案例",
        description="按任意词搜索案例，再按级别、等次、类别、年份和地区筛选。",
        view=SearchView(facets=facets(site.groups, site.entries)),
        crumbs=(HOME,),
        section="cases",
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
        view=SitemapView(guides=site.guides, groups=kinds, campaigns=tuple(site.calls.values())),
        crumbs=(HOME,),
    )


def _units(groups: tuple[Group, ...]) -> GroupLinks:
    links = tuple(LinkView(text=g.label, url=g.url, count=len(g.members)) for g in groups)
    return GroupLinks(kind="unit", label="单位", links=tuple(sorted(links, key=lambda link: link.text)))
