"""How text is cut for search: what counts as a character, where the fields of a case stand, what a query asks.

Values in, values out. ``theme/assets/javascripts/search-text.js`` holds the same rules; ``tests/search/vectors.json``
holds the two together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TITLE, NAMES, SUMMARY, BODY = range(4)
"""Zones of a case, the weightiest first: title; unit, authors and keywords; summary; body."""

ZONE_STARTS = (0, 256, 1024, 2048)
"""The first position of each zone. What outgrows its zone stands behind the body and weighs as much as the body."""

_LATER_HAN = range(0x20000, 0x40000)  # planes 2 and 3: browsers know younger Han characters than this Python does
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_UNKNOWN, _SPREAD, _MARK = -1, -2, -3


@dataclass(frozen=True, slots=True)
class Folded:
    """Text as search sees it."""

    codes: NDArray[np.uint32]  # code points: letters, digits, Han; NFKC, lower case
    origin: NDArray[np.int64]  # for each, the index in the original text where it begins; ascending

    @property
    def text(self) -> str:
        """The codes as a string."""
        return self.codes.tobytes().decode("utf-32-le")


def fold(text: str) -> Folded:
    """*text* in NFKC and lower case, everything dropped that is neither letter nor digit.

    A base character and the marks that follow it are folded together, so that é is one character however it was
    typed. Nothing is ever raised: lone surrogates are dropped.
    """
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _fold_table
    folded = table[raw]
    if (folded == _UNKNOWN).any():
        for code in np.unique(raw[folded == _UNKNOWN]).tolist():
            table[code] = _folded_alone(code)
        folded = table[raw]
    if (folded <= _SPREAD).any():
        return _fold_slowly(text)
    kept = np.flatnonzero(folded)
    return Folded(folded[kept].astype(np.uint32), kept.astype(np.int64))


def zone_of(position: int) -> int:
    """The zone that a position belongs to."""
    return sum(position >= start for start in ZONE_STARTS) - 1


def place(fields: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The first position of each field, from (zone, length) pairs; no two fields touch, so no phrase crosses.

    A field that does not fit into what is left of its zone stands behind the body.
    """
    free = list(ZONE_STARTS)
    starts: list[int | None] = []
    for zone, length in fields:
        fits = zone == BODY or free[zone] + length < ZONE_STARTS[zone + 1]
        starts.append(free[zone] if fits else None)
        if fits:
            free[zone] += length + 1
    placed = []
    for (_zone, length), start in zip(fields, starts, strict=True):
        placed.append(free[BODY] if start is None else start)
        if start is None:
            free[BODY] += length + 1
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class Query:
    """What a visitor asks: every wanted term, none of the unwanted."""

    wanted: tuple[str, ...]  # folded, in the order typed, each once
    unwanted: tuple[str, ...]
    dropped: tuple[str, ...]  # words as typed that hold no letter or digit


def parse(text: str) -> Query:
    """The terms of *text*: words between blanks; a word that begins with ``-`` is unwanted."""
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    dropped: list[str] = []
    for word in text.split():
        term = fold(word).text
        if not term:
            dropped.append(word)
        elif word[0] in "-－":
            unwanted[term] = None
        else:
            wanted[term] = None
    return Query(tuple(wanted), tuple(unwanted), tuple(dropped))


def _is_kept(code: int) -> bool:
    return code in _LATER_HAN or unicodedata.category(chr(code))[0] in "LN"


def _folded_cluster(cluster: str) -> list[int]:
    lowered = unicodedata.normalize("NFKC", cluster).lower()
    return [ord(char) for char in lowered if _is_kept(ord(char))]


def _folded_alone(code: int) -> int:
    """One code point, 0 for nothing, `_SPREAD` for several, `_MARK` where the character before it has a say."""
    if code in _SELECTORS:
        return 0
    if unicodedata.category(chr(code))[0] == "M":
        return _MARK
    codes = _folded_cluster(chr(code))
    if len(codes) > 1:
        return _SPREAD
    return codes[0] if codes else 0


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for index, char in enumerate(text):
        if index and not (unicodedata.category(char)[0] == "M" and ord(char) not in _SELECTORS):
            yield start, text[start:index]
            start = index
    if text:
        yield start, text[start:]


def _fold_slowly(text: str) -> Folded:
    codes: list[int] = []
    origin: list[int] = []
    for start, cluster in _clusters(text):
        alone = int(_fold_table[ord(cluster)]) if len(cluster) == 1 else _SPREAD
        found = _folded_cluster(cluster) if alone < 0 else [alone] * (alone > 0)
        codes += found
        origin += [start] * len(found)
    return Folded(np.array(codes, dtype=np.uint32), np.array(origin, dtype=np.int64))


# One row for each code point, filled as texts bring them: a lookup is a hundred times cheaper than a call each.
_fold_table: NDArray[np.int32] = np.full(0x110000, _UNKNOWN, dtype=np.int32)
