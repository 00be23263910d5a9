"""Runs as a program: narrows its own process to limits and to a few files, then becomes the program it was given.

It imports nothing of this project but `landlock`, so that it starts in milliseconds. What fails
before the program begins is told on a descriptor that the program never gets: no program can claim it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal

from generator.media.children import landlock

_PR_SET_PDEATHSIG = 1
_OPEN_FILES = 256
_NEW_USER, _NEW_NET, _NEW_IPC, _NEW_UTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000
CANNOT_ISOLATE, CANNOT_START = "isolate", "start"
"""How what the launcher tells begins."""


def die_with_parent(parent_pid: int) -> None:
    """End this process as soon as the thread that started it ends; at once if *parent_pid* is gone already.

    Raises:
        OSError: the system refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal.SIGKILL)


def leave_network(namespaces: str) -> None:
    """Move this thread into namespaces without network, shared memory and names of others.

    *namespaces* says by which right: "root" by privilege, "user" by a user namespace of one's own, "" not at all.

    Raises:
        OSError: the system refuses; a process with several threads may not have "user".
    """
    if not namespaces:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    user_id, group_id = os.geteuid(), os.getegid()
    wanted = _NEW_NET | _NEW_IPC | _NEW_UTS | (_NEW_USER if namespaces == "user" else 0)
    if libc.unshare(wanted) != 0:
        raise OSError(ctypes.get_errno(), "unshare failed")
    if namespaces == "user":
        # The same user as before: without a name of its own in there, a child could not do this again.
        for name, line in (
            ("setgroups", "deny"),
            ("uid_map", f"{user_id} {user_id} 1"),
            ("gid_map", f"{group_id} {group_id} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)


def _narrow(what: int, limit: int, grace: int = 0) -> None:
    hard = resource.getrlimit(what)[1]
    ceiling = limit + grace if hard == resource.RLIM_INFINITY else min(limit + grace, hard)
    resource.setrlimit(what, (min(limit, ceiling), ceiling))


def main(argv: list[str]) -> None:
    """Become the program of *argv* in its confines, or tell why not.

    ``PARENT MEMORY CPU FILE  TELL  NAMESPACES FILES  COUNT [READ …]  COUNT [WRITE …]  COUNT [LIST …]  PROGRAM [ARGUMENT …]``: numbers in
    bytes and seconds; the descriptor to tell on; by which right to leave the network; "some" to allow the files
    given and no other, "any" to leave files alone, "" for no Landlock at all.
    """
    parent_pid, memory_bytes, cpu_s, file_bytes, tell = map(int, argv[:5])
    os.set_inheritable(tell, False)
    (namespaces, files), rest = argv[5:7], argv[7:]
    reads, rest = _counted(rest)
    writes, rest = _counted(rest)
    lists, program = _counted(rest)
    try:
        leave_network(namespaces)
        if files:
            landlock.restrict(reads, writes, lists, is_any_file_allowed=files == "any")
    except OSError as error:
        os.write(tell, f"{CANNOT_ISOLATE} {error}".encode())
        return
    # Not before: new credentials can make the kernel forget it.
    die_with_parent(parent_pid)
    _narrow(resource.RLIMIT_CORE, 0)
    _narrow(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _narrow(resource.RLIMIT_FSIZE, file_bytes)
    _narrow(resource.RLIMIT_CPU, cpu_s, grace=1)
    _narrow(resource.RLIMIT_AS, memory_bytes)
    # The interpreter ignores these two, and what is ignored stays ignored across exec:
    # the limit on file size would then be a mere write error, which ffmpeg may survive.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execve(program[0], program, dict(os.environ))  # noqa: S606  (a list is what keeps the shell out)
    except OSError as error:
        os.write(tell, f"{CANNOT_START} {error.strerror}".encode())


def _counted(words: list[str]) -> tuple[list[str], list[str]]:
    end = 1 + int(words[0])
    return words[1:end], words[end:]


def offered() -> str:
    """What this machine offers a process of this user, found by doing it; leaves the process confined.

    Three words, "-" for what it does not offer: by which right the network can be left ("root" or "user"),
    whether files can be shut off ("landlock"), and TCP with them ("tcp").
    """
    return f"{_namespaces_offered()} {_landlock_offered()} {'tcp' if landlock.shuts_tcp() else '-'}"


def _namespaces_offered() -> str:
    for namespaces in ("root", "user"):
        try:
            leave_network(namespaces)
        except OSError:
            continue
        return namespaces
    return "-"


def _landlock_offered() -> str:
    try:
        landlock.restrict([], [], [])
        with open("/dev/null"):
            return "-"
    except PermissionError:
        return "landlock"
    except OSError:
        return "-"
