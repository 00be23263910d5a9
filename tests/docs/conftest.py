"""The guide's example among the sample calls, and the check of it without child processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import readyflow
from generator.check.examine import Verdict
from generator.settings import read_settings
from generator.store import Store

from .guide import put_example

Check = Callable[[], Verdict]


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What the probe found, shared by every check of this folder."""
    return Store(tmp_path_factory.mktemp("facts"))


@pytest.fixture
def example(tmp_path: Path, root: Path) -> Path:
    """The folder of the guide's example, in a project that has its call and no other case."""
    shutil.copy(root / "mkdocs.yml", tmp_path / "mkdocs.yml")
    cases_dir = tmp_path / "cases"
    for campaign in ("yueyang-2021", "exhibition-4-2021"):
        (cases_dir / campaign).mkdir(parents=True)
        for name in ("campaign.yml", "notice.md"):
            shutil.copy(root / "cases" / campaign / name, cases_dir / campaign / name)
    for name in ("regions.yml", "vocabulary.yml"):
        shutil.copy(root / "cases" / name, cases_dir / name)
    return put_example(cases_dir, root / "cases")


@pytest.fixture
def check(example: Path, tmp_path: Path, facts: Store, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks the project of *example* as it stands when called."""
    monkeypatch.setenv("SHOWCASE_WORKERS", "0")
    return lambda: readyflow.check(read_settings(tmp_path / "mkdocs.yml"), store=facts).verdict
