"""What a nightly run did, as values and as JSON: what its stages tell it, and what monitoring reads in `last-run.json`.

Programs of two versions may meet here: a run goes on with the code that it began with, while its stages are of the
commit that it has just fetched. So fields are only added, each with a default, and unknown ones are passed over.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""

STAGES = {"pull": "取回案例", "install": "安装依赖", "build": "生成网站", "publish": "发布"}
"""The stages in their order, as records and people name them; `start` is what comes before, 准备."""

NoticeState = Literal["off", "quiet", "sent", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error of content, as an editor is told of it."""

    file: str  # relative to the folder that holds cases/
    line: int
    code: str
    message: str
    fix: str
    case: str = ""  # the case that it withholds; empty for a call or a file of nobody's


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltTold:
    """What `showcase build --json` tells."""

    cases: int
    pages: int
    media: int
    withheld: tuple[str, ...]  # ids of cases, sorted
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTold:
    """What `showcase publish --json` tells, whatever kind of target it was."""

    release: str  # the live one now
    is_new: bool
    files: int  # of the live release
    changed: int  # by this publication; 0 where nothing was new
    withdrawn: int = 0  # cases that were live until now
    purged: tuple[str, ...] = ()  # releases that went since they held a withdrawn case


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage that was begun."""

    name: str
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Of what took part."""

    showcase: str
    python: str
    git: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people were told last, so that they are told once."""

    has_failed: bool = False
    faults: tuple[tuple[str, str, str], ...] = ()  # case, file and code, sorted: a line that moves is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A whole run, with what must outlive it."""

    version: int = VERSION
    started: datetime.datetime
    ended: datetime.datetime
    exit_code: int
    failed_stage: str = ""  # where a run with an exit code of 2 or more stopped; “start” before the first stage
    why: str = ""  # and the sentences that say why
    target: str = ""
    commit_before: str = ""
    commit: str = ""  # what was built
    built: BuiltTold | None = None
    published: PublishedTold | None = None
    stages: tuple[Stage, ...] = ()
    versions: Versions | None = None
    notice: NoticeState = "off"
    told: Told = Told()
    last_success: datetime.datetime | None = None  # when a run last ended with 0 or 1

    @property
    def has_failed(self) -> bool:
        """Whether it stopped before its end; errors in cases are no failure."""
        return self.exit_code > 1

    @property
    def duration_s(self) -> float:
        """From its start to its end."""
        return (self.ended - self.started).total_seconds()

    @property
    def faults(self) -> tuple[tuple[str, str, str], ...]:
        """Its errors of content as `Told` remembers them."""
        found = self.built.faults if self.built else ()
        return tuple(sorted({(fault.case, fault.file, fault.code) for fault in found}))


_Value = TypeVar("_Value", BuiltTold, PublishedTold, Run)


def written(value: BuiltTold | PublishedTold | Run) -> bytes:
    """As JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def read(kind: type[_Value], text: bytes) -> _Value | None:
    """The value that *text* tells, or None: it is cut off, or not ours."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError:
        return None
