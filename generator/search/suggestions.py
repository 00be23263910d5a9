"""What search fields propose while somebody types, in small files whose size does not follow the number of cases.

One file, loaded with the first letter, holds topics, regions and calls, and every unit and title while they are few. Of
many, units and titles stand in files by character instead: a text stands under each of its characters, so that one file
answers what is typed, wherever in a text it stands. Under a *frequent* character stand only the best of each kind; whoever
types on meets a rarer one, and what no file proposes the search itself still finds.

Measured with 10,000 invented titles of 2,500 units: `tests/search/test_suggestions.py` prints and bounds the sizes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator.search.ledger import Ledger
from generator.search.tokens import fold

ALWAYS = frozenset({"topic", "region", "campaign"})
"""Kinds whose number the vocabulary and the calls bound."""

FEW = 500
"""Units and titles that the one file still holds: about 15 KB on the wire."""

BEST = 120
"""Texts of a kind that stand under one character."""

_FILE_ROWS = 320  # about 10 KB on the wire
_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text that may be meant, and where it leads."""

    kind: str  # topic, region, campaign, unit or case
    text: str
    url: str  # relative to the root of the site
    count: int = 0  # cases behind it; 0 where it is a case itself


def write_suggestions(suggestions: Sequence[Suggestion], ledger: Ledger, *, few: int = FEW, best: int = BEST) -> str:
    """The files of *suggestions*, the better first; gives the digits in the name of the first, ``t/all-<digits>.json``.

    That one tells ``rows`` (kind, text, address, count), ``names`` (the digits of the other files, one behind the other;
    a character is in the file of its code modulo their number) and ``frequent``: the characters whose file leaves
    something out, the rarest first.
    """
    rows = [row for row in suggestions if row.kind in ALWAYS]
    rest = [row for row in suggestions if row.kind not in ALWAYS]
    names, frequent = "", ""
    if len(rest) <= few:
        rows += rest
    else:
        names, frequent = _write_by_character(rest, ledger, best)
    head = {"rows": [_row(row) for row in rows], "names": names, "frequent": frequent}
    return ledger.put("t/all-", _json(head), ".json", digits=_DIGITS)


def _write_by_character(suggestions: Sequence[Suggestion], ledger: Ledger, best: int) -> tuple[str, str]:
    under: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))  # character → kind → indices
    for index, suggestion in enumerate(suggestions):
        for char in set(fold(suggestion.text).text):
            under[char][suggestion.kind].append(index)
    sizes = {char: sum(map(len, kinds.values())) for char, kinds in under.items()}
    frequent = [char for char, kinds in under.items() if any(len(indices) > best for indices in kinds.values())]
    kept = {char: [index for indices in kinds.values() for index in indices[:best]] for char, kinds in under.items()}
    wanted = max(1, sum(map(len, kept.values())) // _FILE_ROWS)
    files = 1 << (wanted - 1).bit_length()  # a power of two, so that a few cases more rarely change it
    shared: list[set[int]] = [set() for _ in range(files)]
    for char, indices in kept.items():
        shared[ord(char) % files].update(indices)
    names = [
        ledger.put(f"t/{number}-", _json([_row(suggestions[i]) for i in sorted(indices)]), ".json", digits=_DIGITS)
        for number, indices in enumerate(shared)
    ]
    return "".join(names), "".join(sorted(frequent, key=lambda char: (sizes[char], char)))


def _row(suggestion: Suggestion) -> list[object]:
    return [suggestion.kind, suggestion.text, suggestion.url, suggestion.count]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
