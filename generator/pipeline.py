"""The corridor: the stages in their order, and nothing else. Cold, warm and interrupted builds are this one path."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.check.examine import Verdict, examine
from generator.media.derivatives import Outcome, Result, file_of, files_of
from generator.media.execute import derive_named
from generator.media.plan import card_job
from generator.mediaflow import Progress, derived, probed, without_failures
from generator.pages.chrome import frame
from generator.pages.csvfiles import csv_files
from generator.pages.downloads import download_files
from generator.pages.leaving import way_out
from generator.pages.linkcheck import require_no_dead_links
from generator.pages.listing import machine_files
from generator.pages.map import public_entries, site_map
from generator.pages.marks import register_marks
from generator.pages.place import place
from generator.pages.render import render
from generator.pages.share import share_cards
from generator.pages.shelf import share_pictures, shelf
from generator.pages.site_facts import SiteFacts
from generator.pages.texts import read_texts
from generator.pages.views import LinkView
from generator.search.findable import findable, labels, suggestions
from generator.search.index import build_index
from generator.settings import Settings
from generator.store import Store

SECTIONS = (
    ("home", "首页", ""),
    ("cases", "案例", "cases/"),
    ("results", "获奖名单", "results/"),
    ("campaigns", "征集活动", "campaigns/"),
    ("pilots", "试点项目", "pilots/"),
    ("statistics", "统计", "statistics/"),
    ("data", "数据", "data/"),
    ("about", "关于", "about/"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was read and judged; nothing is made yet."""

    catalog: Catalog
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    verdict: Verdict
    cases: int  # public ones
    pages: int
    pages_made: int
    media: int
    media_made: int
    index_made: int
    site_dir: Path | None  # None: strict, and there were errors

    @property
    def made_nothing(self) -> bool:
        """Whether everything was there already."""
        return self.pages_made == self.media_made == self.index_made == 0


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def check(
    settings: Settings,
    progress: Progress = _silent,
    store: Store | None = None,
    changed: frozenset[str] = frozenset(),
) -> Examined:
    """Read, probe, examine; where two cases clash, one of the ids in *changed* is blamed."""
    store = store or Store(settings.store_dir)
    catalog = probed(read_catalog(settings.cases_dir), settings, store, progress)
    return Examined(catalog=catalog, verdict=examine(catalog, changed))


def build(
    settings: Settings, *, strict: bool = False, progress: Progress = _silent, store: Store | None = None
) -> Built:
    """Everything, from cases/ to the output folder; content errors cost their case, not the run.

    Raises:
        ShowcaseError: settings, a tool, the theme or the disk stop the run; the old output stands.
    """
    settings.require_folders()
    store = store or Store(settings.store_dir)
    examined = check(settings, progress, store)
    catalog = examined.catalog
    if strict and examined.verdict.has_errors:
        return _stopped(examined.verdict)
    outcomes = derived(catalog, examined.verdict, settings, store, progress)
    catalog, verdict = without_failures(catalog, examined.verdict, outcomes)
    if strict and verdict.has_errors:
        return _stopped(verdict)
    results = {
        place: outcome.result
        for place, outcome in outcomes.items()
        if outcome.result and place[0] not in verdict.withheld
    }
    shown = _without_broken_calls(catalog, verdict)
    shares = _share_cards(shown, verdict, settings, store, progress)
    shelved = shelf(results)
    site = site_map(
        shown,
        verdict.withheld,
        shelved,
        read_texts(settings.pages_dir),
        site_name=settings.site_name,
        site_url=settings.site_url,
        site_description=settings.site_description,
        marks=_registers(settings),
        shares=share_pictures(shares),
    )
    page_frame = frame(settings.config_file, settings.theme_dir, _chrome(settings), store)
    rendered = render(site.pages, page_frame, settings.theme_dir / "templates", _site_facts(settings), store)
    index = build_index(findable(site, catalog), labels(site), store, suggestions=suggestions(site))
    files = {
        **rendered.files,
        **page_frame.assets,
        **{f"search/{name}": path for name, path in index.files.items()},
        **machine_files(site, settings.site_url, store),
        **csv_files(site.sheets, store),
        **download_files(site, shown, shelved, settings.site_name, settings.site_url, store),
        **_media_files((*results.values(), *(made.result for made in shares.values() if made.result)), store),
    }
    require_no_dead_links(rendered, files, store)
    place(files, settings.site_dir)
    return Built(
        verdict=verdict,
        cases=len(site.entries),
        pages=len(rendered.files),
        pages_made=rendered.made,
        media=len(outcomes) + len(shares),
        media_made=sum(1 for made in (*outcomes.values(), *shares.values()) if made.state == "made"),
        index_made=index.made,
        site_dir=settings.site_dir,
    )


def _stopped(verdict: Verdict) -> Built:
    return Built(verdict=verdict, cases=0, pages=0, pages_made=0, media=0, media_made=0, index_made=0, site_dir=None)


def _without_broken_calls(catalog: Catalog, verdict: Verdict) -> Catalog:
    """A call whose notice or data has an error (a phone number, say) is not shown until it is mended."""
    if not verdict.broken_calls:
        return catalog
    return dataclasses.replace(
        catalog, calls=tuple(call for call in catalog.calls if call.id not in verdict.broken_calls)
    )


def _share_cards(
    catalog: Catalog, verdict: Verdict, settings: Settings, store: Store, progress: Progress
) -> dict[str, Outcome]:
    """The pictures drawn for sharing, by the address of their page."""
    cards = share_cards(
        public_entries(catalog, verdict.withheld),
        catalog,
        site_name=settings.site_name,
        site_lead=settings.site_description,
        with_cases=settings.options.share_cards,
    )
    drawings = {url: card_job(recipe, store) for url, recipe in cards.items()}
    return derive_named(drawings, store, workers=settings.workers, on_progress=partial(progress, "绘制分享图"))


def _media_files(results: Iterable[Result], store: Store) -> dict[str, Path]:
    return {
        f"media/{derivative.name}": file_of(derivative, store) for result in results for derivative in files_of(result)
    }


def _chrome(settings: Settings) -> dict[str, object]:
    """What header and footer show."""
    options = settings.options
    return {
        "sections": SECTIONS,
        "sample": options.sample,
        "organiser": options.organiser,
        "undertaker": options.undertaker,
        "contact": options.contact,
        "registers": [(mark.text, way_out(mark.url)) for mark in _registers(settings)],
        "site_code": options.site_code,
    }


def _site_facts(settings: Settings) -> SiteFacts:
    """What every page may say of its site."""
    options = settings.options
    return SiteFacts(
        name=settings.site_name,
        url=settings.site_url,
        path=settings.site_path,
        correction=options.correction,
        description=settings.site_description,
        organiser=options.organiser,
        code=options.site_code,
        columns={key: name for key, name, _ in SECTIONS},
    )


def _registers(settings: Settings) -> tuple[LinkView, ...]:
    return register_marks(settings.options.icp, settings.options.police)
