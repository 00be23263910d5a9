"""Running a program of the night: every line heard as it comes, no input, ended when the night ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.media.children.launcher import die_with_parent

_GRACE_S = 10.0
_HEARD = 400  # lines that are kept; the log has all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended, and the last lines of its two streams in the order in which they came."""

    code: int  # negative: by that signal
    lines: tuple[str, ...]
    is_late: bool = False  # its time was up

    @property
    def was_killed(self) -> bool:
        """Whether a signal ended it that this night did not send."""
        return self.code < 0 and not self.is_late


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    hear: Callable[[str], None],
    wall_s: float,
) -> Ended:
    """Runs *command* to its end, in a session of its own; *hear* gets each line. It is ended when its time is up.

    Whatever breaks off the night (a signal, a fault, a kill) takes the program and its children with it.

    Raises:
        OSError: it cannot be started.
    """
    night_pid = os.getpid()
    child = subprocess.Popen(
        command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", start_new_session=True,
        preexec_fn=lambda: die_with_parent(night_pid),  # a night that was killed switches nothing afterwards
    )  # fmt: skip
    late = threading.Event()

    def time_is_up() -> None:
        late.set()
        _signal(child, signal.SIGKILL)

    timer = threading.Timer(wall_s, time_is_up)
    timer.daemon = True
    timer.start()
    lines: list[str] = []
    try:
        assert child.stdout is not None  # noqa: S101  (a pipe was asked for)
        for line in child.stdout:
            lines.append(line.rstrip("\n"))
            hear(lines[-1])
            del lines[:-_HEARD]
        code = child.wait()
    except BaseException:
        _end(child)
        raise
    finally:
        timer.cancel()
        if child.stdout:
            child.stdout.close()
    return Ended(code=code, lines=tuple(lines), is_late=late.is_set())


def _end(child: subprocess.Popen[str]) -> None:
    _signal(child, signal.SIGTERM)
    try:
        child.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
