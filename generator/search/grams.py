"""Which character sequences are too frequent to be listed with positions, and which cases hold them.

Every single character counts as frequent; a longer sequence is frequent when it stands in the row more than
`Scale.frequent` times. Frequency is closed under taking parts, so frequent sequences are grown by one character at a
time, each from the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search import varints
from generator.search.stream import CHUNK, Ids, Stream

_NOWHERE = 4  # one past the last zone
_Places = list[NDArray[np.int32]]  # indices of the row, by chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes that bound what one query loads. Smaller ones serve tests."""

    frequent: int = 8192  # occurrences
    node: int = 2048  # occurrences that one node is meant to hold
    shard: int = 3072  # occurrences that one file is meant to hold
    longest: int = 12  # characters of a frequent sequence, at most 14
    most: int = 6000  # frequent sequences of two and more characters; visitors load their list


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """Frequent sequences by number: 0 the break, then all characters, then longer ones by length and order."""

    codes: NDArray[np.uint32]  # (number, place) → code point, 0 behind the end
    lengths: NDArray[np.uint8]
    leads: NDArray[np.int64]  # number of the character that each begins with
    longest_at: Ids  # for every index of the row, the longest frequent sequence that begins there
    cases: tuple[bytes, ...]  # by number: gaps of slots and best zones, see `_case_lists`

    def text(self, number: int) -> str:
        """The sequence as a string."""
        return "".join(map(chr, self.codes[number, : self.lengths[number]].tolist()))


def find_grams(stream: Stream, scale: Scale) -> Grams:
    """All frequent sequences of *stream*, up to `Scale.longest`; growing ends before there are more than `Scale.most`.

    The row's own array becomes `Grams.longest_at`: a second one would be the largest thing in memory.
    """
    characters = len(stream.alphabet)
    codes = np.zeros((characters, scale.longest), dtype=np.uint32)
    codes[:, 0] = stream.alphabet
    lengths = np.ones(characters, dtype=np.uint8)
    lengths[0] = 0
    leads = np.arange(characters)
    at = stream.chars
    cases = [b"", *_case_lists(stream, at, 1, characters)]
    occurring = _occurrences(at, characters)
    occurring[0] = 0
    columns, column_of = _numbered(np.flatnonzero(occurring > scale.frequent), characters)
    rows, row_of, first, length = columns, column_of, 0, 1
    places: _Places | None = None  # where sequences of *length* begin, None for everywhere
    while len(rows) and length < scale.longest:
        step = _Step(at, leads, column_of, len(columns), first, row_of, length, places)
        grown = np.flatnonzero(step.counts(len(rows) * len(columns)) > scale.frequent)
        if not len(grown) or len(codes) - characters + len(grown) > scale.most:
            break
        base, parents = len(codes), rows[grown // len(columns)] + first
        added = codes[parents]
        added[:, length] = codes[columns[grown % len(columns)], 0]
        codes = np.concatenate([codes, added])
        lengths = np.concatenate([lengths, np.full(len(grown), length + 1, dtype=np.uint8)])
        leads = np.concatenate([leads, leads[parents]])
        if len(codes) > 0xFFFF and at.dtype == np.uint16:
            at = step.at = at.astype(np.uint32)
        places = step.assign(grown, base, len(rows) * len(columns))
        cases += _case_lists(stream, at, base, len(codes))
        first, length = base, length + 1
        rows, row_of = _numbered(np.arange(len(grown)), len(grown))
    return Grams(codes=codes, lengths=lengths, leads=leads, longest_at=at, cases=tuple(cases))


def _numbered(chosen: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """*chosen*, and for each of *count* numbers its place in it or -1."""
    places = np.full(count, -1, dtype=np.int32)
    places[chosen] = np.arange(len(chosen))
    return chosen, places


def _occurrences(at: Ids, count: int) -> NDArray[np.int64]:
    total = np.zeros(count, dtype=np.int64)
    for start in range(0, len(at), CHUNK):
        total += np.bincount(at[start : start + CHUNK], minlength=count)
    return total


@dataclass(slots=True)
class _Step:
    """Growing by one character: looks at every place where a sequence of *length* begins, and at the character behind."""

    at: Ids
    leads: NDArray[np.int64]  # by number, the character that the sequence begins with
    column_of: NDArray[np.int32]  # by character, -1 for the rare ones
    columns: int
    first: int  # number of the first sequence of that length
    row_of: NDArray[np.int32]  # by number less first
    length: int
    places: _Places | None

    def counts(self, keys: int) -> NDArray[np.int32]:
        """How often each (sequence, next character) occurs."""
        counts = np.zeros(keys, dtype=np.int32)
        for _places, key in self._keys():
            key.sort()
            edges = np.flatnonzero(np.diff(key, prepend=-1))
            counts[key[edges]] += np.diff(edges, append=len(key)).astype(np.int32)
        return counts

    def assign(self, grown: NDArray[np.int64], base: int, keys: int) -> _Places:
        """Put the number of the grown sequence wherever one begins; gives these places."""
        number_of = np.zeros(keys, dtype=self.at.dtype)
        number_of[grown] = np.arange(base, base + len(grown))
        written: _Places = []
        for places, key in self._keys():
            numbers = number_of[key]
            hit = np.flatnonzero(numbers)
            self.at[places[hit]] = numbers[hit]
            written.append(places[hit])
        return written

    def _keys(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        row_by_number = np.full(len(self.leads), -1, dtype=np.int32)
        row_by_number[self.first : self.first + len(self.row_of)] = self.row_of
        column_by_number = self.column_of[self.leads]
        for places in self.places or self._everywhere():
            rows = row_by_number[self.at[places]]
            columns = column_by_number[self.at[places + np.int32(self.length)]]
            kept = np.flatnonzero((rows | columns) >= 0)
            yield places[kept], rows[kept] * np.int32(self.columns) + columns[kept]

    def _everywhere(self) -> Iterator[NDArray[np.int32]]:
        stop = len(self.at) - self.length
        return (np.arange(i, min(i + CHUNK, stop), dtype=np.int32) for i in range(0, stop, CHUNK))


def _case_lists(stream: Stream, at: Ids, first: int, after: int) -> list[bytes]:
    """For each sequence [first, after) the cases that hold it, ascending.

    A case is one number: four times the gap to the slot before it (the first counts from -1), plus the best zone.
    """
    lists = [bytearray() for _ in range(first, after)]
    last_slot = np.full(after - first, -1, dtype=np.int64)
    for first_case, after_case in stream.chunks():
        number, case, zone = _cases_of_chunk(stream, at, first, after, first_case, after_case)
        slots = stream.slots[first_case + case]
        edges = np.flatnonzero(np.diff(number, prepend=-1))
        held = number[edges]
        gaps = np.diff(slots, prepend=0)
        gaps[edges] = slots[edges] - last_slot[held]
        last_slot[held] = slots[np.append(edges[1:], len(slots)) - 1] if len(held) else 0
        data, ends = varints.encode_all((gaps << 2 | zone).astype(np.uint32))
        whole = data.tobytes()
        cuts = np.append(0, ends)[np.append(edges, len(slots))].tolist()
        for index, (left, right) in zip(held.tolist(), pairwise(cuts), strict=True):
            lists[index] += whole[left:right]
    return [bytes(data) for data in lists]


def _cases_of_chunk(
    stream: Stream, at: Ids, first: int, after: int, first_case: int, after_case: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Numbers (less *first*), cases (less *first_case*) and best zones, ordered by number and case."""
    start, stop = int(stream.starts[first_case]), int(stream.starts[after_case])
    numbers = at[start:stop]
    places = np.flatnonzero((numbers >= first) & (numbers < after))
    # Backwards: of several zones of one case the last one written stays, and the weightiest stands first.
    places = places[::-1]
    cases = after_case - first_case
    case_of = np.repeat(np.arange(cases), np.diff(stream.starts[first_case : after_case + 1]))
    best = np.full((after - first) * cases, _NOWHERE, dtype=np.uint8)
    cell = (numbers[places].astype(np.int64) - first) * cases + case_of[places]
    best[cell] = stream.zones(start, stop)[places]
    hit = np.flatnonzero(best < _NOWHERE)
    return hit // cases, hit % cases, best[hit]
