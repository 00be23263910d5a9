"""One way to run a child, and one way to confine a worker: limits, a wall clock, no orphans.

A child has its own session, an empty environment and a closed standard input; it reaches no network,
and no file but those it is given and what the system's programs need, as far as `isolation` finds a way.
Its whole process group is killed when it ends, when its time is up, and when its parent dies.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from generator.errors import ToolError
from generator.media.children import landlock, launcher
from generator.media.children.finished import Finished
from generator.media.children.isolation import (
    LAUNCHER,
    LISTED,
    Isolation,
    enforce,
    give_way,
    in_confines,
    isolation,
    readable_by_all,
)

_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
_COMPLAINT_BYTES = 4_000
_LONGEST_S = 24 * 3_600.0  # whatever a file claims
_DEADLY = frozenset(
    {signal.SIGQUIT, signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGKILL,
     signal.SIGSEGV, signal.SIGPIPE, signal.SIGTERM, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSYS}
)  # fmt: skip

_LAUNCHER = (sys.executable, "-I", "-S", "-c", LAUNCHER + "launcher.main(sys.argv[1:])")

MIB = 1024 * 1024
GIB = 1024 * MIB
WORKER_BYTES = 2 * GIB
"""Address space of a worker: pictures of 120 million pixels fit, what claims more does not. FINDINGS: §4."""


def run(
    argv: Sequence[str],
    *,
    wall_s: float,
    cpu_s: int,
    memory_bytes: int,
    file_bytes: int,
    reads: Sequence[Path] = (),
    writes: Sequence[Path] = (),
    stdin: bytes | None = None,
    capture: bool = False,
) -> Finished:
    """Run a program to its end, or end it.

    *argv* begins with an absolute path. The child may read *reads* (files, or folders with all below) and
    write *writes*, of which a file that is not there yet is made, empty. *file_bytes* limits each file that the
    child writes, its captured output among them. Without *stdin* the child reads an end of file. No child
    runs for longer than a day.

    Raises:
        ToolError: the program could not be started.
    """
    if not os.access(argv[0], os.X_OK):
        raise ToolError(f"cannot start {Path(argv[0]).name}; check that it is installed at {Path(argv[0]).parent}")
    for place in writes:
        if not place.exists():
            place.touch()
    limits = [str(os.getpid()), str(memory_bytes), str(cpu_s), str(file_bytes)]
    while True:
        kind = isolation()
        told, end = _run_once(limits, kind, argv, (_names(reads), _names(writes)), wall_s, stdin, is_captured=capture)
        if not told:
            return end
        if told.startswith(launcher.CANNOT_START) or kind.id == "limits":
            raise ToolError(f"cannot start {Path(argv[0]).name}: {told}; check that it is installed")
        give_way(kind, told)


def _names(places: Sequence[Path]) -> list[str]:
    return [str(place.absolute()) for place in places]


def _run_once(
    limits: list[str],
    kind: Isolation,
    argv: Sequence[str],
    places: tuple[list[str], list[str]],
    wall_s: float,
    stdin: bytes | None,
    *,
    is_captured: bool,
) -> tuple[str, Finished]:
    """How the program ended, and before that, if it did not even begin, why not."""
    with contextlib.ExitStack() as stack:
        # Files in memory, not pipes: nobody has to empty them, and RLIMIT_FSIZE bounds them.
        output = stack.enter_context(_file()) if is_captured else None
        complaints = stack.enter_context(_file())
        given = stack.enter_context(_holding(stdin)) if stdin is not None else None
        tells, tell, wrapper_tell = stack.enter_context(_channel())
        child = subprocess.Popen(
            [*_LAUNCHER, *limits, str(tell), *in_confines(kind, argv, *places, wrapper_tell)],
            stdin=given or subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=complaints,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            pass_fds=(tell, wrapper_tell) if kind.bubblewrap else (tell,),
        )
        try:
            is_timed_out = not _ends_within(child.pid, wall_s)
        finally:
            _end_group(child)
        code = _as_of_the_program(child.returncode) if kind.bubblewrap else child.returncode
        end = Finished(
            exit_code=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            is_timed_out=is_timed_out,
            stdout=_whole(output) if output else b"",
            complaint=_tail(complaints),
        )
        told = _told(tells)
        if kind.bubblewrap and not told.startswith((launcher.CANNOT_ISOLATE, launcher.CANNOT_START)):
            has_begun = '"exit-code"' in told or child.returncode < 0
            told = "" if has_begun else f"{launcher.CANNOT_ISOLATE} {end.reason}"
        return told, end


@contextlib.contextmanager
def _channel() -> Iterator[tuple[int, int, int]]:
    """Where to read, and two ends to write on: the launcher closes the first, a wrapper that it becomes has the other."""
    tells, tell = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    wrapper_tell = os.dup(tell)
    try:
        yield tells, tell, wrapper_tell
    finally:
        for end in (tells, tell, wrapper_tell):
            os.close(end)


def _told(tells: int) -> str:
    try:
        return os.read(tells, _COMPLAINT_BYTES).decode("utf-8", "replace")
    except BlockingIOError:
        return ""


def _as_of_the_program(code: int) -> int:
    """Bubblewrap gives 128 and the number of the signal that ended the program; no tool of ours ends with these itself."""
    return 128 - code if code - 128 in _DEADLY else code


@contextlib.contextmanager
def _holding(data: bytes) -> Iterator[IO[bytes]]:
    with _file() as file:
        file.write(data)
        file.seek(0)
        yield file


def _file() -> IO[bytes]:
    return os.fdopen(os.memfd_create("showcase"), "w+b")


def _ends_within(pid: int, wall_s: float) -> bool:
    handle = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(min(wall_s, _LONGEST_S) * 1000))
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


def confine_worker(
    parent_pid: int,
    kind: Isolation,
    reads: Sequence[Path] | None = None,
    writes: Sequence[Path] = (),
) -> None:
    """Narrow this process, a worker of a pool: memory, core files, network, files, and an end when its parent ends.

    It may read *reads* and what every child may, and write *writes*; with *reads* None, any file. What *kind* offers a
    child but this process cannot have is left out. Of memory and processor only the soft limits, since the
    children of a worker (ffmpeg) bring larger ones of their own. Ctrl-C is left to the parent, which ends its workers.
    """
    global _is_confined
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    enforce(_shut_off(kind, reads, writes))
    # Not before: new credentials can make the kernel forget it.
    launcher.die_with_parent(parent_pid)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower_soft(resource.RLIMIT_AS, WORKER_BYTES)
    _is_confined = True


def _shut_off(kind: Isolation, reads: Sequence[Path] | None, writes: Sequence[Path]) -> Isolation:
    """Shut this worker off; gives what its children still have to do themselves."""
    with contextlib.suppress(OSError):  # a process with threads cannot leave by a user namespace
        launcher.leave_network("" if kind.namespaces == "inherited" else kind.namespaces)
        if kind.namespaces:
            kind = dataclasses.replace(kind, namespaces="inherited")
    # The store renames what is finished from one folder to another.
    is_any_file_allowed = reads is None or not landlock.allows_moves()
    # Where Landlock rules, bubblewrap cannot mount; so there the worker keeps its files.
    if kind.has_landlock and not kind.bubblewrap:
        readable = [*readable_by_all(), "/proc/self", *_names(reads or ())]
        landlock.restrict(readable, ["/dev/null", *_names(writes)], [LISTED], is_any_file_allowed=is_any_file_allowed)
    return kind


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
