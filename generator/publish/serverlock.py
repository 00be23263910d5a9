"""One run at a time on a server: a file there that names its holder, taken while nobody else is connected.

rrsync lets one connection in at a time, so what one call of rsync does to the file is not mixed with another's.
"""

from __future__ import annotations

import datetime
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator.errors import LockedError
from generator.publish.address import Address
from generator.publish.copying import write
from generator.publish.holder import LEASE_S, Holder, holder_from, holder_text, is_gone
from generator.publish.rsync import Rsync

LOCK = ".lock"
_CLOCK = ".lock.clock"
REMAINS = ("/.current.*", f"/{LOCK}.*", "/releases/.2*")
"""What rsync leaves that was killed on the server; and the file by which its clock is read."""

_ours: set[str] = set()  # tokens of the locks that this process holds


class ServerLock:
    """The lock of one server, for this process."""

    def __init__(self, rsync: Rsync, address: Address, read: Callable[[], str]) -> None:
        self._rsync, self._address = rsync, address
        self._read = read  # what stands in the file now
        self._us: Holder | None = None

    def take(self) -> None:
        """Takes it, also from a run that is gone.

        Raises:
            LockedError: another run has it; says which.
            ServerError: the server cannot be reached or written.
        """
        us = _this_process()
        holder = self._offered(us, "--ignore-existing")
        if not holder or (holder.token != us.token and (_has_ended(holder, us) or self._age_s() > LEASE_S)):
            holder = self._offered(us)
        if holder and holder.token != us.token:
            raise LockedError(
                f"另一个任务正在发布到 {self._address.shown}（{holder.shown}），请等它结束后再运行。"
                f"那台机器坏了、不会再继续的，{LEASE_S // 3600} 小时后自动作废；等不及就删掉服务器上的 {LOCK}"
            )
        self._us = us
        _ours.add(us.token)

    def leave(self) -> None:
        """Lets go of it.

        Raises:
            ServerError: the server cannot be reached; the next run sees that this process is gone.
        """
        if self._us:
            self.forget()
            self._rsync.delete(f"/{LOCK}", *REMAINS)

    def forget(self) -> None:
        """Holds it no more, whatever the file there says: this process itself may take it again."""
        if self._us:
            _ours.discard(self._us.token)
            self._us = None

    def _offered(self, us: Holder, *options: str) -> Holder | None:
        """Writes *us* there, and reads who holds it then; None: a damaged file."""
        with tempfile.TemporaryDirectory() as stage:
            write(Path(stage) / LOCK, holder_text(us))
            (Path(stage) / "releases").mkdir()
            self._rsync.push(Path(stage), "/", (LOCK, "releases"), "--mkpath", *options)
        return holder_from(self._read())

    def _age_s(self) -> float:
        """How long ago the file was written, by the server's clock alone: ours may be wrong."""
        with tempfile.TemporaryDirectory() as stage:
            write(Path(stage) / _CLOCK, secrets.token_hex(8))
            self._rsync.push(Path(stage), "/", (_CLOCK,))
        with tempfile.TemporaryDirectory() as mirror:
            wanted = (f"--include=/{LOCK}", f"--include=/{_CLOCK}", "--exclude=*")
            self._rsync.pull(Path(mirror), "--times", *wanted)
            return (Path(mirror) / _CLOCK).stat().st_mtime - (Path(mirror) / LOCK).stat().st_mtime


def _this_process() -> Holder:
    return Holder(
        token=secrets.token_hex(16),
        machine=f"{socket.gethostname()}/{_line('/etc/machine-id')}",
        boot=_line("/proc/sys/kernel/random/boot_id"),
        numbers=_link("/proc/self/ns/pid"),
        pid=os.getpid(),
        started=_started(os.getpid()) or "",
        since=datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
    )


def _has_ended(holder: Holder, us: Holder) -> bool:
    is_left_by_us = holder.token not in _ours and (holder.pid, holder.started) == (us.pid, us.started)
    return is_gone(holder, us, None if is_left_by_us else _started(holder.pid))


def _started(pid: int) -> str | None:
    """When the process started, in ticks since the machine did; None: there is none of that number."""
    # The name of a program may have blanks and brackets in it; what follows the last bracket has none.
    row = _line(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return row[19] if len(row) > 19 and row[0] != "Z" else None


def _line(path: str) -> str:
    with suppress(OSError):
        return Path(path).read_text("utf-8", "replace").strip()
    return ""


def _link(path: str) -> str:
    with suppress(OSError):
        return str(Path(path).readlink())
    return ""
