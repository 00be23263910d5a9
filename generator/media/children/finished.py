"""How a child process ended, and whose fault it was."""

from __future__ import annotations

import signal
from dataclasses import dataclass

_OF_THE_MACHINE = (
    "No space left on device", "Disk quota exceeded", "Cannot allocate memory", "Too many open files",
    "Permission denied", "Read-only file system", "ImportError", "ModuleNotFoundError", "error while loading shared",
)  # fmt: skip


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
    def is_starved(self) -> bool:
        """It complained of this machine and not of what it was given."""
        return any(words in self.complaint for words in _OF_THE_MACHINE)

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
