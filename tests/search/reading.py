"""A reader of the index in Python, written after the format alone, for properties that need thousands of queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from generator.search.postings import bucket_hash
from generator.search.shards import DIGITS, SHARDS_OF_A_DIRECTORY, shard_of


class Numbers:
    """Varints, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def next(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self, size: int) -> str:
        return "".join(chr(self.next()) for _ in range(size))


def number(char: str) -> int:
    code = ord(char)
    code -= 0x800 if code >= 0xE000 else 0
    code -= 0x22 if code >= 0xA1 else 0
    return code - (code > 0x5C) - 0x23


class IndexReader:
    """Answers terms from the files of an index."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files
        self.root = json.loads(files["index.json"].read_bytes())
        self.heads: dict[str, int] = {}
        self.bytes_of: dict[Path, bytes] = {}
        before = ""
        for row in filter(None, self.root["heads"].split(" ")):
            before = before[: number(row[0])] + row[2:]
            self.heads[before] = number(row[1])

    def table(self) -> dict[str, object]:
        table: dict[str, object] = json.loads(self.files[f"table-{self.root['table']}.json"].read_bytes())
        return table

    def card(self, slot: int) -> dict[str, object] | None:
        shelf, place = divmod(slot, self.root["shelf"])
        shelves = str(self.table()["shelves"])
        name = f"c/{shelf}-{shelves[shelf * 6 : shelf * 6 + 6]}.json"
        if name not in self.files:
            return None
        card: dict[str, object] | None = json.loads(self.files[name].read_bytes())[place]
        return card

    def part(self, head: str, mark: int) -> bytes:
        codes = np.array([[ord(char) for char in head]], dtype=np.uint32)
        sizes = np.array([len(head)], dtype=np.uint8)
        shard = int(shard_of(codes, sizes, np.array([mark]), self.root["shards"])[0])
        row, place = divmod(shard, SHARDS_OF_A_DIRECTORY)
        name = self.root["directories"][row * DIGITS : row * DIGITS + DIGITS]
        names = json.loads(self.files[f"d/{row}-{name}.json"].read_bytes())
        path = self.files.get(f"s/{row}/{shard}-{names[place * DIGITS : place * DIGITS + DIGITS]}.bin")
        if path is None:
            return b""
        if path not in self.bytes_of:
            self.bytes_of[path] = path.read_bytes()
        numbers = Numbers(self.bytes_of[path])
        parts = []
        for _ in range(numbers.next()):
            its_mark, its_head = numbers.next(), numbers.text(numbers.next())
            parts.append((its_mark, its_head, numbers.next()))
        at = numbers.at
        for its_mark, its_head, size in parts:
            if (its_mark, its_head) == (mark, head):
                return numbers.data[at : at + size]
            at += size
        return b""

    def tails(self, head: str, following: str) -> list[tuple[str, list[int]]]:
        """Every tail of the node that a place before *following* belongs to, with its positions."""
        bits = self.heads.get(head, 0)
        bucket = int(bucket_hash(np.array([ord(following)], dtype=np.uint32))[0]) >> (16 - bits)
        numbers = Numbers(self.part(head, bucket + 1))
        found = []
        lead = 0
        while numbers.at < len(numbers.data):
            count, size = divmod(numbers.next(), 16)
            step = numbers.next()
            lead += -(step + 1) // 2 if step % 2 else step // 2
            tail = chr(lead) + numbers.text(size - 1)
            position, positions = 0, []
            for _ in range(count):
                position += numbers.next()
                positions.append(position)
            found.append((tail, positions))
        return found

    def is_frequent(self, text: str) -> bool:
        return len(text) == 1 or text in self.heads

    def find(self, term: str) -> dict[int, int]:
        """slot → best zone."""
        if self.is_frequent(term):
            numbers, slot, zones = Numbers(self.part(term, 0)), -1, {}
            while numbers.at < len(numbers.data):
                gap, zone = divmod(numbers.next(), 4)
                slot += gap
                zones[slot] = zone
            return zones
        starts: list[set[int]] = []
        for at in range(len(term) - 1):  # every usable piece, not only as many as are needed
            if self.is_frequent(term[at:]):
                break
            split = max(end for end in range(at + 1, len(term)) if self.is_frequent(term[at:end]))
            ahead = max(end for end in range(at + 2, len(term) + 1) if self.is_frequent(term[at + 1 : end]))
            wanted = term[split : max(split + 1, ahead)]
            tails = self.tails(term[at:split], term[split])
            starts.append({p - at for tail, positions in tails if tail.startswith(wanted) for p in positions})
        found: dict[int, int] = {}
        for position in sorted(set.intersection(*starts), reverse=True):
            slot, offset = divmod(position, 1 << self.root["stride"])
            found[slot] = sum(offset >= start for start in self.root["zones"]) - 1
        return found
