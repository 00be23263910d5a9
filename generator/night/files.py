"""The two files that a run leaves for monitoring, and what it remembers of the run before."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from generator.night.metrics import metrics_text
from generator.night.outcome import Run, read, written

LAST_RUN = "last-run.json"
METRICS = "showcase.prom"


def state_dir_of(root: Path, environment: Mapping[str, str]) -> Path:
    """Where they stand: `SHOWCASE_STATE_DIR`, else the folder that systemd gives, else beside the store."""
    asked = environment.get("SHOWCASE_STATE_DIR") or environment.get("STATE_DIRECTORY", "").partition(":")[0]
    return Path(asked).absolute() if asked else root / ".showcase" / "night"


def last_run(state_dir: Path) -> Run | None:
    """The run before; None if there is none to be read, as before the first night."""
    try:
        return read(Run, (state_dir / LAST_RUN).read_bytes())
    except OSError:
        return None


def keep(run: Run, state_dir: Path) -> None:
    """Writes both files, each whole or not at all: a reader finds the old one or the new one.

    Raises:
        OSError: one could not be written; the old one stands.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    _replace(state_dir / LAST_RUN, written(run))
    _replace(state_dir / METRICS, metrics_text(run).encode())


def _replace(path: Path, text: bytes) -> None:
    # Not *.prom: the collector would read it unfinished.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with fresh.open("xb") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), 0o644)  # the collector is another user
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
