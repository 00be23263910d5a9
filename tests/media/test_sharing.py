"""A card for sharing: lines that a typesetter would accept, a picture that fits, the same bytes every time."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, text
from PIL import Image, ImageFont

from generator.catalog.reader import read_catalog
from generator.media.derivatives import PictureSet, file_of
from generator.media.execute import derive_all
from generator.media.plan import card_job
from generator.media.recipe import ShareCardRecipe
from generator.media.sharing import card, mark
from generator.media.sharing.font import font_digest, font_file
from generator.media.sharing.typeset import cut, lines, pieces
from generator.store import Store

EM = 10.0
NOT_AT_THE_START = "，。、；：！？）》”’…"
NOT_AT_THE_END = "（《“‘"


def measure(words: str) -> float:
    return sum(EM if ord(character) > 0x2E80 else EM / 2 for character in words)


def set_in(title: str, width: float, most: int = 4, words: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    found = lines(pieces(title, words), measure, EM, width, most)
    return found.rows if found else None


@given(title=text("智慧课堂，。、：“”《》（）…教学5G AI-", min_size=1, max_size=40), width=integers(60, 300))
def test_lines_lose_nothing_fit_and_begin_and_end_well(title: str, width: int) -> None:
    found = set_in(title, width)
    if found is None:
        return
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", title)
    assert all(measure(line) <= width for line in found)
    for before, after in itertools.pairwise(found):
        # A title that itself begins with a closing mark, or a row of them, has no better place.
        assert not after or after[0] not in NOT_AT_THE_START
        assert not before or before[-1] not in NOT_AT_THE_END or before[-1] in "…"


@pytest.mark.parametrize("word", ["5G", "VR/AR", "STEAM", "2021年", "C++", "98.5%", "e-Learning"])
def test_a_word_of_latin_and_a_number_stay_whole(word: str) -> None:
    latin = word.rstrip("年")
    for before in range(1, 14):
        found = set_in("教" * before + word + "学" * 14, 120)
        assert found and any(latin in line for line in found), found


def test_lines_are_about_as_long_as_each_other() -> None:
    found = set_in("一" * 21, 200)
    assert found and {len(line) for line in found} <= {10, 11}


def test_a_line_rather_ends_after_a_mark_and_with_a_word() -> None:
    assert set_in("车间连着讲台，讲台连着菜地里的每一棵", 130) == ("车间连着讲台，", "讲台连着菜地里的每一棵")
    words = ("县域", "教育", "数字化", "转型的", "路径")
    assert set_in("".join(words), 80, 2, words) == ("县域教育数字化", "转型的路径")
    assert set_in("云端之上的课堂：山里孩子的五年", 100) == ("云端之上的课堂：", "山里孩子的五年")


def test_what_fits_in_no_line_is_cut_with_an_ellipsis() -> None:
    assert set_in("字" * 41, 100) is None
    found = cut(pieces("字" * 41), measure, 100, 4)
    assert len(found) == 4 and found[-1].endswith("…") and all(measure(line) <= 100 for line in found)
    assert cut(pieces("supercalifragilistic" * 4), measure, 100, 2)[0].startswith("supercali")


TITLES = (
    "悦读亭",
    "菜地连着车间，车间连着讲台：芥菜加工课的直播实训",
    "让“5G+VR/AR”走进每一间教室——" + "县域网络联校的探索" * 11,
)


@pytest.fixture(scope="module")
def font() -> bytes:
    return font_file().read_bytes()


@pytest.mark.parametrize("title", TITLES, ids=["short", "usual", "long"])
def test_a_card_is_set_in_at_most_four_lines_and_is_small(title: str, font: bytes, store: Store) -> None:
    recipe = ShareCardRecipe(
        title=title[:120],
        kicker="2021年征集",
        foot="岳阳楼区示例小学",
        badge="2021年 国家级 · 一等奖",
        badge_level="nation",
        site_name="示例展示网",
    )
    size_px, rows = card.set_title(font, recipe)
    assert 1 <= len(rows) <= 4
    assert size_px * len(rows) * 1.36 <= 300
    job = card_job(recipe, store)
    outcome = derive_all([job], store, workers=0)[job.key]
    assert isinstance(outcome.result, PictureSet), outcome.refusal
    (file,) = outcome.result.files
    data = file_of(file, store).read_bytes()
    assert len(data) < 100_000
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert not image.getexif() and "comment" not in image.info


def test_the_same_words_are_the_same_bytes_and_other_words_another_file(store: Store, tmp_path: Path) -> None:
    recipe = ShareCardRecipe(title="示例")
    made = []
    for place in (store, Store(tmp_path / "other")):
        job = card_job(recipe, place)
        outcome = derive_all([job], place, workers=1)[job.key]
        assert outcome.state == "made" and isinstance(outcome.result, PictureSet)
        made.append(file_of(outcome.result.files[0], place).read_bytes())
        assert derive_all([job], place, workers=1)[job.key].state == "hit"
    assert made[0] == made[1]
    assert card_job(dataclasses.replace(recipe, badge="市级"), store).key != card_job(recipe, store).key


def test_another_font_draws_every_card_anew(store: Store) -> None:
    job = card_job(ShareCardRecipe(title="示例"), store)
    assert job.source_sha256 == font_digest(store)
    assert dataclasses.replace(job, source_sha256="0" * 64).key != job.key


def test_the_font_has_every_character_of_every_title_and_unit(root: Path, font: bytes) -> None:
    face = ImageFont.truetype(io.BytesIO(font), 32)
    nothing = face.getmask("\U0010fffe").getbbox(), bytes(face.getmask("\U0010fffe"))
    cases = [one.case for one in read_catalog(root / "cases").submissions if one.case]
    said = {character for case in cases for character in case.title + case.unit.name} | set("★☆◆◇·…—“”《》")
    missing = [
        one for one in said if not one.isspace() and (face.getmask(one).getbbox(), bytes(face.getmask(one))) == nothing
    ]
    assert missing == []


def test_colours_and_mark_are_those_of_the_theme(root: Path) -> None:
    tokens = (root / "theme/assets/stylesheets/tokens.css").read_text("utf-8").split("data-scheme")[0]
    recipe = ShareCardRecipe(title="x")
    for name in ("paper", "ink", "ink_2", "brand", "accent"):
        assert f"--sc-{name.replace('_', '-')}: {getattr(recipe, name)};" in tokens, name
    for level, (ink, ground, sign) in card.LEVELS.items():
        assert f"--sc-{level}: {ink};" in tokens and f"--sc-{level}-soft: {ground};" in tokens
        assert f'content: "{sign}"' in (root / "theme/assets/stylesheets/cards.css").read_text("utf-8")
    drawing = (root / "theme/partials/mark.svg").read_text("utf-8")
    paths = re.findall(r' d="([^"]+)"', drawing)
    assert paths[:2] == list(mark.ROOFS[:2])
    assert paths[2] == "M15 31h4v6h-4zm7 0h4v6h-4zm7 0h4v6h-4z"
    assert paths[3] == mark.WAVE
    assert f'viewBox="0 0 {mark.BOX:.0f} {mark.BOX:.0f}"' in drawing and f'stroke-width="{mark.STROKE}"' in drawing


def test_an_outline_is_walked_as_a_browser_walks_it() -> None:
    assert mark.points("M15 31h4v6h-4z") == ((15, 31), (19, 31), (19, 37), (15, 37))
    wave = mark.points(mark.WAVE)
    assert wave[0] == (4, 41) and wave[-1] == pytest.approx((44, 41))
    assert min(y for _, y in wave) == pytest.approx(38.75) and max(y for _, y in wave) == pytest.approx(43.25)
