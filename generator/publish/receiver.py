"""What a server does by itself where scripts/server/showcase-receive stands before rrsync: links, checksums, removing. docs/adr/0010.

rsync does each of them, too, and does them wherever that program is not: since rsync 3.5, confined to a folder, it takes
minutes for a hundred thousand files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from generator.publish.rsync import Rsync
from generator.publish.site import Site

_PROGRAM = ("showcase-receive", "2")


class Receiver:
    """The program on the server, if there is one. Whatever it does not do is left to rsync, which also says why it cannot be done.

    A login without the program joins our words for its shell: they are names of releases, as `is_release_name` knows them, and ours.
    Every function raises `ServerError` where the connection breaks.
    """

    def __init__(self, rsync: Rsync) -> None:
        self._rsync = rsync
        self._is_there = True  # until it was asked in vain

    def link(self, old: str, new: str, spare: str | None, *, same: Iterable[str], other: Iterable[str]) -> bool | None:
        """Makes every file of the release *old* a link in *new*, but for the paths *other*; None if that is not done.

        Whether those are the paths *same* and no others: somebody may have laid a file beside them, or taken one away.
        The folder of the release *spare* becomes *new*, so that only what differs is linked or removed; it is gone then.
        """
        printed = self._asked("link", old, new, *([spare] if spare else []), told=_row(other))
        return None if printed is None else printed == hashlib.sha256(_row(same)).hexdigest()

    def holds(self, name: str, site: Site) -> bool:
        """Whether the release of that name is *site* to the byte, with the rights that everybody needs, and nothing else."""
        return self._asked("digest", name) == digest_of(site)

    def remove(self, names: Iterable[str]) -> bool:
        """Removes releases whose manifests are gone; whether it was done."""
        return self._asked("remove", *names) is not None

    def _asked(self, *words: str, told: bytes = b"") -> str | None:
        if not self._is_there:
            return None
        code, printed = self._rsync.connection.ask((*_PROGRAM, *words), told)
        self._rsync.sent_bytes += len(told)
        self._is_there = code == 0
        return printed.strip() if self._is_there else None


def _row(paths: Iterable[str]) -> bytes:
    return b"".join(path + b"\0" for path in sorted(path.encode() for path in paths))


def digest_of(site: Site) -> str:
    """What the program prints for a release that is as it should be: SHA-256 of a row for each folder and file, sorted."""
    rows = [b"755 %s/\0\n" % folder.encode() for folder in _folders(site.files)]
    rows += [b"644 %s\0%s\n" % (path.encode(), content.sha256.encode()) for path, content in site.files.items()]
    return hashlib.sha256(b"".join(sorted(rows))).hexdigest()


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to one of *paths*."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
