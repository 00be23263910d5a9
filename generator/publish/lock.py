"""One run at a time: a lock that its process takes along when it dies, however it dies."""

from __future__ import annotations

import datetime
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import LockedError, PublishError, reason_of

_held: set[int] = set()  # descriptors of the locks of this process


def _let_go_in_child() -> None:
    """A forked worker shares its parent's lock and would hold it on after the parent was killed."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds the lock of the file *path*, which is made where missing and stays afterwards.

    The kernel lets go when the process ends, so there is never a stale lock to remove.

    Raises:
        LockedError: another run holds it; says which process, and since when.
        PublishError: *path* cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise PublishError(f"无法写入锁文件 {path}：{reason_of(error)}；请检查目录和权限后重试") from error
    _held.add(descriptor)
    try:
        _take(descriptor, path)
        yield
    finally:
        if descriptor in _held:  # not in a forked child, where the number may be another file's by now
            _held.discard(descriptor)
            os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
        raise LockedError(
            f"另一个任务正在进行（{holder or '进程号未知'}），请等它结束后再运行；锁文件 {path} 不必删除"
        ) from None
    except OSError as error:
        raise PublishError(f"无法锁定 {path}：{reason_of(error)}；请把它放在支持文件锁的磁盘上") from error
    since = datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"进程号 {os.getpid()}，开始于 {since}\n".encode(), 0)
    except OSError as error:
        raise PublishError(f"无法写入锁文件 {path}：{reason_of(error)}；请检查磁盘空间后重试") from error
