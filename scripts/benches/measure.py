"""What every bench needs: what a child and its children cost, a table with bounds, and its JSON and Markdown."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent.parent
BENCH_DIR = ROOT / ".showcase" / "bench"
"""What benches install, download and write down."""


class NotMeasuredError(Exception):
    """A figure cannot be had on this machine; the words say what is missing and how to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a bench: a figure, its unit, and the bound that it must keep (None: only told)."""

    measure: str
    figure: float | None  # None: it could not be measured, and *note* says why
    unit: str
    bound: float | None = None
    sense: Literal["≤", "≥"] = "≤"  # on which side of the bound the figure must be
    note: str = ""  # what the figure was made of

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its bound; one that is missing is not."""
        if self.figure is None or self.bound is None:
            return self.bound is None
        return self.figure <= self.bound if self.sense == "≤" else self.figure >= self.bound

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """What the table shows: measure, figure, bound, what is to be said, note."""
        figure = "not measured" if self.figure is None else f"{_shown(self.figure)} {self.unit}".strip()
        bound = "" if self.bound is None else f"{self.sense} {self.bound:g} {self.unit}".strip()
        return self.measure, figure, bound, "" if self.is_kept else "missed", self.note


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a child and all its children used, and what it said."""

    cpu_s: float
    wall_s: float
    told: str  # its standard output


def cost_of(command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """What *command* costs, with *environment* on top of this process's own; its children count once they ended.

    Raises:
        subprocess.CalledProcessError: it failed; what it complained of has gone to this process's standard error.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    child = subprocess.run(
        command, cwd=cwd, check=True, stdout=subprocess.PIPE, env={**os.environ, **(environment or {})}
    )
    wall_s = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu_s=cpu_s, wall_s=wall_s, told=child.stdout.decode("utf-8", "replace"))


def cpu_s(command: Sequence[str], cwd: Path) -> float:
    """CPU seconds of *command* and all its children that it waited for.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    return cost_of(command, cwd).cpu_s


def median_of(runs: int, figure: Callable[[], float]) -> float:
    """The median of *runs* figures."""
    return statistics.median(figure() for _ in range(runs))


def medians(runs: int, figures: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each figure over *runs* rounds, by its name; every round takes each figure once, in turn.

    What slows the machine for a while then falls on all of them alike.
    """
    taken = [{name: figure() for name, figure in figures.items()} for _ in range(runs)]
    return {name: statistics.median(one[name] for one in taken) for name in figures}


def report(name: str, rows: Sequence[Row], about: Mapping[str, str] | None = None) -> int:
    """Prints the table and keeps it under .showcase/bench/; gives the exit code: 1 where a bound is missed.

    *about* tells what else shaped the figures: the machine, versions. The Markdown is what docs/ shows.
    """
    table = Table(title=f"{name} · Python {platform.python_version()} · {platform.machine()}")
    headings = ("measure", "figure", "bound", "", "of what")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in ("figure", "bound") else "left")
    for row in rows:
        table.add_row(*row.cells)
    console = Console()
    if not console.is_terminal:  # a log has no edge to wrap at
        console = Console(width=200)
    console.print(table)
    for what, value in (about or {}).items():
        console.print(f"{what}: {value}", highlight=False, markup=False)
    BENCH_DIR.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "is_kept": row.is_kept} for row in rows]
    (BENCH_DIR / f"{name}.json").write_text(
        json.dumps({"bench": name, "about": dict(about or {}), "rows": kept}, ensure_ascii=False, indent=2), "utf-8"
    )
    lines = [f"| {' | '.join(cells)} |" for cells in (headings, ("---",) * 5, *(row.cells for row in rows))]
    told = [f"- {what}: {value}" for what, value in (about or {}).items()]
    (BENCH_DIR / f"{name}.md").write_text("\n".join([*lines, "", *told, ""]), "utf-8")
    return 0 if all(row.is_kept for row in rows) else 1


def showcase() -> str:
    """The command of this environment."""
    return str(Path(sys.executable).parent / "showcase")
