"""Files that people download and programs read: award lists, templates, open data, feeds. What they say is on a page, too."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.catalog.submission import Catalog
from generator.pages.campaign_views import CampaignView
from generator.pages.cards import Shelf
from generator.pages.feeds import atom, feeds
from generator.pages.map import SiteMap
from generator.pages.opendata import as_json, cases_table, honours_table, records
from generator.pages.records import schema
from generator.pages.result_views import ResultsView
from generator.pages.resulttable import results_table
from generator.pages.tables import as_csv, as_workbook
from generator.pages.views import Page
from generator.pages.worddocument import word_document
from generator.store import Store, digest_of_file, key_of


def download_files(
    site: SiteMap, catalog: Catalog, shelf: Shelf, site_name: str, site_url: str, store: Store
) -> dict[str, Path]:
    """Path under the site → file, for everything that is offered beside the pages; made once for what it holds.

    A preview has no open data and no feeds: a program would take drafts for cases.
    """
    keeper = _Keeper(store)
    files = {} if site.preview else _open_data(site, catalog, shelf, site_name, site_url, keeper)
    for page in site.pages:
        files.update(_beside(page, site_url, keeper))
    return files


def _open_data(
    site: SiteMap, catalog: Catalog, shelf: Shelf, site_name: str, site_url: str, keeper: _Keeper
) -> dict[str, Path]:
    found = records(site.entries, catalog, shelf, site_url)
    files = {
        "data/cases.json": keeper.held(as_json(found, site_name, site_url), ".json"),
        "data/cases.csv": keeper.held(as_csv(cases_table(found)), ".csv"),
        "data/results.csv": keeper.held(as_csv(honours_table(found)), ".csv"),
        "data/cases.schema.json": keeper.held(_json(schema(f"{site_url}data/cases.schema.json")), ".json"),
    }
    for feed in feeds(site.entries, site.groups):
        files[feed.url] = keeper.held(atom(feed, site_name, site_url).encode(), ".xml")
    return files


def _beside(page: Page, site_url: str, keeper: _Keeper) -> Iterator[tuple[str, Path]]:
    """The files that a page offers, made from its view: a download never says what its page does not."""
    view = page.view
    if isinstance(view, ResultsView) and view.csv_url:
        table = results_table(view, site_url)
        address = site_url + page.url
        made_on = datetime.date(view.campaign.year, 1, 1)
        yield view.csv_url, keeper.held(as_csv(table), ".csv")
        yield (
            view.xlsx_url,
            keeper.made(
                lambda: as_workbook(table, title=page.title, address=address, made_on=made_on),
                ".xlsx",
                "xlsxwriter",
                "tables.py",
                table,
                page.title,
                address,
                made_on.isoformat(),
            ),
        )
    if isinstance(view, CampaignView) and (draft := view.draft):
        yield (
            draft.url,
            keeper.made(lambda: word_document(draft), ".docx", "python-docx", "worddocument.py", draft),
        )


class _Keeper:
    """Keeps files in the store: those that cost nothing by what they hold, the others by what they are made from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._makers: dict[tuple[str, str], str] = {}

    def held(self, data: bytes, suffix: str) -> Path:
        key = key_of("download", suffix, hashlib.sha256(data).hexdigest())
        return self._store.find("pages", key, suffix) or self._store.keep("pages", key, data, suffix)

    def made(self, make: Callable[[], bytes], suffix: str, package: str, module: str, *parts: Any) -> Path:
        maker = self._makers.setdefault((package, module), self._version(package, module))
        key = key_of("download", maker, *parts)
        return self._store.find("pages", key, suffix) or self._store.keep("pages", key, make(), suffix)

    def _version(self, package: str, module: str) -> str:
        return key_of(importlib.metadata.version(package), digest_of_file(Path(__file__).with_name(module)))


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
