"""Who holds a server, as the file ``.lock`` there says. Values in, values out.

A folder of this machine has a lock of the kernel's; a server that is reached by rsync alone has only files. So the file
says which process of which machine it is, and a run that finds its own machine in it can tell whether that one lives.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

LEASE_S = 6 * 3600
"""How long a run of another machine is believed to live; no run takes as long, since no connection may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A run that holds a server."""

    token: str  # of this run alone
    machine: str  # its name and its number; empty number: it has none
    boot: str  # of this start of the machine
    numbers: str  # of those among whom process numbers count: a container has its own
    pid: int
    started: str  # when the process started, as its machine counts
    since: str  # for people

    @property
    def shown(self) -> str:
        """For people."""
        return f"{self.machine.split('/')[0]} 的进程 {self.pid}，开始于 {self.since}"


def holder_text(holder: Holder) -> str:
    """*holder* as the file has it."""
    return json.dumps(asdict(holder), ensure_ascii=False) + "\n"


def holder_from(text: str) -> Holder | None:
    """The holder that *text* was made from; None where it is damaged or something else."""
    try:
        read = json.loads(text)
        return Holder(**{**{name: str(value) for name, value in read.items()}, "pid": int(read["pid"])})  # type: ignore[arg-type]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def is_gone(holder: Holder, us: Holder, started: str | None) -> bool:
    """Whether *holder* has certainly ended, as far as *us* can tell.

    *started* is when the process with its number started, on our machine; None: there is none.
    """
    if holder.machine != us.machine:
        return False
    return holder.boot != us.boot or (holder.numbers == us.numbers and holder.started != started)
