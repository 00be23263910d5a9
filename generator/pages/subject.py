"""What a page is to a machine: its kind, its dates, who wrote it, where it comes from, what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.pages.campaign_views import CampaignView
from generator.pages.figure_views import HomeView
from generator.pages.result_views import ResultsView
from generator.pages.site_facts import SiteFacts
from generator.pages.views import CaseView, ListView, Page, TextView

Kind = Literal["home", "column", "article", "notice"]
"""column: a page that leads to others (栏目页); article: one to read (内容页); notice: one that only answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page as machines are told of it. What is not known is empty: nothing here is guessed."""

    kind: Kind
    column: str = ""  # the column that the page is or stands in
    column_kind: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""  # whose words these are
    published: str = ""  # ISO dates
    updated: str = ""


_COLUMN_KINDS = {
    "cases": "典型案例",
    "pilots": "试点项目",
    "results": "名单公示",
    "campaigns": "通知公告",
    "statistics": "数据统计",
    "data": "数据开放",
    "search": "信息检索",
    "about": "概况信息",
}


def subject(page: Page, site: SiteFacts) -> Subject:
    """What *page* is."""
    column = site.columns.get(page.section, page.title)
    kind = _COLUMN_KINDS.get(page.section, column)
    view = page.view
    match view:
        case _ if not page.is_indexed:
            return Subject(kind="notice")
        case HomeView():
            return Subject(kind="home")
        case CaseView():
            topics = tuple(link.text for link in view.topics)
            return Subject(
                kind="article",
                column=column,
                column_kind=kind,
                keywords=_once(*view.keywords, *topics, *view.themes),
                authors=tuple(author.name for author in view.authors),
                source=view.unit.text,
                published=view.published,
                updated=view.updated,
            )
        case CampaignView():
            return Subject(
                kind="article",
                column=column,
                column_kind=kind,
                keywords=_once(view.card.short_title, view.card.kind, view.doc_no),
                authors=(view.card.issuer,),
                source=view.card.issuer,
                published=view.issued,
            )
        case ResultsView():
            return Subject(
                kind="article",
                column=column,
                column_kind=kind,
                keywords=_once(view.campaign.short_title, view.campaign.results_title),
                authors=(view.campaign.issuer,),
                source=view.campaign.issuer,
                published=view.notice.from_ if view.notice else "",
            )
        case TextView():
            return Subject(
                kind="article", column=column, column_kind=kind, keywords=_once(page.title), source=site.publisher
            )
        case _:
            own = view.heading if isinstance(view, ListView) else page.title
            return Subject(kind="column", column=own, column_kind=kind, keywords=_once(own, column, kind))


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
