"""What `showcase check` costs among 10,000 cases of 4,000 字: in a proposal of one edited case, and of them all.

CPU seconds of the whole command. “Cold” has an empty store; the interpreter has seen our sources before.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from benches.corpus import CHARACTERS, make_project
from benches.measure import ROOT, Row, median_of, report, showcase

COUNT = 10_000


def run(count: int = COUNT) -> int:
    """The bench."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        make_project(ROOT, project, count)
        _committed(project)
        text = sorted((project / "cases").glob("*/made-*/index.md"))[count // 2]
        check = [showcase(), "check"]
        _cpu_s([*check, "cases/yueyang-2021"], project)  # so that our sources are compiled

        def cold_s() -> float:
            shutil.rmtree(project / ".showcase")
            return _cpu_s(check, project)

        def edited_s() -> float:
            text.write_text(text.read_text("utf-8") + "\n\n再补一句。\n", "utf-8")
            return _cpu_s(check, project)

        proposal = [*check, "--since", "main"]

        def proposed_s() -> float:
            shutil.rmtree(project / ".showcase")
            return _cpu_s(proposal, project)

        cold = median_of(3, cold_s)
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        warm = median_of(5, lambda: _cpu_s(check, project))
        edited = median_of(3, edited_s)
        proposed = median_of(3, proposed_s)
        proposed_again = median_of(5, lambda: _cpu_s(proposal, project))
    of = f"{count:,} cases of {CHARACTERS:,} characters"
    return report(
        "check",
        [
            Row(measure="proposal of one edited case, cold", figure=proposed, unit="CPU s", bound=10, note=of),
            Row(measure="the same again", figure=proposed_again, unit="CPU s", bound=2, note=of),
            Row(measure="all, cold", figure=cold, unit="CPU s", bound=10, note=of),
            Row(measure="all, nothing changed", figure=warm, unit="CPU s", bound=2, note=of),
            Row(measure="all, one case edited", figure=edited, unit="CPU s", bound=2, note=of),
            Row(measure="largest process", figure=peak_mb, unit="MB", note="all, cold"),
        ],
    )


def _committed(project: Path) -> None:
    """The corpus as the main branch of a repository."""
    (project / ".gitignore").write_text(".showcase/\n", "utf-8")
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "cases"]):
        subprocess.run(
            ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", *words], cwd=project, check=True
        )


def _cpu_s(command: list[str], project: Path) -> float:
    """CPU seconds of *command*, which may find faults (1) but not fail.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.run(command, cwd=project, stdout=subprocess.DEVNULL, check=False)
    if child.returncode > 1:
        raise subprocess.CalledProcessError(child.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
