"""The built site as the city's web server gives it: compressed, kept by the visitor, under the strict policy."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from urllib.parse import unquote, urlsplit

from generator.webserver.headers import (
    ALWAYS,
    ASKED_AGAIN,
    FOR_EVER,
    NAMED_BY_CONTENT,
    PAGE_POLICY,
    TYPES,
    can_be_compressed,
)


@functools.lru_cache(maxsize=512)
def _compressed(path: Path, _mtime_ns: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open
    root: Path

    def do_GET(self) -> None:
        """A file, or the page that says there is none."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """The same without the file."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        asked = unquote(urlsplit(self.path).path)
        path = (self.root / asked.lstrip("/")).resolve()
        if path.is_dir():
            path /= "index.html"
        status = 200
        if not path.is_file() or not path.is_relative_to(self.root):
            status, path = 404, self.root / "404.html"
        is_text = can_be_compressed(path.name)
        can_gzip = is_text and "gzip" in self.headers.get("Accept-Encoding", "")
        data = _compressed(path, path.stat().st_mtime_ns) if can_gzip else path.read_bytes()
        kind = TYPES.get(path.suffix[1:], "application/octet-stream")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(data)))
        if can_gzip:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        is_named_by_content = re.match(f"/{NAMED_BY_CONTENT}", asked)
        self.send_header("Cache-Control", FOR_EVER if is_named_by_content else ASKED_AGAIN)
        self.send_header("Content-Security-Policy", PAGE_POLICY)
        for name, value in ALWAYS.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            with contextlib.suppress(ConnectionError):
                self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """A browser hangs up when it has enough; only what is no such end is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(site_dir: Path) -> Iterator[str]:
    """The address of *site_dir* on a port of its own, on this machine alone."""
    handler = type("Handler", (_Handler,), {"root": site_dir.resolve()})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
