"""ssh to one server: a connection that is kept open for many calls, and one question over it, with an end to every wait."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.errors import SettingsError, ToolError
from generator.media.children.launcher import die_with_parent
from generator.publish.address import Address
from generator.publish.faults import sentence
from generator.publish.target import ServerError

_OF_SSH = 255  # ssh itself failed
_LONGEST_ANSWER = 1_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a server is reached, and how long it may take."""

    ssh_config: Path | None = None  # None: ssh's own
    connect_s: int = 20
    stall_s: int = 120  # without a byte; reading a large file for its checksum is silent
    longest_s: int = 4 * 3600  # one connection


class Connection:
    """The way to one server."""

    def __init__(self, address: Address, reach: Reach) -> None:
        self._address, self._reach = address, reach
        self._host = address.login.replace("[", "").replace("]", "")
        self._options = _options(address, reach)
        self._control = Path("none")  # the socket of a connection that is kept open
        self.is_cut = False  # the last one ended by itself: whoever tidies up would wait for nothing

    @property
    def command(self) -> tuple[str, ...]:
        """Ssh with everything but the host and what is wanted there."""
        return (program("ssh"), *self._options, "-oControlMaster=no", f"-oControlPath={self._control}")

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """All calls within go through one connection; when that breaks, each makes its own again.

        Raises:
            ServerError: there is no connection.
        """
        self.is_cut = False
        with tempfile.TemporaryDirectory(prefix="showcase-") as folder, tempfile.TemporaryFile() as errors:
            control = Path(folder) / "ssh"
            command = [program("ssh"), *self._options, "-oControlMaster=yes", f"-oControlPath={control}", "-N"]
            process = started([*command, "--", self._host], None, errors)
            try:
                until = time.monotonic() + self._reach.connect_s + self._reach.stall_s
                while not control.exists() and process.poll() is None and time.monotonic() < until:
                    time.sleep(0.02)
                if not control.exists():
                    process.kill()
                    code = process.wait()
                    errors.seek(0)
                    said = errors.read().decode("utf-8", "replace")
                    raise ServerError(sentence(said or "Connection timed out", code, self._address))
                self._control = control
                yield
            finally:
                self._control = Path("none")
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def ask(self, words: Sequence[str], told: bytes) -> tuple[int, str]:
        """Asks the server for something else than rsync, with *told* on its standard input: the exit code, and what it printed.

        Raises:
            ServerError: the connection broke, or no answer came.
        """
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as errors:
            given.write(told)
            given.seek(0)
            process = started([*self.command, "--", self._host, *words], printed, errors, given)
            try:
                code = process.wait(self._reach.longest_s)
            except subprocess.TimeoutExpired:
                code = _OF_SSH
            finally:
                process.kill()
                process.wait()
            if code == _OF_SSH:
                self.is_cut = True
                errors.seek(0)
                said = errors.read().decode("utf-8", "replace")
                raise ServerError(sentence(said or "Connection timed out", code, self._address))
            printed.seek(0)
            return code, printed.read(_LONGEST_ANSWER).decode("utf-8", "replace")


def program(name: str) -> str:
    """Where that program is.

    Raises:
        ToolError: it is not installed.
    """
    found = shutil.which(name)
    if not found:
        raise ToolError(f"没有找到 {name}；请安装 rsync 和 openssh-client，再运行")
    return found


def started(
    command: list[str], output: int | IO[bytes] | None, errors: IO[bytes], given: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """A child that ends with us, its words in English, its output thrown away unless *output* takes it."""
    parent_pid = os.getpid()
    return subprocess.Popen(
        command,
        stdin=given or subprocess.DEVNULL,
        stdout=output or subprocess.DEVNULL,
        stderr=errors,
        env=_environment(),
        # Who was killed sends nothing more: the next run need not wait for this one's rsync.
        preexec_fn=lambda: die_with_parent(parent_pid),
    )


def _options(address: Address, reach: Reach) -> tuple[str, ...]:
    """No question, no terminal, no forwarded port; no wait without an end."""
    if re.search(r"[\"'\x00-\x1f]", str(reach.ssh_config)):
        raise SettingsError(f"ssh_config 的路径里有引号或换行：{reach.ssh_config}；请换一个名字")
    return (
        *(("-F", str(reach.ssh_config)) if reach.ssh_config else ()),
        "-oBatchMode=yes",
        "-oStrictHostKeyChecking=yes",
        "-oUpdateHostKeys=no",
        f"-oConnectTimeout={reach.connect_s}",
        "-oConnectionAttempts=1",
        # A sending rsync whose words nobody takes waits for ever, whatever its --timeout; ssh notices.
        f"-oServerAliveInterval={max(1, reach.stall_s // 8)}",
        "-oServerAliveCountMax=4",
        "-oCompression=yes",
        "-oClearAllForwardings=yes",
        "-oForwardAgent=no",
        "-oForwardX11=no",
        "-oPermitLocalCommand=no",
        "-oRequestTTY=no",
        "-oLogLevel=ERROR",
        *((f"-p{address.port}",) if address.port else ()),
    )


def _environment() -> dict[str, str]:
    """Messages in English, since `faults` reads them; nobody's habits with rsync."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RSYNC_", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8"}
