"""Every page of the site and what it shows: addresses, groups, order, neighbours. Values in, values out."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.submission import Catalog
from generator.catalog.values import LEVELS
from generator.pages.callpage import campaign_card, campaign_view
from generator.pages.cards import Shelf, card, shortened
from generator.pages.casepage import case_view
from generator.pages.groups import KINDS, Entry, Group, groups_of, order
from generator.pages.related import related
from generator.pages.results import results_view
from generator.pages.views import (
    CampaignCard,
    CampaignsView,
    Card,
    GoneView,
    GroupLinks,
    HomeView,
    LinkView,
    ListView,
    MovedView,
    Page,
    Pager,
    SearchView,
    SitemapView,
    TextView,
)

PAGE_SIZE = 24
"""Cases on a page of a list: divisible by two, three and four columns."""

HOME_NEWEST = 6
HOME_KINDS = ("level", "year", "category", "grade", "stage", "region")
_HOME = LinkView(text="首页", url="")
_ALL = LinkView(text="全部案例", url="cases/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMap:
    """All pages, in the order of their addresses' making, and the public cases in the order of lists."""

    pages: tuple[Page, ...]
    entries: tuple[Entry, ...]
    groups: dict[str, tuple[Group, ...]]
    cards: dict[str, Card]


def public_entries(catalog: Catalog, withheld: frozenset[str]) -> tuple[Entry, ...]:
    """The cases that the site shows, in the order of lists. DOMAIN: decision 7."""
    entries = [
        Entry(id=submission.id, slug=submission.slug, case=submission.case, campaign=campaign)
        for submission in catalog.submissions
        if submission.id not in withheld
        and submission.case
        and submission.case.is_public
        and (campaign := catalog.campaigns.get(submission.campaign_id))
    ]
    return tuple(sorted(entries, key=order(catalog.vocabulary)))


def site_map(
    catalog: Catalog,
    withheld: frozenset[str],
    shelf: Shelf,
    texts: dict[str, tuple[str, str]],
    *,
    site_name: str,
    site_url: str,
    site_description: str,
) -> SiteMap:
    """Every page. *texts* are the Markdown pages: name → title and body (about, accessibility)."""
    entries = public_entries(catalog, withheld)
    groups = groups_of(entries, catalog.regions, catalog.vocabulary)
    cards = {entry.id: card(entry, shelf, catalog.regions, catalog.vocabulary) for entry in entries}
    campaigns = sorted(catalog.campaigns.values(), key=lambda c: (-c.year, c.id))
    counts = Counter(entry.campaign.id for entry in entries)
    calls = {campaign.id: campaign_card(campaign, counts[campaign.id]) for campaign in campaigns}
    links = group_links(groups)
    maker = _Maker(catalog, shelf, entries, groups, cards, campaigns, calls, links, site_name, site_url)
    pages = (
        maker.home(site_description),
        *maker.all_cases(),
        *maker.group_pages(),
        *maker.cases(),
        *maker.gone(withheld),
        *maker.campaign_pages(),
        maker.pilots(),
        *maker.text_pages(texts),
        maker.search(),
        maker.sitemap(),
        _not_found(),
    )
    return SiteMap(pages=pages, entries=entries, groups=groups, cards=cards)


def group_links(groups: dict[str, tuple[Group, ...]]) -> tuple[GroupLinks, ...]:
    """The groups of every kind but units as links with counts."""
    return tuple(
        GroupLinks(
            kind=kind,
            label=label,
            links=tuple(LinkView(text=g.label, url=g.url, count=len(g.members)) for g in groups[kind]),
        )
        for kind, label in KINDS.items()
        if kind != "unit" and groups[kind]
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the pages of each kind from the same values."""

    catalog: Catalog
    shelf: Shelf
    entries: tuple[Entry, ...]
    groups: dict[str, tuple[Group, ...]]
    cards_by_id: dict[str, Card]
    campaigns: Sequence[Campaign]
    calls: dict[str, CampaignCard]
    links: tuple[GroupLinks, ...]
    site_name: str
    site_url: str

    def _cards(self, entries: Sequence[Entry]) -> tuple[Card, ...]:
        return tuple(self.cards_by_id[entry.id] for entry in entries)

    def home(self, description: str) -> Page:
        pilots = [entry for entry in self.entries if entry.campaign.kind == "试点项目"]
        units = len({entry.case.unit.name for entry in self.entries})
        above = sum(1 for entry in self.entries if any(h.level in LEVELS[2:] for h in entry.case.honors))
        view = HomeView(
            figures=(
                (str(len(self.entries)), "获奖案例", "cases/"),
                (str(units), "学校和单位", "sitemap/"),
                (str(above), "省级以上荣誉", "level/province/"),
                (str(len(self.groups["region"])), "覆盖地区", "sitemap/"),
            ),
            newest=self._cards([entry for entry in self.entries if entry not in pilots][:HOME_NEWEST]),
            groups=tuple(_short(links) for kind in HOME_KINDS for links in self.links if links.kind == kind),
            campaigns=tuple(self.calls.values()),
            pilots=self._cards(pilots[:3]),
        )
        return Page(url="", template="home.html", title="", description=description, view=view, section="home")

    def all_cases(self) -> Iterator[Page]:
        yield from self._list(
            "cases/", "全部案例", "", "按年份从新到旧排列，同一年先排级别高的荣誉。", self.entries, (), self.links
        )

    def group_pages(self) -> Iterator[Page]:
        for kind, label in KINDS.items():
            siblings = tuple(
                LinkView(text=group.label, url=group.url, count=len(group.members)) for group in self.groups[kind]
            )
            for group in self.groups[kind]:
                yield from self._list(
                    group.url,
                    group.label,
                    f"按{label}",
                    group.lead,
                    group.members,
                    siblings if kind != "unit" else (),
                )

    def _list(
        self,
        url: str,
        heading: str,
        kicker: str,
        lead: str,
        members: Sequence[Entry],
        siblings: tuple[LinkView, ...],
        groups: tuple[GroupLinks, ...] = (),
    ) -> Iterator[Page]:
        count = max(1, -(-len(members) // PAGE_SIZE))
        for number in range(1, count + 1):
            pager = Pager(number=number, count=count, first_url=url)
            part = members[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
            title = heading if number == 1 else f"{heading}（第 {number} 页）"
            crumbs = (_HOME,) if url == "cases/" else (_HOME, _ALL)
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
                    cards=self._cards(part),
                    pager=pager,
                    siblings=siblings,
                    current_url=url,
                    groups=groups if number == 1 else (),
                ),
                crumbs=crumbs,
                section="cases",
            )

    def cases(self) -> Iterator[Page]:
        catalog = self.catalog
        near = related(self.entries, self.cards_by_id, catalog.regions, catalog.vocabulary)
        by_campaign: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_campaign.setdefault(entry.campaign.id, []).append(entry)
        for members in by_campaign.values():
            for i, entry in enumerate(members):
                before = members[i - 1] if i else None
                after = members[i + 1] if i + 1 < len(members) else None
                view = case_view(
                    entry,
                    catalog.by_id[entry.id],
                    self.shelf,
                    catalog.regions,
                    catalog.vocabulary,
                    site_name=self.site_name,
                    site_url=self.site_url,
                    related=near[entry.id],
                    previous=LinkView(text=before.case.title, url=before.url) if before else None,
                    following=LinkView(text=after.case.title, url=after.url) if after else None,
                )
                call = LinkView(text=entry.campaign.short_title, url=f"campaigns/{entry.campaign.id}/")
                yield Page(
                    url=entry.url,
                    template="case.html",
                    title=entry.case.title,
                    description=shortened(entry.case.intro or entry.case.summary, 150)
                    or f"{entry.case.unit.name}获奖案例《{entry.case.title}》",
                    view=view,
                    crumbs=(_HOME, _ALL, call),
                    section="pilots" if entry.campaign.kind == "试点项目" else "cases",
                    scripts=("case.js",),
                )
                target = LinkView(text=entry.case.title, url=entry.url)
                for alias in entry.case.aliases:
                    yield Page(
                        url=alias.strip("/") + "/",
                        template="moved.html",
                        title="页面已移动",
                        description="",
                        view=MovedView(target=target),
                        is_indexed=False,
                        extra={"refresh": entry.url},
                    )

    def gone(self, withheld: frozenset[str]) -> Iterator[Page]:
        """Withdrawn cases leave a page that says so, and nothing of theirs. DOMAIN: decision 7."""
        for submission in self.catalog.submissions:
            if submission.case and submission.case.status == "已撤回" and submission.id not in withheld:
                card = self.calls.get(submission.campaign_id)
                yield Page(
                    url=f"cases/{submission.campaign_id}/{submission.slug}/",
                    template="gone.html",
                    title="案例已撤回",
                    description="这个案例已经撤回。",
                    view=GoneView(campaign=LinkView(text=card.short_title, url=card.url) if card else None),
                    crumbs=(_HOME, _ALL),
                    is_indexed=False,
                )

    def campaign_pages(self) -> Iterator[Page]:
        top = LinkView(text="征集活动", url="campaigns/")
        yield Page(
            url="campaigns/",
            template="campaigns.html",
            title="征集活动",
            description="历次征集活动的通知、要求、时间安排与获奖名单。",
            view=CampaignsView(campaigns=tuple(self.calls.values())),
            crumbs=(_HOME,),
            section="campaigns",
        )
        notices = {call.id: call.notice for call in self.catalog.calls}
        for campaign in self.campaigns:
            members = [entry for entry in self.entries if entry.campaign.id == campaign.id]
            used = Counter(entry.case.unit.region for entry in members)
            call = self.calls[campaign.id]
            yield Page(
                url=call.url,
                template="campaign.html",
                title=campaign.title,
                description=shortened(campaign.summary or campaign.title, 150),
                view=campaign_view(
                    campaign,
                    call,
                    self.campaigns,
                    self.catalog.regions,
                    notices[campaign.id],
                    self._cards(members[:3]),
                    dict(used),
                ),
                crumbs=(_HOME, top),
                section="campaigns",
            )
            if members:
                yield Page(
                    url=f"results/{campaign.id}/",
                    template="results.html",
                    title=f"{campaign.short_title}获奖名单",
                    description=f"{campaign.title}获奖名单，共 {len(members)} 个案例。",
                    view=results_view(campaign, members, call, self.catalog.regions, self.catalog.vocabulary),
                    crumbs=(_HOME, top, LinkView(text=campaign.short_title, url=call.url)),
                    section="results",
                )
        yield Page(
            url="results/",
            template="results-index.html",
            title="获奖名单",
            description="历次活动的获奖名单。",
            view=CampaignsView(campaigns=tuple(call for call in self.calls.values() if call.results_url)),
            crumbs=(_HOME,),
            section="results",
        )

    def pilots(self) -> Page:
        members = [entry for entry in self.entries if entry.campaign.kind == "试点项目"]
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
                cards=self._cards(members),
                pager=Pager(number=1, count=1, first_url="pilots/"),
                siblings=(),
                current_url="pilots/",
            ),
            crumbs=(_HOME,),
            section="pilots",
        )

    def text_pages(self, texts: dict[str, tuple[str, str]]) -> Iterator[Page]:
        for name, (title, body) in texts.items():
            yield Page(
                url=f"{name}/",
                template="text.html",
                title=title,
                description=shortened(body.replace("#", ""), 120),
                view=TextView(body=body),
                crumbs=(_HOME,),
                section=name,
            )

    def search(self) -> Page:
        return Page(
            url="search/",
            template="search.html",
            title="搜索案例",
            description="按任意词搜索案例，再按级别、等次、类别、年份和地区筛选。",
            view=SearchView(groups=self.links),
            crumbs=(_HOME,),
            section="search",
            scripts=("search.js",),
        )

    def sitemap(self) -> Page:
        kinds = (*self.links, _units(self.groups["unit"]))
        return Page(
            url="sitemap/",
            template="sitemap.html",
            title="网站地图",
            description="本站所有栏目与分组。",
            view=SitemapView(groups=kinds, campaigns=tuple(self.calls.values())),
            crumbs=(_HOME,),
        )


def _short(links: GroupLinks) -> GroupLinks:
    """Without the categories of single calls, which stand on the call's own page."""
    if links.kind != "category":
        return links
    return dataclasses.replace(links, links=tuple(link for link in links.links if "-" not in link.url))


def _units(groups: tuple[Group, ...]) -> GroupLinks:
    links = tuple(LinkView(text=g.label, url=g.url, count=len(g.members)) for g in groups)
    return GroupLinks(kind="unit", label="单位", links=tuple(sorted(links, key=lambda link: link.text)))


def _not_found() -> Page:
    return Page(
        url="404.html",
        template="404.html",
        title="没有找到这个页面",
        description="",
        view=TextView(body=""),
        is_indexed=False,
    )
