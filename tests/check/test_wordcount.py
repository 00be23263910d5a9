"""字数 as Word counts it: known sentences, and what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.wordcount import count_words

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60)
LATIN = st.text("abcXYZ0189.%-", min_size=1, max_size=12)
TEXT = st.text(st.one_of(st.sampled_from("智慧课堂，。“”5Ga b\n\t　"), st.characters(codec="utf-8")), max_size=80)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t　", 0),
        ("你好，世界", 5),
        ("5G赋能", 3),
        ("2021年10月13日", 6),
        ("达到97.3%。", 4),
        ("字数控制在3500--5000字范围", 9),
        ("Hello world", 2),
        ("don’t stop", 2),
        ("“双师课堂”", 6),
        ("——……", 4),
        ("Wi-Fi6覆盖率98%", 5),
        ("https://example.org/a?b=1", 1),
        ("一、概述", 4),
        ("１２３", 3),
        ("𠀀𠀁", 2),
        ("甲\t乙\n丙", 3),
        ("甲\u200b乙\ufeff", 2),
        ("AI\u200b赋能", 3),
        ("①学习②练习", 6),
        ("（一）实施背景（2023年）", 11),
    ],
)
def test_known_texts_count_as_word_counts_them(text: str, count: int) -> None:
    assert count_words(text) == count


@given(HAN)
def test_every_han_character_is_one(text: str) -> None:
    assert count_words(text) == len(text)


@given(st.lists(LATIN, max_size=20))
def test_every_run_of_latin_letters_and_digits_is_one(words: list[str]) -> None:
    assert count_words(" ".join(words)) == len(words)


@given(HAN, LATIN, HAN)
def test_a_run_between_han_characters_is_one_however_long(before: str, run: str, after: str) -> None:
    assert count_words(before + run + after) == len(before) + 1 + len(after)


@given(TEXT, TEXT)
def test_paragraphs_add_up(first: str, second: str) -> None:
    assert count_words(first + "\n" + second) == count_words(first) + count_words(second)


@given(TEXT)
def test_no_text_counts_more_than_its_characters(text: str) -> None:
    assert 0 <= count_words(text) <= len(text)


@given(TEXT)
def test_white_space_at_the_ends_changes_nothing(text: str) -> None:
    assert count_words(f"\n {text}\t\n") == count_words(text)
