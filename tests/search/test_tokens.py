from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from, text, tuples

from generator.search.tokens import BODY, ZONE_STARTS, fold, parse, place, zone_of

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("original", "folded"), VECTORS["fold"])
def test_text_is_folded_as_the_vectors_say(original: str, folded: str) -> None:
    assert fold(original).text == folded


@pytest.mark.parametrize(("typed", "wanted", "unwanted", "dropped"), VECTORS["parse"])
def test_queries_are_parsed_as_the_vectors_say(
    typed: str, wanted: list[str], unwanted: list[str], dropped: list[str]
) -> None:
    query = parse(typed)
    assert (list(query.wanted), list(query.unwanted), list(query.dropped)) == (wanted, unwanted, dropped)


@given(text())
def test_folding_twice_changes_nothing_that_can_be_searched(original: str) -> None:
    folded = fold(original)
    assert all(char.isalnum() or ord(char) >= 0x20000 for char in folded.text)
    assert list(folded.origin) == sorted(folded.origin)
    assert len(folded.origin) == len(folded.text)


@given(text(), text())
def test_a_blank_between_two_texts_leaves_both_as_they_are(left: str, right: str) -> None:
    # A mark that begins the right text belongs to the blank, as it belonged to nothing before.
    assert fold(f"{left} {right}").text == fold(left).text + fold(right).text


def test_every_folded_character_knows_where_it_came_from() -> None:
    original = "占地１２㎡，cafe\u0301·𠮷"
    folded = fold(original)
    assert [original[index] for index in folded.origin] == [
        "占",
        "地",
        "１",
        "２",
        "㎡",
        "㎡",
        "c",
        "a",
        "f",
        "e",
        "𠮷",
    ]


@given(lists(tuples(sampled_from(range(4)), integers(1, 1500)), max_size=12))
def test_no_two_fields_touch_and_each_stays_in_its_zone_or_behind_the_body(fields: list[tuple[int, int]]) -> None:
    starts = place(fields)
    taken = sorted((start, start + length) for start, (_zone, length) in zip(starts, fields, strict=True))
    assert all(end < start for (_, end), (start, _) in pairwise(taken))
    for start, (zone, length) in zip(starts, fields, strict=True):
        if zone_of(start) != BODY:
            assert zone_of(start) == zone
            assert start + length < ZONE_STARTS[zone + 1]
