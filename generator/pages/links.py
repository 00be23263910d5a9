"""Where a page leads inside the site, and what of that is not there.

A page's leads are found when it is rendered and remembered beside it, so that a second build reads no HTML again.
"""

from __future__ import annotations

import functools
import html
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from generator.pages.site_facts import SiteFacts

# Our own HTML, written by Jinja and nh3: values stand in double quotes, and what a value holds ends no tag.
_TAG = re.compile(r'<([a-z][a-z0-9]*)((?:[^>"]*"[^"]*")*[^>"]*)>', re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r'\s(id|href|src|srcset|poster|action|data-index|data-storyboard|property|http-equiv|content)="([^"]*)"'
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_REFRESH = re.compile(r"\d+;\s*url=(.*)", re.IGNORECASE)
_ADDRESS_PROPERTIES = frozenset({"og:image", "og:url"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where a page leads: files of the site, places in them, and the places that it offers itself."""

    ids: frozenset[str]
    files: frozenset[str]  # paths under the site; one that leaves the site begins with ".."
    places: frozenset[tuple[str, str]]  # path and id, but for those of the page itself that are there

    def as_json(self) -> str:
        """For the store; the same leads are the same text."""
        return json.dumps([sorted(self.ids), sorted(self.files), sorted(self.places)], ensure_ascii=False)

    @classmethod
    def of_json(cls, text: str) -> Leads:
        """What `as_json` wrote."""
        ids, files, places = json.loads(text)
        return cls(ids=frozenset(ids), files=frozenset(files), places=frozenset(map(tuple, places)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLink:
    """An address on a page that nothing answers."""

    page: str  # its path under the site
    target: str  # the path, with "#" and the id where only that is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The addresses and ids of some HTML, as written."""

    addresses: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


NOTHING = Found()


def found_in(text: str) -> Found:
    """What stands in the tags of *text*; the frame of a page, the same for many, is looked through once."""
    ids: set[str] = set()
    return Found(addresses=frozenset(_targets(text, ids)), ids=frozenset(ids))


def leads_of(text: str, page_path: str, site: SiteFacts, frame: Found = NOTHING) -> Leads:
    """Where the page at *page_path* leads, whose HTML is *text* inside *frame*."""
    own = found_in(text)
    ids = own.ids | frame.ids
    files: set[str] = set()
    places: set[tuple[str, str]] = set()
    folder = posixpath.dirname(page_path)
    for target in own.addresses | frame.addresses:
        path, _, place = target.partition("#")
        path = path.partition("?")[0]
        found = _resolved(path, folder, site) if path else page_path
        if found is None:
            continue
        files.add(found)
        if place and not (found == page_path and unquote(place) in ids):
            places.add((found, unquote(place)))
    return Leads(ids=ids, files=frozenset(files), places=frozenset(places))


def dead_links(
    leads: Mapping[str, Leads], files: Collection[str], ids_of: Mapping[str, Collection[str]]
) -> Iterator[DeadLink]:
    """What *leads* (by the path of a page) name and *files* (paths under the site) lack.

    *ids_of* has the ids of every page; a place in a file that is no page is not looked for.
    """
    for page, lead in leads.items():
        for path in sorted(lead.files.difference(files)):
            yield DeadLink(page=page, target=path)
        for path, place in sorted(lead.places):
            if path in ids_of and place not in ids_of[path]:
                yield DeadLink(page=page, target=f"{path}#{place}")


def _targets(text: str, ids: set[str]) -> Iterator[str]:
    """Every address on the page as the browser will read it; ids go into *ids*."""
    for name, inside in _TAG.findall(text):
        given: dict[str, str] = {}
        for attribute, value in _ATTRIBUTE.findall(inside):
            given[attribute] = html.unescape(value) if "&" in value else value
        if "id" in given:
            ids.add(given["id"])
        for attribute in ("href", "src", "poster", "action", "data-index", "data-storyboard"):
            if given.get(attribute):
                yield given[attribute]
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]
        if name.lower() == "meta" and given.get("property") in _ADDRESS_PROPERTIES:
            yield given.get("content", "")
        elif name.lower() == "meta" and given.get("http-equiv") == "refresh":
            found = _REFRESH.match(given.get("content", ""))
            if found:
                yield found[1]


def _resolved(path: str, folder: str, site: SiteFacts) -> str | None:
    """The file that answers *path* on a page in *folder*; None for what lies outside of the site."""
    if _SCHEME.match(path):
        if not path.startswith(site.url):
            return None
        path = site.path + path[len(site.url) :]
    up = "../" * (folder.count("/") + 1)
    if folder and path.startswith(up):  # what every template writes; the same for all pages, and so remembered
        path, folder = path[len(up) :], ""
    return _file(path, folder, site.path)


@functools.lru_cache(maxsize=65_536)
def _file(path: str, folder: str, site_path: str) -> str:
    path = unquote(path)
    if path.startswith("/"):
        if not path.startswith(site_path):
            return f"..{path}"
        path, folder = path[len(site_path) :], ""
    is_folder = path == "" or path.endswith(("/", "/.", "/..")) or path in (".", "..")
    found = posixpath.normpath(posixpath.join(folder, path))
    found = "" if found == "." else found
    return posixpath.join(found, "index.html") if is_folder else found
