"""The catalogue, with what texts say remembered by their bytes: reading YAML and Markdown takes a millisecond a case, and few change."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from generator.catalog.body import Body
from generator.catalog.document import Document
from generator.catalog.reader import CaseFolder, bytes_of, case_of, document_of, read_frame
from generator.catalog.submission import Catalog, Submission
from generator.store import Store, digest_of_sources, key_of

_ROOM = "read"
_GROUPS = 64
"""Parts of a call: an edit costs reading one of them."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a text without a problem says."""

    front: dict[str, Any]
    body: Body


_Row = list[_Known | None]
_ROW = msgspec.json.Decoder(_Row)


def remembered_catalog(cases_dir: Path, store: Store) -> Catalog:
    """The same as `read_catalog`.

    Raises:
        CatalogError: as there.
    """
    frame, folders = read_frame(cases_dir)
    makers = _makers()
    read: dict[CaseFolder, Submission] = {}
    for group in _groups(folders):
        read.update(zip(group, _read(group, cases_dir, store, makers), strict=True))
    return dataclasses.replace(frame, submissions=tuple(read[folder] for folder in folders))


def _groups(folders: Iterable[CaseFolder]) -> Iterable[tuple[CaseFolder, ...]]:
    """Each case in its group, whatever else is there."""
    members: dict[tuple[str, int], list[CaseFolder]] = {}
    for folder in folders:
        number = zlib.crc32(os.fsencode(folder.path.name)) % _GROUPS
        members.setdefault((folder.campaign_id, number), []).append(folder)
    return map(tuple, members.values())


def _read(group: Sequence[CaseFolder], cases_dir: Path, store: Store, makers: str) -> Iterator[Submission]:
    texts = [bytes_of(folder.path / "index.md") for folder in group]
    digests = ["" if isinstance(text, Document) else hashlib.sha256(text).hexdigest() for text in texts]
    key = key_of("read", makers, digests)
    known = _recalled(store, key, len(group))
    rows: _Row = []
    for folder, text, row in zip(group, texts, known or [None] * len(group), strict=True):
        made = case_of(folder, cases_dir, document_of(text, row.front if row else None), row.body if row else None)
        yield made
        rows.append(row or _known(made))
    if known is None and any(rows):
        # Half a character, which no UTF-8 has, may stand in a value: such a group is read anew each time.
        with contextlib.suppress(UnicodeEncodeError):
            store.keep(_ROOM, key, msgspec.json.encode(rows), ".json")


def _known(made: Submission) -> _Known | None:
    """What is remembered of a case; nothing of one that JSON would give back as something else."""
    if made.document.problems:
        return None
    front = dict(made.document.front)
    try:
        again = msgspec.json.decode(msgspec.json.encode(front))
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    return _Known(front, made.body) if repr(again) == repr(front) else None


def _recalled(store: Store, key: str, count: int) -> _Row | None:
    told = store.read(_ROOM, key, ".json")
    if told is None:
        return None
    try:
        rows = _ROW.decode(told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return rows if len(rows) == count else None


def _makers() -> str:
    """The version of what reads."""
    libraries = [f"{name} {metadata.version(name)}" for name in ("pyyaml", "comrak")]
    return key_of(digest_of_sources(Path(__file__).parent.glob("*.py")), libraries)
