"""What docs/operate.md tells operators holds for the site that is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_NAMED_BY_CONTENT = re.compile(r"[0-9a-f]{6,}\.[a-z0-9.]+$")


@pytest.fixture
def is_immutable(root: Path) -> re.Pattern[str]:
    """The pattern of the nginx example."""
    found = re.search(
        r'^ *"~(\S+)" +"public, max-age=31536000, immutable";', (root / "docs/operate.md").read_text(), re.M
    )
    assert found
    return re.compile(found[1])


def test_browsers_keep_for_a_year_exactly_what_bears_a_hash(site: Path, is_immutable: re.Pattern[str]) -> None:
    addresses = [f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()]
    kept = {address for address in addresses if is_immutable.search(address)}
    assert kept == {address for address in addresses if _NAMED_BY_CONTENT.search(address)}
    assert {address.split("/")[1] for address in kept} == {"assets", "media", "search"}
