"""All cases as one row of characters, and the position of each character in the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.search.sheet import Sheet
from generator.search.tokens import zone_of

CHUNK = 1 << 18
"""Characters looked at together: arrays of this length stay in the cache of a processor."""

PADDING = 32
"""Breaks behind the last case, so that looking ahead never leaves the row."""

_LEAST_STRIDE_BITS = 13

T = TypeVar("T", bound=np.generic)
Ids = NDArray[np.uint16] | NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The row. Numbers of characters follow their code points; 0 is a break between two fields."""

    chars: Ids  # `find_grams` writes longer sequences over it
    alphabet: NDArray[np.uint32]  # number of a character → code point; [0] is 0
    starts: NDArray[np.int64]  # of each case in the row, in the order of slots, and the end
    slots: NDArray[np.int64]
    run_starts: NDArray[np.int64]  # of each field in the row
    run_shifts: NDArray[np.int64]  # what turns an index in the row into a position in the index
    run_zones: NDArray[np.uint8]
    stride_bits: int  # slot << stride_bits is the first position of a case

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Spans of whole cases (as numbers of cases) of about `CHUNK` characters."""
        first = 0
        last = len(self.slots)
        while first < last:
            after = int(np.searchsorted(self.starts, self.starts[first] + CHUNK, side="right")) - 1
            after = min(last, max(first + 1, after))
            yield first, after
            first = after

    def positions(self, start: int, stop: int) -> NDArray[np.int64]:
        """The position in the index of every index of the row in [start, stop)."""
        return np.arange(start, stop, dtype=np.int64) + self._of_runs(start, stop, self.run_shifts)

    def zones(self, start: int, stop: int) -> NDArray[np.uint8]:
        """The zone of every index of the row in [start, stop)."""
        return self._of_runs(start, stop, self.run_zones)

    def _of_runs(self, start: int, stop: int, values: NDArray[T]) -> NDArray[T]:
        first = max(0, int(np.searchsorted(self.run_starts, start, side="right")) - 1)
        after = int(np.searchsorted(self.run_starts, stop, side="left"))
        edges = np.concatenate([[start], self.run_starts[first + 1 : after], [stop]])
        return np.repeat(values[first:after], np.diff(edges))


class StreamBuilder:
    """Takes sheets in the order of their slots; gives the row. Holds one copy of the characters, two bytes each."""

    def __init__(self, expected: int) -> None:
        self._number_of = np.zeros(0x110000, dtype=np.uint32)
        self._codes = [0]  # by number, in the order met
        self._chars: Ids = np.zeros(expected + PADDING, dtype=np.uint16)
        self._used = 0
        self._starts: list[int] = []
        self._slots: list[int] = []
        self._runs: list[tuple[int, int]] = []  # (start in the row, position inside its case)
        self._run_slots: list[int] = []
        self._end = 0

    def add(self, slot: int, sheet: Sheet) -> None:
        """Append a case; *slot* is greater than every slot before."""
        self._starts.append(self._used)
        self._slots.append(slot)
        self._end = max(self._end, sheet.end)
        self._reserve(len(sheet.codes) + len(sheet.runs))
        numbers = self._numbers(sheet.codes)
        taken = 0
        for position, length in sheet.runs:
            self._runs.append((self._used, position))
            self._run_slots.append(slot)
            self._chars[self._used : self._used + length] = numbers[taken : taken + length]
            taken += length
            self._used += length + 1

    def finish(self) -> Stream:
        """The row; the builder is spent."""
        codes = np.array(self._codes, dtype=np.uint32)
        order = np.argsort(codes)
        rank = np.empty(len(codes), dtype=self._chars.dtype)
        rank[order] = np.arange(len(codes))
        chars = self._chars[: self._used + PADDING]
        for start in range(0, len(chars), CHUNK):
            chars[start : start + CHUNK] = rank[chars[start : start + CHUNK]]
        bits = max(_LEAST_STRIDE_BITS, self._end.bit_length())
        runs = np.array(self._runs, dtype=np.int64).reshape(-1, 2)
        slots = np.array(self._run_slots, dtype=np.int64)
        return Stream(
            chars=chars,
            alphabet=codes[order],
            starts=np.array([*self._starts, self._used], dtype=np.int64),
            slots=np.array(self._slots, dtype=np.int64),
            run_starts=runs[:, 0],
            run_shifts=(slots << bits) + runs[:, 1] - runs[:, 0],
            run_zones=np.array([zone_of(position) for _start, position in self._runs], dtype=np.uint8),
            stride_bits=bits,
        )

    def _numbers(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        numbers = self._number_of[codes]
        if not numbers.all():
            for code in np.unique(codes[numbers == 0]).tolist():
                self._number_of[code] = len(self._codes)
                self._codes.append(code)
            numbers = self._number_of[codes]
            if len(self._codes) > 0xFFFF and self._chars.dtype == np.uint16:
                self._chars = self._chars.astype(np.uint32)
        return numbers

    def _reserve(self, count: int) -> None:
        needed = self._used + count + PADDING
        if needed > len(self._chars):
            grown = np.zeros(max(needed, len(self._chars) * 5 // 4), dtype=self._chars.dtype)
            grown[: self._used] = self._chars[: self._used]
            self._chars = grown
