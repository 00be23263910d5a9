"""Media: pictures against the galleries, videos against bare ffmpeg, and what a build does to time, memory and cores.

Installs what it compares with, downloads what it measures with, and keeps both under .showcase/bench/.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import features

from benches import against_ffmpeg, against_galleries, whole_builds
from benches.child import Setup
from benches.measure import BENCH_DIR, NotMeasuredError, Row, report
from benches.photographs import photographs
from generator.media.tools import ffmpeg

PARTS: dict[str, Callable[[Setup], list[Row]]] = {
    "pictures": against_galleries.rows,
    "videos": against_ffmpeg.rows,
    "warm": whole_builds.warm_rows,
    "memory": whole_builds.memory_rows,
    "cores": whole_builds.core_rows,
}
_QUICK_PHOTOGRAPHS = 4


def run(words: Sequence[str]) -> int:
    """The bench; 1 where a bound is missed or could not be measured."""
    options = _options(words)
    BENCH_DIR.mkdir(parents=True, exist_ok=True)
    # Beside the caches and not in the system's temporary folder, which may be memory.
    with tempfile.TemporaryDirectory(dir=BENCH_DIR, prefix="work-") as work:
        work_dir = Path(work)
        try:
            found = photographs(options.photos, _QUICK_PHOTOGRAPHS if options.quick else None, work_dir)
        except NotMeasuredError as error:
            return report("media", [Row(measure="photographs", figure=None, unit="", bound=0, note=str(error))])
        setup = Setup(photographs=found, work_dir=work_dir, runs=options.runs, is_quick=options.quick)
        rows = [row for name in (options.only or PARTS) for row in _rows_of(name, setup)]
        return report("-".join(["media", *options.only]), rows, _about(setup))


def _rows_of(name: str, setup: Setup) -> list[Row]:
    """The rows of a part; one that fails costs no other part its figures, and keeps no bound."""
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    try:
        return PARTS[name](setup)
    except subprocess.CalledProcessError as error:
        reason = f"{Path(error.cmd[0]).name} ended with {error.returncode}; see above"
    except (RuntimeError, NotMeasuredError, OSError) as error:
        reason = str(error)
    return [Row(measure=name, figure=None, unit="", bound=0, note=reason)]


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench media", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller inputs, one run: does the bench work?")
    parser.add_argument("--runs", type=int, help="medians of so many runs; 3, or 1 with --quick")
    parser.add_argument("--photos", type=Path, help="a folder with JPEGs to measure with, in place of Debian's")
    parser.add_argument("--only", action="append", default=[], choices=list(PARTS), help="this part; may be repeated")
    options = parser.parse_args(words)
    options.runs = max(1, options.runs or (1 if options.quick else 3))
    return options


def _about(setup: Setup) -> dict[str, str]:
    megapixels = [photograph.pixels / 1e6 for photograph in setup.photographs]
    codecs = ", ".join(f"{name} {features.version(name)}" for name in ("libjpeg_turbo", "webp", "avif"))
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "photographs": f"{len(megapixels)}, {min(megapixels):.1f} to {max(megapixels):.1f} MP, {sum(megapixels):.0f} MP in all",
        "runs": f"{setup.runs}{', quick' if setup.is_quick else ''}",
        "ours": f"Python {platform.python_version()}, Pillow {features.version('pil')} ({codecs}), ffmpeg {ffmpeg().version}",
    }


def _processor() -> str:
    try:
        model = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        model = None
    return model[1] if model else platform.machine()
