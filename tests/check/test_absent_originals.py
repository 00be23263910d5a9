"""Of a file that is not here one thing is said, at its place: that it is not here."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.examine import examine

from .overlay import EXAMPLES, catalog_of

BAD = [path for number in range(20, 27) for path in sorted((EXAMPLES / f"MED{number:03}").glob("bad*"))]


@pytest.mark.parametrize("example", BAD, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_original_elsewhere_that_is_not_sound_is_blamed_for_that_alone(example: Path, tmp_path: Path) -> None:
    verdict = examine(catalog_of(example, tmp_path))
    assert {one.code for one in verdict.diagnostics} == {example.parent.name}
    assert verdict.withheld == {"call-2023/good-case"}


@pytest.mark.parametrize("example", sorted((EXAMPLES / "MED023").glob("bad*")), ids=lambda path: path.name)
def test_no_message_repeats_the_secret_of_an_address(example: Path, tmp_path: Path) -> None:
    for one in examine(catalog_of(example, tmp_path)).diagnostics:
        assert "s3cr3t" not in one.message.zh + one.message.en + one.fix.zh + one.fix.en
