"""What a second build costs against a first one, and how soon an edit shows in `showcase serve`.

The sample cases without video, in a project of their own; CPU seconds, medians of three.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benches.measure import ROOT, Row, cpu_s, median_of, report, showcase

_EDITED = "hunan-2020-tkbtx/huaihua-village-loudspeaker"
_PORT = 8941


def run() -> int:
    """The bench."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for part in ("cases", "theme", "docs/site"):
            shutil.copytree(ROOT / part, project / part)
        shutil.copy(ROOT / "mkdocs.yml", project)
        for index in sorted((project / "cases").glob("*/*/index.md")):
            if "\nvideos:" in index.read_text("utf-8"):
                shutil.rmtree(index.parent)
        build = [showcase(), "build"]
        cold_s = cpu_s(build, project)
        warm_s = median_of(3, lambda: cpu_s(build, project))
        text = project / "cases" / _EDITED / "index.md"

        def edited_s() -> float:
            text.write_text(text.read_text("utf-8") + "\n\n再补一句。\n", "utf-8")
            return cpu_s(build, project)

        one_s = median_of(3, edited_s)
        visible_s = _visible_s(project, text)
    return report(
        "rebuild",
        [
            Row(measure="first build, everything made", figure=cold_s, unit="CPU s"),
            Row(measure="nothing changed", figure=warm_s, unit="CPU s"),
            Row(measure="one case edited", figure=one_s, unit="CPU s"),
            Row(measure="nothing changed / first build", figure=warm_s / cold_s, unit="×", bound=0.15),
            Row(measure="one case edited / first build", figure=one_s / cold_s, unit="×", bound=0.2),
            Row(measure="edit to visible page in serve, median of five", figure=visible_s, unit="s", bound=2.0),
        ],
    )


def _visible_s(project: Path, text: Path) -> float:
    """Seconds from saving an edit to the page that shows it."""
    command = [showcase(), "serve", "--address", f"127.0.0.1:{_PORT}"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for("怀化", 120)
            numbers = iter(range(100))

            def once() -> float:
                words = f"第{next(numbers)}次修改"
                text.write_text(text.read_text("utf-8") + f"\n\n{words}。\n", "utf-8")
                return _wait_for(words, 30)

            return median_of(5, once)
        finally:
            server.terminate()


def _wait_for(words: str, limit_s: float) -> float:
    began = time.monotonic()
    while time.monotonic() - began < limit_s:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/cases/{_EDITED}/", timeout=5) as answer:
                if words in answer.read().decode("utf-8"):
                    return time.monotonic() - began
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.02)
    raise TimeoutError(f"“{words}” did not appear within {limit_s} s")
