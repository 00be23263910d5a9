"""The real sshd with a configuration and keys of its own, on a port of this machine alone; and a way to it that has faults."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benches.measure import ROOT, NotMeasuredError
from generator.publish.address import Address, address_of
from generator.publish.server import Server
from generator.publish.ssh import Reach

RECEIVE = ROOT / "scripts" / "server" / "showcase-receive"
"""What a server may have before rrsync."""

_CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
AuthenticationMethods publickey
StrictModes no
UsePAM no
PermitRootLogin yes
PrintMotd no
MaxStartups 100
Subsystem sftp internal-sftp
"""

_CLIENT = """
Host *
  IdentityFile {folder}/key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
"""


def tool(name: str) -> str:
    """Where a program is.

    Raises:
        NotMeasuredError: it is not installed.
    """
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise NotMeasuredError(f"没有找到 {name}；请安装 openssh-server 和 rsync")
    return found


def _python() -> str:
    """The one of the program's first line, or, where it is not, ours."""
    theirs = RECEIVE.read_text("utf-8").partition(" ")[0].removeprefix("#!")
    return theirs if os.access(theirs, os.X_OK) else sys.executable


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sshd:
    """One that runs; its key may reach what `allow` says, and nothing else."""

    folder: Path
    port: int

    def allow(self, target_dir: Path, *options: str, forced: bool = True, receives: bool = False) -> None:
        """Lets the key in: by rrsync to *target_dir*, *receives*: by our program before it, or, not *forced*, as somebody with a shell."""
        public = (self.folder / "key.pub").read_text()
        words = " ".join([f"{_python()} -IS {RECEIVE}" if receives else tool("rrsync"), *options, str(target_dir)])
        line = f'restrict,command="{words}" {public}' if forced else f"restrict {public}"
        (self.folder / "authorized_keys").write_text(line)

    def know(self, *ports: int, host_key: str = "host_key.pub") -> None:
        """Writes the host's key, or another one, into known_hosts, for the ports that lead to it."""
        key = " ".join((self.folder / host_key).read_text().split()[:2])
        (self.folder / "known_hosts").write_text("".join(f"[127.0.0.1]:{port} {key}\n" for port in (self.port, *ports)))

    @property
    def ssh_config(self) -> Path:
        """What a client needs to get there."""
        return self.folder / "ssh_config"

    def url(self, path: str = "/", port: int = 0) -> str:
        """What stands behind `showcase publish`; *port* is that of a way to it."""
        return f"ssh://{pwd.getpwuid(os.geteuid()).pw_name}@127.0.0.1:{port or self.port}{path}"

    def address(self, path: str = "/", port: int = 0) -> Address:
        """The same as a value."""
        return address_of(self.url(path, port))

    def server(self, memory_dir: Path, path: str = "/", port: int = 0, *, stall_s: int = 30) -> Server:
        """A target that leads to it."""
        reach = Reach(ssh_config=self.ssh_config, connect_s=5, stall_s=stall_s)
        return Server(self.address(path, port), reach, memory_dir)

    def ssh(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What the key gets who asks for something else than rsync."""
        user = pwd.getpwuid(os.geteuid()).pw_name
        command = [tool("ssh"), "-F", str(self.ssh_config), "-o", "BatchMode=yes", "-p", str(self.port)]
        return subprocess.run(
            [*command, f"{user}@127.0.0.1", *words],
            capture_output=True,
            text=True,
            timeout=30,
            stdin=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Sshd]:
    """It answers on a port of its own, and is ended by its process."""
    sshd, keygen = tool("sshd"), tool("ssh-keygen")
    for name in ("host_key", "other_host_key", "key"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(
            mode=0o755, exist_ok=True
        )  # where its unprivileged half lives; Debian's service makes it
    found = Sshd(folder=folder, port=free_port())
    (folder / "sshd_config").write_text(_CONFIG.format(folder=folder, port=found.port))
    (folder / "ssh_config").write_text(_CLIENT.format(folder=folder))
    (folder / "authorized_keys").write_text("")
    found.know()
    with (folder / "sshd.log").open("w") as log:
        process = subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=log)
        try:
            for _ in range(100):
                assert process.poll() is None, (folder / "sshd.log").read_text()
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", found.port), 1):
                    break
                time.sleep(0.1)
            yield found
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


class Relay:
    """A way to a port of this machine that counts what passes, and can be cut or stop passing anything on."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.there_bytes = self.back_bytes = self.connections = 0
        self.began_s = self.ended_s = 0.0  # when the last connection was made, and when something last passed
        self.cut_after: int | None = None  # bytes towards the server, of all connections
        self.is_cut_once = False  # after the first cut everything passes again
        self.stall_after: int | None = None
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to_port))
                self.connections += 1
                self.began_s = time.monotonic()
                self._open += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(far, near, False), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_there: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 14):
                self.ended_s = time.monotonic()
                if is_there:
                    self.there_bytes += len(data)
                else:
                    self.back_bytes += len(data)
                while self.stall_after is not None and self.there_bytes > self.stall_after:
                    time.sleep(0.1)
                if self.cut_after is not None and self.there_bytes > self.cut_after:
                    if self.is_cut_once:
                        self.cut_after = None
                    break
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Ends every connection."""
        self.stall_after = None
        for end in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                end.close()
