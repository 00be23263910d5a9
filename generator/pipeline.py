"""The corridor: the stages in their order, and nothing else. Cold, warm and interrupted builds are this one path."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.adminflow import EditorsPage, editors_page
from generator.buildmemory import BuildMemory
from generator.built import Built
from generator.catalog.changed import Changed
from generator.catalog.submission import Catalog
from generator.check.examine import Verdict
from generator.identity import chrome_words, registers, security_contact, site_facts
from generator.media.derivatives import Outcome, Result, file_of, files_of
from generator.media.execute import derive_named
from generator.media.plan import card_job
from generator.mediaflow import Progress
from generator.pages.cards import Shelf
from generator.pages.chrome import frame
from generator.pages.csvfiles import csv_files
from generator.pages.downloads import download_files
from generator.pages.folder import self_contained
from generator.pages.groups import Entry
from generator.pages.leaves import guides, withdrawn
from generator.pages.linkcheck import require_no_dead_links
from generator.pages.listing import machine_files, security_file
from generator.pages.map import SiteMap, open_entries, public_entries, site_map
from generator.pages.moved import moved_files
from generator.pages.nearness import remembered_nearest
from generator.pages.place import PREVIEW_MARKER, place
from generator.pages.render import Rendered, render
from generator.pages.review import review
from generator.pages.share import share_cards
from generator.pages.shelf import share_pictures, shelf
from generator.pages.site_facts import PreviewKind
from generator.pages.texts import read_texts, text_files
from generator.pages.views import Text
from generator.publish.census import Census, census_text
from generator.readyflow import Ready, narrowed, prepared, silent
from generator.search.findable import findable, labels, suggestions
from generator.search.index import SearchIndex, build_index
from generator.settings import Settings
from generator.store import Store
from generator.webserver.compressed import compressed_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Pages for reviewers in the place of the site: of everything, drafts too, or of a proposal alone."""

    folder: Path  # never the site's
    changed: Changed | None = None  # the proposal: its folder is opened by double click

    @property
    def kind(self) -> PreviewKind:
        """What every page is told."""
        return "site" if self.changed is None else "folder"


def build(
    settings: Settings,
    *,
    strict: bool = False,
    progress: Progress = silent,
    store: Store | None = None,
    preview: Preview | None = None,
    anew: bool = False,
) -> Built:
    """Everything, from cases/ to the output folder, or a *preview* to its own; content errors cost their case, not the run.

    A site that was built from the same before is placed as it is remembered. *anew*: it is gone through all the same, so
    that *store* knows every file that its making needs.

    Raises:
        ShowcaseError: settings, a tool, the theme or the disk stop the run; the old output stands.
    """
    settings.require_folders()
    store = store or Store(settings.store_dir)
    memory = None if preview else BuildMemory(settings, store)
    if memory and not anew and (known := _placed_again(memory, settings.site_dir, strict=strict)):
        return known
    kind: PreviewKind = preview.kind if preview else ""
    changed = preview.changed if preview else None
    ready = prepared(settings, strict=strict, progress=progress, store=store, kind=kind, changed=changed)
    if strict and ready.verdict.has_errors:
        return _stopped(ready.verdict)
    catalog, verdict = ready.catalog, ready.verdict
    shown = narrowed(_without_broken_calls(catalog, verdict), changed)
    # No machine that shows pictures beside links is to know of a preview.
    shares = {} if preview else _share_cards(shown, verdict, settings, store, progress)
    results = ready.results
    media = _media_files((*results.values(), *(made.result for made in shares.values() if made.result)), store)
    shelved = shelf(results)
    if kind == "folder":
        shelved = self_contained(shelved, lambda name: media[f"media/{name}"])
    texts = read_texts(settings.pages_dir)
    site = _mapped(ready, shown, shelved, texts, settings, shares, preview, store)
    page_frame = frame(settings.config_file, settings.theme_dir, chrome_words(settings, kind, guides(texts)), store)
    rendered = render(site.pages, page_frame, settings.theme_dir / "templates", site_facts(settings, kind), store)
    # A page that is opened from a disk may read no file, so that a folder could not be searched.
    index = None if kind == "folder" else _index(site, catalog, store)
    editors = EditorsPage() if preview else editors_page(catalog, settings, store)
    files = {
        **rendered.files,
        **page_frame.assets,
        **text_files(texts, settings.pages_dir, store),
        **({f"search/{name}": path for name, path in index.files.items()} if index else {}),
        **machine_files(site, settings.site_url, store),
        **({} if preview else security_file(security_contact(settings), settings.site_url, store)),
        **csv_files(site.sheets, store),
        **download_files(site, shown, shelved, settings.site_name, settings.site_url, store),
        **editors.files,
        **media,
    }
    if not preview:
        files |= moved_files(site.pages, store)
        files |= compressed_files(files, store)
    require_no_dead_links(rendered, files, store)
    outcomes = (*ready.outcomes.values(), *shares.values())
    built = _built(site, verdict, rendered, index, outcomes, preview.folder if preview else settings.site_dir, editors)
    if preview:
        place(files, preview.folder, PREVIEW_MARKER)
        return built
    told = census_text(_census(site, open_entries(shown, verdict.withheld), catalog))
    place(files, settings.site_dir, told=told)
    if memory:
        memory.keep(catalog, outcomes, files, told, built)
    return built


def _placed_again(memory: BuildMemory, site_dir: Path, *, strict: bool) -> Built | None:
    """The site as it was built before, in its place; None: it has to be built, or a strict build will stop."""
    found = memory.recalled()
    if found is None or (strict and found[0].verdict.has_errors):
        return None
    built, files, told = found
    place(files, site_dir, told=told)
    return built


def _mapped(
    ready: Ready,
    shown: Catalog,
    shelved: Shelf,
    texts: Mapping[str, Text],
    settings: Settings,
    shares: Mapping[str, Outcome],
    preview: Preview | None,
    store: Store,
) -> SiteMap:
    """Every page of the site, or of the *preview*, as values."""
    changed = preview.changed if preview else None
    return site_map(
        shown,
        ready.verdict.withheld,
        shelved,
        texts,
        site_name=settings.site_name,
        site_url=settings.site_url,
        site_description=settings.site_description,
        marks=registers(settings),
        shares=share_pictures(shares),
        preview=preview.kind if preview else "",
        review=review(ready.catalog, ready.verdict, changed) if preview else None,
        near=partial(remembered_nearest, store),
    )


def _built(
    site: SiteMap,
    verdict: Verdict,
    rendered: Rendered,
    index: SearchIndex | None,
    outcomes: Sequence[Outcome],
    site_dir: Path,
    editors: EditorsPage,
) -> Built:
    return Built(
        verdict=verdict,
        cases=len(site.entries),
        pages=len(rendered.files),
        pages_made=rendered.made,
        media=len(outcomes),
        media_made=sum(1 for made in outcomes if made.state == "made"),
        index_made=index.made if index else 0,
        site_dir=site_dir,
        notes=editors.notes,
    )


def _index(site: SiteMap, catalog: Catalog, store: Store) -> SearchIndex:
    return build_index(findable(site, catalog), labels(site), store, suggestions=suggestions(site))


def _census(site: SiteMap, announced: Iterable[Entry], catalog: Catalog) -> Census:
    """Which cases the site shows, names in a list that is open to objections, and says of that they were withdrawn."""
    cases, named = _former(site.entries), _former(announced)
    gone = {submission.id: addresses for submission, addresses in withdrawn(catalog)}
    former = {address for _own, *old in gone.values() for address in old}
    return Census(
        cases=cases,
        announced=named,
        # An old address that is another case's own is that one's, as in `site_map`.
        withdrawn=frozenset(own for own, *_ in gone.values()) | (former - cases.keys() - named.keys()),
    )


def _former(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    return {entry.url: tuple(f"{alias.strip('/')}/" for alias in entry.case.aliases) for entry in entries}


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
