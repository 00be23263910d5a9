"""Nodes and lists of cases in files: which file holds what follows from a hash, so that visitors need no directory."""

from __future__ import annotations

import json
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from generator.search import varints
from generator.search.grams import Grams, Scale
from generator.search.ledger import Ledger
from generator.search.postings import Cut, cut, write_nodes
from generator.search.stream import Stream

SHARDS_OF_A_DIRECTORY = 128
DIGITS = 8
"""Digits of the hash in the name of a shard; its number stands there too, so they only tell versions apart."""

_CASES = 0  # the mark of a list of cases; bucket n has the mark n + 1
_Part = tuple[int, int, bytes]  # mark, head, bytes


def shard_count(occurrences: int, scale: Scale) -> int:
    """Files for so many occurrences, in coarse steps, so that a few cases more rarely change it."""
    wanted = max(1, occurrences // scale.shard)
    step = 1 << max(0, wanted.bit_length() - 3)
    return -(-wanted // step) * step


def shard_of(
    codes: NDArray[np.uint32], lengths: NDArray[np.uint8], marks: NDArray[np.int64], shards: int
) -> NDArray[np.int64]:
    """The file of each part, from the rows of *codes* (of *lengths*) and the marks: FNV-1a, its upper half folded in."""
    hashed = np.full(len(lengths), 2166136261, dtype=np.uint32)
    prime = np.uint32(16777619)
    for index in range(codes.shape[1]):
        hashed = np.where(lengths > index, (hashed ^ codes[:, index]) * prime, hashed)
    hashed = (hashed ^ marks.astype(np.uint32)) * prime
    return ((hashed ^ hashed >> np.uint32(15)) % np.uint32(shards)).astype(np.int64)


def write_shards(stream: Stream, grams: Grams, scale: Scale, ledger: Ledger) -> tuple[int, list[str], Cut]:
    """All shards and their directories; gives how many shards, the hashes of the directories, and the cut."""
    made = cut(grams, scale)
    shards = shard_count(made.occurrences, scale)
    heads = made.heads
    marks = np.arange(len(heads)) - made.first_node[heads] + 1
    homes = shard_of(grams.codes[heads], grams.lengths[heads], marks, shards)
    lists = shard_of(grams.codes, grams.lengths, np.zeros(len(grams.lengths), dtype=np.int64), shards).tolist()
    parts: dict[int, list[_Part]] = defaultdict(list)
    for head, data in enumerate(grams.cases):
        if data:
            parts[lists[head]].append((_CASES, head, data))
    names = ["0" * DIGITS] * shards
    order = np.argsort(homes, kind="stable")
    written = 0
    for node, data in write_nodes(stream, grams, made, order):
        home = int(homes[node])
        while written < home:
            _write(written, parts.pop(written, []), grams, ledger, names)
            written += 1
        parts[home].append((int(marks[node]), int(heads[node]), data))
    for home in range(written, shards):
        _write(home, parts.pop(home, []), grams, ledger, names)
    directories = []
    for start in range(0, shards, SHARDS_OF_A_DIRECTORY):
        row = json.dumps("".join(names[start : start + SHARDS_OF_A_DIRECTORY])).encode()
        directories.append(ledger.put(f"d/{start // SHARDS_OF_A_DIRECTORY}-", row, ".json", digits=DIGITS))
    return shards, directories, made


def _write(shard: int, parts: list[_Part], grams: Grams, ledger: Ledger, names: list[str]) -> None:
    """A shard: how many parts; of each its mark, its head (length, code points) and its bytes; then the parts."""
    if not parts:
        return
    table = [len(parts)]
    for mark, head, data in parts:
        size = int(grams.lengths[head])
        table += [mark, size, *grams.codes[head, :size].tolist(), len(data)]
    whole = varints.encode(table) + b"".join(data for _mark, _head, data in parts)
    names[shard] = ledger.put(f"s/{shard // SHARDS_OF_A_DIRECTORY}/{shard}-", whole, ".bin", digits=DIGITS)
