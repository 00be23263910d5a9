"""Every call with its award list, the two lists of them, and the page of the open data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.catalog.campaign import Campaign
from generator.pages.call_views import CampaignsView
from generator.pages.callpage import campaign_view, list_title
from generator.pages.cards import shortened
from generator.pages.datapage import data_view
from generator.pages.feeds import all_feed, campaign_feed
from generator.pages.groups import Entry, lineage
from generator.pages.leaves import absent
from generator.pages.result_views import ListedResults, ResultsIndexView, ResultsView
from generator.pages.results import listed_results, results_view
from generator.pages.site_values import CALLS, HOME, SiteValues
from generator.pages.views import LinkView, Page


def campaign_pages(site: SiteValues) -> Iterator[Page]:
    """The list of calls, every call with its award list, the list of those, and the data that all of it comes from."""
    yield Page(
        url="campaigns/",
        template="campaigns.html",
        title="征集活动",
        description="历次征集活动的通知、要求、时间安排与获奖名单。",
        view=CampaignsView(campaigns=tuple(site.calls.values()), guides=site.guides),
        crumbs=(HOME,),
        section="campaigns",
    )
    members: dict[str, list[Entry]] = {}
    for entry in (*site.entries, *site.waiting):
        members.setdefault(entry.campaign.id, []).append(entry)
    notices = {call.id: call.notice for call in site.catalog.calls}
    by_topic = {group.slug: len(group.members) for group in site.groups["topic"]}
    listed: list[ListedResults] = []
    for campaign in site.campaigns:
        own = members.get(campaign.id, [])
        yield _call(
            site, campaign, [] if campaign.is_open and not site.preview else own, notices[campaign.id], by_topic
        )
        won = [entry for entry in own if entry.case.honors]
        if won:
            view = results_view(campaign, won, site.calls[campaign.id], site.catalog.regions, site.catalog.vocabulary)
            listed.append(listed_results(view, list_title(site.calls[campaign.id])))
            yield _award_list(site, campaign, won, view)
    yield Page(
        url="results/",
        template="results-index.html",
        title="获奖名单",
        description="历次活动的获奖名单和试点名单，按等次和类别列出，可以下载和打印。",
        view=ResultsIndexView(lists=tuple(listed)),
        crumbs=(HOME,),
        section="results",
    )
    if site.preview:
        # A program that takes data up would take drafts for cases.
        yield absent("data/", "开放数据", "预览里没有数据文件和订阅源，正式网站上有。")
        return
    yield Page(
        url="data/",
        template="data.html",
        title="开放数据",
        description="案例与荣誉的 JSON、CSV 数据和订阅源：每个字段的含义、版本与使用约定。",
        view=data_view(site),
        crumbs=(HOME,),
        section="data",
        extra=all_feed(site.entries).as_extra,
    )


def _call(
    site: SiteValues, campaign: Campaign, public: Sequence[Entry], notice: str, by_topic: Mapping[str, int]
) -> Page:
    regions = site.catalog.regions
    call = site.calls[campaign.id]
    return Page(
        url=call.url,
        template="campaign.html",
        title=campaign.title,
        description=shortened(campaign.summary or campaign.title, 150),
        view=campaign_view(
            campaign,
            call,
            site.campaigns,
            regions,
            site.catalog.vocabulary,
            notice=notice,
            newest=site.cards(public[:3]),
            used=Counter(slug for entry in public for slug in lineage(entry.case.unit.region, regions)),
            by_topic=by_topic,
            site_url=site.site_url,
            guides=site.guides,
        ),
        crumbs=(HOME, CALLS),
        section="campaigns",
        extra=campaign_feed(campaign, public).as_extra,
    )


def _award_list(site: SiteValues, campaign: Campaign, won: Sequence[Entry], view: ResultsView) -> Page:
    call = site.calls[campaign.id]
    shown = f"公示 {view.total} 个" if view.is_open else f"本站收录 {view.total} 个"
    return Page(
        url=call.results_url,
        template="results.html",
        title=list_title(call),
        description=f"{campaign.title}{call.results_title}，{shown}。",
        view=view,
        crumbs=(HOME, CALLS, LinkView(text=campaign.short_title, url=call.url)),
        section="results",
        scripts=("results.js",),
        extra=campaign_feed(campaign, [] if campaign.is_open else won).as_extra,
    )
