"""Web servers of this machine that behave, and that do not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Shop:
    """What a server answers, by path; what it was asked, and how many answers it gave side by side at most."""

    def __init__(self, address: str) -> None:
        self.address = address  # ends in "/"
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.most_at_once = 0
        self.sent_bytes = 0
        self.closing = threading.Event()
        self._now = 0
        self._lock = threading.Lock()

    def put(self, path: str, answer: Answer | bytes) -> str:
        """Answer with bytes, or in a way of one's own; gives the address."""
        self.answers["/" + path] = whole(answer) if isinstance(answer, bytes) else answer
        return self.address + path

    @contextmanager
    def busy(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


def whole(data: bytes, *, claim: int | None = None, headers: dict[str, str] | None = None) -> Answer:
    """All of *data*, with its length, or with the length that is claimed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data) if claim is None else claim))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def status(code: int, headers: dict[str, str] | None = None) -> Answer:
    """That status and nothing else."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@contextmanager
def serving() -> Iterator[Shop]:
    """A server on a port of its own of 127.0.0.1, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shop.asked.append(self.path)
            with shop.busy():
                shop.answers.get(self.path.partition("?")[0], status(404))(self)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # clients that go away are what is tested

    server = Server(("127.0.0.1", 0), Handler)
    shop = Shop(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        shop.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
