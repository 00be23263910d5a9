"""One way to run a child, and one way to confine a worker: limits, a wall clock, no orphans.

A child has its own session, an empty environment and a closed standard input. Its whole process
group is killed when it ends, when its time is up, and when its parent dies.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.errors import ToolError
from generator.media import launcher

_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
_COMPLAINT_BYTES = 4_000

MIB = 1024 * 1024
GIB = 1024 * MIB
WORKER_BYTES = 2 * GIB
"""Address space of a worker: pictures of 120 million pixels fit, what claims more does not. FINDINGS: §4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a child ended. A child that a signal or the clock ended is never a success."""

    exit_code: int | None  # None when a signal ended it
    signal: int | None
    is_timed_out: bool
    stdout: bytes  # empty unless captured
    complaint: str  # the end of its standard error

    @property
    def is_ok(self) -> bool:
        """It ended by itself, in time, with exit code 0."""
        return self.exit_code == 0 and not self.is_timed_out

    @property
    def is_stopped(self) -> bool:
        """It did not end by itself: a limit, the clock or a crash ended it."""
        return self.is_timed_out or self.signal is not None

    @property
    def reason(self) -> str:
        """Why it is not a success, in a few words for the operator; empty when it is one."""
        if self.is_ok:
            return ""
        if self.is_timed_out:
            return "ended by the wall clock"
        if self.signal is not None:
            return f"ended by {signal.Signals(self.signal).name}"
        lines = self.complaint.strip().splitlines()
        return lines[-1][:300] if lines else f"exit code {self.exit_code}"


def run(
    argv: Sequence[str],
    *,
    wall_s: float,
    cpu_s: int,
    memory_bytes: int,
    file_bytes: int,
    stdin: bytes | None = None,
    capture: bool = False,
) -> Finished:
    """Run a program to its end, or end it.

    *argv* begins with an absolute path. *file_bytes* limits each file that the child writes, its
    captured output among them. Without *stdin* the child reads an end of file.

    Raises:
        ToolError: the program could not be started.
    """
    limits = [str(os.getpid()), str(memory_bytes), str(cpu_s), str(file_bytes)]
    command = [sys.executable, "-I", "-S", launcher.__file__, *limits, *argv]
    with contextlib.ExitStack() as stack:
        # Files, not pipes: nobody has to empty them, and RLIMIT_FSIZE bounds them.
        output = stack.enter_context(tempfile.TemporaryFile()) if capture else None
        complaints = stack.enter_context(tempfile.TemporaryFile())
        given = stack.enter_context(_holding(stdin)) if stdin is not None else None
        child = subprocess.Popen(
            command,
            stdin=given or subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=complaints,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            is_timed_out = not _ends_within(child.pid, wall_s)
        finally:
            _end_group(child)
        complaint = _tail(complaints)
        if child.returncode == launcher.CANNOT_START:
            raise ToolError(f"cannot start {Path(argv[0]).name}: {complaint.strip()}; check that it is installed")
        return Finished(
            exit_code=child.returncode if child.returncode >= 0 else None,
            signal=-child.returncode if child.returncode < 0 else None,
            is_timed_out=is_timed_out,
            stdout=_whole(output) if output else b"",
            complaint=complaint,
        )


@contextlib.contextmanager
def _holding(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield file


def _ends_within(pid: int, wall_s: float) -> bool:
    handle = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(wall_s * 1000))
    finally:
        os.close(handle)


def _end_group(child: subprocess.Popen[bytes]) -> None:
    # Before the child is reaped: until then its number cannot belong to anybody else.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _tail(file: IO[bytes]) -> str:
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _COMPLAINT_BYTES))
    return file.read().decode("utf-8", "replace")


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


_is_confined = False


def confine_worker(parent_pid: int, memory_bytes: int = WORKER_BYTES) -> None:
    """Narrow this process, a worker of a pool: memory, core files, and an end when its parent ends.

    Only the soft limits, since the children of a worker (ffmpeg) bring larger ones of their own.
    Ctrl-C is left to the parent, which ends its workers itself.
    """
    global _is_confined
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    launcher.die_with_parent(parent_pid)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower_soft(resource.RLIMIT_AS, memory_bytes)
    _is_confined = True


@contextlib.contextmanager
def cpu_budget(seconds: int) -> Iterator[None]:
    """Let this worker use so much processor time in the block; the kernel ends it when it overdraws.

    Does nothing outside a confined worker, so that work done inline never ends its own process.
    """
    if not _is_confined:
        yield
        return
    _lower_soft(resource.RLIMIT_CPU, int(time.process_time()) + seconds + 1)
    try:
        yield
    finally:
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _lower_soft(what: int, limit: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
