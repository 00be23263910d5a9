"""What is remembered of whole folders: it saves looking, and decides nothing that a single look would not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.catalog.facts import Facts
from generator.media.derivatives import file_of, files_of
from generator.media.execute import derive_all
from generator.media.memory import recall
from generator.media.opening import known_digest
from generator.media.probe import _facts_of, probe_all
from generator.media.recipe import PictureRecipe
from generator.store import Store

from .samples import job_for, quadrants

RECIPE = PictureRecipe(steps_px=(20,), formats=("jpeg",))
NAMES = ("media/a.png", "media/b.png", "attachments/c.png")
Files = list[tuple[Path, str]]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """A case of three pictures that lie there settled."""
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    for number, name in enumerate(NAMES):
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        quadrants(40 + number, 30).save(path)
    return [(tmp_path / "case" / name, name) for name in NAMES]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files of which the memory was asked one by one, in their order."""
    asked: list[str] = []

    def noted(function: Callable[..., object], name_of: Callable[..., str]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            asked.append(name_of(*arguments))
            return function(*arguments)

        return call

    facts_of = noted(known_digest, lambda path, _store: f"facts of {path.name}")
    job_of = noted(recall, lambda job, _store: f"job of {Path(job.source).name}")
    monkeypatch.setattr("generator.media.probe.known_digest", facts_of)
    monkeypatch.setattr("generator.media.execute.recall", job_of)
    return asked


def noted_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the path of each file that is opened to find out what it is."""
    read: list[str] = []

    def facts_of(file: BinaryIO, path: Path, relative: str, sha256: str) -> Facts:
        read.append(relative)
        return _facts_of(file, path, relative, sha256)

    monkeypatch.setattr("generator.media.probe._facts_of", facts_of)
    return read


def test_a_run_that_changes_nothing_asks_once_for_each_folder(files: Files, store: Store, looks: list[str]) -> None:
    jobs = [job_for(path, RECIPE) for path, _ in files]
    first = probe_all(files, store, workers=0), derive_all(jobs, store, workers=0)
    looks.clear()
    later = Store(store.root)
    assert probe_all(files, later, workers=0) == first[0]
    again = derive_all(jobs, later, workers=0)
    assert [one.result for one in again.values()] == [one.result for one in first[1].values()]
    assert {one.state for one in again.values()} == {"hit"}
    assert looks == []


def test_a_new_picture_has_its_folder_looked_up_and_the_others_keep_their_facts(
    files: Files, store: Store, looks: list[str], tmp_path: Path
) -> None:
    first = probe_all(files, store, workers=0)
    quadrants(90, 30).save(files[0][0])
    looks.clear()
    second = probe_all(files, store, workers=0)
    assert {name for name in first if first[name] != second[name]} == {str(files[0][0])}
    assert second[str(files[0][0])].sha256 != first[str(files[0][0])].sha256
    looks.clear()
    assert probe_all(files, store, workers=0) == second
    assert looks == []


def test_facts_are_those_of_another_tool_no_more(files: Files, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    probe_all(files, store, workers=0)
    read = noted_reads(monkeypatch)
    monkeypatch.setattr("generator.media.probe.probe_tool", lambda _store: "another")
    probe_all(files, store, workers=0)
    assert read == list(NAMES)


def test_a_lost_derivative_costs_its_own_job_alone(files: Files, store: Store, looks: list[str]) -> None:
    jobs = [job_for(path, RECIPE) for path, _ in files]
    result = derive_all(jobs, store, workers=0)[jobs[0].key].result
    assert result is not None
    lost = file_of(files_of(result)[0], store)
    whole = lost.read_bytes()
    lost.unlink()
    looks.clear()
    states = [one.state for one in derive_all(jobs, store, workers=0).values()]
    assert states == ["made", "hit", "hit"]
    assert looks == ["job of a.png"]
    assert lost.read_bytes() == whole


def test_a_sweep_after_a_run_that_asked_for_folders_keeps_what_single_files_need(
    files: Files, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [job_for(path, RECIPE) for path, _ in files]
    for _ in range(2):
        probe_all(files, store, workers=0)
        derive_all(jobs, store, workers=0)
    later = Store(store.root)
    probe_all(files, later, workers=0)
    derive_all(jobs, later, workers=0)
    later.sweep()
    quadrants(90, 30).save(files[0][0])
    read = noted_reads(monkeypatch)
    probe_all(files, store, workers=0)
    assert read == ["media/a.png"]
    changed = [job_for(files[0][0], RECIPE), *jobs[1:]]
    assert [one.state for one in derive_all(changed, store, workers=0).values()] == ["made", "hit", "hit"]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"facts": [], "names": 1}', b'{"manifests": 1}'])
def test_a_record_that_is_damaged_is_as_none(text: bytes, files: Files, store: Store) -> None:
    jobs = [job_for(path, RECIPE) for path, _ in files]
    facts = probe_all(files, store, workers=0)
    derive_all(jobs, store, workers=0)
    records = [path for path in store.root.rglob("*") if path.suffix in (".folder", ".jobs")]
    assert len(records) == 3  # the case, and each of the two folders that jobs lie in
    for record in records:
        record.write_bytes(text)
    assert probe_all(files, store, workers=0) == facts
    assert {one.state for one in derive_all(jobs, store, workers=0).values()} == {"hit"}
