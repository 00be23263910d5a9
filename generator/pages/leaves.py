"""Pages at the end of the way: cases, prose, and what answers for what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.catalog.submission import Catalog, Submission
from generator.pages.cards import shortened
from generator.pages.casepage import case_scripts, case_view
from generator.pages.groups import Entry
from generator.pages.related import related
from generator.pages.review import standing
from generator.pages.site_values import ALL_CASES, CALLS, HOME, SiteValues
from generator.pages.views import GoneView, LinkView, MovedView, NotFoundView, Page, Text, TextView

GUIDES = "guides/"
"""Where the guides for people who hand in stand."""

_LEAD = re.compile(r"[#*]|!?\[|\]\([^)]*\)")  # of Markdown, what a description does not say


def cases(site: SiteValues) -> Iterator[Page]:
    """Every public case, and the old addresses that lead to it."""
    catalog = site.catalog
    near = related(site.entries, site.cards_by_id, catalog.regions, catalog.vocabulary, site.near)
    by_campaign: dict[str, list[Entry]] = {}
    for entry in site.entries:
        by_campaign.setdefault(entry.campaign.id, []).append(entry)
    for members in by_campaign.values():
        for i, entry in enumerate(members):
            before = members[i - 1] if i else None
            after = members[i + 1] if i + 1 < len(members) else None
            view = case_view(
                entry,
                catalog.by_id[entry.id],
                site.shelf,
                catalog.regions,
                catalog.vocabulary,
                site_name=site.site_name,
                site_url=site.site_url,
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
                crumbs=(HOME, ALL_CASES, call),
                section="pilots" if entry.campaign.kind == "试点项目" else "cases",
                scripts=case_scripts(view),
                extra={"standing": told} if (told := standing(entry.case, entry.campaign)) else {},
            )
            target = LinkView(text=entry.case.title, url=entry.url)
            for alias in dict.fromkeys(alias.strip("/") for alias in entry.case.aliases):
                yield Page(
                    url=f"{alias}/",
                    template="moved.html",
                    title="页面已移动",
                    description="",
                    view=MovedView(target=target),
                    is_indexed=False,
                    extra={"refresh": entry.url},
                )


def gone(site: SiteValues) -> Iterator[Page]:
    """Withdrawn cases leave a page that says so, and nothing of theirs, whatever is wrong with them. DOMAIN: decision 7."""
    for submission, addresses in withdrawn(site.catalog):
        card = site.calls.get(submission.campaign_id)
        for address in addresses:
            yield Page(
                url=address,
                template="gone.html",
                title="案例已撤回",
                description="这个案例已经撤回。",
                view=GoneView(campaign=LinkView(text=card.short_title, url=card.url) if card else None),
                crumbs=(HOME, ALL_CASES),
                is_indexed=False,
            )


def withdrawn(catalog: Catalog) -> Iterator[tuple[Submission, tuple[str, ...]]]:
    """Every withdrawn case with its addresses, its own first, then its old ones. DOMAIN: decision 7."""
    for submission in catalog.submissions:
        if submission.document.front.get("status") == "已撤回":
            aliases = submission.case.aliases if submission.case else ()
            found = dict.fromkeys((f"cases/{submission.id}", *(alias.strip("/") for alias in aliases)))
            yield submission, tuple(f"{address}/" for address in found)


def guides(texts: Mapping[str, Text]) -> tuple[LinkView, ...]:
    """The guides for people who hand in, schools first: the pages of prose below ``guides/``."""
    links = [LinkView(text=text.title, url=f"{name}/") for name, text in texts.items() if name.startswith(GUIDES)]
    return tuple(sorted(links, key=lambda link: (link.url != f"{GUIDES}school/", link.url)))


def text_pages(texts: Mapping[str, Text]) -> Iterator[Page]:
    """The pages of prose; guides belong to the calls."""
    for name, text in texts.items():
        is_guide = name.startswith(GUIDES)
        yield Page(
            url=f"{name}/",
            template="text.html",
            title=text.title,
            description=shortened(_LEAD.sub("", text.body), 120),
            view=TextView(body=text.body, pictures=text.pictures),
            crumbs=(HOME, CALLS) if is_guide else (HOME,),
            section="campaigns" if is_guide else name,
            scripts=("viewer.js",) if text.pictures else (),
        )


def absent(url: str, title: str, sentence: str) -> Page:
    """What a preview has in the place of a page that it leaves out, so that links to it lead somewhere."""
    return Page(
        url=url,
        template="text.html",
        title=title,
        description="",
        view=TextView(body=sentence, pictures={}),
        crumbs=(HOME,),
    )


def not_found(site: SiteValues) -> Page:
    """What answers where nothing is: search, and what most visitors look for."""
    levels = next((group for group in site.links if group.kind == "level"), None)
    return Page(
        url="404.html",
        template="404.html",
        title="没有找到这个页面",
        description="",
        view=NotFoundView(total=len(site.entries), levels=levels.links if levels else ()),
        is_indexed=False,
    )
