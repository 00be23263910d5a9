"""A small project of the desk: calls with a few of their cases, and the command line run in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

CASES = (
    "enshi-2023/lichuan-timetable-resources",
    "enshi-2023/badong-five-question-slip",
    "yueyang-2021/quyuan-nineteen-pupils",
)
CALLS = ("enshi-2023", "yueyang-2021", "exhibition-4-2021", "yueyang-2020-pilots")

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "cases").mkdir(parents=True)
    shutil.copy(root / "mkdocs.yml", folder / "mkdocs.yml")
    for name in ("regions.yml", "vocabulary.yml"):
        shutil.copy(root / "cases" / name, folder / "cases" / name)
    for call in CALLS:
        (folder / "cases" / call).mkdir()
        for name in ("campaign.yml", "notice.md"):
            shutil.copy(root / "cases" / call / name, folder / "cases" / call / name)
    for case in CASES:
        (folder / "cases" / case).mkdir()
        shutil.copy(root / "cases" / case / "index.md", folder / "cases" / case / "index.md")
    return folder


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the project; readers of workbooks work in this process, which a test of theirs does not."""
    monkeypatch.setenv("SHOWCASE_WORKERS", "0")

    def invoke(*words: object, answers: str | None = None) -> Result:
        return CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), *map(str, words)], input=answers)

    return invoke


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
