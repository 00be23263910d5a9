"""Wrong words are found in the lines that hold them, and in no others; in the sample cases and quoted notices there are none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.catalog.places import Vocabulary, WrongWord
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog
from generator.check.slips import NEAR, Slip, slips

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "cases"
LEAST_LINES = {"labelled.txt": 140, "held-out.txt": 40}
_MARKED = re.compile(r"⟦([^⟧]*)⟧")


class Line(NamedTuple):
    text: str
    slips: tuple[str, ...]


@cache
def catalog() -> Catalog:
    return read_catalog(CASES)


@cache
def lines(name: str) -> tuple[Line, ...]:
    told = [
        line for line in (HERE / "slips" / name).read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    return tuple(Line(_MARKED.sub(r"\1", line), tuple(_MARKED.findall(line))) for line in told)


def told(text: str) -> tuple[Slip, ...]:
    return tuple(sorted(slips(text, catalog().vocabulary), key=lambda slip: slip.offset))


@pytest.mark.parametrize("name", sorted(LEAST_LINES))
def test_the_labelled_lines_are_judged_as_they_are_labelled(name: str) -> None:
    """The list is made for precision: what it does not know is not counted as a miss, for nobody knows all slips."""
    assert len(lines(name)) >= LEAST_LINES[name]
    assert len([line for line in lines(name) if not line.slips]) >= 0.4 * len(lines(name))
    hits = missed = wrong = 0
    for line in lines(name):
        # A label may hold a word of context: 因该是.
        found = [slip.wrong for slip in told(line.text)]
        expected = [next((one for one in found if label.startswith(one)), label) for label in line.slips]
        hits += len([one for one in expected if one in found])
        missed += len([one for one in expected if one not in found])
        wrong += len([one for one in found if one not in expected])
    assert hits / (hits + missed) >= 0.98
    assert hits / (hits + wrong) >= 0.98


def test_nothing_in_the_sample_cases_is_blamed() -> None:
    texts = [text for one in catalog().submissions for text in (one.document.body, str(one.document.front))]
    assert sum(map(len, texts)) > 60_000
    assert [(slip, text[slip.offset - 9 : slip.offset + 9]) for text in texts for slip in told(text)] == []


def test_a_notice_that_is_quoted_as_it_was_written_is_not_blamed() -> None:
    faulty = [call.notice for call in catalog().calls if "择扰" in call.notice or "WODR" in call.notice]
    assert len(faulty) == 2
    assert [slip.wrong for notice in faulty for slip in told(notice)] == []
    assert told("> 择扰参加省级遴选\n") == ()
    assert [slip.wrong for slip in told("择扰参加省级遴选\n")] == ["择扰"]


def test_every_wrong_word_is_meant_as_something_else_and_stands_once() -> None:
    words = catalog().vocabulary.wrong_words
    assert len(catalog().vocabulary.wrong_word_by_text) == len(words) > 100
    for word in words:
        assert word.meant != word.wrong
        assert told(word.meant) == ()
        assert all(word.wrong in longer for longer in (*word.only_in, *word.except_in))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("登陆平台", ["登陆"]),
        ("登陆" + "远" * (NEAR - 1) + "平台", []),
        ("平台" + "远" * (NEAR - 2) + "登陆", ["登陆"]),
        ("在一个小镇登陆", []),
        ("既使没有网，也能看", ["既使"]),
        ("既使他会，又使他爱", []),
        ("新技\n技术", ["技⏎技"]),
        ("学而时习之\n之后", ["之⏎之"]),
        ("", []),
    ],
)
def test_what_stands_around_a_word_decides(text: str, found: list[str]) -> None:
    assert [slip.wrong for slip in told(text)] == found


def test_a_vocabulary_without_wrong_words_blames_only_broken_lines() -> None:
    empty = catalog().vocabulary.model_copy(update={"wrong_words": ()})
    assert isinstance(empty, Vocabulary)
    bare = Vocabulary.model_validate({**empty.model_dump(), "wrong_words": []})
    assert list(slips("择扰的的，，WODR", bare)) == []
    one = Vocabulary.model_validate({**empty.model_dump(), "wrong_words": [WrongWord(wrong="择扰", right="择优")]})
    assert [(slip.wrong, slip.right, slip.is_hint) for slip in slips("的的择扰", one)] == [("择扰", "择优", False)]
