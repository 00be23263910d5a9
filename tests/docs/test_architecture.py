"""The architecture page names every module, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

MOST_LINES = 200


def _text(root: Path) -> str:
    return (root / "docs" / "architecture.md").read_text("utf-8")


def test_every_module_of_the_generator_has_its_place_and_no_other_has(root: Path) -> None:
    modules = {path.relative_to(root / "generator").as_posix() for path in (root / "generator").rglob("*.py")}
    # The tables of the house; what stands elsewhere is prose.
    house = _text(root).split("## The walls")[0]
    named = {name.removeprefix("generator/") for name in re.findall(r"`([a-z_/]+\.py)`", house)}
    assert named == modules


def test_paths_of_the_last_table_lead_somewhere(root: Path) -> None:
    where = _text(root).split("## Where does my change go?")[1]
    for name in re.findall(r"`([a-z_]+(?:/[a-z_]+)+(?:\.[a-z]+)?/?)`", where):
        assert (root / name).exists() or (root / "generator" / name).exists(), name


def test_it_can_be_read_at_a_sitting(root: Path) -> None:
    assert len(_text(root).splitlines()) <= MOST_LINES
