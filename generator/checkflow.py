"""Checking without a build: cases are read, probed and judged in groups, and what was said of a group is remembered.

So ten thousand texts never stand in memory together, and a group whose files are as they were is not read again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from generator.catalog.campaign import Campaign
from generator.catalog.document import Document
from generator.catalog.reader import CaseFolder, below, read_case, read_frame
from generator.catalog.states import state_of_folder
from generator.catalog.submission import Catalog, Submission
from generator.check.examine import Judged, Verdict, judged, unjudged, verdict_on
from generator.check.sheets import CaseSheet
from generator.media.tools import probe_tool
from generator.settings import Settings
from generator.store import Store, digest_of_sources, key_of, recalling

if TYPE_CHECKING:
    from generator.mediaflow import Progress

_ROOM = "judged"
_GROUPS = 16
_SOURCES = frozenset((".py", ".yml"))
_OF_A_CALL = ("campaign.yml", "notice.md")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found, and the sheet of each case that was looked at."""

    verdict: Verdict
    sheets: tuple[CaseSheet, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Some cases of one call, in the order of their paths."""

    campaign: Campaign | None
    folders: tuple[CaseFolder, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a group."""

    cases: tuple[Judged, ...]
    originals: tuple[tuple[str, int], ...] = ()  # files of the store that it rests on, with their bytes


def check(
    settings: Settings, progress: Progress, *, changed: frozenset[str] = frozenset(), only_changed: bool = False
) -> Checked:
    """Everything that the rules find under cases/. Where two cases clash, one of those in *changed* is blamed, ids all.

    With *only_changed* nothing is said of the other cases by themselves, and their media are not opened.

    Raises:
        CatalogError: nothing can be said of any case.
        ToolError: a tool is missing.
    """
    store = Store(settings.store_dir)
    frame, folders = read_frame(settings.cases_dir)
    makers = _makers(frame, settings, store)
    cases: list[Judged] = []
    with recalling():
        for group in _groups(folders, frame):
            if only_changed:
                cases += _judged_of(group, changed, frame, settings, store, progress)
            else:
                cases += _recalled_or_judged(group, frame, settings, store, progress, makers)
            progress("检查案例", len(cases), len(folders))
    cases.sort(key=lambda one: one.gist.file)
    by_file = {_file(folder, settings): folder for folder in folders}

    def document_of(file: str) -> Document:
        return read_case(by_file[file], settings.cases_dir).document

    return Checked(verdict=verdict_on(cases, frame, document_of, changed), sheets=tuple(one.sheet for one in cases))


def _file(folder: CaseFolder, settings: Settings) -> str:
    return below(folder.path / "index.md", settings.cases_dir.parent)


def _groups(folders: Iterable[CaseFolder], frame: Catalog) -> Iterator[_Group]:
    """The cases of each call in sixteen groups, each case in its group whatever else is there."""
    members: dict[tuple[str, int], list[CaseFolder]] = {}
    for folder in folders:
        number = zlib.crc32(os.fsencode(folder.path.name)) % _GROUPS
        members.setdefault((folder.campaign_id, number), []).append(folder)
    return (_Group(frame.campaigns.get(call), tuple(inside)) for (call, _), inside in members.items())


def _recalled_or_judged(
    group: _Group, frame: Catalog, settings: Settings, store: Store, progress: Progress, makers: str
) -> tuple[Judged, ...]:
    states = [state_of_folder(folder.path) for folder in group.folders]
    names = [str(folder.path.absolute()) for folder in group.folders]
    key = key_of("judged", makers, names, [state.rows for state in states])
    decoder, encoder = _codec(group.campaign)
    told = store.read(_ROOM, key, ".json")
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
        known = decoder.decode(told) if told else None
        if known and store.holds("originals", known.originals):
            return known.cases
    submissions = _probed(group.folders, frame, settings, store, progress)
    cases = tuple(judged(one, frame) for one in submissions)
    originals = _originals(submissions, store)
    if originals is not None and all(state.is_settled for state in states) and not _is_passing(submissions):
        # Words of a document may hold half a character, which no UTF-8 has; such a group is judged anew each time.
        with contextlib.suppress(UnicodeEncodeError):
            store.keep(_ROOM, key, encoder.encode(_Known(cases, originals)), ".json")
    return cases


def _judged_of(
    group: _Group, only: frozenset[str], frame: Catalog, settings: Settings, store: Store, progress: Progress
) -> list[Judged]:
    """The cases *only* in full, the others as they stand beside them."""
    wanted = [folder for folder in group.folders if _id(folder) in only]
    cases = [judged(one, frame) for one in _probed(wanted, frame, settings, store, progress)] if wanted else []
    others = (folder for folder in group.folders if _id(folder) not in only)
    return cases + [unjudged(read_case(folder, settings.cases_dir), frame) for folder in others]


def _id(folder: CaseFolder) -> str:
    return f"{folder.campaign_id}/{folder.path.name}"


def _probed(
    folders: Iterable[CaseFolder], frame: Catalog, settings: Settings, store: Store, progress: Progress
) -> tuple[Submission, ...]:
    from generator.mediaflow import (
        probed,
    )  # only here: what opens media takes a second to load, and a warm run opens none

    submissions = tuple(read_case(folder, settings.cases_dir) for folder in folders)
    return probed(dataclasses.replace(frame, submissions=submissions), settings, store, progress).submissions


def _originals(submissions: Iterable[Submission], store: Store) -> tuple[tuple[str, int], ...] | None:
    """The originals elsewhere that the facts rest on, as names and bytes in the store; None where one is not there."""
    from generator.media.originals.outside import original_file

    found: list[tuple[str, int]] = []
    for submission in submissions:
        for original in submission.outside:
            facts = submission.facts.get(original.path)
            if facts is None:
                return None
            found.append((original_file(original, store).name, facts.bytes))
    return tuple(found)


def _is_passing(submissions: Iterable[Submission]) -> bool:
    from generator.media.probe import is_passing

    return any(is_passing(facts) for submission in submissions for facts in submission.facts.values())


def _makers(frame: Catalog, settings: Settings, store: Store) -> str:
    """What else a judgement rests on: our rules, the libraries they read with, the probe, every call, the settings."""
    sources = [path for room in ("catalog", "check") for path in (_HERE / room).rglob("*") if path.suffix in _SOURCES]
    libraries = [f"{name} {metadata.version(name)}" for name in ("pydantic", "pyyaml", "comrak")]
    shared = ["regions.yml", "vocabulary.yml", *(f"{call.id}/{name}" for call in frame.calls for name in _OF_A_CALL)]
    texts = [_bytes_of(settings.cases_dir / name) for name in shared]
    return key_of(
        digest_of_sources(sources), libraries, probe_tool(store), settings.options.originals,
        [hashlib.sha256(text).hexdigest() for text in texts],
    )  # fmt: skip


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if not path.is_symlink() else b""
    except OSError:
        return b""


def _codec(campaign: Campaign | None) -> tuple[msgspec.json.Decoder[_Known], msgspec.json.Encoder]:
    """How a group is written; a limit is its number in its call, which is part of the key."""
    limits = campaign.limits if campaign else ()
    numbers = {id(limit): number for number, limit in enumerate(limits)}

    def written(value: Any) -> Any:
        return numbers[id(value)]

    def read(_kind: type, value: Any) -> Any:
        return limits[value]

    return msgspec.json.Decoder(_Known, dec_hook=read), msgspec.json.Encoder(enc_hook=written)
