"""Opening a submitted file without being led elsewhere, and its hash, with as little reading as is safe."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.media.refusals import UnusableError
from generator.store import Store, key_of

_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_SETTLED_NS = 2_000_000_000
DIGESTS = "digests"
"""The room of the store that remembers hashes of originals."""


@contextmanager
def opened(path: Path, relative: str) -> Iterator[io.BufferedReader]:
    """The regular file at *path*, open for reading.

    No link is followed in the part of *path* that *relative* names (the folders inside a case,
    and the file); nothing blocks, not even a pipe.

    Raises:
        UnusableError: it is no regular file, or there is none, or its name is no text.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        # Neither a case nor a tool's command line could name it.
        raise UnusableError("bad-name") from error
    try:
        descriptor = _open_below(path, relative)
    except FileNotFoundError as error:
        raise UnusableError("missing") from error
    except OSError as error:
        # ELOOP, ENOTDIR: a link. ENXIO: a socket. Anything else cannot be read either.
        raise UnusableError("not-regular") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnusableError("not-regular")
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _open_below(path: Path, relative: str) -> int:
    inner = PurePosixPath(relative).parts
    if len(inner) < 2 or path.parts[-len(inner) :] != inner:
        return os.open(path, _FILE_FLAGS)
    folder = os.open(path.parents[len(inner) - 1], os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in inner[:-1]:
            next_folder = os.open(name, _FOLDER_FLAGS, dir_fd=folder)
            os.close(folder)
            folder = next_folder
        return os.open(inner[-1], _FILE_FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def is_openable(path: Path, relative: str) -> bool:
    """Whether `opened` would open it: a regular file that no link leads to."""
    try:
        with opened(path, relative):
            return True
    except UnusableError:
        return False


def is_plain_below(above: Path, inner: str) -> bool:
    """Whether the folder *inner* of *above* is reached without following a link below *above*; "" is *above* itself."""
    folder = above
    for name in PurePosixPath(inner).parts:
        folder = folder / name
        try:
            if not stat.S_ISDIR(folder.lstat().st_mode):
                return False
        except OSError:
            return False
    return True


def digest_of(file: io.BufferedReader) -> str:
    """The SHA-256 of an open file, in hexadecimal; leaves it at its start."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


@dataclass(frozen=True, slots=True)
class State:
    """What a file's own record tells of it at one moment; equal only where the bytes are, but see `is_unchanged`."""

    device: int
    number: int
    size_bytes: int
    mtime_ns: int
    ctime_ns: int
    taken_ns: int


def state_of(file: io.BufferedReader) -> State:
    """The state of an open file now."""
    return _state(os.fstat(file.fileno()))


def _state(found: os.stat_result) -> State:
    return State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns, time.time_ns())


def is_unchanged(path: Path, file: io.BufferedReader, before: State, sha256: str) -> bool:
    """Whether *path* still leads to the open *file*, whose state was *before* and whose hash was *sha256* then.

    Programs that were given the path read the same bytes then as whoever read the file. It is read again
    only where its times do not settle it.
    """
    try:
        there = _state(path.lstat())
    except OSError:
        return False
    if (there.device, there.number) != (before.device, before.number):
        return False
    is_settled = before.taken_ns - before.ctime_ns > _SETTLED_NS
    is_same = dataclasses.replace(there, taken_ns=before.taken_ns) == before
    if is_settled and is_same:
        return True
    with os.fdopen(os.dup(file.fileno()), "rb") as unread:  # *file* itself may hold bytes from before
        return digest_of(unread) == sha256


def known_digest(path: Path, store: Store) -> str | None:
    """The hash remembered for this file as it lies on the disk now, or None; never follows a link."""
    state = regular_state(path)
    remembered = state and store.read(DIGESTS, digest_name(path, state))
    return remembered.decode("ascii") if remembered else None


def remember_digest(path: Path, sha256: str, store: Store, state: State | None = None) -> None:
    """Remember the hash of a file, so that the next run need not read it; only once the file has settled.

    It is the hash of the file in that *state*; without one, of the file as it stands.

    Times only save the reading: with the same number, size and both times to the nanosecond the
    bytes are the same, unless they were changed within the tick of the clock in which they were
    read. So a file that changed a moment ago is not remembered.
    """
    state = state or regular_state(path)
    if state and state.taken_ns - state.ctime_ns > _SETTLED_NS:
        store.keep(DIGESTS, digest_name(path, state), sha256.encode("ascii"))


def regular_state(path: Path) -> State | None:
    """The state of the regular file at *path*, or None: it is something else, a link perhaps, or there is nothing."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return _state(found) if stat.S_ISREG(found.st_mode) else None


def digest_name(path: Path, state: State) -> str:
    """What the hash of a file in that state is remembered under."""
    return key_of(str(path.absolute()), state.number, state.size_bytes, state.mtime_ns, state.ctime_ns)
