"""Runs a command under what a unit of systemd says, as far as the kernel alone enforces it; systemd itself need not run.

``python confined.py UNIT COMMAND …``: SystemCallFilter, RestrictNamespaces, RestrictAddressFamilies,
MemoryDenyWriteExecute and NoNewPrivileges, by libseccomp and prctl, which are what systemd uses.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NAMESPACES = {
    "cgroup": 0x02000000, "ipc": 0x08000000, "net": 0x40000000, "mnt": 0x00020000,
    "pid": 0x20000000, "user": 0x10000000, "uts": 0x04000000,
}  # fmt: skip
_MASKED_EQ, _EQ = 7, 4
_PR_SET_NO_NEW_PRIVS, _PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN = 38, 65, 1


class _Comparison(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def settings_of(unit: Path) -> list[tuple[str, str]]:
    """Every ``Name=value`` of a unit, in order."""
    lines = (line.strip() for line in unit.read_text("utf-8").splitlines())
    return [(name, value) for line in lines if not line.startswith("#") for name, is_one, value in [line.partition("=")] if is_one]  # fmt: skip


def allowed_calls(unit: Path) -> set[str]:
    """The system calls that the lines of SystemCallFilter leave, in their order, as systemd expands them."""
    allowed: set[str] = set()
    for name, value in settings_of(unit):
        if name == "SystemCallFilter":
            words = _expanded(value.removeprefix("~").split())
            allowed = allowed - words if value.startswith("~") else allowed | words
    # What systemd always leaves.
    return (
        allowed | _expanded(["@default"]) | {"execve", "exit", "exit_group", "getrlimit", "rt_sigreturn", "sigreturn"}
    )


def _expanded(words: list[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        if word.startswith("@"):
            told = subprocess.run(
                ["systemd-analyze", "syscall-filter", word], capture_output=True, text=True, check=True
            )
            lines = [line.strip() for line in told.stdout.splitlines()[1:]]
            found |= _expanded([line for line in lines if line and not line.startswith("#")])
        else:
            found.add(word)
    return found


def main(unit: Path, command: list[str]) -> None:
    """Confine this process and become the command."""
    written = dict(settings_of(unit))
    libc = ctypes.CDLL(None, use_errno=True)
    seccomp = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    for name in ("seccomp_load", "seccomp_release"):
        getattr(seccomp, name).argtypes = [ctypes.c_void_p]
    seccomp.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(_Comparison)
    ]  # fmt: skip

    def rule(context: int, action: int, call: str, comparison: _Comparison | None = None) -> None:
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:  # calls of other machines have no number here
            array = (_Comparison * 1)(comparison) if comparison else None
            if seccomp.seccomp_rule_add_array(context, action, number, 1 if comparison else 0, array):
                raise OSError(f"no rule for {call}")

    def load(context: int) -> None:
        if seccomp.seccomp_load(context):
            raise OSError("the filter was not taken")

    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    if written["MemoryDenyWriteExecute"] == "yes" and libc.prctl(_PR_SET_MDWE, _MDWE_REFUSE_EXEC_GAIN, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "mdwe")
    narrow = seccomp.seccomp_init(_ALLOW)
    for name, flag in _NAMESPACES.items():
        if name not in written["RestrictNamespaces"].split():
            for call in ("unshare", "clone"):
                rule(narrow, _ERRNO | errno.EPERM, call, _Comparison(0, _MASKED_EQ, flag, flag))
    families = {int(getattr(socket, name)) for name in written["RestrictAddressFamilies"].split()}
    for family in set(range(46)) - families:
        rule(narrow, _ERRNO | errno.EAFNOSUPPORT, "socket", _Comparison(0, _EQ, family, 0))
    load(narrow)
    wide = seccomp.seccomp_init(_ERRNO | errno.EPERM)
    # systemd loads its filters before the program begins, and so may use what the program may not.
    for call in sorted(allowed_calls(unit)):
        rule(wide, _ALLOW, call)
    load(wide)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
