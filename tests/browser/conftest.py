"""A browser, and the site behind a server as strict as the city's: its content security policy, and a list of what went wrong."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from generator.webserver.headers import FRAMED_POLICY, PAGE_POLICY


class _Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        # A PDF may stand in a frame of the site itself: the preview of a document.
        may_be_framed = self.path.endswith(".pdf")
        self.send_header("Content-Security-Policy", FRAMED_POLICY if may_be_framed else PAGE_POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def do_GET(self) -> None:
        """A range where one is asked for: without it no browser can seek in a video."""
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a player hangs up when it has enough
            self.wfile.write(data[first : last + 1])

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of *folder* on a port of its own."""
    handler = functools.partial(_Strict, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serving(site) as url:
        yield url


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the site; at the end no page may have logged an error or asked another host."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_(
        path: str = "",
        *,
        width: int = 390,
        height: int = 844,
        scheme: str = "light",
        script: bool = True,
        elder: bool = False,
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            has_touch=touch,
        )
        contexts.append(context)
        if elder:
            context.add_init_script("localStorage.getItem('version') || localStorage.setItem('version', 'elder')")
        page = context.new_page()

        def note_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                wrong.append(f"{path}: {message.text}")

        def note_request(request: Request) -> None:
            # The browser's own viewer of PDF is an extension of it.
            if not request.url.startswith((address, "data:", "chrome-extension:", "chrome:")):
                wrong.append(f"{path}: asked {request.url}")

        page.on("console", note_console)
        page.on("pageerror", lambda error: wrong.append(f"{path}: {error}"))
        page.on("request", note_request)
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []
