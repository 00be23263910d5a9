"""Machines are told the truth about every page, and no text of a case can break out of its head."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.pages.head import as_script, head
from generator.pages.site_facts import SiteFacts
from generator.pages.views import CaseView, Page

from .sample_site import CARD, CASE, FACTS, URL, catalog, page, site


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self.data: list[Any] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.said.setdefault(given.get("name") or given.get("property") or "", []).append(given["content"])
        elif tag == "link":
            self.links[given["rel"]] = given["href"]
        self._is_data = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(json.loads(data))
            self._is_data = False

    def one(self, name: str) -> str | None:
        """What is said under *name*, which may be said once only."""
        values = self.said.get(name, [])
        assert len(values) <= 1, name
        return values[0] if values else None


def read(of: Page, facts: SiteFacts = FACTS, root: str = "../") -> _Head:
    parser = _Head()
    parser.feed("\n".join(head(of, root, facts)))
    return parser


def test_every_page_that_may_be_found_says_its_address_title_and_picture() -> None:
    for one in site().pages:
        found = read(one)
        assert found.one("SiteName") == FACTS.name
        assert found.one("SiteDomain") == "example.org"
        assert found.one("SiteIDCode") == FACTS.code
        if not one.is_indexed:
            assert found.one("robots") == "noindex" and "canonical" not in found.links and not found.data
            continue
        assert found.links["canonical"] == found.one("og:url") == FACTS.address(one.url)
        assert found.one("og:title") == (one.title or FACTS.name)
        assert found.one("og:description")
        assert found.one("og:locale") == "zh_CN"
        assert found.one("og:image") == f"{URL}media/{CARD.name}"
        assert (found.one("og:image:width"), found.one("og:image:height")) == ("1200", "630")
        assert found.one("twitter:card") == "summary_large_image"


def test_a_site_without_a_code_claims_none() -> None:
    assert read(page(""), dataclasses.replace(FACTS, code="")).one("SiteIDCode") is None


def test_a_case_says_who_wrote_it_what_it_won_and_when() -> None:
    submission = catalog().by_id["enshi-2023/zhouzhi-dawn-redwood-diary"]
    case = submission.case
    assert case and case.published
    found = read(page(CASE))
    article, way = found.data
    assert article["@type"] == "Article" and article["headline"] == case.title
    assert [author["name"] for author in article["author"]] == [author.name for author in case.authors]
    assert article["publisher"]["name"] == FACTS.organiser
    assert article["datePublished"] == case.published.isoformat()
    assert sorted(article["award"]) == sorted(f"{one.year}年{one.level}{one.grade}" for one in case.honors)
    assert article["isPartOf"]["url"] == f"{URL}campaigns/enshi-2023/"
    assert article["inLanguage"] == "zh-CN"
    assert [item["position"] for item in way["itemListElement"]] == [1, 2, 3, 4]
    assert way["itemListElement"][-1]["item"] == FACTS.address(CASE)
    assert found.one("og:type") == "article"
    assert found.one("article:published_time") == case.published.isoformat()
    assert found.one("ArticleTitle") == case.title
    assert found.one("PubDate") == f"{case.published.isoformat()} 00:00"
    assert found.one("ContentSource") == case.unit.name
    assert found.one("Author") == "，".join(author.name for author in case.authors)
    assert found.one("ColumnName") == "案例"
    assert found.one("Url") == FACTS.address(CASE)


def test_what_a_case_does_not_say_is_not_said_for_it() -> None:
    own = page(CASE)
    assert isinstance(own.view, CaseView)
    bare = dataclasses.replace(
        own, view=dataclasses.replace(own.view, published="", updated="", authors=(), keywords=())
    )
    found = read(bare)
    assert found.one("PubDate") is found.one("Author") is found.one("article:modified_time") is None
    article = found.data[0]
    assert not {"datePublished", "dateModified"} & article.keys()
    assert article["author"] == [{"@type": "Organization", "name": own.view.unit.text}]


def test_a_column_describes_itself_and_is_no_article() -> None:
    found = read(page("level/province/"))
    assert found.one("ColumnName") == "省级"
    assert found.one("ColumnDescription") == page("level/province/").description
    assert "省级" in (found.one("ColumnKeywords") or "")
    assert found.one("ColumnType") == "典型案例"
    assert found.one("ArticleTitle") is found.one("PubDate") is None
    assert found.one("og:type") == "website"


def test_a_notice_is_dated_by_its_issue_and_comes_from_its_issuer() -> None:
    found = read(page("campaigns/yueyang-2021/"))
    campaign = catalog().campaigns["yueyang-2021"]
    assert campaign.issued
    assert found.one("PubDate") == f"{campaign.issued.isoformat()} 00:00"
    assert found.one("ContentSource") == campaign.issuer.unit
    assert found.one("ColumnType") == "通知公告"


def test_the_home_page_offers_the_search_to_machines() -> None:
    (website,) = read(page("")).data
    assert website["@type"] == "WebSite"
    assert website["potentialAction"]["target"]["urlTemplate"] == f"{URL}search/?q={{search_term_string}}"


def test_a_page_with_a_feed_names_it() -> None:
    assert read(page("cases/")).links["alternate"] == "../feeds/all.xml"
    assert "alternate" not in read(page("sitemap/")).links


@given(words=text())
def test_any_text_comes_back_from_the_script_and_cannot_end_it(words: str) -> None:
    script = as_script({"headline": words})
    assert not re.search(r"[<>&]", script)
    assert json.loads(script) == {"headline": words}


@pytest.mark.parametrize(
    "attack", ["</script><script>alert(1)</script>", "<!--<script>", '"><img src=x onerror=alert(1)>']
)
def test_a_hostile_title_opens_no_element(attack: str) -> None:
    own = page(CASE)
    assert isinstance(own.view, CaseView)
    hostile = dataclasses.replace(
        own, title=attack, description=attack, view=dataclasses.replace(own.view, title=attack, keywords=(attack,))
    )
    written = "\n".join(head(hostile, "../", FACTS))
    tags = re.findall(r"<(\w+)", written)
    assert set(tags) == {"link", "meta", "script"}
    assert written.count("<script") == written.count("</script>") == 2
    assert read(hostile).data[0]["headline"] == attack
