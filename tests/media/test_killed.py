"""A build that is ended at any moment leaves no process, nothing half under its name, and the next one goes on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from .samples import clip, pdf

ROOT = Path(__file__).parents[2]
KILLS = 12
GONE_WITHIN_S = 2.0
LONGEST_S = 4.0  # before a kill, on a machine that has much else to do
FRAMES = 100
BUILD = """
import sys
from pathlib import Path
from generator.media.execute import derive_all
from generator.media.probe import probe_all
from generator.media.recipe import DocumentRecipe, PictureRecipe, Rendition, VideoRecipe
from generator.store import Store
from media.samples import job_for

def main():
    case, store = Path(sys.argv[1]), Store(Path(sys.argv[2]))
    files = sorted(case.iterdir())
    facts = probe_all([(path, path.name) for path in files], store, workers=2)
    assert all(fact.refusal is None for fact in facts.values()), facts
    # A bit rate that binds makes x264 write other bytes now and then, when its threads meet in another order.
    small = Rendition(name="small", short_px=180, long_px=320, crf=30, max_kbps=50_000, buffer_kbits=100_000)
    recipes = {".png": PictureRecipe(), ".mp4": VideoRecipe(renditions=(small,)), ".pdf": DocumentRecipe()}
    outcomes = derive_all([job_for(path, recipes[path.suffix]) for path in files], store, workers=2)
    assert all(outcome.result for outcome in outcomes.values()), outcomes

if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures, a video and a PDF that take some seconds together."""
    folder = tmp_path_factory.mktemp("killed") / "case"
    folder.mkdir()
    for number in range(3):
        Image.effect_noise((500 + number, 300), 60).convert("RGB").save(folder / f"{number}.png")
    clip(folder / "v.mp4", size="640x360", seconds=FRAMES // 25)
    pdf(folder / "d.pdf")
    return folder


class Build:
    """A build in a process of its own, whose descendants bear the names of its folders or a mark."""

    def __init__(self, case: Path, store_dir: Path) -> None:
        script = store_dir.parent / "build.py"
        script.write_text(BUILD)
        self.mark = f"SHOWCASE_TEST_MARK={store_dir}"
        self.words = (str(case), str(store_dir))
        name, _, value = self.mark.partition("=")
        self.process = subprocess.Popen(
            [sys.executable, str(script), *self.words],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", name: value},
            stderr=subprocess.PIPE,
        )

    def alive(self) -> list[str]:
        """Every process of the build that has not ended: workers have the mark, their children name the folders."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            if int(process.name) == os.getpid():
                continue
            with contextlib.suppress(OSError):
                line = (process / "cmdline").read_bytes()
                if any(word.encode() in line for word in self.words) or self.mark.encode() in (process / "environ").read_bytes():  # fmt: skip
                    found.append(line.decode("utf-8", "replace"))
        return found

    def is_gone(self) -> bool:
        return _becomes(lambda: not self.alive(), GONE_WITHIN_S)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [
            int(child) for child in children if b"multiprocessing-fork" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]

    def end(self) -> tuple[int, str]:
        complaint = self.process.communicate(timeout=120)[1].decode()
        return self.process.returncode, complaint


def _becomes(is_so: Callable[[], bool], within_s: float) -> bool:
    until_s = time.monotonic() + within_s
    while not is_so() and time.monotonic() < until_s:
        time.sleep(0.02)
    return is_so()


def kept(store_dir: Path) -> dict[str, bytes]:
    """What stands under its name in the store. What a reader remembers of times is no result."""
    return {
        str(path.relative_to(store_dir)): path.read_bytes()
        for room in ("facts", "media")
        for path in sorted((store_dir / room).rglob("*"))
        if path.is_file()
    }


def _named_files(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        if "name" in value and "bytes" in value:
            yield value["name"], value["bytes"]
        for inner in value.values():
            yield from _named_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named_files(inner)


def assert_nothing_is_half(store_dir: Path) -> None:
    found = kept(store_dir)
    sizes = {Path(name).name: len(data) for name, data in found.items()}
    for name, data in found.items():
        match Path(name).suffix:
            case ".json":
                for file_name, size_bytes in _named_files(json.loads(data)):
                    assert sizes.get(file_name) == size_bytes, f"{name} names {file_name}"
            case ".jpg" | ".webp" | ".avif" | ".png":
                with Image.open(io.BytesIO(data)) as image:
                    image.load()
            case ".mp4":
                with av.open(io.BytesIO(data), "r") as container:
                    assert len(list(container.decode(video=0))) == FRAMES, name


@pytest.fixture(scope="module")
def undisturbed(case: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """What a build that nobody disturbs keeps, and how long it takes."""
    store_dir = tmp_path_factory.mktemp("undisturbed") / "store"
    started_s = time.monotonic()
    build = Build(case, store_dir)
    assert build.end() == (0, "")
    length_s = time.monotonic() - started_s
    assert_nothing_is_half(store_dir)
    return kept(store_dir), length_s


def test_a_build_killed_at_any_moment_leaves_no_process_and_nothing_half(
    case: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    store_dir = tmp_path / "store"
    moments = random.Random(20240301)
    for number in range(KILLS):
        build = Build(case, store_dir)
        time.sleep(moments.uniform(0.02, 0.95) * min(undisturbed[1], LONGEST_S))
        build.process.kill()
        build.process.wait()
        assert build.is_gone(), build.alive()
        assert_nothing_is_half(store_dir)
        if number % 4 == 3:  # else what was kept leaves less and less to disturb
            shutil.rmtree(store_dir, ignore_errors=True)
    last = Build(case, store_dir)
    assert last.end() == (0, "")
    assert kept(store_dir) == undisturbed[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_asked_to_stop_leaves_no_process(
    number: signal.Signals, case: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    build = Build(case, tmp_path / "store")
    assert _becomes(lambda: any("libx264" in line for line in build.alive()), 30)
    build.process.send_signal(number)
    assert build.is_gone(), build.alive()
    assert build.end()[0] != 0
    assert_nothing_is_half(tmp_path / "store")


def test_a_killed_worker_costs_a_build_nothing(
    case: Path, undisturbed: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    build = Build(case, tmp_path / "store")
    assert _becomes(lambda: any("libx264" in line for line in build.alive()), 30)
    os.kill(random.Random(7).choice(build.workers()), signal.SIGKILL)
    assert build.end() == (0, "")
    assert build.is_gone()
    assert kept(tmp_path / "store") == undisturbed[0]
