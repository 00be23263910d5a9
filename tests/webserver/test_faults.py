"""Nights that go wrong on this machine, seen by visitors: runs that are killed, a disk that is full, fifty readers at once."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from broken.projects import run

from conftest import SMALL, laid_out
from generator.publish.folder import Folder
from generator.publish.transfer import publish

from .conftest import NOW
from .server import Nginx, free_port, listening, made, running

CASE = SMALL[0]
PAGES = ("", "cases/", f"cases/{CASE}/", "statistics/", "search/")


@dataclass(slots=True)
class Visitors:
    """Threads that ask for pages and all that they name, until they are told to stop."""

    port: int
    count: int
    pages: tuple[str, ...] = PAGES
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seen: dict[str, set[bytes]] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextlib.contextmanager
    def coming(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._visit, args=(number,)) for number in range(self.count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(60)

    def _visit(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        turn = number
        while not self._stop.is_set():
            page = self.pages[turn % len(self.pages)]
            turn += 1
            body = self._asked(connection, f"/{page}")
            self.seen.setdefault(page, set()).add(body)
            for asset in set(re.findall(rb'(?:src|href)="(?:\.\./)*(assets/[^"?#]+|media/[^"?#]+)"', body)):
                self._asked(connection, f"/{asset.decode()}")
        connection.close()

    def _asked(self, connection: http.client.HTTPConnection, path: str) -> bytes:
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"{path}: {error!r}")
            connection.close()
            return b""
        self.answers[answer.status] += 1
        if answer.status != 200:
            self.wrong.append(f"{path}: {answer.status}")
        return body


@contextlib.contextmanager
def served(root: Path, target_dir: Path, folder: Path) -> Iterator[Nginx]:
    port = free_port()
    with running(folder, made(root / "mkdocs.yml", target_dir, *listening(port)), port) as nginx:
        yield nginx


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two cases, built."""
    folder = laid_out(tmp_path / "project", *SMALL)
    assert run(folder, "build").exit_code == 0
    return folder


def started(project: Path, *words: str) -> subprocess.Popen[bytes]:
    """A command of ours in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml"), *words],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "SHOWCASE_WORKERS": "1"},
    )  # fmt: skip


def killed_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Ends the whole group after that time, as a power cut would; whether it was still at work."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def edited(project: Path, number: int) -> None:
    """The case with another text."""
    index = project / "cases" / CASE / "index.md"
    text = re.sub(r"\n\n第\d+稿。\n$", "", index.read_text("utf-8"))
    index.unlink()
    index.write_text(f"{text}\n\n第{number}稿。\n", "utf-8")


def took_s(process: subprocess.Popen[bytes]) -> float:
    begin = time.monotonic()
    assert process.wait(120) == 0
    return time.monotonic() - begin


@pytest.mark.parametrize("moments", [4, pytest.param(100, marks=pytest.mark.soak)])
def test_whatever_is_killed_visitors_get_whole_pages_of_one_release(
    moments: int, root: Path, project: Path, tmp_path: Path
) -> None:
    target_dir, chosen = tmp_path / "srv", random.Random(20240301)
    publishing = ("publish", str(target_dir), "--keep", "500")
    assert run(project, *publishing).exit_code == 0
    edited(project, 0)
    longest_s = {"build": took_s(started(project, "build")), "publish": took_s(started(project, *publishing))}
    killed: Counter[str] = Counter()
    with served(root, target_dir, tmp_path / "nginx") as nginx:
        visitors = Visitors(port=nginx.port, count=2)
        with visitors.coming():
            for number in range(1, moments + 1):
                edited(project, number)
                for command, words in (("build", ("build",)), ("publish", publishing)):
                    if command == "publish" or number % 2:
                        killed[command] += killed_after(started(project, *words), chosen.uniform(0, longest_s[command]))
                    else:
                        assert started(project, *words).wait(120) == 0
        assert visitors.wrong == [] and nginx.faults == []
    assert killed["build"] + killed["publish"] >= moments * 3 // 4
    run(project, "build")
    assert run(project, *publishing).exit_code == 0
    for page, bodies in visitors.seen.items():
        kept = {path.read_bytes() for path in target_dir.glob(f"releases/*/{page}index.html")}
        assert bodies <= kept, page
    assert f"第{moments}稿。" in (target_dir / "current" / "cases" / CASE / "index.html").read_text("utf-8")
    assert [path.name for path in target_dir.iterdir() if path.name.startswith(".") and path.name != ".lock"] == []
    print(f"killed: {dict(killed)}; answers: {dict(visitors.answers)}")


def test_fifty_visitors_at_once_see_no_fault_in_ten_publications(root: Path, project: Path, tmp_path: Path) -> None:
    target_dir, site_dir = tmp_path / "srv", project / "site"
    publish(site_dir, Folder(target_dir), keep=2, now=NOW, max_lost_percent=None)
    with served(root, target_dir, tmp_path / "nginx") as nginx:
        visitors = Visitors(port=nginx.port, count=50)
        with visitors.coming():
            for number in range(10):
                page = site_dir / "cases" / "index.html"
                text = re.sub(r"\n<!--\d+-->", "", page.read_text("utf-8"))
                page.unlink()  # a link into the store
                page.write_text(f"{text}\n<!--{number}-->", "utf-8")
                publish(site_dir, Folder(target_dir), keep=2, now=NOW, max_lost_percent=None)
        assert visitors.wrong == [] and nginx.faults == []
    assert len(list((target_dir / "releases").glob("*.json"))) == 2
    assert visitors.answers.total() > 500 and len(visitors.seen["cases/"]) > 5
    print(f"answers: {dict(visitors.answers)}; versions of one page: {len(visitors.seen['cases/'])}")


@contextlib.contextmanager
def small_disk(folder: Path, bytes_: int) -> Iterator[Path]:
    """A file system of that size at *folder*."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("只有 root 能挂一个小磁盘来试")
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={bytes_}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip(f"这里不许挂磁盘：{done.stderr.decode()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def size_of(folder: Path) -> int:
    """As a file system counts it: whole pages of memory."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


def test_a_full_disk_at_the_target_leaves_the_site_and_gives_the_room_back(
    root: Path, project: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", size_of(project / "site") + 1_500_000) as disk:
        target_dir = disk / "srv"
        assert run(project, "publish", str(target_dir)).exit_code == 0
        before, left = (target_dir / "current" / "index.html").read_bytes(), free(disk)
        with served(root, target_dir, tmp_path / "nginx") as nginx:
            (project / "site" / "media" / f"{'0' * 24}.jpg").write_bytes(os.urandom(left + 100_000))
            done = run(project, "publish", str(target_dir))
            assert done.exit_code == 3
            assert f"无法发布到 {target_dir}：磁盘满了，请清理出空间；" in done.err and "Traceback" not in done.err, (
                done.err
            )
            assert "[Errno" not in done.err
            assert nginx.get("/").body == before
            assert abs(free(disk) - left) < 100_000
            assert len(list((target_dir / "releases").glob("*.json"))) == 1
            (project / "site" / "media" / f"{'0' * 24}.jpg").write_bytes(os.urandom(100_000))
            assert run(project, "publish", str(target_dir)).exit_code == 0
            assert nginx.get(f"/media/{'0' * 24}.jpg").status == 200
        print(done.err)


@pytest.mark.parametrize("part", ["site", "store"])
def test_a_full_disk_at_the_build_leaves_the_built_site_and_gives_the_room_back(
    part: str, project: Path, tmp_path: Path
) -> None:
    site_dir = project / "site"
    with small_disk(tmp_path / "disk", size_of(site_dir) + 300_000) as disk:
        settings = project / "mkdocs.yml"
        text = settings.read_text("utf-8")
        if part == "site":
            site_dir = shutil.copytree(site_dir, disk / "site")
            text = re.sub(r"(?m)^site_dir: .*$", f"site_dir: {site_dir}", text)
        else:
            (disk / "filling").write_bytes(bytes(free(disk) - 200_000))
            text = text.replace("var_dir: .showcase", f"var_dir: {disk / 'var'}")
        settings.write_text(text, "utf-8")
        before, left = files_of(site_dir), free(disk)
        edited(project, 1)
        done = run(project, "build")
        assert done.exit_code == 3
        assert "磁盘满了" in done.err and "Traceback" not in done.err, done.err
        assert files_of(site_dir) == before
        if part == "site":
            assert abs(free(disk) - left) < 100_000


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
