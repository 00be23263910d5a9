"""Old addresses as a web server finds them: a folder for each, and in it one file, whose name says where the case is now.

A page that leads on stands at every old address, too, for servers that know nothing of these files. A server that does
(`generator/webserver/nginx.py`) answers 301 from them, of whatever release is live, and never has to read its configuration again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.pages.views import MovedView, Page
from generator.store import Store, key_of

MOVED = "moved"
"""The folder of the site that holds them. No case can have an old address there: LNK005."""

SIGN = "+"
"""Stands in no address: the last folder below an old address, and what parts call and case in the name of the file."""


def moved_to(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """The path of each such file under the site, and the address of the page that it leads to. DOMAIN: decision 9."""
    for page in pages:
        if isinstance(page.view, MovedView):
            target = page.view.target.url
            call, case = target.strip("/").split("/")[1:]
            yield f"{MOVED}/{page.url}{SIGN}/{call}{SIGN}{case}", target


def moved_files(pages: Iterable[Page], store: Store) -> dict[str, Path]:
    """Path under the site → file, for every old address; the file holds the new one, for people."""
    return {path: _kept(f"/{target}\n", store) for path, target in moved_to(pages)}


def _kept(text: str, store: Store) -> Path:
    key = key_of("moved", text)
    return store.find("pages", key, ".txt") or store.keep("pages", key, text.encode(), ".txt")
