"""What a server's shell says when the forced command is not there, told apart from a connection that broke."""

from __future__ import annotations

import pytest

from generator.publish.address import Address
from generator.publish.faults import sentence

SERVER = Address(host="www.example.cn", user="showcase", port=None, path="")
CUT = "rsync: connection unexpectedly closed (0 bytes received so far) [sender]\nrsync error: error in rsync protocol data stream (code 12)"


@pytest.mark.parametrize(
    "said",
    [
        "bash: line 1: /usr/bin/rrsync: No such file or directory",
        "bash: line 1: /usr/bin/rrsync: cannot execute: required file not found",
        "sh: 1: /usr/bin/rrsync: not found",
        "/bin/sh: /usr/bin/rrsync: /usr/bin/python3: bad interpreter: No such file or directory",
    ],
)
def test_a_forced_command_that_cannot_begin_is_told(said: str) -> None:
    told = sentence(f"{said}\n{CUT}", 12, SERVER)
    assert "python3" in told
    assert said in told


def test_a_folder_that_is_missing_and_a_connection_that_broke_are_something_else() -> None:
    folder = sentence(f"FileNotFoundError: [Errno 2] No such file or directory: '/srv/showcase'\n{CUT}", 12, SERVER)
    assert "authorized_keys" in folder
    assert "连接断了" in sentence(CUT, 12, SERVER)
