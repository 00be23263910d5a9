"""Children and workers are shut off in every way that this machine offers, and say which."""

from __future__ import annotations

import dataclasses
import logging
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import ToolError
from generator.media.children import isolation as ways
from generator.media.children import landlock, launcher
from generator.media.children.finished import Finished
from generator.media.children.isolation import Isolation, enforce, isolation
from generator.media.children.sandbox import MIB, run
from generator.media.workers import each_done, reach_of

from .listening import Listener

FOUND = isolation()


def _kinds() -> dict[str, Isolation]:
    """Every kind that can be in force here, by its name; a user namespace besides, which needs no privilege."""
    kinds = {FOUND.id: FOUND}
    bubblewrap = shutil.which("bwrap")
    if not FOUND.bubblewrap and bubblewrap and ways.works(bubblewrap):
        kinds = {"bubblewrap": dataclasses.replace(FOUND, bubblewrap=bubblewrap)}
    while "limits" not in kinds:
        last = list(kinds.values())[-1].next
        kinds[last.id] = last
    if FOUND.namespaces == "root":
        kinds["user namespace"] = Isolation(namespaces="user")
    return kinds


KINDS = _kinds()
SHUT_OFF_FROM_FILES = [kind for kind in KINDS.values() if kind.has_landlock or kind.bubblewrap]
SHUT_OFF_FROM_NET = [kind for kind in KINDS.values() if kind.namespaces or kind.bubblewrap]


def _name(kind: object) -> str:
    return next(name for name, one in KINDS.items() if one == kind)


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    yield
    enforce(FOUND)


def ran(code: str, *words: str, reads: tuple[Path, ...] = (), writes: tuple[Path, ...] = ()) -> Finished:
    argv = [sys.executable, "-I", "-S", "-c", code, *words]
    return run(
        argv, wall_s=20, cpu_s=10, memory_bytes=512 * MIB, file_bytes=MIB, reads=reads, writes=writes, capture=True
    )


TRY = """
import os, sys
def tried(what):
    try:
        what()
    except OSError:
        return "no"
    return "yes"
"""


def test_what_the_machine_offers_is_used() -> None:
    """Asked of the kernel in another way: a fault of ours must not pass for a machine that offers nothing."""
    assert FOUND.has_landlock == (landlock.version() > 0)
    tries = (["unshare", "-n", "true"], ["unshare", "-Urn", "true"])
    offered = [subprocess.run(argv, capture_output=True, check=False).returncode == 0 for argv in tries]
    assert FOUND.namespaces == ("root" if offered[0] else "user" if offered[1] else "")


@pytest.mark.parametrize("kind", SHUT_OFF_FROM_FILES, ids=_name)
def test_a_child_reads_and_writes_what_it_is_given_and_nothing_else(kind: Isolation, tmp_path: Path) -> None:
    enforce(kind)
    given, kept, made = tmp_path / "given", tmp_path / "kept", tmp_path / "made"
    given.write_text("given")
    kept.write_text("kept")
    code = f"""{TRY}
given, kept, made = sys.argv[1:]
print(
    tried(lambda: open(given)), tried(lambda: open(made, "w").write("made")), tried(lambda: open(made)),
    tried(lambda: open(kept)), tried(lambda: open("/etc/passwd")), tried(lambda: open(given, "a")),
    tried(lambda: open(kept, "w")), tried(lambda: open(kept + ".new", "w")), tried(lambda: open("/tmp/showcase-new", "w")),
    tried(lambda: os.unlink(given)), tried(lambda: os.truncate(given, 0)), tried(lambda: os.listdir("/var")),
)"""
    end = ran(code, str(given), str(kept), str(made), reads=(given,), writes=(made,))
    assert end.stdout.decode().split() == ["yes"] * 3 + ["no"] * 9, end.complaint
    assert (given.read_text(), kept.read_text(), made.read_text()) == ("given", "kept", "made")
    assert isolation() == kind


@pytest.mark.parametrize("kind", SHUT_OFF_FROM_FILES, ids=_name)
def test_a_child_may_make_files_in_a_folder_that_it_may_write(kind: Isolation, tmp_path: Path) -> None:
    enforce(kind)
    code = "import os, sys; open(sys.argv[1] + '/a', 'w').write('a'); os.rename(sys.argv[1] + '/a', sys.argv[1] + '/b')"
    assert ran(code, str(tmp_path), writes=(tmp_path,)).is_ok
    assert (tmp_path / "b").read_text() == "a"


@pytest.mark.parametrize("kind", SHUT_OFF_FROM_FILES, ids=_name)
def test_a_file_that_became_a_link_opens_nothing(kind: Isolation, tmp_path: Path) -> None:
    enforce(dataclasses.replace(kind, bubblewrap=""))
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "given").symlink_to(tmp_path / "secret")
    end = ran(f"{TRY}\nprint(tried(lambda: open(sys.argv[1])))", str(tmp_path / "given"), reads=(tmp_path / "given",))
    assert end.stdout == (b"no\n" if kind.has_landlock else b"yes\n")


CALLING = """
import socket, sys
port = int(sys.argv[1])
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        caller = socket.socket(socket.AF_INET, kind)
        caller.settimeout(1)
        caller.connect(("127.0.0.1", port))
        caller.send(b"x")
    except OSError:
        pass
"""


@pytest.mark.parametrize("kind", SHUT_OFF_FROM_NET, ids=_name)
def test_a_child_reaches_no_network(kind: Isolation) -> None:
    listener = Listener()
    enforce(kind)
    assert ran(CALLING, str(listener.port)).is_ok
    assert listener.calls() == 0


def test_the_listener_would_have_heard_a_call() -> None:
    listener = Listener()
    enforce(Isolation())
    ran(CALLING, str(listener.port))
    assert listener.calls() == 2


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_in_every_kind_an_end_is_told_as_it_was(kind: Isolation) -> None:
    enforce(kind)
    assert ran("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)").signal == 11
    assert ran("raise SystemExit(5)").exit_code == 5
    assert ran("print('well')").stdout == b"well\n"
    assert isolation() == kind


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_program_can_claim_that_it_could_not_be_shut_off(kind: Isolation) -> None:
    """Else a hostile one would be run again with less around it."""
    enforce(kind)
    code = f"""
import os
for number in range(3, 64):
    try:
        os.write(number, b"{launcher.CANNOT_ISOLATE} me")
    except OSError:
        pass
os.write(1, b"again")
os._exit(1)
"""
    end = ran(code)
    assert (end.stdout, end.exit_code) == (b"again", 1)
    assert isolation() == kind


def test_a_kind_that_fails_gives_way_to_the_next_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    broken = dataclasses.replace(FOUND, bubblewrap="/bin/false")
    enforce(broken)
    with caplog.at_level(logging.WARNING):
        assert ran("print('well')").stdout == b"well\n"
    assert isolation() == broken.next
    assert broken.next.zh in caplog.text


def test_a_program_that_is_not_there_is_no_fault_of_the_isolation() -> None:
    with pytest.raises(ToolError, match="no-such"):
        run(["/no-such"], wall_s=5, cpu_s=5, memory_bytes=512 * MIB, file_bytes=MIB, reads=())
    assert isolation() == FOUND


def test_bubblewrap_that_does_not_work_is_told_apart(tmp_path: Path) -> None:
    stand_in = tmp_path / "bwrap"
    stand_in.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    stand_in.chmod(0o755)
    assert not ways.works(str(stand_in))
    assert not ways.works("/no-such-bwrap")


def test_every_kind_has_a_phrase_of_its_own() -> None:
    kinds = [
        Isolation(bubblewrap="/usr/bin/bwrap"), Isolation(namespaces="user", has_landlock=True, is_tcp_shut=True),
        Isolation(has_landlock=True, is_tcp_shut=True), Isolation(has_landlock=True), Isolation(namespaces="root"),
        Isolation(),
    ]  # fmt: skip
    assert len({kind.zh for kind in kinds}) == 6
    assert [kind.id for kind in kinds] == [
        "bubblewrap", "namespaces+landlock", "landlock", "landlock", "namespaces", "limits",
    ]  # fmt: skip


def test_confining_a_child_costs_it_a_few_milliseconds() -> None:
    def cost_s(kind: Isolation) -> float:
        """Of the processor, which other work on the machine does not change much; the least of five."""
        enforce(kind)
        times = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run(["/bin/true"], wall_s=9, cpu_s=9, memory_bytes=512 * MIB, file_bytes=MIB, reads=())
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(times)

    assert cost_s(FOUND) - cost_s(Isolation()) < 0.01


def _told(word: str) -> str:
    """Runs in a worker: tries what the word says."""
    what, _, where = word.partition(" ")
    try:
        match what:
            case "read":
                return Path(where).read_text()
            case "write":
                return str(Path(where).write_text("x"))
            case "call":
                subprocess.run([sys.executable, "-I", "-S", "-c", CALLING, where], check=True, capture_output=True)
                socket.create_connection(("127.0.0.1", int(where)), 1).close()
                return "connected"
            case "thread":
                found: list[str] = []
                thread = threading.Thread(target=lambda: found.append(_told(f"read {where}")))
                thread.start()
                thread.join()
                return found[0]
            case "kind":
                return isolation().id
            case _:
                return str(os.getppid())
    except OSError as error:
        return type(error).__name__


@pytest.mark.skipif(not FOUND.has_landlock or bool(FOUND.bubblewrap), reason="nothing shuts off a worker's files here")
def test_a_worker_touches_its_folders_and_its_rooms_of_the_store_alone(tmp_path: Path) -> None:
    case, outside, store = tmp_path / "case", tmp_path / "outside", tmp_path / "store"
    for folder in (case, outside):
        folder.mkdir()
        (folder / "a").write_text(folder.name)
    for room in ("pages", "frames", "admin", "search", "judged"):
        (store / room).mkdir(parents=True)
    words = [
        f"read {case / 'a'}", f"write {store / 'media' / 'a'}", f"read {store / 'media' / 'a'}", f"read {outside / 'a'}",
        f"write {case / 'a'}", f"write {outside / 'b'}", f"thread {outside / 'a'}", "read /etc/passwd",
        *(f"write {store / room / 'a'}" for room in ("pages", "frames", "admin", "search", "judged", ".")),
    ]  # fmt: skip
    reach = reach_of([case / "a"], store)
    ends = {end.item: end.result for end in each_done(_told, words, workers=1, reach=reach)}
    assert list(ends.values()) == ["case", "1", "x"] + ["PermissionError"] * 11


@pytest.mark.skipif(not FOUND.namespaces and not FOUND.is_tcp_shut, reason="nothing shuts off the network here")
def test_a_worker_and_its_children_reach_no_network() -> None:
    listener = Listener()
    (end,) = each_done(_told, [f"call {listener.port}"], workers=1)
    assert end.result in ("OSError", "PermissionError", "ConnectionRefusedError")
    assert listener.calls() == 0


def test_children_of_a_worker_are_shut_off_in_the_same_way() -> None:
    (end,) = each_done(_told, ["kind"], workers=1)
    assert end.result == FOUND.id


def test_a_store_behind_a_link_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "disk")
    word = f"write {tmp_path / 'store' / 'media' / 'a'}"
    (end,) = each_done(_told, [word], workers=1, reach=reach_of([], tmp_path / "store"))
    assert end.result == "1"


def test_very_many_folders_become_the_few_above_them(tmp_path: Path) -> None:
    paths = [tmp_path / str(year) / str(number) / "a.jpg" for year in (2023, 2024) for number in range(500)]
    assert reach_of(paths, tmp_path).reads == (tmp_path / "2023", tmp_path / "2024")
