"""What is remembered appears whole or not at all, under every field that shaped it."""

from __future__ import annotations

import dataclasses
import gc
import os
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import dictionaries, integers, text

from generator.store import Store, digest_of_sources, key_of, recalling


@dataclasses.dataclass(frozen=True)
class Recipe:
    width_px: int
    quality: int
    name: str = ""


@given(width_px=integers(), quality=integers(), name=text())
def test_changing_any_field_changes_the_key(width_px: int, quality: int, name: str) -> None:
    recipe = Recipe(width_px, quality, name)
    key = key_of(recipe)
    others = (
        dataclasses.replace(recipe, width_px=width_px + 1),
        dataclasses.replace(recipe, quality=quality + 1),
        dataclasses.replace(recipe, name=name + "x"),
    )
    assert key not in {key_of(other) for other in others}


@given(dictionaries(text(), integers()))
def test_the_order_of_a_mapping_is_no_part_of_the_key(given_: dict[str, int]) -> None:
    assert key_of(given_) == key_of(dict(reversed(given_.items())))


def test_equal_fields_of_another_kind_of_recipe_have_another_key() -> None:
    @dataclasses.dataclass(frozen=True)
    class Other:
        width_px: int
        quality: int
        name: str = ""

    assert key_of(Recipe(1, 2)) != key_of(Other(1, 2))


@pytest.mark.parametrize(
    "odd", ["\ud800", 10**30, {1: "a"}, frozenset({"b", "a"})], ids=["half a character", "long", "number", "set"]
)
def test_odd_values_are_part_of_a_key_alone_and_within(odd: object) -> None:
    keys = {key_of(odd), key_of("a"), key_of([odd]), key_of(["a"]), key_of([odd], "a")}
    assert len(keys) == 5
    assert key_of([odd]) == key_of((odd,))


def test_what_cannot_be_part_of_a_key_is_refused() -> None:
    with pytest.raises(TypeError, match="Path"):
        key_of(Path("/"))


def test_a_file_that_was_not_finished_does_not_exist(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(RuntimeError), store.writing("pages", "ab" * 32, ".html") as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert store.find("pages", "ab" * 32, ".html") is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_run_left_unfinished_goes_after_some_hours_and_not_before(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing("pages", "ab" * 32) as old, store.writing("pages", "cd" * 32) as new:
        old.write_text("half")
        new.write_text("half")
        day_ago_s = time.time() - 24 * 3_600
        os.utime(old, (day_ago_s, day_ago_s))
        store.drop_abandoned()
        assert (old.exists(), new.exists()) == (False, True)
        old.write_text("again")
    assert store.find("pages", "cd" * 32)


def test_a_folder_left_unfinished_goes_once_nothing_in_it_was_written_for_hours(tmp_path: Path) -> None:
    store = Store(tmp_path)
    folder = store.unfinished_dir() / "folder"
    folder.mkdir()
    (folder / "a").write_text("half")
    day_ago_s = time.time() - 24 * 3_600
    os.utime(folder, (day_ago_s, day_ago_s))
    store.drop_abandoned()
    assert folder.exists()
    os.utime(folder / "a", (day_ago_s, day_ago_s))
    store.drop_abandoned()
    assert not folder.exists()


def test_sweeping_keeps_what_this_run_named(tmp_path: Path) -> None:
    first = Store(tmp_path)
    first.keep("pages", key_of("old"), b"old")
    first.keep("pages", key_of("kept"), b"kept")
    second = Store(tmp_path)
    assert second.find("pages", key_of("kept"))
    assert second.sweep() == (1, 3)
    assert second.find("pages", key_of("kept"))
    assert Store(tmp_path).find("pages", key_of("old")) is None


@pytest.mark.parametrize("ask", ["find", "read"])
def test_whatever_was_asked_for_outlives_a_sweep(ask: str, tmp_path: Path) -> None:
    Store(tmp_path).keep("media", "cd" * 32, b"12345", ".jpg")
    store = Store(tmp_path)
    assert getattr(store, ask)("media", "cd" * 32, ".jpg")
    assert store.sweep() == (0, 0)
    assert store.read("media", "cd" * 32, ".jpg") == b"12345"


def test_what_was_never_made_has_no_bytes(tmp_path: Path) -> None:
    assert Store(tmp_path).read("media", "ef" * 32) is None


@pytest.mark.parametrize("other", [("ef" * 32 + ".jpg", 5), ("cd" * 32 + ".jpg", 4), ("cd" * 32, 5)])
def test_files_are_held_where_all_are_there_with_all_their_bytes_and_outlive_a_sweep(
    other: tuple[str, int], tmp_path: Path
) -> None:
    Store(tmp_path).keep("media", "cd" * 32, b"12345", ".jpg")
    store = Store(tmp_path)
    kept = ("cd" * 32 + ".jpg", 5)
    assert store.holds("media", [kept, kept])
    assert not store.holds("media", [kept, other])
    assert store.sweep() == (0, 0)


def test_the_version_of_a_maker_is_its_sources_whatever_their_order(tmp_path: Path) -> None:
    a, b = tmp_path / "a.py", tmp_path / "b.py"
    a.write_text("1")
    b.write_text("2")
    before = digest_of_sources([a, b])
    assert digest_of_sources([b, a]) == before
    b.write_text("3")
    assert digest_of_sources([a, b]) != before


def test_a_worker_gets_the_place_of_the_store_and_not_what_was_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    before = pickle.dumps(store)
    for number in range(1_000):
        store.find("media", key_of(number))
    assert pickle.dumps(store) == before
    assert pickle.loads(before).root == tmp_path


def test_no_garbage_is_looked_for_while_values_are_recalled_and_again_afterwards() -> None:
    with recalling():
        assert not gc.isenabled()
        with recalling():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
