from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import data, integers, lists, sampled_from, text

from generator.search import Entry, SearchIndex, build_index, grams, postings, stream
from generator.search.grams import Scale
from generator.search.slots import assign_slots
from generator.search.tokens import fold
from generator.store import Store

from .reading import IndexReader
from .samples import LABELS, SMALL, corpus, entry, holds, zones


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def contents(index: SearchIndex) -> dict[str, bytes]:
    return {address: path.read_bytes() for address, path in index.files.items()}


def expected(cases: Sequence[Entry], term: str) -> dict[int, int]:
    slots, _ = assign_slots([case.url for case in cases])
    found = {slot: holds(case, term) for slot, case in zip(slots, cases, strict=True)}
    return {slot: zone for slot, zone in found.items() if zone is not None}


@pytest.mark.parametrize("scale", [SMALL, Scale()], ids=["small", "real"])
def test_every_part_of_every_text_is_found_exactly(store: Store, scale: Scale) -> None:
    cases = corpus(60)
    reader = IndexReader(build_index(cases, LABELS, store, scale=scale).files)
    assert (len(reader.heads) > 200) == (scale is SMALL)
    rng = random.Random(3)
    everything = [field for case in cases for _zone, field in zones(case) if field]
    for length in (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 30):
        for _ in range(60):
            field = rng.choice(everything)
            at = rng.randrange(max(1, len(field) - length + 1))
            term = field[at : at + length]
            assert reader.find(term) == expected(cases, term), term


def test_what_no_text_contains_is_not_found(store: Store) -> None:
    cases = corpus(60)
    reader = IndexReader(build_index(cases, LABELS, store, scale=SMALL).files)
    rng = random.Random(4)
    missing = 0
    for _ in range(600):
        left, right = (rng.choice([field for _zone, field in zones(rng.choice(cases)) if field]) for _ in range(2))
        cut = rng.randrange(1, 5)
        term = left[-cut:] + right[: rng.randrange(1, 5)]
        assert reader.find(term) == expected(cases, term), term
        missing += not expected(cases, term)
    assert missing > 100


@settings(max_examples=40, deadline=None)
@given(bodies=lists(text(alphabet="智慧课堂，a", max_size=40), min_size=1, max_size=6), given_data=data())
def test_any_text_of_few_characters_is_indexed_exactly(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], given_data: object
) -> None:
    frequent = given_data.draw(integers(1, 6))  # type: ignore[attr-defined]
    scale = Scale(frequent=frequent, node=3, shard=5, longest=5, most=60)
    cases = [entry(number, title="甲", body=body) for number, body in enumerate(bodies)]
    store = Store(tmp_path_factory.mktemp("store"))
    reader = IndexReader(build_index(cases, LABELS, store, scale=scale).files)
    field = given_data.draw(sampled_from([fold(body).text or "智" for body in bodies]))  # type: ignore[attr-defined]
    for start in range(len(field)):
        for stop in range(start + 1, len(field) + 1):
            assert reader.find(field[start:stop]) == expected(cases, field[start:stop])
    for term in ("智慧课堂", "aa", "课课", "慧a智", "堂智慧课"):
        assert reader.find(term) == expected(cases, term)


def test_no_phrase_crosses_from_one_field_to_another(store: Store) -> None:
    case = entry(1, title="甲乙", unit="丙丁", authors=("戊己", "庚辛"), keywords=(), summary="壬癸", body="子丑")
    reader = IndexReader(build_index([case], LABELS, store).files)
    assert all(reader.find(term) for term in ("甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑"))
    assert not any(reader.find(term) for term in ("乙丙", "丁戊", "己庚", "辛壬", "癸子", "甲乙丙丁"))


def test_fields_that_outgrow_their_zone_are_found_all_the_same(store: Store) -> None:
    case = entry(1, title="长" * 300 + "题名", summary="要" * 1100 + "尾巴", body="正文" * 9000 + "结束")
    reader = IndexReader(build_index([case, entry(2)], LABELS, store).files)
    for term in ("长长题名", "要尾巴", "文结束"):
        assert list(reader.find(term).values()) == [3]
    assert not reader.find("名正")


def test_the_order_of_entries_and_the_state_of_the_store_change_no_byte(store: Store, tmp_path: Path) -> None:
    cases = corpus(40)
    cold = build_index(cases, LABELS, store, scale=SMALL)
    assert (cold.hits, cold.made) == (len(cold.files) - cold.made, cold.made)
    assert cold.made > 100
    warm = build_index(cases[::-1], LABELS, store, scale=SMALL)
    assert (warm.made, warm.hits) == (0, len(warm.files))
    other = Store(tmp_path / "other")
    build_index(corpus(40, seed=9), LABELS, other, scale=SMALL)
    mixed = build_index(cases, LABELS, other, scale=SMALL)
    assert contents(cold) == contents(warm) == contents(mixed)


def test_how_the_work_is_cut_into_chunks_and_passes_changes_no_byte(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = corpus(30)
    whole = contents(build_index(cases, LABELS, store, scale=SMALL))
    for module in (stream, grams, postings):
        monkeypatch.setattr(module, "CHUNK", 700)
    monkeypatch.setattr(postings, "_PASS", 1500)
    monkeypatch.setattr(postings, "_SLICE", 100)
    assert contents(build_index(cases, LABELS, Store(tmp_path / "other"), scale=SMALL)) == whole


def test_a_swept_store_is_filled_again(store: Store) -> None:
    cases = corpus(20)
    first = build_index(cases, LABELS, store)
    before = contents(first)
    lost = [path for address, path in sorted(first.files.items()) if address[:2] in ("x/", "s/")][::3]
    for path in lost:
        path.unlink()
    again = build_index(cases, LABELS, store)
    assert contents(again) == before
    assert again.made == len(lost)


def test_a_sweep_after_a_build_without_changes_takes_nothing_that_the_next_change_needs(store: Store) -> None:
    cases = corpus(20)
    build_index(cases, LABELS, store)
    later = Store(store.root)
    build_index(cases, LABELS, later)
    assert later.sweep() == (0, 0)


def changed_addresses(store: Store, before: Sequence[Entry], after: Sequence[Entry], scale: Scale) -> set[str]:
    old = build_index(before, LABELS, store, scale=scale).files
    index = build_index(after, LABELS, store, scale=scale)
    fresh = {address for address in index.files if address not in old}
    assert index.made == len(fresh) + 1  # index.json keeps its address
    return fresh


def test_a_new_honour_leaves_every_shard_alone(store: Store) -> None:
    cases = corpus(120)
    after = [*cases[:-1], dataclasses.replace(cases[-1], rank=(cases[-1].rank + 1) % 4)]
    fresh = changed_addresses(store, cases, after, Scale(shard=64))
    assert sorted(address[:2] for address in fresh) == ["ta"]


def test_a_changed_title_writes_its_card_and_the_shards_of_its_characters(store: Store) -> None:
    cases = corpus(120)
    after = [*cases[:-1], dataclasses.replace(cases[-1], title=cases[-1].title + "夏")]
    shards = sum(address.startswith("s/") for address in build_index(cases, LABELS, store, scale=Scale(shard=64)).files)
    fresh = changed_addresses(store, cases, after, Scale(shard=64))
    assert sum(address.startswith("s/") for address in fresh) <= 3
    assert sum(address.startswith("c/") for address in fresh) == 1
    assert not any(address.startswith("x/") for address in fresh)
    assert shards > 50


def test_a_changed_body_writes_only_shards_that_hold_its_characters(store: Store) -> None:
    cases = corpus(120)
    after = [*cases[:-1], dataclasses.replace(cases[-1], body="夏虫语冰" + cases[-1].body)]
    scale = Scale(shard=4)
    fresh = changed_addresses(store, cases, after, scale)
    reader = IndexReader(build_index(after, LABELS, store, scale=scale).files)
    own = {char for _zone, field in zones(after[-1]) for char in field}
    for address in fresh:
        if address.startswith("s/"):
            numbers = reader.files[address].read_bytes()
            assert any(char in own for char in heads_of(numbers)), address


def heads_of(shard: bytes) -> set[str]:
    from .reading import Numbers

    numbers = Numbers(shard)
    heads = set()
    for _ in range(numbers.next()):
        numbers.next()
        heads.add(numbers.text(numbers.next()))
        numbers.next()
    return heads


def test_a_new_case_leaves_most_cards_alone(store: Store) -> None:
    cases = corpus(120)
    fresh = changed_addresses(store, cases, [*cases, entry(999)], Scale())
    assert sum(address.startswith("c/") for address in fresh) <= 6


def test_cards_bring_what_a_result_shows(store: Store) -> None:
    cases = corpus(9)
    reader = IndexReader(build_index(cases, LABELS, store).files)
    slots, count = assign_slots([case.url for case in cases])
    for slot, case in zip(slots, cases, strict=True):
        card = reader.card(slot)
        assert card is not None
        assert (card["u"], card["t"], card["n"]) == (case.url, case.title, case.card.unit)
        assert ("p" in card) == (case.card.picture is not None)
    assert all(reader.card(slot) is None for slot in range(count) if slot not in slots)


def test_an_index_without_cases_can_be_asked(store: Store) -> None:
    index = build_index([], LABELS, store)
    assert index.entries == 0
    reader = IndexReader(index.files)
    assert reader.find("智") == reader.find("智慧课堂") == {}


def test_a_case_without_any_text_is_in_no_result(store: Store) -> None:
    blank = entry(1, title="……", unit="—", authors=(), keywords=(), summary="", body="")
    reader = IndexReader(build_index([blank, entry(2, title="有字")], LABELS, store).files)
    assert len(reader.find("有字")) == 1


def test_a_slug_without_a_label_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="moon"):
        build_index([entry(1, facets=(("region", ("moon",)),))], LABELS, store)
