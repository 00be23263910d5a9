"""What every bench needs: CPU seconds of a child and its children, a table with bounds, and its JSON."""

from __future__ import annotations

import json
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a bench: a figure, its unit, and the bound that it must keep (None: only told)."""

    measure: str
    figure: float
    unit: str
    bound: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its bound."""
        return self.bound is None or self.figure <= self.bound


def cpu_s(command: Sequence[str], cwd: Path) -> float:
    """CPU seconds of *command* and all its children that it waited for.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_of(runs: int, figure: Callable[[], float]) -> float:
    """The median of *runs* figures."""
    return statistics.median(figure() for _ in range(runs))


def report(name: str, rows: Sequence[Row]) -> int:
    """Prints the table, writes it under .showcase/bench/, and gives the exit code: 1 where a bound is missed."""
    table = Table(title=f"{name} · Python {platform.python_version()} · {platform.machine()}")
    for heading in ("measure", "figure", "bound", ""):
        table.add_column(heading, justify="left" if heading in ("measure", "") else "right")
    for row in rows:
        bound = "" if row.bound is None else f"≤ {row.bound:g} {row.unit}"
        table.add_row(row.measure, f"{row.figure:.3g} {row.unit}", bound, "" if row.is_kept else "missed")
    Console().print(table)
    folder = ROOT / ".showcase" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "is_kept": row.is_kept} for row in rows]
    (folder / f"{name}.json").write_text(
        json.dumps({"bench": name, "rows": kept}, ensure_ascii=False, indent=2), "utf-8"
    )
    return 0 if all(row.is_kept for row in rows) else 1


def showcase() -> str:
    """The command of this environment."""
    return str(Path(sys.executable).parent / "showcase")
