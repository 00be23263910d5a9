"""Runs as a program: narrows its own process to limits, then becomes the program it was given.

``python -I -S launcher.py PARENT MEMORY CPU FILE PROGRAM [ARGUMENT …]``, numbers in bytes and seconds.
It imports nothing of this project, so that it starts in milliseconds and under any interpreter.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 256
CANNOT_START = 127
"""The exit code when the program given could not be started."""


def die_with_parent(parent_pid: int) -> None:
    """End this process as soon as the thread that started it ends; at once if *parent_pid* is gone already.

    Raises:
        OSError: the system refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal.SIGKILL)


def _narrow(what: int, limit: int, grace: int = 0) -> None:
    hard = resource.getrlimit(what)[1]
    ceiling = limit + grace if hard == resource.RLIM_INFINITY else min(limit + grace, hard)
    resource.setrlimit(what, (min(limit, ceiling), ceiling))


def main(argv: list[str]) -> int:
    """Become the program of *argv* under its limits; gives an exit code only where that failed."""
    parent_pid, memory_bytes, cpu_s, file_bytes = map(int, argv[1:5])
    die_with_parent(parent_pid)
    _narrow(resource.RLIMIT_CORE, 0)
    _narrow(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _narrow(resource.RLIMIT_FSIZE, file_bytes)
    _narrow(resource.RLIMIT_CPU, cpu_s, grace=1)
    _narrow(resource.RLIMIT_AS, memory_bytes)
    # The interpreter ignores these two, and what is ignored stays ignored across exec:
    # the limit on file size would then be a mere write error, which ffmpeg may survive.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execve(argv[5], argv[5:], dict(os.environ))  # noqa: S606  (a list is what keeps the shell out)
    except OSError as error:
        print(f"{argv[5]}: {error.strerror}", file=sys.stderr)
    return CANNOT_START


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
