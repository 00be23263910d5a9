"""Somebody who listens on the loopback and counts who calls."""

from __future__ import annotations

import socket


class Listener:
    """Counts who connects, and what datagrams come, on one port of the loopback."""

    def __init__(self) -> None:
        self.stream = socket.create_server(("127.0.0.1", 0))
        self.port = self.stream.getsockname()[1]
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", self.port))

    def calls(self) -> int:
        """How many came; to be asked once."""
        found = 0
        for one in (self.stream, self.datagrams):
            one.setblocking(False)
            while True:
                try:
                    if one is self.stream:
                        one.accept()[0].close()
                    else:
                        one.recv(9)
                except BlockingIOError:
                    break
                found += 1
            one.close()
        return found
