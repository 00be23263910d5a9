"""The lock, between real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import LockedError, PublishError
from generator.publish.lock import held

_HOLDER = """
import os, sys, time
from pathlib import Path
from generator.publish.lock import held
with held(Path(sys.argv[1])):
    if len(sys.argv) == 2 or os.fork() == 0:
        print(os.getpid(), flush=True)  # the worker itself: it has let go by then
    time.sleep(60)
"""


def _holder(path: Path, *more: str) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen([sys.executable, "-c", _HOLDER, str(path), *more], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, int(process.stdout.readline())


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "var" / "lock"
    path.parent.mkdir()
    path.write_text("进程号 1，以前的一次，文字更长" * 9, "utf-8")
    holder, _ = _holder(path)
    try:
        with pytest.raises(LockedError, match=rf"进程号 {holder.pid}，开始于 20[\d+: -]+）") as caught, held(path):
            pass
        assert caught.value.exit_code == 4
    finally:
        holder.kill()
        holder.communicate()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    holder, _ = _holder(tmp_path / "lock")
    holder.kill()
    holder.communicate()
    with held(tmp_path / "lock"):
        assert f"进程号 {os.getpid()}，" in (tmp_path / "lock").read_text("utf-8")


def test_a_worker_that_outlives_its_parent_does_not_hold_the_lock(tmp_path: Path) -> None:
    holder, worker = _holder(tmp_path / "lock", "with a worker")
    try:
        with pytest.raises(LockedError), held(tmp_path / "lock"):
            pass
        holder.kill()
        holder.wait()
        os.kill(worker, 0)  # it lives
        with held(tmp_path / "lock"):
            pass
    finally:
        holder.kill()
        os.kill(worker, 9)
        holder.communicate()


def test_the_lock_is_free_after_the_block_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "var" / "lock"  # its folder is made as well
    with pytest.raises(RuntimeError), held(path):
        raise RuntimeError
    with held(path), pytest.raises(LockedError), held(path):
        pass
    with held(path):
        pass


def test_a_lock_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "lock", tmp_path):
        with pytest.raises(PublishError, match="锁文件"), held(path):
            pass
