"""The sample site, published, and nginx in front of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.publish.folder import Folder
from generator.publish.transfer import publish

from .hostile_site import Attacked, attacked
from .server import Nginx, free_port, listening, made, running

NOW = datetime.datetime(2024, 3, 1, 18, 30, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def published_dir(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The target folder, with the sample site live."""
    target_dir = tmp_path_factory.mktemp("srv") / "showcase"
    publish(site, Folder(target_dir), keep=5, now=NOW, max_lost_percent=None)
    return target_dir


@pytest.fixture(scope="session")
def nginx(root: Path, published_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """With the configuration of the settings as they are."""
    port = free_port()
    configuration = made(root / "mkdocs.yml", published_dir, *listening(port))
    with running(tmp_path_factory.mktemp("nginx"), configuration, port) as server:
        yield server


@pytest.fixture(scope="session")
def attacked_site(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """A built project in which two cases and their calls attack with all that they have."""
    return attacked(tmp_path_factory.mktemp("attacked") / "project")
