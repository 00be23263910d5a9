"""What goes wrong between here and a server: the live site stands, the sentence says what to do, the next run goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benches.ssh_server import Relay, Sshd
from generator.errors import LockedError, PublishError
from generator.publish import serverlock
from generator.publish.holder import LEASE_S
from generator.publish.release import ANSWER
from generator.publish.server import Server
from generator.publish.transfer import publish, releases, rollback

from .conftest import HOME, NOW, MakeSite, left_overs, live

NEW = {**HOME, "index.html": "新首页"}


@pytest.fixture
def old(make_site: MakeSite, server: Server, target_dir: Path) -> Iterator[str]:
    """The old site is live; at the end of the test a run without faults publishes the next one, and leaves nothing."""
    name = publish(make_site(HOME), server, keep=5, now=NOW, max_lost_percent=10).release.id
    yield name
    publish(make_site(NEW), server, keep=2, now=NOW, max_lost_percent=None)
    assert live(target_dir) == NEW
    assert left_overs(target_dir) == []


def refused(site_dir: Path, server: Server, words: str) -> str:
    """Tries to publish; gives what is said, which has *words* in it."""
    with pytest.raises(PublishError, match=words) as caught:
        publish(site_dir, server, keep=5, now=NOW, max_lost_percent=10)
    assert caught.value.exit_code == 3
    assert "线上网站没有变化" in str(caught.value)
    return str(caught.value)


def test_another_or_no_host_key_ends_before_anything_is_sent(
    make_site: MakeSite, server: Server, sshd: Sshd, old: str, target_dir: Path
) -> None:
    try:
        sshd.know(host_key="other_host_key.pub")
        said = refused(make_site(NEW), server, "主机密钥和 known_hosts 里记的不一样")
        assert f"ssh-keygen -R '[127.0.0.1]:{sshd.port}'" in said
        (sshd.folder / "known_hosts").write_text("")
        assert f"ssh-keyscan -p {sshd.port} 127.0.0.1" in refused(make_site(NEW), server, "没有 127.0.0.1 的主机密钥")
        assert (sshd.folder / "known_hosts").read_text() == ""
        with pytest.raises(PublishError, match=r"没有 127\.0\.0\.1 的主机密钥"):
            releases(server)
    finally:
        sshd.know()
    assert (live(target_dir), old in str((target_dir / "current").readlink())) == (HOME, True)


def test_who_is_not_let_in_is_told_where_to_look(
    make_site: MakeSite, server: Server, sshd: Sshd, old: str, target_dir: Path, tmp_path: Path
) -> None:
    site_dir = make_site(NEW)
    (sshd.folder / "authorized_keys").write_text("")
    refused(site_dir, server, "不接受这里的密钥")
    sshd.allow(target_dir, "-ro")
    refused(site_dir, server, "rrsync 不许这样做")
    sshd.allow(target_dir.parent / "nowhere")
    refused(site_dir, server, "没有 authorized_keys 里 rrsync 后面写的那个目录")
    sshd.allow(target_dir)
    refused(site_dir, sshd.server(tmp_path / "m", port=1), "没有 SSH 服务在听这个端口")
    assert live(target_dir) == HOME


@pytest.fixture
def small_disk(target_dir: Path) -> Iterator[Path]:
    """The target lies on a disk of 3 MB of its own."""
    target_dir.mkdir(parents=True)
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m,mode=755", "tmpfs", str(target_dir)], check=False
    )
    if not done or done.returncode:
        target_dir.rmdir()
        pytest.skip("只有 root 能挂载一个小磁盘")
    yield target_dir
    subprocess.run(["umount", str(target_dir)], check=True)


def test_a_full_disk_there_leaves_the_old_site_and_gets_its_room_back(
    make_site: MakeSite, sshd: Sshd, small_disk: Path, tmp_path: Path
) -> None:
    sshd.allow(small_disk)
    sshd.know()
    server = sshd.server(tmp_path / "memory")
    publish(make_site(HOME), server, keep=5, now=NOW, max_lost_percent=10)
    free = shutil.disk_usage(small_disk).free
    large = {f"media/{number}.jpg": os.urandom(150_000).hex() for number in range(20)}
    refused(make_site({**HOME, **large}), server, "服务器的磁盘满了。请清出空间")
    assert live(small_disk) == HOME
    assert shutil.disk_usage(small_disk).free >= free - 8192
    publish(make_site(NEW), server, keep=5, now=NOW, max_lost_percent=10)
    assert (live(small_disk), left_overs(small_disk)) == (NEW, [])


def test_a_folder_that_may_not_be_written_ends_with_a_sentence(
    make_site: MakeSite, sshd: Sshd, small_disk: Path, tmp_path: Path
) -> None:
    sshd.allow(small_disk)
    sshd.know()
    server = sshd.server(tmp_path / "memory")
    publish(make_site(HOME), server, keep=5, now=NOW, max_lost_percent=10)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    refused(make_site(NEW), server, "服务器上的目录不让写")
    assert live(small_disk) == HOME
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    publish(make_site(NEW), server, keep=5, now=NOW, max_lost_percent=10)
    assert live(small_disk) == NEW


def test_a_connection_that_is_cut_anywhere_leaves_a_whole_site(
    make_site: MakeSite, server: Server, sshd: Sshd, relay: Relay, old: str, target_dir: Path, tmp_path: Path
) -> None:
    large = {**NEW, "media/large.jpg": os.urandom(100_000).hex()}
    ends = []
    # Once: whoever overlooked the cut would have a way to make half a release the live one.
    cuts = [(after, False) for after in (0, 3_000, 9_000, 60_000, 120_000, 160_000)]
    for after, is_once in [(60_000, True), (30_000, True), *cuts]:
        relay.there_bytes, relay.cut_after, relay.is_cut_once = 0, after, is_once
        through = sshd.server(tmp_path / "memory", port=relay.port)
        try:
            publish(make_site(large), through, keep=5, now=NOW, max_lost_percent=10)
        except PublishError as error:
            assert error.exit_code == 3
            ends.append(str(error))
        assert live(target_dir) in (HOME, large)
    assert len(ends) >= 5 and not any("没有做成" in end for end in ends), ends


def test_a_server_that_stops_moving_ends_the_run(
    make_site: MakeSite, sshd: Sshd, relay: Relay, old: str, target_dir: Path, tmp_path: Path
) -> None:
    site_dir = make_site({**NEW, "media/large.jpg": os.urandom(200_000).hex()})
    try:
        for after, words in ((0, "没有回答"), (100_000, "太久没有动静|连接断了")):
            relay.there_bytes, relay.stall_after = 0, after
            began = time.monotonic()
            refused(site_dir, sshd.server(tmp_path / "memory", port=relay.port, stall_s=4), words)
            assert time.monotonic() - began < 60
            assert live(target_dir) == HOME
    finally:
        relay.stall_after = None


_RUN = """
import datetime, json, sys
from pathlib import Path
from generator.publish.address import address_of
from generator.publish.ssh import Reach
from generator.publish.server import Server
from generator.publish.transfer import publish
site_dir, url, ssh_config, memory_dir = sys.argv[1:5]
server = Server(address_of(url), Reach(ssh_config=Path(ssh_config), connect_s=5, stall_s=30), Path(memory_dir))
try:
    publish(Path(site_dir), server, keep=2, now=datetime.datetime.now(datetime.UTC), max_lost_percent=None)
except Exception as error:
    print(error, file=sys.stderr)
    sys.exit(getattr(error, "exit_code", 99))
"""


def started(site_dir: Path, sshd: Sshd, memory_dir: Path) -> subprocess.Popen[str]:
    """A publication as another process."""
    words = [sys.executable, "-c", _RUN, str(site_dir), sshd.url(), str(sshd.ssh_config), str(memory_dir)]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True)


def test_of_two_runs_at_once_one_works_and_the_other_says_who_does(
    make_site: MakeSite, sshd: Sshd, old: str, target_dir: Path, tmp_path: Path
) -> None:
    pages = {**NEW, **{f"page/{number}/index.html": f"{number}" for number in range(300)}}
    site_dir = make_site(pages)
    runs = [started(site_dir, sshd, tmp_path / f"memory-{number}") for number in range(3)]  # of three clones
    said = [run.communicate(timeout=120)[1] for run in runs]
    codes = sorted(run.returncode for run in runs)
    assert (codes[0], codes[-1]) == (0, 4) and set(codes) == {0, 4}, said
    assert any(f"的进程 {run.pid}" in words or "正在使用" in words for run in runs for words in said)
    assert live(target_dir) == pages


def lock_of(target_dir: Path, **other: object) -> None:
    """A lock as another run left it."""
    found = json.loads((target_dir / ".lock").read_text("utf-8"))
    (target_dir / ".lock").write_text(json.dumps({**found, "token": "0" * 32, **other}), "utf-8")


def test_a_lock_lives_as_long_as_its_process_and_six_hours_on_another_machine(
    make_site: MakeSite, server: Server, old: str, target_dir: Path
) -> None:
    with server.held():
        text = (target_dir / ".lock").read_text("utf-8")
    assert not (target_dir / ".lock").exists()

    def left(**other: object) -> None:
        (target_dir / ".lock").write_text(text, "utf-8")
        lock_of(target_dir, **other)

    parent = {"pid": os.getppid(), "started": serverlock._started(os.getppid())}
    elsewhere = {"machine": "别的机器/1", "pid": 999_999_999}
    for living in (parent, elsewhere, {"numbers": "pid:[1]", "pid": 1}):
        left(**living)
        with pytest.raises(LockedError, match="另一个任务正在发布到"):
            rollback(server, None)
    for gone in ({}, {"pid": 999_999_999}, {**parent, "started": "1"}, {**parent, "boot": "前一次开机"}):
        left(**gone)
        with server.held():
            assert "0" * 32 not in (target_dir / ".lock").read_text("utf-8")
    left(machine="别的机器/1")
    os.utime(target_dir / ".lock", (time.time() - LEASE_S - 60,) * 2)
    with server.held():
        assert "别的机器" not in (target_dir / ".lock").read_text("utf-8")
    (target_dir / ".lock").write_text("坏了")
    with server.held():
        assert str(os.getpid()) in (target_dir / ".lock").read_text("utf-8")


def test_while_another_connection_is_at_work_nobody_waits_for_ever(
    server: Server, sshd: Sshd, old: str, target_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publish.rsync._ROOM_FOR_LAST_S", 2)
    command = ["ssh", "-F", str(sshd.ssh_config), "-p", str(sshd.port), "127.0.0.1", "rsync --server -e.LsfxCIvu . /"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as other:
        time.sleep(2)
        late = threading.Timer(30, other.kill)  # who waits for ever gets an answer then, and fails
        late.daemon = True
        late.start()
        with pytest.raises(LockedError, match="正在使用"):
            releases(server)
        threading.Timer(1, other.kill).start()
        assert len(releases(server)) == 1  # it waits for the end of a run that was killed
    assert (target_dir / "current" / ANSWER).is_file()
