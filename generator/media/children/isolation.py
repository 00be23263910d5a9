"""What keeps a child from network and files on this machine: tried once, told to people, never a reason to stop.

In this order: namespaces and Landlock, where the kernel grants both; else bubblewrap, where it is installed and
works; else whichever of the two there is; else the limits of `sandbox` alone. A kind that fails later gives way
to the next, with a warning. Bubblewrap comes second for two reasons: it cannot shut off a worker, which
decodes pictures itself and starts children of its own, and for some milliseconds, until it has set itself up, what it
started outlives a parent that is killed.
"""

from __future__ import annotations

import dataclasses
import functools
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parents[2]
# Behind Python's own modules, so that nothing beside the package hides one of them; before what is installed, so that
# it is this code that runs and not a copy elsewhere; imported, so that it is compiled once.
LAUNCHER = (
    "import sys; at = next((n for n, place in enumerate(sys.path) if place.endswith('-packages')), len(sys.path)); "
    f"sys.path.insert(at, {str(_PACKAGE.parent)!r}); from generator.media.children import launcher; "
)
"""Python code that makes `launcher` known to a bare interpreter."""

LISTED = str(_PACKAGE.parent)
"""A folder whose names must be readable for the package in it to be found."""

_TRY_S = 20.0
_SYSTEM = (
    "/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/bin", "/usr/local/lib", "/usr/local/lib64",
    "/bin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/etc/ld.so.cache", "/etc/alternatives",
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts", "/sys/devices/system/cpu",
)  # fmt: skip
_SYSTEM_TREES = tuple(map(Path, ("/usr/bin", "/usr/lib", "/usr/local/bin", "/usr/local/lib", "/nix/store")))
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """A way to shut a child off, beyond its limits."""

    bubblewrap: str = ""  # where it is
    # By which right a child leaves the network: by privilege, by a user namespace, or with its worker, which has left.
    namespaces: Literal["", "root", "user", "inherited"] = ""
    has_landlock: bool = False
    is_tcp_shut: bool = False  # by Landlock

    @property
    def id(self) -> str:
        """A name for logs and tests: bubblewrap, namespaces+landlock, landlock, namespaces, or limits."""
        if self.bubblewrap:
            return "bubblewrap"
        parts = ("namespaces" if self.namespaces else "", "landlock" if self.has_landlock else "")
        return "+".join(part for part in parts if part) or "limits"

    @property
    def zh(self) -> str:
        """The same in one phrase for people."""
        match self.id:
            case "bubblewrap":
                return "bubblewrap：不能联网，只能读写指定的文件"
            case "namespaces+landlock":
                return "命名空间和 Landlock：不能联网，只能读写指定的文件"
            case "landlock":
                reach = "不能建立 TCP 连接，" if self.is_tcp_shut else ""
                return f"Landlock：{reach}只能读写指定的文件"
            case "namespaces":
                return "命名空间：不能联网"
            case _:
                return "只有时间、内存和文件大小的限制（本机不提供隔离）"

    @property
    def next(self) -> Isolation:
        """What is left when this kind fails; "limits" is left of itself."""
        if self.bubblewrap:
            return dataclasses.replace(self, bubblewrap="")
        if self.namespaces and self.has_landlock:
            return dataclasses.replace(self, namespaces="")
        return Isolation()


_in_force: Isolation | None = None


def isolation() -> Isolation:
    """The kind in force for the children of this process; the first call tries what there is, in a child."""
    global _in_force
    if _in_force is None:
        _in_force = _found()
    return _in_force


def enforce(kind: Isolation) -> None:
    """Use that kind from now on, in this process."""
    global _in_force
    _in_force = kind


def give_way(kind: Isolation, why: str) -> None:
    """Fall back from *kind*, which failed for that reason, and say so."""
    if isolation() == kind:
        enforce(kind.next)
        _log.warning("处理媒体的隔离方式（%s）失效：%s；改用：%s", kind.id, why, kind.next.zh)


def _found() -> Isolation:
    command = [sys.executable, "-I", "-S", "-c", LAUNCHER + "print(launcher.offered())"]
    try:
        told = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_TRY_S, check=False, env={}, cwd="/"
        ).stdout.decode("ascii", "replace")
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    namespaces, _, rest = told.strip().partition(" ")
    landlock, _, tcp = rest.partition(" ")
    kind = Isolation(
        namespaces="root" if namespaces == "root" else "user" if namespaces == "user" else "",
        has_landlock=landlock == "landlock",
        is_tcp_shut=tcp == "tcp",
    )
    # A worker cannot go into bubblewrap, and with Landlock both it and its children are shut off.
    bubblewrap = None if kind.has_landlock else shutil.which("bwrap")
    return dataclasses.replace(kind, bubblewrap=bubblewrap) if bubblewrap and works(bubblewrap) else kind


def works(bubblewrap: str) -> bool:
    """Whether the bubblewrap of that path can run a child here."""
    # Python, since it needs more of the system than anything else that runs in there.
    code = "import ctypes, sys; sys.exit(sys.prefix != sys.argv[1])"
    command = _wrapped(bubblewrap, [sys.executable, "-I", "-c", code, sys.prefix], (), (), None)
    try:
        ended = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_TRY_S, check=False, env={}
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def in_confines(
    kind: Isolation, argv: Sequence[str], reads: Sequence[str], writes: Sequence[str], tell: int
) -> list[str]:
    """The words for the launcher, from NAMESPACES on, that run *argv* shut off in that way.

    *tell* is a descriptor on which bubblewrap says whether the program began.
    """
    if kind.bubblewrap:
        return ["", "", "0", "0", "0", *_wrapped(kind.bubblewrap, argv, reads, writes, tell)]
    namespaces = kind.namespaces if kind.namespaces != "inherited" else ""
    if not kind.has_landlock:
        return [namespaces, "", "0", "0", "0", *argv]
    readable = [*_readable(argv[0]), *reads]
    writable = ["/dev/null", *writes]
    lists = (readable, writable, [LISTED])
    return [namespaces, "some", *(word for places in lists for word in (str(len(places)), *places)), *argv]


def readable_by_all() -> list[str]:
    """What every process of this room may read, its workers too."""
    return _readable(sys.executable)


def _readable(program: str) -> list[str]:
    own = [os.path.realpath(place) for place in (*_needed(), *_needed_by(program))]
    return [*dict.fromkeys(own), *_devices()]


@functools.cache
def _needed() -> tuple[str, ...]:
    """What every child may read: the system's programs and libraries, fonts, this Python and this project's own code."""
    # Of a virtual environment both prefixes; of the system's own Python nothing more than is there already.
    prefixes = [prefix for prefix in (sys.prefix, sys.base_prefix) if prefix not in ("/", "/usr", "/usr/local")]
    places = (*_SYSTEM, *prefixes, str(_PACKAGE))
    return tuple(place for place in dict.fromkeys(places) if Path(place).exists())


def _needed_by(program: str) -> tuple[str, ...]:
    """What a program outside the system's folders may read besides: itself, and the libraries installed with it."""
    real = Path(program).resolve()
    if any(real.is_relative_to(tree) for tree in _SYSTEM_TREES):
        return ()
    libraries = real.parent.parent / "lib"
    return (str(real), str(libraries)) if real.parent.name == "bin" and libraries.is_dir() else (str(real),)


def _devices() -> list[str]:
    return [device for device in _DEVICES if Path(device).exists()]


def _wrapped(
    bubblewrap: str, argv: Sequence[str], reads: Sequence[str], writes: Sequence[str], tell: int | None
) -> list[str]:
    """The command that runs *argv* in bubblewrap: its own namespaces, and a file system of what it needs."""
    words = [bubblewrap, "--unshare-all", "--die-with-parent", "--chdir", "/"]
    words += [] if tell is None else ["--json-status-fd", str(tell)]
    for place in (*_needed(), *_needed_by(argv[0])):
        path = Path(place)
        words += ["--symlink", str(path.readlink()), place] if path.is_symlink() else ["--ro-bind", place, place]
    # Where it lies is part of what a Python is: that of a virtual environment must not be called by its real name.
    is_there = any(Path(argv[0]).is_relative_to(place) for place in _needed())
    program = argv[0] if is_there else str(Path(argv[0]).resolve())
    for device in _devices():
        words += ["--dev-bind", device, device]
    for place in reads:
        words += ["--ro-bind", place, place]
    for place in writes:
        words += ["--bind", place, place]
    # The root itself lies in memory, which no limit of ours counts: nothing may be written there.
    return [*words, "--remount-ro", "/", "--", program, *argv[1:]]
