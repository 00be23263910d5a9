"""Every page of the site and what it shows: addresses, groups, order, neighbours. Values in, values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.catalog.campaign import Campaign
from generator.catalog.places import Vocabulary
from generator.catalog.submission import Catalog, Submission
from generator.pages import callpages, leaves, lists
from generator.pages.call_views import CampaignCard
from generator.pages.callpage import as_amended, campaign_card
from generator.pages.cards import Shelf, card
from generator.pages.figure_views import Sheet, StatisticsView
from generator.pages.groups import KINDS, Entry, Group, groups_of, order
from generator.pages.home import home
from generator.pages.leaving import leave_pages
from generator.pages.media_views import SharePicture
from generator.pages.pilots import pilots
from generator.pages.related import Near, looks, nearest
from generator.pages.review import ReviewView, review_page
from generator.pages.share import with_shares
from generator.pages.site_facts import PreviewKind
from generator.pages.site_values import SiteValues
from generator.pages.statistics import sheets, statistics, statistics_view
from generator.pages.views import Card, GroupLinks, LinkView, Page, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMap:
    """All pages, in the order of their addresses' making, and the public cases in the order of lists."""

    pages: tuple[Page, ...]
    entries: tuple[Entry, ...]
    groups: dict[str, tuple[Group, ...]]
    cards: dict[str, Card]
    sheets: tuple[Sheet, ...]  # tables of pages that are files, too
    preview: PreviewKind = ""


def public_entries(catalog: Catalog, withheld: frozenset[str], *, with_drafts: bool = False) -> tuple[Entry, ...]:
    """The cases that the site shows, or a preview *with_drafts*, in the order of lists. DOMAIN: decision 7."""
    return _entries(
        (one for one in catalog.submissions if catalog.shows(one, with_drafts=with_drafts)), catalog, withheld
    )


def open_entries(catalog: Catalog, withheld: frozenset[str]) -> tuple[Entry, ...]:
    """The cases of calls that are 公示中: the award list alone names them, by title, unit and grade. DOMAIN: decision 7."""
    found = _entries((one for one in catalog.submissions if one.case and one.case.is_public), catalog, withheld)
    return tuple(entry for entry in found if entry.campaign.is_open)


def _entries(submissions: Iterable[Submission], catalog: Catalog, withheld: frozenset[str]) -> tuple[Entry, ...]:
    entries = [
        Entry(id=submission.id, slug=submission.slug, case=submission.case, campaign=campaign)
        for submission in submissions
        if submission.id not in withheld
        and submission.case
        and (campaign := catalog.campaigns.get(submission.campaign_id))
    ]
    return tuple(sorted(entries, key=order(catalog.vocabulary)))


def found_near(entries: Sequence[Entry], vocabulary: Vocabulary) -> Near:
    """Which cases are near each other, with nothing remembered."""
    return nearest(looks(entries, vocabulary))


def site_map(
    catalog: Catalog,
    withheld: frozenset[str],
    shelf: Shelf,
    texts: Mapping[str, Text],
    *,
    site_name: str,
    site_url: str,
    site_description: str,
    marks: Sequence[LinkView] = (),
    shares: Mapping[str, SharePicture] = MappingProxyType({}),
    preview: PreviewKind = "",
    review: ReviewView | None = None,
    near: Callable[[Sequence[Entry], Vocabulary], Near] = found_near,
) -> SiteMap:
    """Every page. *texts* are the Markdown pages by name (about, guides/school).

    *marks* are those of the footer that lead to other hosts.
    *shares* are the cards drawn for sharing, by the address of the page that they were drawn for.
    *review* is what a preview asks to be looked at; a folder begins with it.
    *near* finds which cases are near each other, or recalls it.
    """
    entries = public_entries(catalog, withheld, with_drafts=bool(preview))
    groups = groups_of(entries, catalog.regions, catalog.vocabulary)
    cards = {entry.id: card(entry, shelf, catalog.regions, catalog.vocabulary) for entry in entries}
    written = sorted(catalog.campaigns.values(), key=lambda c: (-c.year, c.id))
    campaigns = [as_amended(campaign, written) for campaign in written]
    waiting = () if preview else open_entries(catalog, withheld)
    site = SiteValues(
        catalog=catalog,
        shelf=shelf,
        entries=entries,
        waiting=waiting,
        groups=groups,
        cards_by_id=cards,
        campaigns=campaigns,
        calls=_call_cards(campaigns, (*entries, *waiting)),
        near=near(entries, catalog.vocabulary),
        links=group_links(groups),
        guides=leaves.guides(texts),
        site_name=site_name,
        site_url=site_url,
        preview=preview,
    )
    counted = statistics_view(site)
    pages = _pages(site, texts, marks, site_description, counted, review)
    shown = with_shares(_one_at_each_address(pages), entries, cards, shares)
    return SiteMap(pages=shown, entries=entries, groups=groups, cards=cards, sheets=sheets(counted), preview=preview)


def _pages(
    site: SiteValues,
    texts: Mapping[str, Text],
    marks: Sequence[LinkView],
    site_description: str,
    counted: StatisticsView,
    review: ReviewView | None,
) -> Iterator[Page]:
    """Every page, the first of each address the one that stands."""
    if review:
        yield review_page(review, site.preview)
    yield home(site, site_description)
    yield from lists.all_cases(site)
    yield from lists.group_pages(site)
    yield from leaves.cases(site)
    yield from callpages.campaign_pages(site)
    yield pilots(site)
    yield statistics(counted)
    yield from leaves.text_pages(texts)
    yield lists.search(site)
    yield lists.sitemap(site)
    yield leaves.not_found(site)
    yield from leave_pages(site, texts, marks)
    yield from leaves.gone(site)  # last: an address that a page of the site has is no old one


def _call_cards(campaigns: Iterable[Campaign], entries: Iterable[Entry]) -> dict[str, CampaignCard]:
    """The card of each call, with how many of *entries* have an honour."""
    counts = Counter(entry.campaign.id for entry in entries if entry.case.honors)
    return {campaign.id: campaign_card(campaign, counts[campaign.id]) for campaign in campaigns}


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


def _one_at_each_address(pages: Iterable[Page]) -> Iterable[Page]:
    """The first page of each address.

    An alias that another page owns (rule LNK005 tells its editor) must not end the build.
    """
    owners: dict[str, Page] = {}
    for page in pages:
        owners.setdefault(page.path, page)
    return owners.values()
