"""A child ends by itself or is ended; nothing of it stays behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import ToolError
from generator.media.children.finished import Finished
from generator.media.children.sandbox import MIB, run

PYTHON = [sys.executable, "-I", "-S", "-c"]


def ran(code: str, *words: str, **limits: float) -> Finished:
    given = {"wall_s": 10, "cpu_s": 10, "memory_bytes": 512 * MIB, "file_bytes": MIB} | limits
    return run([*PYTHON, code, *words], capture=True, **given)  # type: ignore[arg-type]


def bearing(mark: str) -> list[int]:
    """The processes whose last argument is *mark*: a child need not know the number by which the world knows it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cmdline").read_bytes().endswith(f"\0{mark}\0".encode()):
                found.append(int(process.name))
    return found


def wait_until(is_so: Callable[[], bool]) -> bool:
    until_s = time.monotonic() + 10
    while not is_so() and time.monotonic() < until_s:
        time.sleep(0.02)
    return is_so()


LEAVES_A_CHILD = """
import subprocess, sys
subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)", sys.argv[1]])
print("begun", flush=True)
"""


def test_a_child_that_ends_well_is_a_success() -> None:
    end = ran("print('well')")
    assert end.is_ok
    assert end.stdout == b"well\n"
    assert end.reason == ""


def test_an_exit_code_is_a_failure_with_its_complaint() -> None:
    end = ran("import sys; print('why', file=sys.stderr); sys.exit(5)")
    assert (end.is_ok, end.is_stopped, end.exit_code, end.reason) == (False, False, 5, "why")


def test_a_child_that_a_signal_ended_is_no_success() -> None:
    end = ran("import os, signal; print('half'); os.kill(os.getpid(), signal.SIGTERM)")
    assert (end.is_ok, end.is_stopped, end.signal, end.exit_code) == (False, True, signal.SIGTERM, None)
    assert "SIGTERM" in end.reason


def test_the_wall_clock_ends_the_whole_group(tmp_path: Path) -> None:
    started_s = time.monotonic()
    end = ran(LEAVES_A_CHILD + "import time; time.sleep(60)", str(tmp_path), wall_s=1.0)
    assert end.is_timed_out
    assert not end.is_ok
    assert end.stdout == b"begun\n"
    assert time.monotonic() - started_s < 5
    assert wait_until(lambda: not bearing(str(tmp_path)))


def test_what_a_child_leaves_behind_is_ended_too(tmp_path: Path) -> None:
    assert ran(LEAVES_A_CHILD, str(tmp_path)).stdout == b"begun\n"
    assert wait_until(lambda: not bearing(str(tmp_path)))


def test_processor_time_is_limited() -> None:
    end = ran("while True: pass", cpu_s=1)
    assert not end.is_timed_out
    assert end.signal in (signal.SIGXCPU, signal.SIGKILL)


def test_memory_is_limited() -> None:
    end = ran("bytearray(2 * 1024 ** 3)", memory_bytes=256 * MIB)
    assert not end.is_ok
    assert "MemoryError" in end.complaint


def test_a_file_that_grows_too_large_ends_its_writer() -> None:
    """A plain program, since Python itself ignores the signal: the launcher must have restored it."""
    end = run(
        ["/bin/sh", "-c", "exec cat /dev/zero"],
        wall_s=10, cpu_s=10, memory_bytes=512 * MIB, file_bytes=MIB, capture=True,
    )  # fmt: skip
    assert end.signal == signal.SIGXFSZ
    assert len(end.stdout) == MIB


def test_a_child_sees_an_empty_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWCASE_SECRET", "x")
    end = ran("import os, sys; print(sorted(os.environ), repr(sys.stdin.read()), os.getsid(0), os.getcwd())")
    names, rest = end.stdout.decode().split("]")
    assert "SECRET" not in names
    assert {name.strip(" '[") for name in names.split(",")} <= {"LANG", "PATH", "LC_CTYPE", "PWD"}
    stdin, session, folder = rest.split()
    assert (stdin, folder) == ("''", "/")
    assert int(session) != os.getsid(0)


def test_a_child_can_be_given_bytes() -> None:
    argv = [*PYTHON, "import sys; print(len(sys.stdin.buffer.read()))"]
    end = run(argv, wall_s=10, cpu_s=10, memory_bytes=512 * MIB, file_bytes=MIB, stdin=b"x" * 70_000, capture=True)
    assert end.stdout == b"70000\n"


def test_a_program_that_is_not_there_stops_the_run() -> None:
    with pytest.raises(ToolError, match="no-such-program"):
        run(["/no-such-program"], wall_s=5, cpu_s=5, memory_bytes=512 * MIB, file_bytes=MIB)


def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    mark = str(tmp_path)
    argv = [*PYTHON, "import time; time.sleep(60)", mark]
    outer = (
        "from generator.media.children.sandbox import run, MIB\n"
        f"run({argv!r}, wall_s=60, cpu_s=60, memory_bytes=512 * MIB, file_bytes=MIB)"
    )
    parent = subprocess.Popen([sys.executable, "-c", outer], cwd=Path(__file__).parents[2])
    # Neither the launcher on its way nor what it may wrap around the child, which bear the same words: the child itself.
    start = "\0".join(PYTHON[:3]).encode()

    def is_running() -> bool:
        lines = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in bearing(mark)]
        return any(line.startswith(start) and b"launcher" not in line for line in lines)

    assert wait_until(is_running)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: not bearing(mark))
