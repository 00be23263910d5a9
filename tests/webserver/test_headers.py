"""What browsers may keep for a year, held to the site that is built."""

from __future__ import annotations

import re
from pathlib import Path

from generator.webserver.headers import NAMED_BY_CONTENT

_BEARS_A_HASH = re.compile(r"[0-9a-f]{6,}\.[a-z0-9.]+$")


def test_browsers_keep_for_a_year_exactly_what_bears_a_hash(site: Path) -> None:
    addresses = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    kept = {address for address in addresses if re.match(NAMED_BY_CONTENT, address)}
    assert kept == {address for address in addresses if _BEARS_A_HASH.search(address)}
    assert {address.split("/")[0] for address in kept} == {"assets", "media", "search"}
