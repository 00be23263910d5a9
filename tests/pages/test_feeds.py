"""Atom feeds: valid by the rules of RFC 4287, newest first, with no date that nobody gave."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET

import feedparser
import pytest

from generator.pages.feeds import MOST_ENTRIES, Feed, atom, feeds
from generator.pages.map import SiteMap

from .sample_map import SITE_NAME, SITE_URL, mapped, page, with_campaign, with_case

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def _all(site: SiteMap) -> dict[str, Feed]:
    return {feed.url: feed for feed in feeds(site.entries, site.groups)}


def _texts(node: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, ATOM)]


def _links(node: ET.Element, kind: str) -> list[str]:
    return [link.attrib["href"] for link in node.findall(f"a:link[@rel='{kind}']", ATOM)]


@pytest.mark.parametrize("url", ["feeds/all.xml", "feeds/campaign/yueyang-2021.xml", "feeds/region/yueyanglou.xml"])
def test_a_feed_is_read_by_a_reader_of_feeds(url: str) -> None:
    feed = _all(mapped())[url]
    read = feedparser.parse(atom(feed, SITE_NAME, SITE_URL).encode())
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.link for entry in read.entries] == [SITE_URL + entry.url for entry in feed.entries]
    assert all(entry.summary and entry.author for entry in read.entries)


def test_every_feed_keeps_the_rules_of_atom() -> None:
    made = _all(mapped())
    assert len(made) > 10
    for url, feed in made.items():
        root = ET.fromstring(atom(feed, SITE_NAME, SITE_URL))
        assert _links(root, "self") == [SITE_URL + url]
        for node in (root, *root.findall("a:entry", ATOM)):
            assert len(_links(node, "alternate")) == 1
            assert node.findall("a:author/a:name", ATOM)
            for name in ("id", "title", "updated"):
                (value,) = _texts(node, f"a:{name}")
                assert value.strip()
            assert all(MOMENT.fullmatch(moment) for moment in _texts(node, "a:updated") + _texts(node, "a:published"))
        ids = _texts(root, "a:entry/a:id")
        assert len(set(ids)) == len(ids) <= MOST_ENTRIES
        updated = _texts(root, "a:entry/a:updated")
        assert updated == sorted(updated, reverse=True)
        assert _texts(root, "a:updated") == updated[:1]


def test_a_case_without_a_date_stands_in_no_feed() -> None:
    name = "yueyang-2021/quyuan-nineteen-pupils"
    assert name in {entry.id for entry in _all(mapped())["feeds/all.xml"].entries}
    made = _all(mapped(with_case(name, published=None, updated=None)))
    assert name not in {entry.id for feed in made.values() for entry in feed.entries}
    assert "feeds/region/quyuan.xml" not in made


def test_a_changed_case_comes_first() -> None:
    name = "yueyang-2020-pilots/linxiang-oral-partner"
    made = _all(mapped(with_case(name, updated=datetime.date(2099, 1, 1))))
    assert made["feeds/all.xml"].entries[0].id == name


def test_texts_that_xml_cannot_hold_do_not_break_a_feed() -> None:
    name = "yueyang-2021/quyuan-nineteen-pupils"
    site = mapped(with_case(name, title='A & B <script>"\x00\x0b\ufffe'))
    read = feedparser.parse(atom(_all(site)["feeds/region/quyuan.xml"], SITE_NAME, SITE_URL).encode())
    assert not read.bozo
    assert "A & B" in read.entries[0].title


def test_what_stands_open_to_objections_is_in_no_feed() -> None:
    made = _all(mapped(with_campaign("yueyang-2021", status="公示中")))
    assert not any(entry.campaign.id == "yueyang-2021" for feed in made.values() for entry in feed.entries)
    assert "feeds/campaign/yueyang-2021.xml" not in made


def test_pages_name_the_feed_that_follows_them_and_it_is_made() -> None:
    site = mapped()
    made = _all(site)
    for url in ("campaigns/enshi-2023/", "results/enshi-2023/", "data/"):
        assert page(site, url).extra["feed"] in made
    assert "feed" not in page(site, "campaigns/exhibition-4/").extra
