"""What `checkflow` said before, remembered in the store under what it rests on: files as they lie, rules, calls, settings.

Of each group of cases, and of a whole check, so that a run in which nothing changed recalls its words and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from generator.catalog.reader import CaseFolder
from generator.catalog.states import state_of_folder
from generator.catalog.submission import Catalog
from generator.check.diagnostics import Diagnostic
from generator.check.examine import Judged
from generator.check.sheets import CaseSheet
from generator.media.tools import probe_tool
from generator.store import Store, digest_of_sources, key_of, key_of_texts, text_of

if TYPE_CHECKING:
    from generator.settings import Settings

Originals = tuple[tuple[str, int], ...]
"""Files of the store's room of originals, by name, with their bytes."""

_SOURCES = frozenset((".py", ".yml"))
_OF_A_CALL = ("campaign.yml", "notice.md")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Group:
    """Some cases of one call, in the order of their paths, and how their files lie."""

    folders: tuple[CaseFolder, ...]
    lies: bytes  # equal when the files are the same, once they are settled
    is_settled: bool

    @classmethod
    def of(cls, folders: Iterable[CaseFolder]) -> Group:
        """The group as it lies now."""
        folders = tuple(folders)
        states = [state_of_folder(folder.path) for folder in folders]
        rows = [[str(folder.path.absolute()), *state.rows] for folder, state in zip(folders, states, strict=True)]
        return cls(folders, text_of(rows), all(state.is_settled for state in states))


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """What is said of the cases of a group, each by itself."""

    cases: tuple[Judged, ...]
    originals: Originals = ()  # what it rests on beside files of cases/


@dataclass(frozen=True, slots=True)
class KnownWhole:
    """What a whole check said."""

    diagnostics: tuple[Diagnostic, ...]
    withheld: tuple[str, ...]
    broken_calls: tuple[str, ...]
    sheets: tuple[CaseSheet, ...]
    originals: Originals


_Known = TypeVar("_Known", KnownGroup, KnownWhole)


class Memory:
    """The store as a check uses it. What cannot be read is not remembered; what cannot be written is forgotten."""

    def __init__(self, frame: Catalog, settings: Settings, store: Store) -> None:
        self._store = store
        self._makers = _makers(frame, settings, store)
        limits = [limit for campaign in frame.campaigns.values() for limit in campaign.limits]
        numbers = {id(limit): number for number, limit in enumerate(limits)}

        def written(value: Any) -> Any:
            return numbers[id(value)]  # a limit is its number in the calls, which are part of every key

        def read(_kind: type, value: Any) -> Any:
            return limits[value]

        self._encoder = msgspec.json.Encoder(enc_hook=written)
        self._read = read

    def key(self, kind: str, groups: Iterable[Group], *rest: Any) -> str:
        """The key of something of that *kind* that rests on *groups* and *rest*."""
        return key_of_texts([text_of([kind, *rest]), self._makers, *(group.lies for group in groups)])

    def recalled(self, room: str, key: str, kind: type[_Known]) -> _Known | None:
        """What was kept under *key*, if the originals are there still that it rests on."""
        told = self._store.read(room, key, ".json")
        if told is None:
            return None
        try:
            known = msgspec.json.Decoder(kind, dec_hook=self._read).decode(told)
        except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
            return None
        return known if self._store.holds("originals", known.originals) else None

    def keep(self, room: str, key: str, known: KnownGroup | KnownWhole) -> None:
        """Remember *known* under *key*."""
        # Words of a document may hold half a character, which no UTF-8 has; such a group is judged anew each time.
        with contextlib.suppress(UnicodeEncodeError):
            self._store.keep(room, key, self._encoder.encode(known), ".json")


def _makers(frame: Catalog, settings: Settings, store: Store) -> bytes:
    """What else a judgement rests on: our rules, the libraries they read with, the probe, every call, the settings."""
    sources = [path for room in ("catalog", "check") for path in (_HERE / room).rglob("*") if path.suffix in _SOURCES]
    libraries = [f"{name} {metadata.version(name)}" for name in ("pydantic", "pyyaml", "comrak")]
    shared = ["regions.yml", "vocabulary.yml", *(f"{call.id}/{name}" for call in frame.calls for name in _OF_A_CALL)]
    texts = [_bytes_of(settings.cases_dir / name) for name in shared]
    problems = [[call.id, [problem.kind for problem in call.document.problems]] for call in frame.calls]
    return text_of(key_of(
        digest_of_sources(sources), libraries, probe_tool(store), settings.options.originals, problems,
        [hashlib.sha256(text).hexdigest() for text in texts],
    ))  # fmt: skip


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if not path.is_symlink() else b""
    except OSError:
        return b""
