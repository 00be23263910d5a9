"""Machines that come and go: set up and filled by the lines of docs/operate.md, looked at from every side, and destroyed.

The commands are taken from the guide's text. Only what a test cannot have for itself is put in the place of what they
name: addresses, ports, folders and the user. Packages and users of the system are there already.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from broken.projects import Files, site_of
from docs.runs import DOCS, Guide, as_installed, run
from webserver.server import Answer, Nginx, listening
from webserver.server import running as nginx_running

from benches.ssh_server import Sshd
from benches.ssh_server import running as sshd_running
from generator.publish.release import ANSWER

SERVER = Guide(DOCS / "operate.md", "A server by SSH")
REBUILD = Guide(DOCS / "operate.md", "Backups, and a site from nothing")

_OF_THE_SYSTEM = ("apt-get ", "useradd ")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What does not change when machines are lost."""

    folder: Path
    port: int  # of the site

    @property
    def origin(self) -> Path:
        return self.folder / "git" / "site.git"

    @property
    def originals(self) -> Path:
        """Where originals lie that are not in the repository."""
        return self.folder / "originals"

    @property
    def backup(self) -> Path:
        return self.folder / "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Two machines: one with the clone, one with sshd, nginx and the site."""

    world: World
    folder: Path
    sshd: Sshd
    repository: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def clone(self) -> Path:
        return self.home / "showcase"

    @property
    def target(self) -> Path:
        return self.folder / "server" / "srv" / "showcase"

    def here(self, text: str) -> str:
        """A text of the guide, of these machines instead of those that it names."""
        ours = {
            "-o showcase -g showcase": f"-o {os.geteuid()} -g {os.getegid()}",
            "~showcase/.ssh": str(self.sshd.folder),
            "--target /srv/showcase": " ".join(("--target", str(self.target), *listening(self.world.port))),
            "/srv/showcase": str(self.target),
            "ssh://showcase@www.example.cn/": self.sshd.url(),
            "ssh-keyscan": f"ssh-keyscan -p {self.sshd.port}",
            "www.example.cn": "127.0.0.1",
            "/backup": str(self.world.backup),
            "ADDRESS-OF-THE-REPOSITORY": str(self.repository),
        }
        return re.sub("|".join(map(re.escape, ours)), lambda found: ours[found[0]], text)

    def type(self, line: str) -> str:
        """What a line of the guide says, typed by the user of the clone; it has to succeed."""
        done = run(self.here(line), self.clone if self.clone.exists() else self.home, home=self.home)
        # The doctor reminds of what the footer lacks.
        assert done.returncode in ((0, 1) if " doctor " in line else (0,)), f"{line}\n{done.stdout}{done.stderr}"
        if self.clone.exists() and not (self.clone / ".venv").exists():
            as_installed(self.clone)
        return done.stdout


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site as it is looked at from outside, from the server and from the clone."""

    answers: dict[str, Answer]
    on_the_server: dict[str, bytes]  # every file and link below the target; RELEASE for the release's own name
    release: str
    built: Files
    said: dict[str, str]  # what each line of the guide said


@contextmanager
def machines(world: World, folder: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """A server and a machine that builds, both new and set up as “A server by SSH” says; at the end nothing is left of either."""
    (folder / "sshd").mkdir(parents=True)
    with sshd_running(folder / "sshd") as sshd:
        life = Life(world=world, folder=folder, sshd=sshd, repository=repository)
        (life.home / ".ssh").mkdir(parents=True, mode=0o700)
        life.target.parent.mkdir(parents=True)
        on_the_server, on_ours, *_ = SERVER.fences("sh")
        for line in on_the_server.splitlines():
            if not line.startswith(_OF_THE_SYSTEM):
                life.type(line)
        for line in on_ours.splitlines():
            said = life.type(line)
        theirs = run(f"ssh-keygen -lf {sshd.folder}/host_key.pub", folder).stdout
        assert theirs.split()[1] in said  # “compared with what the server says of itself”

        allowed, config, *_ = SERVER.fences("text")
        public = (life.home / ".ssh" / "showcase.pub").read_text()
        written = life.here(allowed).replace("ssh-ed25519 AAAA… showcase-publish\n", public)
        assert written.endswith(public)
        (sshd.folder / "authorized_keys").write_text(written)
        own = f"  UserKnownHostsFile {life.home}/.ssh/known_hosts\n  GlobalKnownHostsFile /dev/null\n  IdentityAgent none\n"
        (life.home / ".ssh" / "config").write_text(life.here(config).replace("~", str(life.home)) + own)
        monkeypatch.setenv("SHOWCASE_SSH_CONFIG", str(life.home / ".ssh" / "config"))
        yield life
    shutil.rmtree(folder)


@contextmanager
def rebuilt(life: Life, *, has_store: bool) -> Iterator[Site]:
    """The site as the section's steps make it, while the web server stands in front of it."""
    _, clone_lines, site_lines = REBUILD.fences("sh")
    said: dict[str, str] = {}
    for line in clone_lines.splitlines():
        if has_store or "cp -a" not in line:
            said[line] = life.type(line)
    configuration = (life.home / "showcase.conf").read_text("utf-8")
    with nginx_running(life.folder / "nginx", configuration, life.world.port) as nginx:
        assert nginx.get("/").status == 404
        for line in site_lines.splitlines():
            said[line] = life.type(line)
        yield _looked_at(life, nginx, said)


def _looked_at(life: Life, nginx: Nginx, said: dict[str, str]) -> Site:
    release = (life.target / "current").readlink().name
    there = {
        path.relative_to(life.target).as_posix().replace(release, "RELEASE"): _content(path).replace(
            release.encode(), b"RELEASE"
        )
        for path in life.target.rglob("*")
        if path.is_file() or path.is_symlink()
    }
    served = [path for path in _below((life.target / "current").resolve(strict=True)) if path != ANSWER]
    return Site(
        answers={path: _lasting(nginx.get(f"/{path.removesuffix('index.html')}")) for path in served},
        on_the_server=there,
        release=release,
        built=site_of(life.clone),
        said=said,
    )


def _content(path: Path) -> bytes:
    return str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()


def _below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _lasting(answer: Answer) -> Answer:
    """Without what says when a file was put there."""
    headers = {name: value for name, value in answer.headers.items() if name not in ("date", "last-modified", "etag")}
    return Answer(status=answer.status, headers=headers, body=answer.body)
