"""Between the catalogue and the media room: which files go there, and what comes back to the cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from generator.catalog.facts import Facts
from generator.catalog.hidden import held_back
from generator.catalog.submission import Catalog, Submission
from generator.check.examine import Verdict, examine
from generator.media.derivatives import Outcome
from generator.media.execute import derive_named
from generator.media.originals.outside import fetch_all, original_file
from generator.media.plan import jobs, recipes
from generator.media.probe import probe_all
from generator.pages.site_facts import PreviewKind
from generator.settings import Settings
from generator.store import Store

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much is done, and how much there is."""


def probed(catalog: Catalog, settings: Settings, store: Store, progress: Progress) -> Catalog:
    """The catalogue with the facts of every regular file in its case folders, and of the originals elsewhere."""
    fetched = fetch_all(
        (original for submission in catalog.submissions for original in submission.outside),
        settings.options.originals,
        store,
        on_progress=partial(progress, "下载原件（MB）"),
    )
    absent = {
        submission.id: {
            original.path: facts for original in submission.outside if isinstance(facts := fetched[original], Facts)
        }
        for submission in catalog.submissions
    }
    places = {
        submission.id: {
            path: place
            for path, place in _places(submission, settings, store).items()
            if path not in absent[submission.id]
        }
        for submission in catalog.submissions
    }
    found = probe_all(
        [(place, path) for inside in places.values() for path, place in inside.items()],
        store,
        workers=settings.workers,
        on_progress=partial(progress, "检查媒体"),
    )
    return dataclasses.replace(
        catalog,
        submissions=tuple(
            dataclasses.replace(
                submission,
                facts={
                    # Several cases may name one original, each in its own way.
                    path: known if known.path == path else dataclasses.replace(known, path=path)
                    for path, place in places[submission.id].items()
                    if (known := found.get(str(place)))
                }
                | absent[submission.id],
            )
            for submission in catalog.submissions
        ),
    )


def _places(submission: Submission, settings: Settings, store: Store) -> dict[str, Path]:
    """Where each file of a case stands: the regular ones of its folder, then its originals elsewhere."""
    folder = settings.cases_dir / submission.campaign_id / submission.slug
    inside = {entry.path: folder / entry.path for entry in submission.files if entry.is_regular}
    return inside | {original.path: original_file(original, store) for original in submission.outside}


def derived(
    catalog: Catalog,
    verdict: Verdict,
    settings: Settings,
    store: Store,
    progress: Progress,
    preview: PreviewKind = "",
) -> dict[tuple[str, str], Outcome]:
    """How each file came out that a case of *catalog* shows, by case and path.

    What a proposal's folder shows is made faster and a little larger: on the machine of a CI nothing of it is there yet.
    """
    by_kind = recipes(is_preview=preview == "folder")
    places = {
        (submission.id, path): job
        for submission in catalog.submissions
        if submission.id not in verdict.withheld and catalog.shows(submission, with_drafts=bool(preview))
        for path, job in jobs(
            submission,
            _places(submission, settings, store),
            by_kind,
            held_back(submission, catalog.campaigns.get(submission.campaign_id)),
            store,
        ).items()
    }
    return derive_named(places, store, workers=settings.workers, on_progress=partial(progress, "处理媒体"))


def without_failures(
    catalog: Catalog,
    verdict: Verdict,
    outcomes: Mapping[tuple[str, str], Outcome],
    changed: frozenset[str] = frozenset(),
) -> tuple[Catalog, Verdict]:
    """A file that the media room could not use becomes a fact of its case, and the case is judged again."""
    refused = {place: outcome.refusal for place, outcome in outcomes.items() if outcome.refusal}
    if not refused:
        return catalog, verdict
    catalog = dataclasses.replace(
        catalog,
        submissions=tuple(
            dataclasses.replace(
                submission,
                facts={
                    path: dataclasses.replace(facts, refusal=refused.get((submission.id, path), facts.refusal))
                    for path, facts in submission.facts.items()
                },
            )
            for submission in catalog.submissions
        ),
    )
    return catalog, examine(catalog, changed)
