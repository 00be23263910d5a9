"""The night with a server as its target: the real sshd, rsync and rrsync."""

from __future__ import annotations

from pathlib import Path

import pytest

from benches.measure import NotMeasuredError
from benches.ssh_server import running, tool

from .conftest import Server


def test_the_night_publishes_to_a_server_and_says_nothing_when_nothing_is_new(server: Server, tmp_path: Path) -> None:
    try:
        for name in ("sshd", "ssh", "rsync", "rrsync"):
            tool(name)
    except NotMeasuredError as error:
        pytest.skip(str(error))
    (tmp_path / "sshd").mkdir()
    server.target.mkdir()
    with running(tmp_path / "sshd") as sshd:
        sshd.allow(server.target)
        there = {"SHOWCASE_TARGET": sshd.url(), "SHOWCASE_SSH_CONFIG": str(sshd.ssh_config)}
        first = server.night(**there)
        assert (first.returncode, first.stdout[:5]) == (0, "已发布 2"), first.stdout
        again = server.night(**there)
        assert (again.returncode, again.stdout) == (0, "")
        assert (server.target / "current" / "cases" / "index.html").is_file()
        (sshd.folder / "authorized_keys").write_text("")
        refused = server.night(**there)
        assert (refused.returncode, "不接受这里的密钥" in refused.stdout) == (3, True)
