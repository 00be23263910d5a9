"""Files addressed by what they were made from, so that nothing is made twice.

A key is the hash of every field that shaped the file: the recipe, the content hash of the
source, the version of the maker. A file appears by rename, complete or not at all, and two
writers of one key write the same bytes, so no lock is needed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

_UNFINISHED = "unfinished"
_ABANDONED_S = 12 * 3_600


def key_of(*parts: Any) -> str:
    """The key of *parts*: dataclasses (every field, by construction), mappings, sequences, strings, numbers, None.

    64 hexadecimal digits, the same on every machine and day.

    Raises:
        TypeError: a part is something else.
    """
    return key_of_texts(map(text_of, parts))


def text_of(part: Any) -> bytes:
    """What a part of a key comes to, so that a part of thousands of keys is written once: see `key_of_texts`.

    A dataclass tells which it is; one inside another is told by its fields alone.

    Raises:
        TypeError: it cannot be part of a key.
    """
    try:
        text = _QUICK.encode(part)
    except (TypeError, ValueError, OverflowError):  # a half character, a number as a name, a very long number
        text = json.dumps(part, default=_fields, sort_keys=True, separators=(",", ":")).encode()
    return _kind(part) + text


def key_of_texts(texts: Iterable[bytes]) -> str:
    """The key of the parts whose `text_of` these are: ``key_of(a, b)`` is ``key_of_texts((text_of(a), text_of(b)))``."""
    return hashlib.sha256(b"[" + b",".join(texts) + b"]").hexdigest()


def _kind(value: Any) -> bytes:
    return type(value).__name__.encode() if dataclasses.is_dataclass(value) else b""


def _fields(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    return _told(value)


def _told(value: Any) -> Any:
    if isinstance(value, str):  # one of a kind of its own, such as ready-made HTML
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be part of a key")


_QUICK = msgspec.json.Encoder(enc_hook=_told, order="deterministic")


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_sources(paths: Iterable[Path]) -> str:
    """A digest of the names and contents of *paths*, whatever their order: the version of a maker."""
    rows = sorted((path.name, digest_of_file(path)) for path in paths)
    return key_of(rows)


@contextlib.contextmanager
def recalling() -> Iterator[None]:
    """A block that makes values of thousands of remembered files: nothing in it is garbage, so none is looked for.

    Each look goes through all that was recalled so far; for 2,000 pictures they cost as much as reading their facts.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Store:
    """A folder of remembered files: ``<root>/<room>/<two digits>/<key><suffix>``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.named: set[str] = set()  # every file that this run asked for or made

    def __getstate__(self) -> Path:
        return self.root  # to a worker goes the place alone: what was named so far would go with every task

    def __setstate__(self, root: Path) -> None:
        self.__init__(root)  # type: ignore[misc]

    def path(self, room: str, key: str, suffix: str = "") -> Path:
        """Where the file of that key stands, or will stand."""
        return Path(self._place(room, key, suffix))

    def _place(self, room: str, key: str, suffix: str) -> str:
        # Text, not Path: a warm run of thousands of pictures asks tens of thousands of times, and a Path costs ten times it.
        place = f"{self.root}{os.sep}{room}{os.sep}{key[:2]}{os.sep}{key}{suffix}"
        self.named.add(place)
        return place

    def name(self, names: Iterable[tuple[str, str]]) -> None:
        """Say that files are in use, each given by its room and its key with its suffix, so that no sweep takes them."""
        for room, name in names:
            self._place(room, name, "")

    def find(self, room: str, key: str, suffix: str = "") -> Path | None:
        """The file of that key, or None where it was not made yet."""
        place = self._place(room, key, suffix)
        return Path(place) if os.path.isfile(place) else None  # noqa: PTH113  (see `_place`)

    def holds(self, room: str, sizes_bytes: Iterable[tuple[str, int]]) -> bool:
        """Whether every file of *sizes_bytes*, named by key and suffix, is there with all its bytes."""
        above = f"{self.root}{os.sep}{room}{os.sep}"
        for name, size_bytes in sizes_bytes:
            place = f"{above}{name[:2]}{os.sep}{name}"
            self.named.add(place)
            try:
                if os.stat(place).st_size != size_bytes:  # noqa: PTH116  (see `_place`)
                    return False
            except OSError:
                return False
        return True

    def read(self, room: str, key: str, suffix: str = "") -> bytes | None:
        """What the file of that key holds, or None where it was not made yet or cannot be read."""
        try:
            with open(self._place(room, key, suffix), "rb") as file:
                return file.read()
        except OSError:
            return None

    def keep(self, room: str, key: str, data: bytes, suffix: str = "") -> Path:
        """Remember *data* under *key*; gives its path."""
        with self.writing(room, key, suffix) as temporary:
            temporary.write_bytes(data)
        return self.path(room, key, suffix)

    @contextlib.contextmanager
    def writing(self, room: str, key: str, suffix: str = "") -> Iterator[Path]:
        """A path to write to; what was written gets its name when the block ends without an exception.

        The temporary name keeps the suffix, since ffmpeg goes by it.
        """
        target = self.path(room, key, suffix)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.unfinished_dir() / f"{key[:16]}.{secrets.token_hex(6)}{suffix}"
        try:
            yield temporary
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def unfinished_dir(self) -> Path:
        """The folder for what is being written; it exists, and no key leads there."""
        folder = self.root / _UNFINISHED
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def drop_abandoned(self) -> None:
        """Remove what runs that were killed left unfinished; what was written to in the last hours may still be under way."""
        for path in (self.root / _UNFINISHED).glob("*"):
            with contextlib.suppress(FileNotFoundError):
                parts = [path, *(path.rglob("*") if path.is_dir() else ())]
                if time.time() - max(part.stat().st_mtime for part in parts) < _ABANDONED_S:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def sweep(self) -> tuple[int, int]:
        """Remove every file that this run did not name; gives how many, and their bytes."""
        removed = removed_bytes = 0
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and str(path) not in self.named:
                removed += 1
                removed_bytes += path.stat().st_size
                path.unlink()
        return removed, removed_bytes
