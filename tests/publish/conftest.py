"""Sites to publish, and a look at what visitors then get."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from benches.measure import NotMeasuredError
from benches.ssh_server import Relay, Sshd, running, tool
from generator.pages.place import place
from generator.publish.census import Census, census_text
from generator.publish.folder import Folder
from generator.publish.release import ANSWER, Release
from generator.publish.server import Server
from generator.publish.transfer import publish

NOW = datetime.datetime(2024, 3, 1, 18, 30, tzinfo=datetime.UTC)

HOME = {"index.html": "首页", "cases/云课堂/index.html": "云课堂", "assets/base.css": "body{}"}

MakeSite = Callable[..., Path]
Publish = Callable[..., Release]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Puts a site in the output folder as a build does: links into a store."""

    def make(pages: Mapping[str, str], census: Census | None = None) -> Path:
        store_dir = tmp_path / "store"
        store_dir.mkdir(exist_ok=True)
        files = {}
        for number, (path, text) in enumerate(pages.items()):
            files[path] = store_dir / f"{number}-{text[:8]}"
            files[path].unlink(missing_ok=True)
            files[path].write_text(text, "utf-8")
        place(files, tmp_path / "site", told=census_text(census or Census()))
        return tmp_path / "site"

    return make


@pytest.fixture
def target_dir(tmp_path: Path) -> Path:
    return tmp_path / "srv" / "showcase"


@pytest.fixture
def published(make_site: MakeSite, target_dir: Path) -> Publish:
    """Publishes pages; the clock stands still unless told otherwise."""

    def run(pages: Mapping[str, str], *, keep: int = 5, now: datetime.datetime = NOW) -> Release:
        return publish(make_site(pages), Folder(target_dir), keep=keep, now=now, max_lost_percent=100).release

    return run


def live(target_dir: Path) -> dict[str, str]:
    """What visitors get, by path."""
    return texts_under((target_dir / "current").resolve(strict=True))


def texts_under(folder: Path) -> dict[str, str]:
    """Every file's text, by path; without what a release says of itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path != folder / ANSWER
    }


def left_overs(target_dir: Path) -> list[str]:
    """Whatever should not be there: temporary names, manifests without a release, releases without a manifest."""
    names = {path.name for path in (target_dir / "releases").iterdir()}
    folders = {path.name for path in (target_dir / "releases").iterdir() if path.is_dir()}
    manifests = {name.removesuffix(".json") for name in names - folders}
    hidden = [path.name for path in target_dir.iterdir() if path.name.startswith(".") and path.name != ".lock"]
    return sorted([*hidden, *(folders ^ manifests)])


@pytest.fixture(scope="session")
def ssh_programs() -> None:
    """What a server of this machine needs is there; without it a test skips itself, and `.ci/run` allows none to."""
    try:
        for name in ("sshd", "ssh", "rsync", "rrsync"):
            tool(name)
    except NotMeasuredError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def sshd(ssh_programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server of this machine; each test says what its key may reach."""
    with running(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture
def server(sshd: Sshd, target_dir: Path, tmp_path: Path) -> Server:
    """A target on the server: ``/`` of its key is *target_dir*, which an administrator has made."""
    target_dir.mkdir(parents=True)
    sshd.allow(target_dir)
    sshd.know()
    return sshd.server(tmp_path / "memory")


@pytest.fixture
def relay(sshd: Sshd, server: Server) -> Iterator[Relay]:
    """A way to the server that has faults when it is told to."""
    found = Relay(sshd.port)
    sshd.know(found.port)
    yield found
    found.close()
