"""Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit says that more follow."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def encode_all(values: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes of all *values*, and where each one's bytes end."""
    lengths = np.ones(len(values), dtype=np.uint8)
    for bits in (7, 14, 21, 28):
        lengths += values >= np.uint32(1 << bits)
    ends = np.cumsum(lengths, dtype=np.int64)
    data = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    data[ends - 1] = values >> (7 * (lengths.astype(np.uint32) - 1))
    starts = ends - lengths
    longer = np.flatnonzero(lengths > 1)
    for index in range(4):
        if not len(longer):
            break
        data[starts[longer] + index] = (values[longer] >> np.uint32(7 * index)) & 0x7F | 0x80
        longer = longer[lengths[longer] > index + 2]
    return data, ends


def encode(values: Iterable[int]) -> bytes:
    """The same for a few numbers."""
    out = bytearray()
    for value in values:
        while value >= 0x80:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)
    return bytes(out)
