"""Landlock, by its three system calls: a process gives up files, TCP and signals for good, and its children with it.

Needs no privilege and no library; Linux 5.13 or newer, where it is not switched off. A part that a
kernel does not know is left out. It holds for the calling thread and for whatever that starts.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture in use
_VERSION_WANTED = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_READING = _EXECUTE | _READ_FILE | _READ_DIR
_WRITING = (
    _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _REMOVE_FILE | _REMOVE_DIR | _MAKE_REG | _MAKE_DIR | _REFER
)
_RIGHTS_BY_VERSION = ((1, (1 << 13) - 1), (2, _REFER), (3, _TRUNCATE), (5, 1 << 15))
_MOVES_SINCE = 2
_TCP_SINCE, _TCP = 4, 0b11  # bind and connect
_SCOPES_SINCE, _SCOPES = 6, 0b11  # abstract sockets and signals to processes outside


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """The version of Landlock that the kernel offers; 0 where there is none, or it is switched off."""
    found = _libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_WANTED))
    return max(0, int(found))


def shuts_tcp() -> bool:
    """Whether `restrict` forbids TCP here; UDP it never does."""
    return version() >= _TCP_SINCE


def allows_moves() -> bool:
    """Whether a restricted process may still rename a file from one folder to another; the first version forbids it."""
    return version() >= _MOVES_SINCE


def restrict(
    reads: Iterable[str], writes: Iterable[str], lists: Iterable[str], *, is_any_file_allowed: bool = False
) -> None:
    """Keep this thread and its children from every file but *reads* and *writes*, from TCP, from foreign processes.

    Below a folder of *reads* everything may be read and executed; below one of *writes*, read,
    written, made and removed; below one of *lists* only names are told. A path that does not exist, or is a link, allows nothing. With
    *is_any_file_allowed* files stay as they are. There is no way back, and no new privileges.

    Raises:
        OSError: the kernel refuses, or offers no Landlock.
    """
    offered = version()
    if not offered:
        raise OSError("no Landlock")
    rights = 0 if is_any_file_allowed else sum(bits for since, bits in _RIGHTS_BY_VERSION if offered >= since)
    tcp = _TCP if offered >= _TCP_SINCE else 0
    scopes = _SCOPES if offered >= _SCOPES_SINCE else 0
    if not rights | tcp | scopes:
        return
    wanted = _Ruleset(rights, tcp, scopes)
    ruleset = _checked(
        _libc().syscall(
            _CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(ctypes.sizeof(wanted)), ctypes.c_uint32(0)
        )
    )
    try:
        for allowed, paths in ((_READING, reads), (_WRITING, writes), (_READ_DIR, lists)) if rights else ():
            for path in paths:
                _allow(ruleset, path, allowed & rights)
        # Landlock demands it of whoever has no privileges; of others it is the wish.
        _checked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(_libc().syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, allowed: int) -> None:
    try:
        # A link that was put in the place of a file since it was looked at must not be followed.
        place = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        mode = os.fstat(place).st_mode
        if stat.S_ISLNK(mode):
            return
        rule = _Rule(allowed if stat.S_ISDIR(mode) else allowed & _OF_FILES, place)
        _checked(
            _libc().syscall(
                _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0)
            )
        )
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
