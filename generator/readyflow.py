"""Corridor: cases read, judged and with what was made of their media, before any page is thought of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from generator import checkflow
from generator.catalog.changed import Changed
from generator.catalog.readmemory import remembered_catalog
from generator.catalog.submission import Catalog
from generator.check.examine import Verdict
from generator.media.derivatives import Outcome, Result
from generator.mediaflow import Progress, derived, probed, without_failures
from generator.pages.site_facts import PreviewKind
from generator.settings import Settings
from generator.store import Store


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was read and judged; nothing is made yet."""

    catalog: Catalog
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Cases with what was made of their media."""

    catalog: Catalog
    verdict: Verdict
    outcomes: Mapping[tuple[str, str], Outcome]  # by case and path; none where a strict build stops before

    @property
    def results(self) -> dict[tuple[str, str], Result]:
        """What came of the files of cases that are not withheld."""
        return {
            place: outcome.result
            for place, outcome in self.outcomes.items()
            if outcome.result and place[0] not in self.verdict.withheld
        }


def prepared(
    settings: Settings, *, strict: bool, progress: Progress, store: Store, kind: PreviewKind, changed: Changed | None
) -> Ready:
    """Judged, derived, and judged again where a file could not be used; of a proposal what is *changed* alone.

    Raises:
        ShowcaseError: nothing can be said of any case, or a tool is missing.
    """
    examined = _of_proposal(settings, progress, store, changed) if changed else check(settings, progress, store)
    catalog, verdict = examined.catalog, examined.verdict
    if strict and verdict.has_errors:
        return Ready(catalog=catalog, verdict=verdict, outcomes={})
    outcomes = derived(narrowed(catalog, changed), verdict, settings, store, progress, kind)
    catalog, verdict = without_failures(catalog, verdict, outcomes, changed.case_ids if changed else frozenset())
    return Ready(catalog=catalog, verdict=verdict, outcomes=outcomes)


def check(settings: Settings, progress: Progress = silent, store: Store | None = None) -> Examined:
    """Read, probe, examine; what was said of cases whose files lie as they lay is recalled."""
    store = store or Store(settings.store_dir)
    catalog = probed(remembered_catalog(settings.cases_dir, store), settings, store, progress)
    return Examined(catalog=catalog, verdict=checkflow.check(settings, progress, read=catalog, store=store).verdict)


def _of_proposal(settings: Settings, progress: Progress, store: Store, changed: Changed) -> Examined:
    """Judged beside all other cases, of which texts alone are read: not one of their media is opened."""
    found = checkflow.check(settings, progress, changed=changed.case_ids, only_changed=True)
    catalog = remembered_catalog(settings.cases_dir, store)
    own = probed(narrowed(catalog, changed), settings, store, progress).by_id
    submissions = tuple(own.get(one.id, one) for one in catalog.submissions)
    return Examined(catalog=dataclasses.replace(catalog, submissions=submissions), verdict=found.verdict)


def narrowed(catalog: Catalog, changed: Changed | None) -> Catalog:
    """Of a proposal the cases that it changes: of all others no media are made and no pages. Calls are few, and stay."""
    if changed is None:
        return catalog
    return dataclasses.replace(
        catalog, submissions=tuple(one for one in catalog.submissions if one.id in changed.case_ids)
    )
