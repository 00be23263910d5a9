"""Checking without a build: cases are read, probed and judged in groups, and what was said of a group is remembered.

So ten thousand texts never stand in memory together, and a group whose files are as they were is not read again.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalog.bystander import gist_beside
from generator.catalog.reader import CaseFolder, below, document_in, read_case, read_frame
from generator.catalog.submission import Catalog, Submission
from generator.check.examine import Judged, Verdict, gist_in, judged, verdict_on
from generator.check.sheets import CaseSheet
from generator.checkmemory import Group, KnownGroup, KnownWhole, Memory, Originals
from generator.settings import Settings
from generator.store import Store, recalling

if TYPE_CHECKING:
    from generator.mediaflow import Progress

_GROUPS = 64
_JUDGED = "judged"
_BESIDE = "beside"
_CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found, and the sheet of each case that was looked at."""

    verdict: Verdict
    sheets: tuple[CaseSheet, ...]


def check(
    settings: Settings,
    progress: Progress,
    *,
    changed: frozenset[str] = frozenset(),
    only_changed: bool = False,
    read: Catalog | None = None,
    store: Store | None = None,
) -> Checked:
    """Everything that the rules find under cases/. Where two cases clash, one of those in *changed* is blamed, ids all.

    *read* are the same cases, read and probed already: whoever needs them all has them read once.

    With *only_changed* nothing is said of the other cases by themselves: of those only what clashes need is read, their
    media are not opened, and they have no sheets.

    Raises:
        CatalogError: nothing can be said of any case.
        ToolError: a tool is missing.
    """
    store = store or Store(settings.store_dir)
    frame, folders = read_frame(settings.cases_dir)
    memory = Memory(frame, settings, store)
    with recalling():
        groups = _groups(folders)
        asked = [sorted(changed), only_changed, frame.strays]
        key = memory.key(_CHECKED, groups, *asked)
        if whole := memory.recalled(_CHECKED, key, KnownWhole):
            return _checked(whole)
        run = _Run(settings, frame, store, memory, progress, read)
        found: list[_Found] = []
        for group in groups:
            found.append(run.beside(group, changed) if only_changed else run.judged(group))
            progress("检查案例", sum(len(one.cases) for one in found), len(folders))
        cases = sorted((case for one in found for case in one.cases), key=lambda case: case.gist.file)
        by_file = functools.cache(lambda: {_file(folder, settings): folder for folder in folders})
        verdict = verdict_on(cases, frame, lambda file: document_in(by_file()[file]), changed)
    whole = KnownWhole(
        diagnostics=verdict.diagnostics,
        withheld=tuple(sorted(verdict.withheld)),
        broken_calls=tuple(sorted(verdict.broken_calls)),
        sheets=tuple(case.sheet for case in cases if case.sheet),
        originals=tuple(original for one in found for original in one.originals),
    )
    if all(one.is_lasting for one in found):
        memory.keep(_CHECKED, key, whole)
    return _checked(whole)


def _checked(whole: KnownWhole) -> Checked:
    verdict = Verdict(
        diagnostics=whole.diagnostics,
        withheld=frozenset(whole.withheld),
        broken_calls=frozenset(whole.broken_calls),
    )
    return Checked(verdict=verdict, sheets=whole.sheets)


def _file(folder: CaseFolder, settings: Settings) -> str:
    return below(folder.path / "index.md", settings.cases_dir.parent)


def _groups(folders: Iterable[CaseFolder]) -> tuple[Group, ...]:
    """The cases of each call in some groups, each case in its group whatever else is there."""
    members: dict[tuple[str, int], list[CaseFolder]] = {}
    for folder in folders:
        number = zlib.crc32(os.fsencode(folder.path.name)) % _GROUPS
        members.setdefault((folder.campaign_id, number), []).append(folder)
    return tuple(map(Group.of, members.values()))


@dataclass(frozen=True, slots=True)
class _Found:
    """What is said of the cases of a group."""

    cases: tuple[Judged, ...]
    originals: Originals
    is_lasting: bool  # whether it will be so again while the files lie as they lie


class _Run:
    """One check at its work."""

    def __init__(
        self,
        settings: Settings,
        frame: Catalog,
        store: Store,
        memory: Memory,
        progress: Progress,
        read: Catalog | None,
    ) -> None:
        self._settings = settings
        self._frame = frame
        self._store = store
        self._memory = memory
        self._progress = progress
        self._read = read

    def judged(self, group: Group) -> _Found:
        """Every case of *group* in full."""
        key = self._memory.key(_JUDGED, [group])
        if known := self._memory.recalled(_JUDGED, key, KnownGroup):
            return _Found(known.cases, known.originals, is_lasting=True)
        found = self._read_and_judged(group.folders)
        is_lasting = found.is_lasting and group.is_settled
        if is_lasting:
            self._memory.keep(_JUDGED, key, KnownGroup(found.cases, found.originals))
        return dataclasses.replace(found, is_lasting=is_lasting)

    def beside(self, group: Group, only: frozenset[str]) -> _Found:
        """The cases *only* in full, the others as they stand beside them."""
        wanted = tuple(folder for folder in group.folders if _id(folder) in only)
        if not wanted:
            return self._bystanders(group)
        found = self._read_and_judged(wanted)
        others = tuple(self._bystander(folder) for folder in group.folders if folder not in wanted)
        return dataclasses.replace(found, cases=found.cases + others, is_lasting=found.is_lasting and group.is_settled)

    def _bystanders(self, group: Group) -> _Found:
        key = self._memory.key(_BESIDE, [group])
        known = self._memory.recalled(_BESIDE, key, KnownGroup)
        if known is None:
            known = KnownGroup(tuple(map(self._bystander, group.folders)))
            if group.is_settled:
                self._memory.keep(_BESIDE, key, known)
        return _Found(known.cases, known.originals, is_lasting=group.is_settled)

    def _bystander(self, folder: CaseFolder) -> Judged:
        gist = gist_beside(folder, self._settings.cases_dir)
        return Judged(gist=gist or gist_in(read_case(folder, self._settings.cases_dir), self._frame))

    def _submission(self, folder: CaseFolder) -> Submission:
        known = self._read and self._read.by_id.get(f"{folder.campaign_id}/{below(folder.path, folder.path.parent)}")
        return known or read_case(folder, self._settings.cases_dir)

    def _read_and_judged(self, folders: tuple[CaseFolder, ...]) -> _Found:
        submissions = tuple(map(self._submission, folders))
        originals: Originals | None = ()
        passing = False
        if any(one.files or one.outside for one in submissions):
            # Only here: what opens media takes half a second to load, and most edits are to texts.
            from generator.media.probe import is_passing
            from generator.mediaflow import probed

            if self._read is None:
                catalog = dataclasses.replace(self._frame, submissions=submissions)
                submissions = probed(catalog, self._settings, self._store, self._progress).submissions
            originals = _originals(submissions, self._store)
            passing = any(is_passing(facts) for submission in submissions for facts in submission.facts.values())
        return _Found(
            cases=tuple(judged(one, self._frame) for one in submissions),
            originals=originals or (),
            is_lasting=originals is not None and not passing,
        )


def _id(folder: CaseFolder) -> str:
    return f"{folder.campaign_id}/{folder.path.name}"


def _originals(submissions: Iterable[Submission], store: Store) -> Originals | None:
    """The originals elsewhere that the facts rest on; None where one is not there."""
    from generator.media.originals.outside import original_file

    found: list[tuple[str, int]] = []
    for submission in submissions:
        for original in submission.outside:
            facts = submission.facts.get(original.path)
            if facts is None:
                return None
            found.append((original_file(original, store).name, facts.bytes))
    return tuple(found)
