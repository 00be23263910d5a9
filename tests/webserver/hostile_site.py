"""A project of honest cases and attacking ones, and what was made of it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from broken.projects import run

from conftest import ROOT, SMALL, laid_out

from .hostile import CASE, PILOT, Attack, attack_call, attack_case, withheld_cases

_VIDEO = ROOT / "cases" / "yueyang-2021" / "yunxi-safe-chemistry" / "media" / "dilute-acid.mov"
_CALLS = {CASE.call: 600, PILOT.call: 800}
"""With the number of its first attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacked:
    """A project that is built."""

    project: Path
    attacks: Mapping[str, Attack]  # of each case, by its place below cases/

    @property
    def site_dir(self) -> Path:
        return self.project / "site"


def attacked(folder: Path) -> Attacked:
    """The site of two honest cases, two attacking ones, their attacking calls, and cases that the check withholds."""
    project = laid_out(folder, *SMALL, calls=_CALLS)
    cases_dir = project / "cases"
    attacks = {attacker.id: attack_case(cases_dir, attacker, _VIDEO) for attacker in (CASE, PILOT)}
    assert all(len(attack.fields) > 25 for attack in attacks.values())
    for call, first in _CALLS.items():
        assert len(attack_call(cases_dir / call, first).fields) > 12
    withheld = withheld_cases(cases_dir, CASE)
    assert run(project, "build").exit_code == 1
    pages = {path.parent.relative_to(project / "site" / "cases").as_posix() for path in _pages(project / "site")}
    assert attacks.keys() <= pages and not withheld & pages
    return Attacked(project=project, attacks=attacks)


def _pages(site_dir: Path) -> list[Path]:
    return list((site_dir / "cases").glob("*/*/index.html"))


def with_editors_page(attacked: Attacked, folder: Path) -> Path:
    """The same project with `/admin/` for a folder of the editor's machine, built in *folder*."""
    shutil.copytree(attacked.project, folder, symlinks=True)
    settings = folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("- showcase:\n", "- showcase:\n      admin: local\n"), "utf-8"
    )
    assert run(folder, "build").exit_code == 1
    return folder
