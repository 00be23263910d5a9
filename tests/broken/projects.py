"""A small project of six cases: copied, built, and its site compared byte by byte."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main

CHEMISTRY = "yueyang-2021/yunxi-safe-chemistry"
"""Has pictures, a video with captions and a PDF."""

MAILBOX = "enshi-2023/hefeng-echo-mailbox"
"""Has a text alone, in a call that asks for a length."""

PUPILS = "yueyang-2021/quyuan-nineteen-pupils"
PAVILION = "yueyang-2021/nanhu-reading-pavilion"
CASES = (
    *(CHEMISTRY, PUPILS, PAVILION, MAILBOX),
    *("enshi-2023/jianshi-noon-reading", "hunan-2020-tkbtx/huaihua-village-loudspeaker"),
)

Files = dict[str, bytes]
"""A site: path → content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a command ended and what it said."""

    exit_code: int
    out: str
    err: str


def run(project: Path, *words: str, workers: str = "0") -> Run:
    """`showcase` in this process; with no workers its media are made here too."""
    environment = {"SHOWCASE_WORKERS": workers}
    result = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), *words], env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(exit_code=result.exit_code, out=result.stdout, err=result.stderr)


def site_of(project: Path) -> Files:
    """Every file of the project's site."""
    site = project / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def differences(one: Files, other: Files) -> list[str]:
    """The files that only one of them has, or that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def copied(project: Path, target: Path) -> Path:
    """A copy of *project* with its site; unchanged files are shared, so a change must put a new file in place."""
    shutil.copytree(project, target, symlinks=True, copy_function=os.link)
    return target
