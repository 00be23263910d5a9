"""This project as a child process, measured as the others are."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benches.measure import ROOT, Cost, cost_of
from benches.photographs import Photograph


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What every part of the bench is measured with."""

    photographs: tuple[Photograph, ...]
    work_dir: Path  # gone after the run
    runs: int  # a figure is the median of so many
    is_quick: bool  # smaller inputs throughout

    @property
    def photographs_dir(self) -> Path:
        """The folder that holds the photographs and nothing else."""
        return self.photographs[0].path.parent


def ours(task: str, **arguments: Any) -> Cost:
    """What one of `ours.TASKS` costs in a process of its own, start and imports included; it tells its answer as JSON.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    environment: Mapping[str, str] = {"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}"}
    return cost_of([sys.executable, "-m", "benches.ours", task, json.dumps(arguments)], ROOT, environment)
