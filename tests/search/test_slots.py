from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sets, tuples

from generator.search.slots import SHELF, assign_slots


def urls(numbers: set[tuple[int, int]]) -> list[str]:
    return [f"cases/call-{call}/case-{number}/" for call, number in sorted(numbers)]


@given(sets(tuples(integers(0, 3), integers(0, 5000)), max_size=200))
def test_every_case_has_a_slot_of_its_own_whatever_the_order(numbers: set[tuple[int, int]]) -> None:
    addresses = urls(numbers)
    slots, count = assign_slots(addresses)
    assert len(set(slots)) == len(addresses)
    assert all(0 <= slot < count for slot in slots)
    assert count % SHELF == 0
    backwards, _ = assign_slots(addresses[::-1])
    assert backwards[::-1] == slots


def test_a_new_case_moves_hardly_any_other() -> None:
    before = urls({(0, number) for number in range(1000)})
    old, old_count = assign_slots(before)
    moved = []
    for number in range(2000, 2020):
        slots, count = assign_slots([*before, f"cases/call-0/case-{number}/"])
        assert count == old_count
        moved.append(sum(a != b for a, b in zip(old, slots, strict=False)))
    assert sum(moved) / len(moved) < 12


def test_few_slots_stay_free() -> None:
    for size in (1, 10, 100, 1000, 10_000):
        _, count = assign_slots(urls({(0, number) for number in range(size)}))
        assert count <= max(16, size * 1.4)


def test_one_address_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="same address"):
        assign_slots(["cases/a/b/", "cases/a/b/"])
