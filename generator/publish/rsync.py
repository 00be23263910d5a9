"""rsync over ssh, as a list of words: one call, one connection, with an end to every wait."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import LockedError
from generator.publish.address import Address
from generator.publish.faults import is_busy, is_cut, sentence
from generator.publish.ssh import Connection, Reach, program, started
from generator.publish.target import ServerError

_ROOM_FOR_LAST_S = 15  # the other end of a run that was killed notices that in this time
_PAUSE_S = 0.5

# No --times: rsync hard-links a file to the last release only if every kept attribute matches, and each build gives
# every page a new modification time. So contents decide, which --checksum reads on both sides.
_EVERY = ("--stats", "--no-human-readable", "--8-bit-output", "--out-format=%B %i %n")
_ITEM = re.compile(rb"([rwxstST-]{9}) ([<>ch.][fdL].{9}) (.*)\n", re.DOTALL)
_ESCAPED = re.compile(rb"\\#([0-3][0-7]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file or folder as rsync tells of it."""

    rights: str  # rw-r--r--
    change: str  # rsync's eleven signs: what is done, with what, and what differs
    path: str  # of a folder with "/" at its end

    @property
    def is_as_it_should_be(self) -> bool:
        """A file with the same content, or a folder; and everybody may read it."""
        if self.change[1] == "d":
            return self.rights == "rwxr-xr-x"
        return self.rights == "rw-r--r--" and self.change.startswith(".f") and not set(self.change[2:4]) & set("cs+")


class Rsync:
    """Calls of rsync to one server; counts their bytes."""

    def __init__(self, address: Address, reach: Reach) -> None:
        self._address, self._reach = address, reach
        self.connection = Connection(address, reach)
        self.sent_bytes = self.received_bytes = 0

    def push(
        self,
        source_dir: Path,
        below: str,
        paths: Iterable[str],
        *options: str,
        on_file: Callable[[], None] = lambda: None,
    ) -> list[str]:
        """Sends *paths* of *source_dir*, and no others, to the folder *below* (``/…/``); gives those that were sent.

        Folders on their way get the rights of folders that everybody reads. Contents are compared, unless *options* say
        ``--size-only``: the list then takes half the bytes.

        Raises:
            ServerError: it could not be done.
            LockedError: another run is at work there.
        """
        with tempfile.NamedTemporaryFile() as listing:
            listing.write(b"\0".join(map(os.fsencode, paths)))
            listing.flush()
            # The list is read on this side and does not travel.
            compared = () if "--size-only" in options else ("--checksum",)
            words = (*compared, "--links", "--perms", "--chmod=D755,F644", "--from0", f"--files-from={listing.name}")
            sent: list[str] = []

            def on_item(item: Item) -> None:
                if item.change.startswith("<f"):
                    sent.append(item.path)
                    on_file()

            place = f"{self._address.login}:{self._address.path}{below}"
            self._run((*words, *options, f"{source_dir}/", place), on_item)
            return sent

    def delete(self, *patterns: str, is_tried: bool = False) -> None:
        """Removes what *patterns* name below the target; a pattern begins with ``/``, and ``/***`` takes a whole folder.

        Only *is_tried*: the other end says whether it would let us, and nothing is written or removed.

        Raises:
            ServerError: it could not be done.
            LockedError: another run is at work there.
        """
        with tempfile.TemporaryDirectory() as empty:
            (Path(empty) / "releases").mkdir()
            filters = [f"--include={pattern}" for pattern in ("/releases/", *patterns)]
            words = ("--recursive", "--delete", *(("--dry-run",) if is_tried else ()), *filters, "--exclude=*")
            self._run((*words, f"{empty}/", f"{self._address.login}:{self._address.path}/"))

    def pull(self, target_dir: Path, *options: str) -> None:
        """Fetches what *options* say into *target_dir*, contents compared; links are links.

        Raises:
            ServerError: it could not be done.
            LockedError: another run is at work there.
        """
        place = f"{self._address.login}:{self._address.path}/"
        self._run(("--recursive", "--links", "--checksum", *options, place, f"{target_dir}/"))

    def compared(self, source_dir: Path, below: str, *options: str) -> list[Item]:
        """Everything in the folder *below* of the server, beside *source_dir*: what it is, and whether it is the same.

        The server reads its files and says their checksums; nothing is written anywhere.

        Raises:
            ServerError: it could not be done.
            LockedError: another run is at work there.
        """
        found: list[Item] = []
        words = (
            "--recursive",
            "--links",
            "--checksum",
            "--dry-run",
            "--itemize-changes",
            "--itemize-changes",
            *options,
        )
        place = f"{self._address.login}:{self._address.path}{below}"
        self._run((*words, place, f"{source_dir}/"), found.append)
        return found

    def _run(self, words: Iterable[str], on_item: Callable[[Item], None] = lambda _item: None) -> None:
        # rsync itself cuts this into words; no shell does.
        shell = " ".join(f'"{word}"' for word in self.connection.command)
        command = [program("rsync"), f"--timeout={self._reach.stall_s}", f"--rsh={shell}", *_EVERY, *words]
        until = time.monotonic() + _ROOM_FOR_LAST_S
        while True:
            code, said = self._once(command, on_item)
            if code == 0:
                return
            if not is_busy(said):
                self.connection.is_cut = is_cut(said, code)
                raise ServerError(sentence(said, code, self._address))
            if time.monotonic() > until:
                raise LockedError(f"另一个任务正在使用 {self._address.shown}，请等它结束后再运行")
            time.sleep(_PAUSE_S)

    def _once(self, command: list[str], on_item: Callable[[Item], None]) -> tuple[int, str]:
        """The exit code, and what stood on the error stream."""
        with tempfile.TemporaryFile() as errors:
            process = started(command, subprocess.PIPE, errors)
            watch = threading.Timer(self._reach.longest_s, process.kill)
            watch.start()
            try:
                for line in process.stdout or ():
                    if item := _ITEM.fullmatch(line):
                        on_item(Item(rights=item[1].decode(), change=item[2].decode(), path=_path_of(item[3])))
                    elif line.startswith(b"Total bytes "):
                        self._count(line)
                code = process.wait()
            finally:
                watch.cancel()
                process.kill()
                process.wait()
            errors.seek(0)
            return code, errors.read().decode("utf-8", "replace")

    def _count(self, line: bytes) -> None:
        amount = int(line.rsplit(b" ", 1)[1])
        if b"sent" in line:
            self.sent_bytes += amount
        else:
            self.received_bytes += amount


def _path_of(name: bytes) -> str:
    return os.fsdecode(_ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), name))
