"""Many jobs and many probes: nothing twice, nothing lost, a killed worker costs its own item."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ToolError
from generator.media import tools
from generator.media.derivatives import Outcome, file_of, files_of
from generator.media.derive import derive
from generator.media.execute import derive_all
from generator.media.probe import probe_all
from generator.media.recipe import CaptionRecipe, DocumentRecipe, Job, PictureRecipe, Rendition, VideoRecipe
from generator.media.tools import code_digest
from generator.media.workers import Done, each_done
from generator.store import Store

from .samples import clip, docx, job_for, pdf, quadrants

SMALL = Rendition(name="small", short_px=90, long_px=160, crf=30, max_kbps=500, buffer_kbits=1_000)
VIDEO = VideoRecipe(renditions=(SMALL,), preset="ultrafast")
PICTURE = PictureRecipe(steps_px=(40,))
DOCUMENT = DocumentRecipe(first_page=PICTURE, page_width_px=100)


@pytest.fixture
def case(tmp_path: Path, small_clip: Path) -> dict[str, Path]:
    folder = tmp_path / "case"
    folder.mkdir()
    files = {name: folder / name for name in ("a.jpg", "b.png", "v.mp4", "v.srt", "d.pdf", "d.docx")}
    quadrants(60, 40).save(files["a.jpg"])
    quadrants(50, 50).save(files["b.png"])
    files["v.mp4"].write_bytes(small_clip.read_bytes())
    files["v.srt"].write_text("1\n00:00:00,100 --> 00:00:00,900\n好\n", "utf-8")
    pdf(files["d.pdf"])
    docx(files["d.docx"])
    return files


def jobs_of(case: dict[str, Path]) -> list[Job]:
    recipes = {
        ".jpg": PICTURE,
        ".png": PICTURE,
        ".mp4": VIDEO,
        ".srt": CaptionRecipe(),
        ".pdf": DOCUMENT,
        ".docx": DOCUMENT,
    }
    return [job_for(path, recipes[path.suffix]) for path in case.values()]  # type: ignore[arg-type]


def test_long_work_begins_first(case: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    longer = clip(case["v.mp4"].with_name("longer.mp4"), seconds=2)
    begun: list[str] = []

    def noted(task: Any) -> Outcome:
        begun.append(Path(task.job.source).name)
        return derive(task.job, store)

    monkeypatch.setattr("generator.media.execute._derived", noted)
    jobs = [*jobs_of(case), job_for(longer, VIDEO)]
    derive_all(jobs, store, workers=0)
    assert longer.stat().st_size > case["v.mp4"].stat().st_size
    assert begun[:2] == ["longer.mp4", "v.mp4"]
    assert set(begun[2:4]) == {"d.pdf", "d.docx"}
    assert begun[-1] == "v.srt"


def test_a_second_run_makes_nothing(case: dict[str, Path], store: Store) -> None:
    jobs = jobs_of(case)
    seen: list[tuple[int, int]] = []
    first = derive_all(jobs, store, workers=2, on_progress=lambda done, total: seen.append((done, total)))
    assert [outcome.state for outcome in first.values()] == ["made"] * 6
    assert list(first) == [job.key for job in jobs]
    assert seen == [(done, 6) for done in range(1, 7)]
    before = {path: path.stat().st_mtime_ns for path in store.root.rglob("*") if path.is_file()}
    second = derive_all(jobs, store, workers=2)
    assert [outcome.state for outcome in second.values()] == ["hit"] * 6
    assert [outcome.result for outcome in second.values()] == [outcome.result for outcome in first.values()]
    assert {path: path.stat().st_mtime_ns for path in store.root.rglob("*") if path.is_file()} == before


def test_processes_and_none_give_the_same_bytes(case: dict[str, Path], tmp_path: Path) -> None:
    jobs = jobs_of(case)
    stores = Store(tmp_path / "one"), Store(tmp_path / "two")
    results = [
        [outcome.result for outcome in derive_all(jobs, store, workers=n).values()] for n, store in enumerate(stores)
    ]
    assert results[0] == results[1]
    trees = [
        {str(path.relative_to(store.root)): path.read_bytes() for path in store.root.rglob("*") if path.is_file()}
        for store in stores
    ]
    assert trees[0] == trees[1]


def test_a_lost_or_shortened_file_is_made_again(case: dict[str, Path], store: Store) -> None:
    job = job_for(case["a.jpg"], PICTURE)
    result = derive_all([job], store, workers=0)[job.key].result
    assert result is not None
    whole = {file: file_of(file, store).read_bytes() for file in files_of(result)}
    one, other, *_ = whole
    file_of(one, store).unlink()
    assert derive_all([job], store, workers=0)[job.key].state == "made"
    file_of(other, store).write_bytes(b"")
    assert derive_all([job], store, workers=0)[job.key].state == "made"
    assert {file: file_of(file, store).read_bytes() for file in whole} == whole


def test_one_content_in_two_places_is_one_job(case: dict[str, Path], tmp_path: Path, store: Store) -> None:
    twin = tmp_path / "twin.jpg"
    twin.write_bytes(case["a.jpg"].read_bytes())
    assert len(derive_all([job_for(case["a.jpg"], PICTURE), job_for(twin, PICTURE)], store, workers=0)) == 1


def test_a_bad_file_costs_no_other(case: dict[str, Path], tmp_path: Path, store: Store) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(case["a.jpg"].read_bytes()[:-200])
    jobs = [job_for(bad, PICTURE), job_for(case["b.png"], PICTURE)]
    outcomes = derive_all(jobs, store, workers=1)
    assert [outcomes[job.key].state for job in jobs] == ["refused", "made"]
    assert [outcome.state for outcome in derive_all(jobs, store, workers=1).values()] == ["refused", "hit"]


def _work(item: str) -> str:
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("once "):
        note = Path(item.removeprefix("once "))
        if not note.exists():
            note.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if item == "memory":
        try:
            bytearray(3 * 1024**3)
        except MemoryError:
            return "refused"
    return item


def test_a_killed_worker_costs_its_own_item_only(tmp_path: Path) -> None:
    once = f"once {tmp_path / 'note'}"
    items = ["a", "kill", "b", once, "c", "d"]
    ends = {end.item: end.result for end in each_done(_work, items, workers=2)}
    assert ends == {"a": "a", "kill": None, "b": "b", once: once, "c": "c", "d": "d"}


def test_a_worker_has_only_so_much_memory() -> None:
    assert list(each_done(_work, ["memory"], workers=1)) == [Done("memory", "refused")]


def test_a_killed_ffmpeg_is_a_failure_tried_again_next_time(
    case: dict[str, Path], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real child in ffmpeg's place, that writes half and is killed."""
    broken = tmp_path / "ffmpeg"
    broken.write_text('#!/bin/sh\nfor last; do :; done\necho half > "${last#file:}"\nkill -9 $$\n')
    broken.chmod(0o755)
    job = job_for(case["v.mp4"], VIDEO)
    real = tools.ffmpeg()
    monkeypatch.setattr("generator.media.video.encode.ffmpeg", lambda: tools.Ffmpeg(path=broken, version=real.version))
    outcome = derive_all([job], store, workers=0)[job.key]
    assert outcome.state == "failed"
    assert outcome.refusal is not None
    assert "SIGKILL" in outcome.refusal.en
    assert not [path for path in store.root.rglob("*") if path.is_file()]
    monkeypatch.undo()
    assert derive_all([job], store, workers=0)[job.key].state == "made"


def test_an_encode_dies_with_the_run(tmp_path: Path) -> None:
    path = clip(tmp_path / "long.mp4", size="640x360", seconds=8, has_sound=False)
    code = (
        "import sys; from pathlib import Path\n"
        "from generator.media.execute import derive_all\n"
        "from generator.media.recipe import Job, VideoRecipe\n"
        "from generator.store import Store\n"
        "if __name__ == '__main__':\n"
        f"    job = Job(source={str(path)!r}, source_sha256={job_for(path, VIDEO).source_sha256!r},\n"
        "        recipe=VideoRecipe(preset='veryslow'), tool='x')\n"
        f"    derive_all([job], Store(Path({str(tmp_path / 'store')!r})), workers=1)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(root)})
    until_s = time.monotonic() + 20
    while not _encoders_of(path) and time.monotonic() < until_s:
        time.sleep(0.05)
    assert _encoders_of(path)
    parent.kill()
    parent.wait()
    until_s = time.monotonic() + 5
    while _encoders_of(path) and time.monotonic() < until_s:
        time.sleep(0.05)
    assert not _encoders_of(path)


def _encoders_of(path: Path) -> list[str]:
    """The running ffmpeg processes that read *path*."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"ffmpeg" in words[0] and f"file:{path}".encode() in words and b"libx264" in words:
            found.append(process.name)
    return found


def test_facts_are_found_once_and_recalled(case: dict[str, Path], store: Store) -> None:
    files = [(path, path.name) for path in case.values()]
    seen: list[tuple[int, int]] = []
    first = probe_all(files, store, workers=2, on_progress=lambda done, total: seen.append((done, total)))
    assert list(first) == [str(path) for path in case.values()]
    assert all(facts.refusal is None for facts in first.values())
    assert sorted(seen) == [(done, 6) for done in range(1, 7)]
    assert probe_all(files, store, workers=0) == first


def test_recalled_facts_bear_the_path_they_are_asked_for(case: dict[str, Path], tmp_path: Path, store: Store) -> None:
    probe_all([(case["a.jpg"], "a.jpg")], store, workers=0)
    twin = tmp_path / "other.jpg"
    twin.write_bytes(case["a.jpg"].read_bytes())
    assert probe_all([(twin, "media/other.jpg")], store, workers=0)[str(twin)].path == "media/other.jpg"


def test_a_changed_file_has_new_facts_even_with_its_old_times(
    case: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    path = case["b.png"]
    hour_ago_ns = time.time_ns() - 3_600 * 10**9
    os.utime(path, ns=(hour_ago_ns, hour_ago_ns))
    first = probe_all([(path, "b.png")], store, workers=0)[str(path)]
    quadrants(70, 20).save(path)
    os.utime(path, ns=(hour_ago_ns, hour_ago_ns))
    second = probe_all([(path, "b.png")], store, workers=0)[str(path)]
    assert first.picture != second.picture
    assert first.sha256 != second.sha256


def test_a_settled_file_is_not_read_again(case: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", -1)
    files = [(path, path.name) for path in case.values()]
    first = probe_all(files, store, workers=0)
    monkeypatch.setattr("generator.media.probe._probed", lambda task: pytest.fail("read again"))
    assert probe_all(files, store, workers=0) == first


def test_a_file_that_just_changed_is_read_again(
    case: dict[str, Path], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.media.opening._SETTLED_NS", 10**18)
    probe_all([(case["a.jpg"], "a.jpg")], store, workers=0)
    assert not list((store.root / "digests").rglob("*"))


def test_without_any_ffmpeg_the_run_stops_with_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "ffmpeg"
    old.write_text("#!/bin/sh\necho 'ffmpeg version 4.4.2 Copyright'\necho 'configuration: --enable-libx264'\n")
    old.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(old) if name == "ffmpeg" else None)

    def nothing() -> str:
        raise RuntimeError("no wheel")

    monkeypatch.setattr("imageio_ffmpeg.get_ffmpeg_exe", nothing)
    tools.ffmpeg.cache_clear()
    try:
        with pytest.raises(ToolError, match=r"4\.4\.2 is too old"):
            tools.ffmpeg()
    finally:
        tools.ffmpeg.cache_clear()


def test_the_identity_of_a_tool_names_no_place() -> None:
    for recipe in (PICTURE, VIDEO, CaptionRecipe(), DOCUMENT):
        assert "/" not in tools.tool_of(recipe)


def test_better_words_in_a_docstring_are_no_new_maker() -> None:
    old = 'def f(a):\n    """Old."""\n    return a  # why\n'
    assert code_digest([old]) == code_digest(['def f(a):\n    """New words."""\n\n    return a\n'])
    assert code_digest([old]) != code_digest([old.replace("return a ", "return -a ")])
