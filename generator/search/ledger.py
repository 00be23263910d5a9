"""The files of an index: named by their content, kept in the store, counted."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.search.sheet import ROOM
from generator.store import Store


class Ledger:
    """Collects the files of one index. A file that the store holds already is not written again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.files: dict[str, Path] = {}  # address below the index → file in the store
        self.made = 0
        self.hits = 0

    def put(self, stem: str, data: bytes, suffix: str, *, digits: int = 16) -> str:
        """Add a file at *stem*, some digits of its hash, *suffix*; gives the digits."""
        key = hashlib.sha256(data).hexdigest()
        path = self._store.path(ROOM, key, suffix)
        if path.is_file():
            self.hits += 1
        else:
            with self._store.writing(ROOM, key, suffix) as temporary:
                temporary.write_bytes(data)
            self.made += 1
        self.files[f"{stem}{key[:digits]}{suffix}"] = path
        return key[:digits]

    def link(self, address: str, key: str, suffix: str, *, made: bool) -> None:
        """Add a file that stands in the store already under the hash of its content."""
        self.files[address] = self._store.path(ROOM, key, suffix)
        self.made += made
        self.hits += not made
