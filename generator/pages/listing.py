"""Files for machines: sitemap.xml, robots.txt, security.txt."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from generator.pages.map import SiteMap
from generator.store import Store, key_of

SECURITY_PATH = ".well-known/security.txt"
"""Where people who found a hole look for whom to tell, below the root of a host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityContact:
    """Whom to tell of a hole, and until when that holds."""

    address: str  # a URI
    expires: datetime.date


def machine_files(site: SiteMap, site_url: str, store: Store) -> dict[str, Path]:
    """Path under the site → file. Dates are those of the cases: the build has no clock. A preview keeps machines out."""
    if site.preview:
        return {"robots.txt": _kept("User-agent: *\nDisallow: /\n", ".txt", store)}
    updated = {entry.url: entry.case.updated or entry.case.published for entry in site.entries}
    rows = []
    for page in site.pages:
        if page.is_indexed:
            day = updated.get(page.url)
            last = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
            rows.append(f"<url><loc>{escape(site_url + quote(page.url))}</loc>{last}</url>")
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
    return {"sitemap.xml": _kept(xml, ".xml", store), "robots.txt": _kept(robots, ".txt", store)}


def security_file(contact: SecurityContact | None, site_url: str, store: Store) -> dict[str, Path]:
    """Path under the site → file, of RFC 9116; nothing without a contact, or where the site is not the root of its host.

    Its end is a setting, as the build has no clock; `showcase doctor` tells when it is near.
    """
    if contact is None or (urlsplit(site_url).path or "/") != "/":
        return {}
    lines = (
        f"Contact: {contact.address}",
        f"Expires: {contact.expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: {site_url}{SECURITY_PATH}",
    )
    return {SECURITY_PATH: _kept("\n".join(lines) + "\n", ".txt", store)}


def _kept(text: str, suffix: str, store: Store) -> Path:
    key = key_of("machine-file", text)
    return store.find("pages", key, suffix) or store.keep("pages", key, text.encode(), suffix)
