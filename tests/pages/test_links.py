"""Where a page leads is what a browser makes of its addresses, and what is not there is told."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from generator.pages.links import DeadLink, Leads, dead_links, leads_of

from .sample_site import FACTS, URL

PAGE = "cases/a/b/index.html"


def leads(body: str, page: str = PAGE) -> Leads:
    return leads_of(f"<html><body>{body}</body></html>", page, FACTS)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../../../", "index.html"),
        ("../../../about/", "about/index.html"),
        ("../../../media/x.jpg", "media/x.jpg"),
        ("./", PAGE),
        ("", None),
        ("../c/?q=1", "cases/a/c/index.html"),
        ("/sub/search/", "search/index.html"),
        ("/elsewhere/", "../elsewhere/"),
        (f"{URL}data/", "data/index.html"),
        ("https://example.com/", None),
        ("//example.com/x", None),
        ("mailto:x", None),
        ("data:image/png;base64,AA", None),
        ("../../../%E5%B2%B3/", "岳/index.html"),
        ("../../../../", "../index.html"),
        ("x&amp;y.pdf", "cases/a/b/x&y.pdf"),
    ],
)
def test_an_address_leads_to_the_file_that_answers_it(address: str, file: str | None) -> None:
    assert leads(f'<a href="{address}">x</a>').files == ({file} if file else set())


@given(
    parts=lists(sampled_from(["..", ".", "a", "b.html", "%41", ""]), max_size=6),
    page=sampled_from([PAGE, "index.html"]),
)
def test_it_is_the_file_that_a_browser_would_ask_for(parts: list[str], page: str) -> None:
    address = "/".join(parts)
    if not address or address.startswith("/") or "//" in address:
        return
    asked = urlsplit(urljoin(URL + page, address)).path
    found = leads(f'<a href="{address}">x</a>', page).files
    if asked.startswith("/sub/"):
        wanted = unquote(asked.removeprefix("/sub/"))
        assert found == {wanted + "index.html" if wanted.endswith("/") or not wanted else wanted}
    else:
        assert all(one.startswith("..") for one in found)


def test_every_kind_of_address_is_looked_at_and_text_is_not() -> None:
    found = leads(
        '<img src="1.png" srcset="2.png 1x, 3.png 2x"><video poster="4.png" src="5.mp4"></video>'
        '<form action="6/"></form><div data-index="7.json" data-storyboard="8.vtt"></div>'
        '<meta http-equiv="refresh" content="0; url=9/"><meta property="og:image" content="https://example.org/sub/10.jpg">'
        '<img alt="a > b" src="11.png"><p>&lt;a href="no"&gt; <code>src="no"</code></p>'
    )
    own = "cases/a/b/"
    assert found.files == {
        *(f"{own}{name}" for name in ("1.png", "2.png", "3.png", "4.png", "5.mp4", "7.json", "8.vtt", "11.png")),
        f"{own}6/index.html",
        f"{own}9/index.html",
        "10.jpg",
    }


def test_a_place_on_the_page_itself_is_known_at_once_and_others_are_kept() -> None:
    found = leads('<h2 id="here">x</h2><a href="#here">x</a><a href="#gone">x</a><a href="../c/#far">x</a>')
    assert found.places == {(PAGE, "gone"), ("cases/a/c/index.html", "far")}
    assert Leads.of_json(found.as_json()) == found


def test_what_is_missing_is_told_with_its_page() -> None:
    one = leads('<h2 id="here">x</h2><a href="../c/#there">x</a><a href="../c/#gone">x</a><a href="../d/">x</a>')
    other = leads('<h2 id="there">x</h2>', "cases/a/c/index.html")
    pages = {PAGE: one, "cases/a/c/index.html": other}
    ids = {path: lead.ids for path, lead in pages.items()}
    assert list(dead_links(pages, pages, ids)) == [
        DeadLink(page=PAGE, target="cases/a/d/index.html"),
        DeadLink(page=PAGE, target="cases/a/c/index.html#gone"),
    ]
