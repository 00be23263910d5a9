"""Those who receive notices, here: a mail server, a web hook, and the hosts of WeCom, DingTalk and Feishu behind a proxy."""

from __future__ import annotations

import email
import email.policy
import http.server
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """A mail server and what came."""

    port: int = 0
    came: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd calls it so)
        assert isinstance(envelope.content, bytes)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.came.append(parsed)
        return "250 OK"

    @property
    def texts(self) -> list[str]:
        """Subject and plain text of each."""
        return [f"{one['subject']}\n{_plain(one)}" for one in self.came]


def _plain(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    assert body is not None
    return str(body.get_content())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Post:
    """What a host was sent."""

    host: str
    path: str
    body: Any


class Hooks(http.server.ThreadingHTTPServer):
    """A web server that takes every POST; as a proxy, in the place of whatever host it is asked for."""

    daemon_threads = True

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.posts: list[Post] = []
        self.status = 200
        self.answer = b"{}"
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)

    @property
    def texts(self) -> list[str]:
        """Title and text of what came as `json://` posts it."""
        return [f"{post.body['title']}\n{post.body['message']}" for post in self.posts]


class _Taking(http.server.BaseHTTPRequestHandler):
    server: Hooks
    through = ""  # the host that a proxy was asked for

    def do_CONNECT(self) -> None:
        assert self.server.tls is not None
        self.send_response(200)
        self.end_headers()
        inner = self.server.tls.wrap_socket(self.connection, server_side=True)
        _Inside(inner, self.client_address, self.server)
        self.close_connection = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts.append(Post(self.headers["Host"], self.path, body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class _Inside(_Taking):
    """What is said inside of the tunnel."""


@contextmanager
def hooks(certificate: Path | None = None) -> Iterator[Hooks]:
    server = Hooks(certificate)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def certificate_of(hosts: list[str], folder: Path) -> Path:
    """A certificate of one's own for *hosts*, key and all in one file."""
    key, file = folder / "key.pem", folder / "certificate.pem"
    names = ",".join(f"DNS:{host}" for host in hosts)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={hosts[0]}", "-days", "2",
         "-addext", f"subjectAltName={names}", "-keyout", str(key), "-out", str(file)],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + key.read_text())
    return file
