"""A case without a picture has a cover of its own, always the same, that says the telling part of its title."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.pages.cards import COVERS, cover_of, cover_words

from .sample_site import site


def test_a_case_keeps_its_cover_and_covers_are_dealt_evenly() -> None:
    dealt = Counter(cover_of(f"yueyang-2021/case-{number}") for number in range(6_000))
    assert dealt.keys() == set(range(COVERS))
    assert min(dealt.values()) > 800
    assert cover_of("yueyang-2021/nanhu-reading-pavilion") == cover_of("yueyang-2021/nanhu-reading-pavilion")


def test_every_pattern_is_a_file_of_the_theme_and_has_its_class(root: Path) -> None:
    styles = (root / "theme/assets/stylesheets/covers.css").read_text("utf-8")
    for number in range(COVERS):
        assert (root / f"theme/assets/images/cover-{number}.svg").is_file()
        assert f'.cover--{number} {{\n  --sc-cover-pattern: url("images/cover-{number}.svg");' in styles
    assert not (root / f"theme/assets/images/cover-{COVERS}.svg").exists()


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("菜地连着车间，车间连着讲台：芥菜加工课的直播实训", "菜地连着车间，车间连着讲台"),
        ("云上：一所乡村小学的五年", "一所乡村小学的五年"),
        ("5G赋能——县域网络联校", "5G赋能"),
        ("“悦读”亭", "“悦读”亭"),
        ("让" * 60, "让" * 35 + "…"),
    ],
)
def test_a_cover_says_the_part_of_the_title_that_tells(title: str, words: str) -> None:
    assert cover_words(title) == words


@given(title=text(min_size=2, max_size=120))
def test_any_title_makes_a_short_cover(title: str) -> None:
    assert len(cover_words(title)) <= 36


def test_every_card_has_its_cover() -> None:
    for case_id, card in site().cards.items():
        assert card.cover == cover_of(case_id)
        assert card.cover_words
