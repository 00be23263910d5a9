"""Where every sequence stands: the row cut into nodes, and each node as bytes.

Each index of the row belongs to one node: the longest frequent sequence that begins there (its *head*), and one of
the head's buckets, chosen by the character behind it. Inside the node it stands under its *tail*: that character, or
as many more as the longest frequent sequence one further on reaches. So any phrase can be put together from a few
nodes of bounded size, and no occurrence is listed twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search import varints
from generator.search.grams import Grams, Scale
from generator.search.stream import CHUNK, Stream

_PASS = 8 * CHUNK  # occurrences sorted at once
_Passes = NDArray[np.uint8] | NDArray[np.uint16]
_SLICE = CHUNK  # occurrences written out at once


@dataclass(frozen=True)
class Cut:
    """How the row falls into nodes."""

    buckets: NDArray[np.int64]  # by head; a power of two
    first_node: NDArray[np.int64]  # by head; its buckets follow one another
    expected: NDArray[np.int64]  # by head; occurrences under it

    @cached_property
    def heads(self) -> NDArray[np.int64]:
        """The head of each node."""
        return np.repeat(np.arange(len(self.buckets)), self.buckets)

    @property
    def occurrences(self) -> int:
        """Everywhere that a sequence stands."""
        return int(self.expected.sum())


def cut(grams: Grams, scale: Scale) -> Cut:
    """Enough buckets for each head, so that a node holds about `Scale.node` occurrences."""
    expected = np.zeros(len(grams.lengths), dtype=np.int64)
    for start in range(0, len(grams.longest_at), CHUNK):
        expected += np.bincount(grams.longest_at[start : start + CHUNK], minlength=len(expected))
    expected[0] = 0
    wanted = np.maximum(1, expected // scale.node)
    buckets = np.minimum(1 << np.ceil(np.log2(wanted)).astype(np.int64), 1 << 15)
    return Cut(buckets=buckets, first_node=np.cumsum(buckets) - buckets, expected=expected)


def bucket_hash(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Sixteen bits of each code point; its highest bits choose the bucket."""
    return codes * np.uint32(0x9E3779B1) >> np.uint32(16)


def write_nodes(stream: Stream, grams: Grams, made: Cut, order: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
    """The nodes that hold anything, with their bytes, in *order* (numbers of nodes).

    A node is a row of tails; a tail is sixteen times its occurrences plus its length, its code points (the first as
    its zigzag difference to the first of the tail before), and the gaps between its positions.
    """
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    # The least weight keeps the nodes of a pass within the bits that a key has for them.
    weights = np.maximum((made.expected // made.buckets)[made.heads][order], _PASS >> 15)
    reached = np.cumsum(weights)
    stops = [0]
    while stops[-1] < len(order):
        before = int(reached[stops[-1] - 1]) if stops[-1] else 0
        stops.append(max(stops[-1] + 1, int(np.searchsorted(reached, before + _PASS, side="right"))))
    row = _Row(stream, grams, made, rank)
    pass_of = row.passes(np.array(stops))
    for number, (start, stop) in enumerate(pairwise(stops), start=1):
        writer = _Writer(stream, grams, made.heads[order[start:stop]], row)
        for place, data in writer.write(row.keys(pass_of, number, start)):
            yield int(order[start + place]), data


class _Row:
    """Where each index of the row belongs."""

    def __init__(self, stream: Stream, grams: Grams, made: Cut, rank: NDArray[np.int64]) -> None:
        self.stream, self.grams, self.first_node, self.rank = stream, grams, made.first_node, rank
        last_slot = int(stream.slots[-1]) if len(stream.slots) else 0
        self.position_bits = stream.stride_bits + last_slot.bit_length()
        self.tail_bits = len(grams.lengths).bit_length()
        self.hashed = bucket_hash(stream.alphabet).astype(np.int32)[grams.leads]
        self.shift = (16 - np.log2(made.buckets)).astype(np.int32)
        self.reach = grams.lengths.astype(np.int32)

    def passes(self, stops: NDArray[np.int64]) -> _Passes:
        """For each index the pass it is written in: n for the ranks from stops[n-1] to stops[n], 0 for none.

        Where a field ends nothing follows: no phrase asks for such a place, and the lists of cases hold it.
        """
        at = self.grams.longest_at
        pass_of_node: _Passes = np.searchsorted(stops, self.rank, side="right").astype(np.uint16)
        passes: _Passes = np.zeros(int(self.stream.starts[-1]), dtype=np.uint16)
        if len(stops) <= 0xFF:
            pass_of_node, passes = pass_of_node.astype(np.uint8), passes.astype(np.uint8)
        for start in range(0, len(passes), CHUNK):
            here = at[start : start + CHUNK][: len(passes) - start]
            behind = at[np.arange(start, start + len(here), dtype=np.int32) + self.reach[here]]
            node = self.first_node[here] + (self.hashed[behind] >> self.shift[here])
            passes[start : start + len(here)] = pass_of_node[node] * ((here != 0) & (behind != 0))
        return passes

    def keys(self, pass_of: _Passes, number: int, first: int) -> NDArray[np.int64]:
        """Rank (less *first*), tail and position of every index of that pass, in one number each, sorted."""
        at = self.grams.longest_at
        keys = np.empty(int(np.count_nonzero(pass_of == number)), dtype=np.int64)
        filled = 0
        for start in range(0, len(pass_of), CHUNK):
            stop = min(start + CHUNK, len(pass_of))
            chosen = np.flatnonzero(pass_of[start:stop] == number)
            index = chosen + start
            here, further = at[index], at[index + 1]
            reach = self.reach[here]
            behind = at[index + reach]
            place = self.rank[self.first_node[here] + (self.hashed[behind] >> self.shift[here])] - first
            tail = np.where(self.reach[further] > reach, further, self.grams.leads[behind])
            position = self.stream.positions(start, stop)[chosen]
            keys[filled : filled + len(index)] = (place << self.tail_bits | tail) << self.position_bits | position
            filled += len(index)
        keys.sort()
        return keys


class _Writer:
    """Writes neighbouring nodes, given their heads."""

    def __init__(self, stream: Stream, grams: Grams, heads: NDArray[np.int64], row: _Row) -> None:
        self.stream, self.grams, self.heads = stream, grams, heads
        self.position_bits, self.tail_bits = row.position_bits, row.tail_bits

    def write(self, keys: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
        """Each node that holds anything, by its place among the neighbours."""
        nodes = np.arange(len(self.heads) + 1, dtype=np.int64) << (self.tail_bits + self.position_bits)
        edges = np.searchsorted(keys, nodes)
        start = 0
        while start < len(self.heads):
            after = max(start + 1, int(np.searchsorted(edges, edges[start] + _SLICE, side="right")) - 1)
            yield from self._encode(keys[edges[start] : edges[after]])
            start = after

    def _encode(self, keys: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
        if not len(keys):
            return
        tails = keys >> self.position_bits
        first_of = np.flatnonzero(np.diff(tails, prepend=-1))
        counts = np.diff(first_of, append=len(keys))
        tails = tails[first_of]
        node = tails >> self.tail_bits
        words, sizes = self._words(tails & (1 << self.tail_bits) - 1, node)
        width = 1 + sizes + counts
        starts = np.cumsum(width) - width
        values = np.empty(int(width.sum()), dtype=np.uint32)
        values[starts] = counts << 4 | sizes
        for index in range(int(sizes.max())):
            reaching = np.flatnonzero(sizes > index)
            values[starts[reaching] + 1 + index] = words[reaching, index]
        positions = keys & (1 << self.position_bits) - 1
        gaps = np.diff(positions, prepend=0)
        gaps[first_of] = positions[first_of]
        values[np.repeat(starts + 1 + sizes - first_of, counts) + np.arange(len(keys))] = gaps
        data, ends = varints.encode_all(values)
        edges = np.flatnonzero(np.diff(node, prepend=-1))
        cuts = [*(ends[starts[edges]] - _length_of(values[starts[edges]])).tolist(), len(data)]
        whole = data.tobytes()
        for place, (left, right) in zip(node[edges].tolist(), pairwise(cuts), strict=True):
            yield place, whole[left:right]

    def _words(self, tails: NDArray[np.int64], node: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The code points of each tail as they are written, and how many there are."""
        grams = self.grams
        characters = len(self.stream.alphabet)
        head_lengths = grams.lengths[self.heads[node]].astype(np.int64)
        skipped = np.where(tails < characters, 0, head_lengths - 1)
        sizes = grams.lengths[tails].astype(np.int64) - skipped
        words = np.zeros((len(tails), int(sizes.max())), dtype=np.int64)
        for index in range(words.shape[1]):
            reaching = np.flatnonzero(sizes > index)
            words[reaching, index] = grams.codes[tails[reaching], skipped[reaching] + index]
        first = words[:, 0]
        step = np.diff(first, prepend=0)
        fresh = np.flatnonzero(np.diff(node, prepend=-1))
        step[fresh] = first[fresh]
        words[:, 0] = np.where(step < 0, -2 * step - 1, 2 * step)
        return words, sizes


def _length_of(values: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How many bytes each of *values* takes."""
    return np.diff(varints.encode_all(values)[1], prepend=0)
