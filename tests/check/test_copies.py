"""Texts that were copied in part, made from the sample cases with a known share, and texts that were not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.reader import read_catalog
from generator.catalog.shingles import PASSAGE, folded, grams, passages, place_in, shingles, without
from generator.check.copies import ALIKE, MOST_HOLDERS, Copy, copies

CASES = Path(__file__).parents[2] / "cases"
SEED = 20261130

# What a county may hand out, and schools then have in common: 170 characters that are no text of theirs.
QUOTATION = (
    "要坚持应用为王、服务至上、示范引领、安全运行的工作要求，把数字资源的静态势能转化为教育改革的动态动能，"
    "推动优质资源在更大范围内的共建共享，让每一个在乡村读书的孩子也能听到好老师的课，"
    "让每一位在讲台上站了多年的老师都有机会和同行一起备课、一起改课、一起把数据看明白，"
    "让家长在学校之外也了解孩子学得怎么样、还有什么地方需要帮一把。"
)


@cache
def texts() -> tuple[str, ...]:
    """The sample cases that have a text of their own."""
    found = (one.body.text for one in read_catalog(CASES).submissions)
    return tuple(text for text in found if len(folded(text)) > 600)


@cache
def notices() -> str:
    return "\n".join(folded(call.notice) for call in read_catalog(CASES).calls)


def found_in(row: Sequence[str]) -> tuple[Copy, ...]:
    return copies([shingles(text) for text in row], lambda number: folded(row[number]), notices)


def sentences(text: str) -> list[str]:
    return re.findall(r"[^。！？\n]+[。！？\n]*", text)


def edited(text: str, every: int, chance: random.Random) -> str:
    """*text* with one character in *every* changed, put in or left out: what somebody does who adapts it."""
    made: list[str] = []
    for character in text:
        at_random = chance.random() * every
        if at_random >= 1:
            made.append(character)
        elif at_random < 0.6:
            made.append(chance.choice("新好大小县乡校班师生"))
    return "".join(made)


def copied(source: str, host: str, share: float, every: int, chance: random.Random) -> str:
    """The sentences of *host*, with as many of *source*, edited, as make up *share* of the whole, in blocks of three."""
    theirs, own = sentences(source), sentences(host)
    wanted = min(len(source), len(host)) * share
    taken: list[str] = []
    blocks = [theirs[at : at + 3] for at in range(0, len(theirs), 3)]
    chance.shuffle(blocks)
    while sum(map(len, taken)) < wanted and blocks:
        taken += blocks.pop()
    kept: list[str] = []
    while own and sum(map(len, kept)) < sum(map(len, taken)) * (1 / share - 1):
        kept.append(own.pop(0))
    half = len(kept) // 2
    return "".join((*kept[:half], *(edited(one, every, chance) for one in taken), *kept[half:]))


def labelled(share: float, every: int) -> Iterator[tuple[int, int, str]]:
    """For every sample text: its number, that of another one, and a copy of the first that is else like the second."""
    chance = random.Random(SEED)
    count = len(texts())
    for number, source in enumerate(texts()):
        host = (number + 7) % count
        yield number, host, copied(source, texts()[host], share, every, chance)


@pytest.mark.parametrize(
    ("share", "every", "recall"),
    [(0.3, 200, 30 / 32), (0.3, 80, 26 / 32), (0.5, 60, 1), (0.5, 200, 1), (0.9, 30, 1), (0.9, 200, 1)],
)
def test_copies_are_found_with_their_source_and_about_their_share(share: float, every: int, recall: float) -> None:
    told, shares = 0, []
    for number, host, text in labelled(share, every):
        row = [*(one for other, one in enumerate(texts()) if other != host), text]
        found = found_in(row)
        assert len(found) <= 1  # nobody else is accused
        told += [(one.text, one.other) for one in found] == [(len(row) - 1, number - (number > host))]
        shares += [one.share for one in found]
    assert told / len(texts()) >= recall
    assert sum(shares) / len(shares) == pytest.approx(share * (1 - 6 / every), abs=0.06)


def test_no_case_of_its_own_is_accused() -> None:
    assert len(texts()) >= 30
    assert found_in(texts()) == ()
    pairs = [(one, other) for at, one in enumerate(texts()) for other in texts()[:at]]
    most = max(sum(map(len, passages(folded(one), folded(other)))) / len(folded(one)) for one, other in pairs)
    assert most < 0.03  # of 496 pairs on the same few subjects: far below the bound


def test_words_of_the_call_are_no_copy() -> None:
    notice = read_catalog(CASES).calls[0].notice
    pasted = "".join(sentences(notice)[:40])
    assert len(folded(pasted)) > 600
    row = [f"{text[:600]}\n{pasted}" for text in texts()]
    assert found_in(row) == ()
    assert (
        len(copies([shingles(text) for text in row], lambda number: folded(row[number]))) > 0
    )  # else nothing was asked


def test_a_quotation_of_many_is_no_copy_and_of_two_it_is() -> None:
    def short(text: str) -> str:
        return f"{''.join(sentences(text)[:6])}\n{QUOTATION}"

    many = [short(text) for text in texts()[: MOST_HOLDERS + 4]]
    assert min(len(folded(QUOTATION)) / len(folded(text)) for text in many) > ALIKE
    assert found_in(many) == ()
    assert [(one.text, one.other) for one in found_in(many[:2])] == [(1, 0)]


def test_a_text_that_goes_round_is_told_of_every_copy_however_many() -> None:
    chance = random.Random(SEED)
    row = [texts()[0], *(edited(texts()[0], 100, chance) for _ in range(3 * MOST_HOLDERS))]
    found = found_in(row)
    assert [one.text for one in found] == list(range(1, len(row)))
    assert {one.other for one in found} == {0}


def test_a_short_text_inside_a_long_one_is_told_by_its_own_share() -> None:
    short = texts()[0][:420]
    row = [short, "\n".join((*texts()[1:4], short))]
    (found,) = found_in(row)
    assert (found.is_contained, round(found.share, 2)) == (True, 1.0)
    assert folded(short).startswith(found.passage)


def test_short_texts_are_not_judged() -> None:
    row = [QUOTATION[:120], QUOTATION[:120]]
    assert found_in(row) == ()


@given(st.text(alphabet="的在是教学一二三四五六七八九十，。 a1\n", max_size=300))
def test_a_passage_is_found_again_where_it_stands(text: str) -> None:
    whole = folded(text)
    for passage in passages(whole, whole):
        assert passage in whole
        place = place_in(text, passage)
        assert folded(text[place:]).startswith(passage[:PASSAGE])


@given(st.text(alphabet="甲乙丙", max_size=80), st.text(alphabet="甲乙丙", min_size=PASSAGE, max_size=40))
def test_what_is_nobodys_is_taken_out_whole(text: str, template: str) -> None:
    left = without(text, grams(template))
    assert all(len(piece) < PASSAGE or not grams(piece) & grams(template) for piece in left)
    assert len(text) >= sum(map(len, left))
    assert without(template, grams(template)) == ()


def test_fingerprints_are_the_same_on_every_day_and_machine() -> None:
    text = "孩子们的数学课在周三下午，是由中心校的老师在屏幕那头上的，他们都喜欢。"
    assert shingles(text) == (1965655314, 2545731109, 3647495876)


def test_the_work_grows_with_the_texts_and_not_with_their_pairs() -> None:
    """Every sentence of these texts stands in hundreds of others: the worst that cases can do to each other."""
    pool = [one for text in texts() for one in sentences(text)]
    chance = random.Random(SEED)
    asked = 0

    def compared(count: int) -> int:
        nonlocal asked
        row = ["".join(chance.choices(pool, k=100)) for _ in range(count)]
        samples = [shingles(text) for text in row]
        asked = 0

        def text_of(number: int) -> str:
            nonlocal asked
            asked += 1
            return folded(row[number])

        copies(samples, text_of)
        return asked

    few, many = compared(500), compared(4_000)
    assert many <= 8 * max(few, 20)
