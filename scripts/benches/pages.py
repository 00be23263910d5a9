"""Pages: Lighthouse with its mobile preset, on the built site as the city's server gives it.

Installs Lighthouse under .showcase/bench/; the browser is the system's Chromium, and nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from chromium import FLAGS, NoBrowserError, executable

from benches.measure import BENCH_DIR, ROOT, NotMeasuredError, Row, report
from benches.pages_server import serving
from benches.peers import installed_by_npm

LIGHTHOUSE = {"lighthouse": "12.2.3"}  # 13 wants Node 22, which Debian does not have
PAGES = {
    "home": "",
    "list": "cases/",
    "case": "cases/enshi-2023/zhouzhi-dawn-redwood-diary/",
    "search": "search/",
}
"""What is measured: the home page, a list, a case with a video, the search."""

_WALL_S = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a page has to reach."""

    name: str
    bound: float
    sense: Literal["≤", "≥"]
    unit: str = ""


BOUNDS = (
    Bound(name="performance", bound=95, sense="≥"),
    Bound(name="accessibility", bound=100, sense="≥"),
    Bound(name="best-practices", bound=100, sense="≥"),
    Bound(name="seo", bound=100, sense="≥"),
    Bound(name="cumulative-layout-shift", bound=0.02, sense="≤"),
)
_TOLD = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "total-byte-weight")
"""Audits whose figures are told without a bound."""


def run(words: Sequence[str]) -> int:
    """The bench; 1 where a bound is missed or could not be measured."""
    options = _options(words)
    names = options.only or list(PAGES)
    rows: list[Row] = []
    about = {"machine": _machine(), "runs": str(options.runs)}
    try:
        tool = _lighthouse()
        about["with"] = f"{' '.join(f'{name} {version}' for name, version in LIGHTHOUSE.items())}, {_browser()[1]}"
        with serving(ROOT / "site") as address:
            for name in names:
                print(f"measuring {name} …", file=sys.stderr, flush=True)
                found = [_measured(tool, address + PAGES[name]) for _ in range(options.runs)]
                rows += _rows(name, found)
    except NotMeasuredError as error:
        rows.append(Row(measure="Lighthouse", figure=None, unit="", bound=0, note=str(error)))
    return report("pages", rows, about)


def _rows(name: str, found: Sequence[Mapping[str, Any]]) -> list[Row]:
    """A page's medians against their bounds; where one is missed, the audits that cost points."""
    rows = []
    for bound in BOUNDS:
        figure = statistics.median(one["figures"][bound.name] for one in found)
        row = Row(measure=f"{name}: {bound.name}", figure=figure, unit=bound.unit, bound=bound.bound, sense=bound.sense)
        if not row.is_kept:
            failed = found[0]["failed"].get(bound.name, [])
            row = replace(row, note=", ".join(failed))
        rows.append(row)
    for told in _TOLD:
        unit, scale = ("kB", 1_000) if told == "total-byte-weight" else ("ms", 1)
        figure = statistics.median(one["figures"][told] for one in found) / scale
        rows.append(Row(measure=f"{name}: {told}", figure=figure, unit=unit))
    return rows


def _measured(tool: Path, address: str) -> dict[str, Any]:
    """One run of Lighthouse: scores from 0 to 100, figures, and for each category the audits that are not full.

    Raises:
        NotMeasuredError: it failed.
    """
    with tempfile.TemporaryDirectory(dir=BENCH_DIR, prefix="work-") as folder:
        out = Path(folder) / "report.json"
        command = [
            "node", str(tool), address, "--quiet", "--output=json", f"--output-path={out}",
            "--only-categories=performance,accessibility,best-practices,seo", f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ]  # fmt: skip
        environment = {**os.environ, "CHROME_PATH": _browser()[0], "TMPDIR": folder, "CI": "1"}
        try:
            child = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_WALL_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NotMeasuredError(f"Lighthouse did not end within {_WALL_S} s") from error
        if child.returncode or not out.is_file():
            last = (child.stderr or child.stdout).strip().splitlines()[-1:] or ["no output"]
            raise NotMeasuredError(f"Lighthouse failed: {last[0]}")
        told = json.loads(out.read_text("utf-8"))
    if told.get("runtimeError"):
        raise NotMeasuredError(f"Lighthouse failed: {told['runtimeError'].get('message', '')}")
    return {"figures": _figures(told), "failed": _failed(told)}


def _figures(told: Mapping[str, Any]) -> dict[str, float]:
    scores = {name: round(100 * (category["score"] or 0)) for name, category in told["categories"].items()}
    audits = ("cumulative-layout-shift", *_TOLD)
    return {**scores, **{name: told["audits"][name].get("numericValue", 0.0) for name in audits}}


def _failed(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """The audits of each category that count and are not full, the costliest first."""
    found = {}
    for name, category in told["categories"].items():
        lost = [
            (part["weight"] * (1 - told["audits"][part["id"]]["score"]), part["id"])
            for part in category["auditRefs"]
            if part["weight"]
            and (told["audits"][part["id"]].get("score") or 0) < 1
            and told["audits"][part["id"]].get("score") is not None
        ]
        found[name] = [audit for _, audit in sorted(lost, reverse=True)]
    return found


def _lighthouse() -> Path:
    if not (ROOT / "site" / "index.html").is_file():
        raise NotMeasuredError("there is no site/; run scripts/build first")
    return installed_by_npm("lighthouse", LIGHTHOUSE) / "lighthouse" / "cli" / "index.js"


def _browser() -> tuple[str, str]:
    """Where the system's Chromium is, and its version."""
    try:
        path = executable()
    except NoBrowserError as error:
        raise NotMeasuredError("needs Chromium; install chromium and fonts-noto-cjk") from error
    child = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(Chromium|Chrome) [\d.]+", child.stdout)
    return path, found[0] if found else "Chromium"


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {'.'.join(platform.release().split('.')[:2])}"


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench pages", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="a figure is the median of so many; 3")
    parser.add_argument("--only", nargs="+", choices=PAGES, metavar="PAGE", help=f"some of {', '.join(PAGES)}")
    return parser.parse_args(words)
