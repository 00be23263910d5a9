"""What machines read of a page: its address, what networks show beside a link to it, its marks, its linked data.

`<script type="application/ld+json">` is data and is never run. Chromium does not report it under
``default-src 'self'``; tests/browser/test_head.py holds that.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from generator.pages.linked_data import linked_data
from generator.pages.site_facts import SiteFacts
from generator.pages.subject import Subject, subject
from generator.pages.views import Page


def head(page: Page, root: str, site: SiteFacts) -> Iterator[str]:
    """The elements of *page* for machines, one at a time; *root* leads from the page to the root of the site.

    ``page.extra["feed"]`` is the address of the page's feed, relative to the root; ``"refresh"`` that of the page
    that has taken its place.
    """
    about = subject(page, site)
    if "refresh" in page.extra:
        yield f'<meta http-equiv="refresh" content="0; url={root}{html.escape(page.extra["refresh"])}">'
    if about.kind == "notice" or site.preview:  # of a preview machines are told nothing but to stay away
        yield '<meta name="robots" content="noindex">'
        yield from _site_marks(site)
        return
    yield f'<link rel="canonical" href="{html.escape(site.address(page.url))}">'
    if "feed" in page.extra:
        title = html.escape(f"{site.name}：{page.extra['feed-title']}")
        feed = root + html.escape(page.extra["feed"])
        yield f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}">'
    yield from _open_graph(page, about, site)
    yield from _site_marks(site)
    yield from _page_marks(page, about, site)
    for data in linked_data(page, about, site):
        yield f'<script type="application/ld+json">{as_script(data)}</script>'


def as_script(data: Any) -> str:
    """*data* as JSON that can stand in a script element: no text of a case can end or comment out the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _open_graph(page: Page, about: Subject, site: SiteFacts) -> Iterator[str]:
    """Open Graph; X reads all of it but the kind of its card."""
    is_article = about.kind == "article"
    yield from _property("og:type", "article" if is_article else "website")
    yield from _property("og:title", page.title or site.name)
    yield from _property("og:description", page.description or site.description)
    yield from _property("og:url", site.address(page.url))
    yield from _property("og:site_name", site.name)
    yield from _property("og:locale", site.language.replace("-", "_"))
    if is_article:
        yield from _property("article:published_time", about.published)
        yield from _property("article:modified_time", about.updated)
        yield from _property("article:section", about.column)
        for word in about.keywords:
            yield from _property("article:tag", word)
    if page.share:
        yield from _property("og:image", site.address(f"media/{page.share.name}"))
        yield from _property("og:image:type", page.share.media_type)
        yield from _property("og:image:width", str(page.share.width_px))
        yield from _property("og:image:height", str(page.share.height_px))
        yield from _property("og:image:alt", page.share.alt)
    yield from _named("twitter:card", "summary_large_image" if page.share else "summary")


def _site_marks(site: SiteFacts) -> Iterator[str]:
    """The marks that every page of a Chinese government site carries. Clause: 国办发〔2017〕47号 附件2."""
    yield from _named("SiteName", site.name)
    yield from _named("SiteDomain", site.domain)
    yield from _named("SiteIDCode", site.code)


def _page_marks(page: Page, about: Subject, site: SiteFacts) -> Iterator[str]:
    """The marks of a column or of an article; the frame has the description. Clause: 国办发〔2017〕47号 附件2."""
    if about.kind == "home":
        return
    yield from _named("ColumnName", about.column)
    if about.kind == "column":
        yield from _named("ColumnDescription", page.description)
        yield from _named("ColumnKeywords", "，".join(about.keywords))
    yield from _named("ColumnType", about.column_kind)
    if about.kind == "article":
        yield from _named("ArticleTitle", page.title)
        # Cases and notices are dated by the day; the form wants an hour besides.
        yield from _named("PubDate", f"{about.published} 00:00" if about.published else "")
        yield from _named("ContentSource", about.source)
        yield from _named("Keywords", "，".join(about.keywords))
        yield from _named("Author", "，".join(about.authors))
        if page.share:
            yield from _named("Image", site.address(f"media/{page.share.name}"))
        yield from _named("Url", site.address(page.url))


def _property(name: str, content: str) -> Iterator[str]:
    if content:
        yield f'<meta property="{name}" content="{html.escape(content)}">'


def _named(name: str, content: str) -> Iterator[str]:
    if content:
        yield f'<meta name="{name}" content="{html.escape(content)}">'
