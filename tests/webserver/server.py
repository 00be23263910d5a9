"""The real nginx with the configuration that we make, on ports of this machine alone, as its own Debian package would start it."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

# What Debian's own nginx.conf says in its http block, since ours is included there.
_MAIN = """
{modules}
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
events {{ worker_connections 256; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    access_log off;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a visitor gets."""

    status: int
    headers: Mapping[str, str]  # by their names in lower case
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Nginx:
    """One that runs."""

    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, *, host: str = "127.0.0.1", method: str = "GET", **asked: str) -> Answer:
        """What it answers; ``if_none_match="…"`` is a header."""
        connection = http.client.HTTPConnection(host, self.port, timeout=20)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in asked.items()})
        answer = connection.getresponse()
        found = Answer(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
        connection.close()
        return found

    @property
    def faults(self) -> list[str]:
        """Lines of its error log above notices, but for what is not there and folders without a page."""
        lines = (self.folder / "error.log").read_text("utf-8").splitlines()
        expected = ("[notice]", "No such file", "directory index of")
        return [line for line in lines if not any(words in line for words in expected)]


def program() -> str:
    """Where nginx is; without it a test skips itself, and `.ci/run` allows none to."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.skip("没有找到 nginx；请安装 nginx-light 和 libnginx-mod-http-brotli-static")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def made(config_file: Path, target_dir: Path, *words: str) -> str:
    """What `showcase nginx` prints."""
    done = CliRunner().invoke(main, ["-f", str(config_file), "nginx", "--target", str(target_dir), *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def prepared(folder: Path, configuration: str, *, with_brotli: bool = False) -> list[str]:
    """The command that starts nginx with that *configuration* and *folder* as its own."""
    (folder / "conf.d").mkdir(parents=True)
    (folder / "conf.d" / "showcase.conf").write_text(configuration, "utf-8")
    main_text = _MAIN.format(
        folder=folder,
        modules=f"load_module {BROTLI};" if with_brotli else "",
        user="user root;" if os.geteuid() == 0 else "",  # the folders of tests are their user's alone
    )
    (folder / "nginx.conf").write_text(main_text, "utf-8")
    return [program(), "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def said_of(command: list[str]) -> str:
    """What ``nginx -t -q`` says of it: nothing, where all is well."""
    done = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@contextlib.contextmanager
def running(folder: Path, configuration: str, port: int, *, with_brotli: bool = False) -> Iterator[Nginx]:
    """It answers on *port*, and is ended by its process."""
    command = prepared(folder, configuration, with_brotli=with_brotli)
    assert said_of(command) == ""
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    try:
        _wait_for(port, process)
        yield Nginx(port=port, folder=folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, "nginx ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("nginx does not answer")


def listening(port: int) -> tuple[str, ...]:
    """The words that make it listen on this machine alone, IPv4 and IPv6."""
    return ("--listen", f"127.0.0.1:{port}", "--listen", f"[::1]:{port}")
