"""No page but those that ask first leads to another host; each of those says where to, and leads back."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

from generator.pages.leaving import way_out

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>')
_ANY = re.compile(r'<(?!link\b)[a-z]+\b[^>]*\b(?:href|action|formaction)="(?:[a-z]+:)?//[^"]*"[^>]*>', re.IGNORECASE)


def test_links_to_another_host_stand_on_leave_pages_alone(site: Path) -> None:
    asked = 0
    for path in site.rglob("*.html"):
        found = _ANY.findall(path.read_text("utf-8"))
        if path.relative_to(site).parts[0] == "leave":
            assert len(found) == 1, path
            asked += 1
        else:
            assert found == [], path
    assert asked >= 5


def test_no_link_of_any_page_has_another_scheme_than_http(site: Path) -> None:
    for path in site.rglob("*.html"):
        for href in _LINK.findall(path.read_text("utf-8")):
            assert urlsplit(html.unescape(href)).scheme in ("", "http", "https"), (path, href)


def test_a_leave_page_says_where_to_and_leads_back_and_is_not_indexed(site: Path) -> None:
    listed = (site / "sitemap.xml").read_text("utf-8")
    assert "/leave/" not in listed
    for path in (site / "leave").rglob("*.html"):
        text = path.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text
        (address,) = re.findall(r'rel="nofollow noopener noreferrer external" href="([^"]+)">继续访问</a>', text)
        address = html.unescape(address)
        assert way_out(address) == f"leave/{path.parent.name}/"
        assert f"<dd>{html.escape(address)}</dd>" in text
        assert f'<dd class="leave__host">{urlsplit(address).netloc}</dd>' in text
        assert "由对方负责" in text
        sources = text[text.index("leave__sources") : text.index("<footer")]
        backs = re.findall(r'<li><a href="([^"]*)">', sources)
        assert backs
        for back in backs:
            source = (path.parent / back / "index.html").read_text("utf-8")
            assert way_out(address) in source


def test_every_external_link_is_marked_for_eyes_and_ears(site: Path) -> None:
    found = 0
    for path in site.rglob("*.html"):
        for link in re.findall(r'<a\b[^>]*href="[^"]*leave/[0-9a-f]{10}/"[^>]*>.*?</a>', path.read_text("utf-8")):
            assert 'class="external"' in link
            assert '<span class="visually-hidden">外部网站：</span>' in link
            found += 1
    assert found >= 5
