"""What visitors get while releases come, and while publications to a server are killed: nginx answers, old or new, never mixed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from webserver.server import free_port, listening, made
from webserver.server import running as nginx_running

from benches.ssh_server import Sshd
from generator.errors import PublishError
from generator.pages.place import place
from generator.publish.census import Census, census_text
from generator.publish.release import ANSWER
from generator.publish.server import Server
from generator.publish.transfer import publish, releases

from .conftest import NOW, left_overs
from .test_server_faults import started

_PAGES = 30


def site_at(folder: Path, version: int) -> Path:
    """A site of which every page says its *version* and names a style that no other version has."""
    store_dir = folder / "store"
    store_dir.mkdir(parents=True, exist_ok=True)
    style = f"assets/style.{version:08x}.css"
    pages = {"index.html": "首页", **{f"cases/call/case-{number}/index.html": "案例" for number in range(_PAGES)}}
    texts = {path: f"版本{version} {words} {style} " + "字" * 3000 for path, words in pages.items()}
    texts |= {style: f"/* 版本{version} */", "404.html": f"版本{version} 没有 {style}"}
    files = {}
    for number, (path, text) in enumerate(texts.items()):
        files[path] = store_dir / f"{version}-{number}"
        files[path].write_text(text, "utf-8")
    place(files, folder / f"site-{version}", told=census_text(Census()))
    return folder / f"site-{version}"


def _version_in(text: str) -> int:
    found = re.search(r"版本(\d+)", text)
    assert found
    return int(found[1])


class Visitor(threading.Thread):
    """Looks at a page and its style again and again; keeps what was wrong."""

    def __init__(self, port: int, seed: int, pause_s: float) -> None:
        super().__init__(daemon=True)
        self._pause_s = pause_s  # at most; fifty that never pause would leave the machine no time to publish
        self._port, self._random = port, random.Random(seed)
        self._is_ended = threading.Event()
        self.wrong: list[str] = []
        self.seen: set[str] = set()  # releases
        self.visits = 0

    def run(self) -> None:
        while not self._is_ended.is_set():
            try:
                self._visit()
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(repr(error))
            self.visits += 1
            self._is_ended.wait(self._random.random() * self._pause_s)

    def end(self) -> None:
        self._is_ended.set()
        self.join(30)

    def _visit(self) -> None:
        page = self._random.choice(["/", *(f"/cases/call/case-{number}/" for number in range(_PAGES))])
        before = json.loads(self._got(f"/{ANSWER}"))["release"]
        text = self._got(page)
        version = _version_in(text)
        style = re.search(r"assets/style\.[0-9a-f]{8}\.css", text)
        assert style
        other = _version_in(self._got("/"))
        answer = self._answer(f"/{style[0]}")
        last = _version_in(self._got("/"))
        self.seen.add(before)
        is_same = json.loads(self._got(f"/{ANSWER}"))["release"] == before
        # A style is found also after the next switch; only a visitor who slept through two of them may miss it.
        if (answer != (200, f"/* 版本{version} */") and abs(last - version) <= 1) or (is_same and other != version):
            self.wrong.append(f"{page} of {version}, home of {other}, then {last}, {style[0]}: {answer}")

    def _got(self, path: str) -> str:
        status, text = self._answer(path)
        if status != 200:
            self.wrong.append(f"{path}: {status}")
        return text

    def _answer(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()


@contextlib.contextmanager
def visitors(port: int, count: int) -> Iterator[list[Visitor]]:
    """They come, and at the end all of them are content."""
    found = [Visitor(port, seed, count / 50) for seed in range(count)]
    for visitor in found:
        visitor.start()
    try:
        yield found
    finally:
        for visitor in found:
            visitor.end()
    assert [visitor.wrong for visitor in found if visitor.wrong] == []
    assert all(visitor.visits for visitor in found)


@pytest.fixture
def port(root: Path, target_dir: Path, server: Server, tmp_path: Path) -> Iterator[int]:
    """nginx with the configuration that we make, in front of the target."""
    found = free_port()
    with nginx_running(tmp_path / "nginx", made(root / "mkdocs.yml", target_dir, *listening(found)), found):
        yield found


def processes_in(folder: Path) -> list[int]:
    """Those that work in *folder*: the server's side of rsync."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
    return found


def killed_at_moments(moments: int, server: Server, sshd: Sshd, port: int, target_dir: Path, tmp_path: Path) -> str:
    """Kills that many publications, here or the server's side of them, each at another moment; lets one be; gives its home page."""
    sites = [site_at(tmp_path / "sites", version) for version in range(2)]
    publish(sites[0], server, keep=2, now=NOW, max_lost_percent=None)
    began = time.monotonic()
    publish(sites[1], server, keep=2, now=NOW, max_lost_percent=None)
    lasts_s = time.monotonic() - began
    chance = random.Random(moments)
    codes = []
    with visitors(port, 2) as watching:
        for turn in range(moments):
            run = started(sites[turn % 2], sshd, tmp_path / "memory")
            time.sleep(0.3 + lasts_s * (turn + chance.random()) / moments)
            if turn % 3 == 2:
                for pid in processes_in(target_dir):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                run.wait(60)
            else:
                run.send_signal(signal.SIGKILL)
            said = run.communicate(timeout=60)[1]
            codes.append(run.returncode)
            assert run.returncode in (-signal.SIGKILL, 0, 3), said
        assert codes.count(-signal.SIGKILL) >= moments / 3
        last = started(sites[moments % 2], sshd, tmp_path / "memory")
        assert (last.communicate(timeout=60)[1], last.returncode) == ("", 0)
        # The visitors must have had time to see it.
        until = time.monotonic() + 20
        newest = releases(server)[-1].id
        while newest not in watching[0].seen and time.monotonic() < until:
            time.sleep(0.1)
        assert newest in watching[0].seen
    assert left_overs(target_dir) == []
    return (target_dir / "current" / "index.html").read_text("utf-8")


def test_a_publication_killed_at_any_moment_shows_one_whole_site(
    server: Server, sshd: Sshd, port: int, target_dir: Path, tmp_path: Path
) -> None:
    assert "版本1" in killed_at_moments(7, server, sshd, port, target_dir, tmp_path)


@pytest.mark.soak
def test_a_hundred_publications_killed_at_any_moment_show_one_whole_site(
    server: Server, sshd: Sshd, port: int, target_dir: Path, tmp_path: Path
) -> None:
    assert "版本0" in killed_at_moments(100, server, sshd, port, target_dir, tmp_path)


def test_fifty_visitors_get_no_error_during_ten_publications(
    server: Server, port: int, target_dir: Path, tmp_path: Path
) -> None:
    publish(site_at(tmp_path / "sites", 0), server, keep=3, now=NOW, max_lost_percent=None)
    with visitors(port, 50) as watching:
        for version in range(1, 11):
            site_dir = site_at(tmp_path / "sites", version)
            answer_url = f"http://127.0.0.1:{port}/{ANSWER}"
            publish(site_dir, server, keep=3, now=NOW, max_lost_percent=None, answer_url=answer_url)
    assert len(set().union(*(visitor.seen for visitor in watching))) >= 10
    assert left_overs(target_dir) == []


def test_another_answer_of_the_web_server_takes_the_new_release_back(
    server: Server, port: int, target_dir: Path, tmp_path: Path
) -> None:
    sites = [site_at(tmp_path / "sites", version) for version in range(3)]
    url = f"http://127.0.0.1:{port}/{ANSWER}"

    def send(version: int, answer_url: str) -> None:
        publish(sites[version], server, keep=5, now=NOW, max_lost_percent=None, answer_url=answer_url)

    with pytest.raises(PublishError, match="没有可以切回的版本") as caught:
        send(0, f"http://127.0.0.1:{free_port()}/{ANSWER}")
    assert caught.value.exit_code == 3
    send(0, url)  # nothing new, and now it answers
    first = (target_dir / "current").readlink()
    (tmp_path / "other").mkdir()
    for other in (f"{url}.gone", f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{free_port()}/{ANSWER}"):
        with pytest.raises(PublishError, match=f"已切回 {first.name}，新版本 .* 没有发布") as caught:
            send(1, other)
        assert "请检查 nginx 的 root" in str(caught.value)
        assert (target_dir / "current").readlink() == first
        assert [release.id for release in releases(server)] == [first.name]
        assert left_overs(target_dir) == []
    with pytest.raises(PublishError, match="没有新内容要发布，但"):
        send(0, f"{url}.gone")
    send(2, url)
    assert "版本2" in (target_dir / "current" / "index.html").read_text("utf-8")
