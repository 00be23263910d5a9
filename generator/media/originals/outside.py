"""Originals that lie outside the repository, fetched once, verified, and kept under the hash of their bytes."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from generator.catalog.facts import Facts, FileKind, Refusal
from generator.catalog.outside import Address, Outside, prefix_of, read_address, read_prefix
from generator.errors import reason_of
from generator.media import captions
from generator.media.content import kind_of
from generator.media.documents import document as documents
from generator.media.opening import digest_of, known_digest, opened, remember_digest
from generator.media.pictures import images
from generator.media.refusals import UnusableError, refusal
from generator.media.video import look as videos
from generator.media.workers import Progress
from generator.store import Store

if TYPE_CHECKING:
    from generator.media.originals.streaming import Patience, Stream

ROOM = "originals"
"""The room of the store that holds them, under their SHA-256 and without a suffix."""

_CHUNK_BYTES = 1024 * 1024
_LOOK_EVERY_S = 0.2
_LARGEST: Mapping[FileKind, int] = {
    "picture": images.FILE_BYTES,
    "video": videos.FILE_BYTES,
    "caption": captions.FILE_BYTES,
    "document": documents.FILE_BYTES,
    "other": documents.FILE_BYTES,
}


def original_file(original: Outside, store: Store) -> Path:
    """Where the bytes of *original* stand in the store, once they are fetched."""
    return store.path(ROOM, original.sha256)


def fetch_all(
    wanted: Iterable[Outside],
    prefixes: Sequence[str],
    store: Store,
    *,
    on_progress: Progress | None = None,
    patience: Patience | None = None,
) -> dict[Outside, Path | Facts]:
    """Where each original lies now; or, for one that cannot be had, facts that say why.

    Only addresses below *prefixes* are asked. What is kept already is not fetched again, and equal bytes are
    fetched once: where several addresses promise them, the next is asked when one fails. A failure is not
    remembered. A file appears in the store whole and with the promised hash, or not at all.
    *on_progress* is called with megabytes that came and megabytes expected; not at all where nothing is fetched.
    """
    allowed = [prefix for text in prefixes if isinstance(prefix := read_prefix(text), Address)]
    found: dict[Outside, Path | Facts] = {}
    missing: dict[str, list[Outside]] = {}
    for original in wanted:
        original_file(original, store)  # named, so that no sweep takes what a setting merely forbids today
        if not _is_allowed(original, allowed):
            found[original] = _without(original, refusal("fetch-not-allowed"))
        elif original.sha256 in missing:
            missing[original.sha256].append(original)
        elif path := _kept(original, store):
            found[original] = path
        else:
            missing[original.sha256] = [original]
    if missing:
        found |= _fetched(missing, allowed, store, on_progress, patience)
    return found


def _is_allowed(original: Outside, allowed: Sequence[Address]) -> bool:
    address = read_address(original.source)
    return isinstance(address, Address) and prefix_of(address, allowed) is not None


def _without(original: Outside, why: Refusal) -> Facts:
    kind = kind_of("unknown", PurePosixPath(original.path).suffix)
    return Facts(path=original.path, kind=kind, bytes=0, sha256="", refusal=why)


def _kept(original: Outside, store: Store) -> Path | None:
    """The kept file, if its bytes are still those that were kept."""
    path = store.find(ROOM, original.sha256)
    if path is None or known_digest(path, store) == original.sha256:
        return path
    try:
        with opened(path, path.name) as file:
            sha256 = digest_of(file)
    except (UnusableError, OSError):
        return None
    if sha256 != original.sha256:
        path.unlink(missing_ok=True)
        return None
    remember_digest(path, sha256, store)
    return path


def _fetched(
    missing: Mapping[str, Sequence[Outside]],
    allowed: Sequence[Address],
    store: Store,
    on_progress: Progress | None,
    patience: Patience | None,
) -> dict[Outside, Path | Facts]:
    # Together these import for a fifth of a second, which a build that fetches nothing should not pay.
    from generator.media.originals.streaming import Patience

    store.drop_abandoned()
    refusals: dict[tuple[str, str], Refusal] = {}  # by hash and address
    ready: set[str] = set()
    for attempt in _attempts(missing, allowed, store, on_progress, patience or Patience()):
        if attempt.refusal is None:
            ready.add(attempt.original.sha256)
        else:
            refusals[attempt.original.sha256, attempt.original.source] = attempt.refusal
    return {
        original: original_file(original, store)
        if sha256 in ready
        else _without(original, refusals[sha256, original.source])
        for sha256, originals in missing.items()
        for original in originals
    }


def _attempts(
    missing: Mapping[str, Sequence[Outside]],
    allowed: Sequence[Address],
    store: Store,
    on_progress: Progress | None,
    patience: Patience,
) -> Iterator[_Attempt]:
    """Every attempt that came to its end, a few side by side; an address of the same bytes is tried after another failed.

    A server that could not be reached is not tried again for its other files: each would cost the same wait.
    """
    waiting = deque(deque({one.source: one for one in originals}.values()) for originals in missing.values())
    running: list[tuple[_Attempt, deque[Outside]]] = []
    unreachable: dict[str, Refusal] = {}
    came_bytes = 0
    try:
        while waiting or running:
            while waiting and len(running) < patience.at_once:
                others = waiting.popleft()
                attempt = _Attempt(others.popleft(), allowed, store, patience)
                attempt.begin(unreachable.get(_place(attempt.original)))
                running.append((attempt, others))
            running[0][0].wait(_LOOK_EVERY_S)
            for attempt, others in [pair for pair in running if pair[0].is_over()]:
                running.remove((attempt, others))
                came_bytes += attempt.came_bytes
                if attempt.refusal and attempt.refusal.reason == "fetch-unreachable":
                    unreachable[_place(attempt.original)] = attempt.refusal
                if attempt.refusal and others:
                    waiting.append(others)
                yield attempt
            if on_progress:
                done = came_bytes + sum(attempt.came_bytes for attempt, _ in running)
                left = sum(max(0, attempt.claimed_bytes - attempt.came_bytes) for attempt, _ in running)
                on_progress(-(-done // 1_000_000), -(-(done + left) // 1_000_000))
    finally:
        for attempt, _ in running:
            attempt.give_up()


def _place(original: Outside) -> str:
    return original.source.partition("://")[2].partition("/")[0].lower()


class _Attempt:
    """One original from one address, in a thread of its own: no library behind fsspec can be trusted to return.

    The thread is left behind when it does not; what it began to write is taken away from under it.
    """

    def __init__(self, original: Outside, allowed: Sequence[Address], store: Store, patience: Patience) -> None:
        self.original = original
        self.refusal: Refusal | None = None
        self.came_bytes = self.claimed_bytes = 0
        self._allowed, self._store, self._patience = allowed, store, patience
        self._ended, self._given_up = threading.Event(), threading.Event()
        self._temporary: Path | None = None
        self._began_s = self._window_s = time.monotonic()
        self._window_bytes = 0

    def begin(self, why_not: Refusal | None) -> None:
        """Start, unless there is a reason why not."""
        if why_not:
            self.refusal = why_not
            self._ended.set()
        else:
            threading.Thread(target=self._run, name=f"fetch {self.original.sha256[:12]}", daemon=True).start()

    def wait(self, longest_s: float) -> None:
        """Until it ends, but no longer than that."""
        self._ended.wait(longest_s)

    def is_over(self) -> bool:
        """Whether it ended, by itself or because nobody waits for it any longer."""
        now_s = time.monotonic()
        if self._ended.is_set():
            return True
        if now_s - self._window_s > self._patience.stall_s:
            if self.came_bytes - self._window_bytes < self._patience.least_bytes:
                self.give_up()
            self._window_s, self._window_bytes = now_s, self.came_bytes
        if now_s - self._began_s > self._patience.wall_s:
            self.give_up()
        return self._given_up.is_set()

    def give_up(self) -> None:
        """Nobody waits for it any longer; nothing of it stays."""
        self._given_up.set()
        self.refusal = refusal("fetch-stalled")
        if self._temporary:
            self._temporary.unlink(missing_ok=True)

    def _run(self) -> None:
        from generator.media.originals.streaming import reading

        try:
            with self._store.writing(ROOM, self.original.sha256) as temporary, temporary.open("xb") as file:
                self._temporary = temporary
                with reading(self.original.source, self._allowed, self._patience) as stream:
                    self._copy(stream, file)
        except UnusableError as error:
            self.refusal = self.refusal or error.refusal
        # A temporary taken away, a full disk, or whatever this thread could die of unseen.
        except Exception as error:
            words = reason_of(error) if isinstance(error, OSError) and error.strerror else type(error).__name__
            self.refusal = self.refusal or refusal("fetch-disk", words)
        finally:
            self._ended.set()

    def _copy(self, stream: Stream, file: BinaryIO) -> None:
        limit_bytes = _LARGEST[kind_of("unknown", PurePosixPath(self.original.path).suffix)]
        self.claimed_bytes = stream.claimed_bytes or 0
        digest = hashlib.sha256()
        while self.claimed_bytes <= limit_bytes and (chunk := stream.read(_CHUNK_BYTES)):
            self.came_bytes += len(chunk)
            if self.came_bytes > limit_bytes or self._given_up.is_set():
                break
            digest.update(chunk)
            try:
                file.write(chunk)
            except OSError as error:
                raise UnusableError("fetch-disk", reason_of(error)) from error
        if max(self.came_bytes, self.claimed_bytes) > limit_bytes:
            raise UnusableError("fetch-too-large", f"{limit_bytes // (1024 * 1024)} MB")
        if self._given_up.is_set():
            raise UnusableError("fetch-stalled")
        if digest.hexdigest() != self.original.sha256:
            raise UnusableError("fetch-wrong-hash", f"{self.original.sha256[:12]} ≠ {digest.hexdigest()[:12]}")
