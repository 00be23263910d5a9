"""Which cases a site shows and which were withdrawn: what the build tells of it, and every manifest keeps.

Files alone do not say it: a case that was withdrawn leaves a page at the same address. Values in, values out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The cases of a site by their addresses, ``cases/<campaign>/<case>/``; no word of theirs."""

    cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # public ones, each with its old addresses
    announced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # in an award list open to objections alone
    withdrawn: frozenset[str] = frozenset()  # old addresses among them

    @property
    def told(self) -> Mapping[str, tuple[str, ...]]:
        """Every case of which the site says a word."""
        return {**self.announced, **self.cases}


def census_record(census: Census) -> dict[str, Any]:
    """*census* as JSON has it; the same census, the same record."""
    return {
        "cases": {address: list(former) for address, former in sorted(census.cases.items())},
        "announced": {address: list(former) for address, former in sorted(census.announced.items())},
        "withdrawn": sorted(census.withdrawn),
    }


def census_of(record: Any) -> Census:
    """The census that *record* was made from.

    Raises:
        ValueError: it was made from none.
    """
    try:
        return Census(
            cases=_addresses(record["cases"].items()),
            announced=_addresses(record["announced"].items()),
            withdrawn=frozenset(map(str, record["withdrawn"])),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a census") from error


def _addresses(rows: Iterable[tuple[Any, Any]]) -> dict[str, tuple[str, ...]]:
    return {str(address): tuple(map(str, former)) for address, former in rows}


def census_text(census: Census) -> str:
    """*census* as the marker of a built site holds it."""
    return json.dumps(census_record(census), ensure_ascii=False, indent=0) + "\n"


def census_from(text: str) -> Census | None:
    """The census that *text* was made from; None where it is damaged or something else."""
    try:
        return census_of(json.loads(text))
    except ValueError:
        return None
