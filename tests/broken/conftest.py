"""The sound project, its site, and the sites it would have without some of its cases."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from .projects import CASES, Files, copied, run, site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The project before anything was broken."""

    project: Path
    site: Files


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Sound:
    """A project of six sound cases, built; it shares the repository's store, so that media are made once."""
    project = tmp_path_factory.mktemp("sound") / "project"
    (project / "docs").mkdir(parents=True)
    shutil.copy(root / "mkdocs.yml", project / "mkdocs.yml")
    for part in ("theme", "docs/site"):
        shutil.copytree(root / part, project / part)
    campaigns = {case.split("/")[0] for case in CASES} | {"exhibition-4", "exhibition-4-2021"}
    shared = ("regions.yml", "vocabulary.yml")
    for file in (*shared, *(f"{id}/{name}" for id in campaigns for name in ("campaign.yml", "notice.md"))):
        target = project / "cases" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "cases" / file, target)
    for case in CASES:
        shutil.copytree(root / "cases" / case, project / "cases" / case)
    store = root / ".showcase" / "store"
    store.mkdir(parents=True, exist_ok=True)
    (project / ".showcase").mkdir()
    (project / ".showcase" / "store").symlink_to(store)
    built = run(project, "build", workers="2")
    assert (built.exit_code, built.err) == (0, "")
    return Sound(project=project, site=site_of(project))


@pytest.fixture
def project(sound: Sound, tmp_path: Path) -> Path:
    """A copy of the sound project, with its site standing."""
    return copied(sound.project, tmp_path / "project")


Without = Callable[..., Files]


@pytest.fixture(scope="session")
def without(sound: Sound, tmp_path_factory: pytest.TempPathFactory) -> Without:
    """The site of the sound project when the folders of some cases are not there at all."""
    known: dict[tuple[str, ...], Files] = {}

    def site_without(*cases: str) -> Files:
        if cases not in known:
            project = copied(sound.project, tmp_path_factory.mktemp("without") / "project")
            for case in cases:
                shutil.rmtree(project / "cases" / case)
            built = run(project, "build")
            assert built.exit_code == 0
            known[cases] = site_of(project)
        return known[cases]

    return site_without
