"""Links that a commit plants in cases/: nothing that they lead to is opened, and no word of it is anywhere afterwards."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import git

from .conftest import CASE, Server

WORD = "CANARY-5d1e93"

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace sees what is opened; scripts/test installs it"
)


@pytest.fixture
def secret(server: Server) -> Path:
    """What only this machine should know, dressed as what a build would like to show; its own store, so that all is made here."""
    own = server.clone / ".showcase/store"
    own.unlink()
    folder = server.base / "secret"
    shutil.copytree((server.editors / CASE).parent, folder)
    index = folder / "index.md"
    index.write_text(index.read_text("utf-8").replace("title: ", f"title: {WORD}", 1) + f"\n{WORD}\n", "utf-8")
    (folder / "id_ed25519").write_text(f"{WORD}\n")
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            with path.open("ab") as file:
                file.write(WORD.encode())
    return folder


def _traced(server: Server, *words: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """A night, and every file and folder that it and its children opened, by the place where it really lies."""
    trace = server.base / "trace"
    shim = server.base / "bin" / "traced"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(
        "#!/bin/sh\n"
        f"exec strace -f -qq -y --seccomp-bpf -e trace=open,openat,openat2,readlink,readlinkat,linkat,copy_file_range "
        f'-e signal=none -o {trace} {server.clone}/scripts/nightly "$@"\n'
    )
    shim.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(server.base), "SHOWCASE_TARGET": str(server.target)}
    done = subprocess.run(
        [shim, *words], env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=500, check=False,
    )  # fmt: skip
    return done, trace.read_text("utf-8", "replace")


def _opened(trace: str) -> set[str]:
    return set(re.findall(r"= \d+<([^>]+)>$", trace, re.MULTILINE))


def _holds(folder: Path) -> list[Path]:
    """The files below *folder* that hold the word; a link is no file of it."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in files if WORD.encode() in path.read_bytes()]


def test_links_in_every_place_of_a_case_lead_nowhere(server: Server, secret: Path) -> None:
    folder = (server.editors / CASE).parent
    call = folder.parent
    (call / "root").symlink_to("/")
    (call / "outside").symlink_to(secret)
    (call.parent / "linked-call").symlink_to(secret)
    shutil.copytree(folder, call / "linked-text")
    (call / "linked-text" / "index.md").unlink()
    (call / "linked-text" / "index.md").symlink_to(secret / "index.md")
    shutil.copytree(folder, call / "linked-media")
    shutil.rmtree(call / "linked-media" / "media")
    (call / "linked-media" / "media").symlink_to(secret / "media")
    shutil.copytree(folder, call / "linked-file")
    for path in (call / "linked-file" / "media").iterdir():
        path.unlink()
        path.symlink_to(secret / "media" / path.name)
    (call / "linked-file" / "key").symlink_to(secret / "id_ed25519")
    (call / "notice.md").unlink()
    (call / "notice.md").symlink_to(secret / "index.md")
    server.push()
    assert (call / "root").samefile("/")

    done, trace = _traced(server)
    opened = _opened(trace)
    assert done.returncode == 1, done.stdout
    # It would be seen: the texts of cases and their media are.
    assert str(server.clone / CASE) in opened
    assert any(path.startswith(f"{(server.clone / CASE).parent}/media/") for path in opened)
    assert [path for path in opened if path.startswith(str(secret))] == []
    assert "/etc/shadow" not in opened  # Git asks /etc/passwd who it is
    assert WORD not in done.stdout
    for place in (server.target, server.clone / "site", server.clone / ".showcase"):
        assert place.is_dir() and _holds(place) == []
    for name in ("linked-text", "linked-media", "linked-file"):
        assert f"● yueyang-2021/{name}" in done.stdout
        assert not (server.target / f"current/cases/yueyang-2021/{name}").exists()
    assert (server.target / "current/cases/hunan-2020-tkbtx/huaihua-village-loudspeaker/index.html").is_file()


def test_a_link_in_the_place_of_all_cases_stops_the_night(server: Server, secret: Path) -> None:
    release = server.target / "releases" / "20240301T183000Z-3f9c2a7be01d"
    release.mkdir(parents=True)
    (server.target / "current").symlink_to(f"releases/{release.name}")
    live = server.live
    everything = server.base / "everything"
    shutil.copytree(server.editors / "cases", everything)
    shutil.copytree(secret, everything / "yueyang-2021" / "secret")
    shutil.rmtree(server.editors / "cases")
    (server.editors / "cases").symlink_to(everything)
    server.push()
    done, trace = _traced(server, "--force")
    assert done.returncode == 2, done.stdout
    assert f"案例目录 {server.clone}/cases 是一个链接，指向 {everything}" in done.stdout
    assert "停在“生成网站”" in done.stdout
    assert [path for path in _opened(trace) if path.startswith((str(everything), str(secret)))] == []
    assert WORD not in done.stdout and _holds(server.clone / ".showcase") == []
    assert server.live == live
    git(server.editors, "revert", "--no-edit", "HEAD")
    git(server.editors, "push", "--quiet", "origin", "main")
    assert server.night().returncode == 0
