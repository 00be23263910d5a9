"""Ways out of the site: the page that asks before a visitor goes to another host, one for each address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.catalog.body import read_body
from generator.pages.site_values import HOME, SiteValues
from generator.pages.views import LinkView, Page, Text

MOST_SOURCES = 5
"""How many of the pages that name an address its page offers as ways back."""

# What browsers and Python read differently in an address: a browser takes “\” for “/” and drops line ends.
_TWO_FACED = re.compile(r"[\\\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveView:
    """What a visitor is told before leaving: where to, and which pages of the site lead there."""

    address: str  # whole, as its author wrote it
    host: str
    sources: tuple[LinkView, ...]  # at most `MOST_SOURCES`, in the order of the site


def host_of(address: str) -> str:
    """The host that a browser would ask for *address*, with its port; "" where it is no address that may be offered.

    Only http and https, and none that names a user: what stands before an “@” reads like a host and is none.
    """
    if not address.lower().startswith(("http://", "https://")) or _TWO_FACED.search(address):
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if not parts.hostname or "@" in parts.netloc:
        return ""
    return f"{parts.hostname}:{port}" if port else parts.hostname


def way_out(address: str) -> str:
    """The page of the site that asks before *address* is opened; "" where *address* may not be offered at all.

    Clause: DOMAIN section 3, external links leave through a confirmation.
    """
    return f"leave/{hashlib.sha256(address.encode()).hexdigest()[:10]}/" if host_of(address) else ""


def leave_pages(site: SiteValues, texts: Mapping[str, Text], marks: Sequence[LinkView] = ()) -> Iterator[Page]:
    """One page for each address that a page of the site leads to. *marks* are those of the footer, on every page."""
    sources: dict[str, list[LinkView]] = {}
    for address, here in (*_named(site, texts), *((mark.url, HOME) for mark in marks)):
        known = sources.setdefault(address, [])
        if here not in known:
            known.append(here)
    for address, pages in sources.items():
        if url := way_out(address):
            yield Page(
                url=url,
                template="leave.html",
                title="即将离开本站",
                description="",
                view=LeaveView(address=address, host=host_of(address), sources=tuple(pages[:MOST_SOURCES])),
                is_indexed=False,
            )


def _named(site: SiteValues, texts: Mapping[str, Text]) -> Iterator[tuple[str, LinkView]]:
    """Every address that a page names as a link, with that page."""
    for entry in site.entries:
        here = LinkView(text=entry.case.title, url=entry.url)
        for link in entry.case.links:
            yield link.url, here
        for reference in site.catalog.by_id[entry.id].body.links:
            yield reference.target, here
    notices = {call.id: call.notice for call in site.catalog.calls}
    for campaign in site.campaigns:
        here = LinkView(text=campaign.title, url=f"campaigns/{campaign.id}/")
        for named in campaign.links:
            yield named.url, here
        for survey in campaign.surveys:
            if not survey.closed:
                yield survey.url, here
        for reference in read_body(notices[campaign.id]).links:
            yield reference.target, here
    for name, text in texts.items():
        for reference in read_body(text.body).links:
            yield reference.target, LinkView(text=text.title, url=f"{name}/")
