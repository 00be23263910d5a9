"""What is known of all files of a case folder, remembered as one: a warm run opens one file, not two for each of them.

Nothing rests on such a record alone: where there is none, or a file has changed, each file is looked up by itself.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.catalog.facts import Facts
from generator.media.opening import DIGESTS, State, is_plain_below, regular_state
from generator.store import Store, key_of

_SUFFIX = ".folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    facts: tuple[Facts, ...]
    names: tuple[tuple[str, str], ...]  # room and name of what they were taken from: no sweep may take those


_KNOWN = msgspec.json.Decoder(_Known)


@dataclass(frozen=True, slots=True)
class Folder:
    """Files of one case folder as they lay on the disk at one moment, each with its path in the folder."""

    above: Path
    files: tuple[tuple[Path, str], ...]
    states: tuple[State | None, ...]  # None: no regular file
    key: str

    def recall(self, store: Store) -> tuple[Facts, ...] | None:
        """The facts of its files in their order; None where they are not known together, or a link leads to one."""
        told = store.read(DIGESTS, self.key, _SUFFIX) if None not in self.states else None
        if told is None or not all(is_plain_below(self.above, inner) for inner in self._inner_folders):
            return None
        try:
            known = _KNOWN.decode(told)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        store.name(known.names)
        return known.facts

    def remember(self, facts: Sequence[Facts], names: Sequence[tuple[str, str]], store: Store) -> None:
        """Remember the facts of its files, in their order; each must be known for the state that it has here.

        *names* are room and name of what they were taken from.
        """
        value = dataclasses.asdict(_Known(facts=tuple(facts), names=tuple(names)))
        # Words of a document may hold half a character, which no UTF-8 has.
        told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        store.keep(DIGESTS, self.key, told, _SUFFIX)

    @property
    def _inner_folders(self) -> set[str]:
        return {relative.rpartition("/")[0] for _, relative in self.files}


def folders_of(files: Sequence[tuple[Path, str]], tool: str) -> list[Folder]:
    """*files*, each with its path in its case folder, by that folder; *tool* is the identity of the probe."""
    groups: dict[str, list[tuple[Path, str]]] = {}
    for path, relative in files:
        place = os.path.abspath(path)  # noqa: PTH100  (a Path costs ten times as much)
        above = place.removesuffix(relative) if place.endswith(f"/{relative}") else os.path.dirname(place)  # noqa: PTH120
        groups.setdefault(above, []).append((path, relative))
    return [_folder(Path(above), tuple(members), tool) for above, members in groups.items()]


def _folder(above: Path, files: tuple[tuple[Path, str], ...], tool: str) -> Folder:
    states = tuple(regular_state(path) for path, _ in files)
    rows = [
        [path.name, relative, state.device, state.number, state.size_bytes, state.mtime_ns, state.ctime_ns]
        for (path, relative), state in zip(files, states, strict=True)
        if state
    ]
    return Folder(above, files, states, key_of("folder", tool, str(above), rows))
