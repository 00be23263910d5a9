"""Numbers of cases in the index, chosen so that a case that comes or goes moves hardly any other."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

SHELF = 4
"""Cases whose cards share a file: slots 0-3, 4-7 and so on."""


def assign_slots(urls: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """The slot of each of *urls*, and how many slots there are (a multiple of `SHELF`).

    Cases of one folder stand together in a block with some free slots; inside the block the hash of the address says
    where. So the slots depend on the set of addresses alone, and a new case moves a few others, until its block is
    full.

    Raises:
        ValueError: an address comes twice.
    """
    if len(set(urls)) != len(urls):
        raise ValueError("two cases have the same address")
    folders: dict[str, list[str]] = {}
    for url in urls:
        folders.setdefault(url.rstrip("/").rpartition("/")[0], []).append(url)
    slot_of: dict[str, int] = {}
    first = 0
    for folder in sorted(folders):
        members = folders[folder]
        capacity = _capacity(len(members))
        for url, slot in _spread(members, capacity):
            slot_of[url] = first + slot
        first += capacity
    return tuple(slot_of[url] for url in urls), first


def _capacity(count: int) -> int:
    """An eighth more than needed, in steps of about a tenth, so that it rarely changes."""
    step = max(8, 1 << max(0, count.bit_length() - 3))
    return -(-(count + count // 8) // step) * step


def _spread(urls: list[str], capacity: int) -> list[tuple[str, int]]:
    """Each address tries slots in an order of its own, the one with the lowest hash first.

    Neighbours that move up together would be simpler, but in a block this full one new case then moves forty.
    """
    hashes = sorted((hashlib.sha256(url.encode()).digest(), url) for url in urls)
    taken: dict[int, str] = {}
    for digest, url in hashes:
        slot = int.from_bytes(digest[8:16], "big") % capacity
        step = int.from_bytes(digest[16:24], "big") % capacity
        while math.gcd(step, capacity) != 1:
            step += 1
        while slot in taken:
            slot = (slot + step) % capacity
        taken[slot] = url
    return [(url, slot) for slot, url in taken.items()]
