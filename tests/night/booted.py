"""A machine of its own, booted by the real systemd: /usr is this machine's, all else is new and gone with its test.

systemd-nspawn starts it, without a network; no unit, user or setting of this machine takes part. Only root can boot one,
where the kernel lets it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT

from .conftest import Server

USER, PUBLISHER = 7300, 7301  # showcase, who builds; web, into whose folder the key of the first may write
UNITS = ROOT / "scripts" / "systemd"
TARGET, CLONE, ORIGIN, STATE = "/srv/showcase", "/var/lib/showcase/showcase", "/srv/cases.git", "/var/lib/showcase"

PROGRAM = ("env", "PYTHONPATH=/opt/showcase", f"{CLONE}/.venv/bin/python")
"""The clone's Python, with what is tested."""

_USERS = f"""root:x:0:0::/root:/bin/sh
showcase:x:{USER}:{USER}::{STATE}:/usr/sbin/nologin
web:x:{PUBLISHER}:{PUBLISHER}::/srv:/bin/sh
sshd:x:7302:7302::/run/sshd:/usr/sbin/nologin
nobody:x:65534:65534::/:/usr/sbin/nologin
"""
_SSHD = """[Service]
ExecStartPre=/bin/mkdir -p /run/sshd
ExecStart=/usr/sbin/sshd -D -e -f /etc/ssh/server
[Install]
WantedBy=basic.target
"""
_SSHD_SETTINGS = """ListenAddress 127.0.0.1
HostKey /etc/ssh/host_key
AuthorizedKeysFile /etc/ssh/keys-of-%u
AuthenticationMethods publickey
UsePAM no
PidFile none
"""
_BOOT_S, _RUN_S = 30.0, 300.0


class CannotBootError(Exception):
    """No machine can be booted here; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One that is up, with the service and the timer as docs/operate.md puts them in."""

    leader: int  # its first process, as this machine counts
    etc: Path
    home: Path  # of the user showcase
    server: Server  # the clone, the target and the origin that it works with, and what editors have

    def run(self, *words: str, is_user: bool = False, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command there, as root or as the user who builds."""
        inside = ["nsenter", "--target", str(self.leader), "--mount", "--pid", "--uts", "--ipc", "--net", "--"]
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"] if is_user else []
        return subprocess.run(
            [*inside, *as_user, *words], capture_output=True, encoding="utf-8", timeout=_RUN_S, check=check,
            env={"PATH": "/usr/sbin:/usr/bin", "HOME": STATE if is_user else "/root", "SYSTEMD_PAGER": "", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip

    def start(self) -> int:
        """Begins the service and waits for its end."""
        return self.run("systemctl", "start", "showcase-nightly", check=False).returncode

    def told(self, *properties: str) -> list[str]:
        """What systemd knows of the service."""
        words = [f"--property={name}" for name in properties]
        said = self.run("systemctl", "show", "showcase-nightly", *words).stdout
        known = dict(line.split("=", 1) for line in said.splitlines())
        return [known[name] for name in properties]

    def journal(self) -> str:
        """What the service said in its last run."""
        (run,) = self.told("InvocationID")
        words = ("--no-pager", "--output=cat", f"_SYSTEMD_INVOCATION_ID={run}", "+", f"INVOCATION_ID={run}")
        self.run("journalctl", "--sync")
        return self.run("journalctl", *words).stdout

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """The service in the middle of a run, which goes on when the block ends."""
        self.run("systemctl", "start", "--no-block", "showcase-nightly")
        wait_until(self._has_lock)
        (pid,) = self.told("MainPID")
        self.run("kill", "-STOP", pid)
        try:
            yield
        finally:
            self.run("kill", "-CONT", pid, check=False)

    def _has_lock(self) -> bool:
        """Asked of what stands in the lock's file: who tries the lock may take it from the night."""
        path, (pid,) = self.server.clone / ".showcase/night.lock", self.told("MainPID")
        return pid != "0" and path.exists() and path.read_text("utf-8").startswith(f"进程号 {pid}，")


def wait_until(holds: Callable[[], bool], longest_s: float = 60.0) -> None:
    """Waits until *holds* says so."""
    until = time.monotonic() + longest_s
    while not holds():
        assert time.monotonic() < until, "waited for too long"
        time.sleep(0.05)


@contextlib.contextmanager
def booted(base: Path, server: Server) -> Iterator[Machine]:
    """A machine that is up for a block, with *server*'s clone, target and origin in their places.

    Raises:
        CannotBootError: this machine, or what it runs in, does not let us.
    """
    python = _python()
    if os.geteuid() != 0:
        raise CannotBootError("only root boots machines")
    if shutil.which("systemd-nspawn") is None:
        raise CannotBootError("systemd-nspawn is missing; scripts/test --soak installs systemd-container")
    etc, home = base / "etc", base / "home"
    _lay_out(etc, home, server, python)
    console = base / "console"
    binds = {
        etc: "/etc", home: STATE, server.clone: CLONE, server.origin: ORIGIN, server.target: TARGET,
        base / "web": "/srv/web",
    }  # fmt: skip
    packages = f"{CLONE}/.venv/lib/{Path(python).name}/site-packages"
    read_only = {ROOT / "generator": "/opt/showcase/generator", Path(sysconfig.get_path("purelib")): packages}
    words = [
        "systemd-nspawn", "--quiet", "--boot", "--directory=/", "--volatile=yes", "--private-network", "--register=no",
        "--keep-unit", "--resolv-conf=off", "--timezone=off", "--link-journal=no", f"--machine=showcase-{os.getpid()}",
        # Its own filter has no Landlock, which the service is to have.
        "--system-call-filter=landlock_create_ruleset landlock_add_rule landlock_restrict_self",
        *(f"--bind={there}:{here}" for there, here in binds.items()),
        *(f"--bind-ro={there}:{here}" for there, here in read_only.items()),
    ]  # fmt: skip
    with console.open("wb") as output:
        child = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        machine = Machine(leader=_leader(child, console), etc=etc, home=home, server=server)
        _wait_for(machine, console)
        yield machine
    finally:
        child.send_signal(signal.SIGTERM)  # an orderly end
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _python() -> str:
    """The interpreter of the system that our packages fit; one in somebody's home, no service can see."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = shutil.which(name, path="/usr/bin:/usr/local/bin")
    if not found:
        raise CannotBootError(f"the system has no {name}, and a service sees no other")
    return found


def _lay_out(etc: Path, home: Path, server: Server, python: str) -> None:
    units = etc / "systemd/system"
    for folder in (units, etc / "ssh", home / ".ssh", etc.parent / "web", server.target):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree("/etc/alternatives", etc / "alternatives", symlinks=True)
    _write(etc / "passwd", _USERS)
    _write(etc / "group", "".join(f"{line.split(':')[0]}:x:{line.split(':')[3]}:\n" for line in _USERS.splitlines()))
    _write(etc / "shadow", "".join(f"{line.split(':')[0]}:*:::::::\n" for line in _USERS.splitlines()))
    _write(
        etc / "machine-id", f"{os.getpid():032x}\n"
    )  # else it is its first boot, and everything installed is enabled
    _write(etc / "gitconfig", f"[safe]\n\tdirectory = {ORIGIN}\n")  # a host would be asked over the network
    for unit in UNITS.iterdir():
        shutil.copy(unit, units / unit.name)
    # Enabled; its own hour might come in the middle of a test.
    (units / "timers.target.wants").mkdir()
    (units / "timers.target.wants/showcase-nightly.timer").symlink_to("../showcase-nightly.timer")
    (units / "showcase-nightly.timer.d").mkdir()
    _write(units / "showcase-nightly.timer.d/hour.conf", "[Timer]\nOnCalendar=\nOnCalendar=2200-01-01\n")
    (units / "default.target").symlink_to("/usr/lib/systemd/system/basic.target")
    _write(units / "web-sshd.service", _SSHD)
    _write(etc / "ssh/server", _SSHD_SETTINGS)
    for key in (etc / "ssh/host_key", home / ".ssh/id_ed25519"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = (home / ".ssh/id_ed25519.pub").read_text()
    _write(etc / "ssh/keys-of-web", f'restrict,command="/usr/bin/rrsync /srv/web" {public}')
    _write(home / ".ssh/known_hosts", f"127.0.0.1 {(etc / 'ssh/host_key.pub').read_text()}")
    (etc.parent / "web").chmod(0o755)
    os.chown(etc.parent / "web", PUBLISHER, PUBLISHER)
    subprocess.run([python, "-m", "venv", "--without-pip", str(server.clone / ".venv")], check=True)
    _write(server.clone / ".venv/bin/showcase", f'#!/bin/sh\nexec {" ".join(PROGRAM)} -m generator "$@"\n')
    (server.clone / ".showcase/store").unlink()  # nothing is remembered: media are made
    subprocess.run(["git", "remote", "set-url", "origin", ORIGIN], cwd=server.clone, check=True)
    for folder in (home, server.clone, server.target):
        subprocess.run(["chown", "--recursive", "--no-dereference", f"{USER}:{USER}", str(folder)], check=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _leader(child: subprocess.Popen[bytes], console: Path) -> int:
    until = time.monotonic() + _BOOT_S
    while time.monotonic() < until and child.poll() is None:
        children = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        for pid in children:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{pid}/comm").read_text().strip() == "systemd":
                    return int(pid)
        time.sleep(0.05)
    raise CannotBootError(_last_words(console))


def _wait_for(machine: Machine, console: Path) -> None:
    until = time.monotonic() + _BOOT_S
    while time.monotonic() < until:
        with contextlib.suppress(subprocess.CalledProcessError, subprocess.TimeoutExpired):
            state = machine.run("systemctl", "is-system-running", check=False).stdout.strip()
            if state in ("running", "degraded"):
                return
        time.sleep(0.1)
    raise CannotBootError(_last_words(console))


def _last_words(console: Path) -> str:
    lines = console.read_text("utf-8", "replace").split("\n")
    return f"systemd-nspawn boots nothing here: {' | '.join(line.strip() for line in lines if line.strip())[-500:]}"
