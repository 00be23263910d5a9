"""What is written as Markdown reads back as what was meant, whatever signs stand in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import characters, integers, lists, text

from generator.catalog.body import read_body
from generator.catalog.campaign import Campaign
from generator.catalog.document import read_document
from generator.catalog.reader import read_catalog
from generator.intake.fields import authors, category, keywords, links, period
from generator.intake.frontmatter import front_matter
from generator.intake.headings import heading_level
from generator.intake.markdown import markdown
from generator.intake.numerals import chinese, numeral
from generator.intake.words import Cell, Item, Look, Paragraph, Shown, Span, Table

SIGNS = text(
    characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"))
    | characters(whitelist_characters="*_#>-+.|[]()<>`~!\\&;\"' 0123456789一（lt", categories=()),
    max_size=40,
)


@pytest.fixture(scope="module")
def enshi(root: Path) -> Campaign:
    call = next(call for call in read_catalog(root / "cases").calls if call.id == "enshi-2023")
    assert call.campaign
    return call.campaign


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


@given(SIGNS)
def test_a_paragraph_reads_back_letter_by_letter(words: str) -> None:
    body = read_body(markdown([Paragraph(spans=(Span(text=words),))], {}))
    assert flat(body.text) == flat(words)
    assert body.headings == ()
    assert body.omitted_html == ()


@given(lists(lists(SIGNS, min_size=2, max_size=2), min_size=2, max_size=4))
def test_cells_stay_cells(rows: list[list[str]]) -> None:
    table = Table(
        grid=tuple(tuple(Cell(blocks=(Paragraph(spans=(Span(text=words),)),)) for words in row) for row in rows)
    )
    body = read_body(markdown([table], {}))
    assert body.has_table
    assert flat(body.text) == flat(" ".join(flat(words) for row in rows for words in row))


@given(lists(SIGNS.filter(lambda words: bool(words.strip())), min_size=1, max_size=5))
def test_items_stay_items_of_one_list(words: list[str]) -> None:
    body = read_body(markdown([Item(spans=(Span(text=one),)) for one in words], {}))
    assert [flat(line) for line in body.text.split("\n")] == [flat(one) for one in words]


@given(SIGNS, SIGNS)
def test_words_of_a_picture_stay_its_words(words: str, caption: str) -> None:
    body = read_body(markdown([Shown(name="picture-1.jpg", words=words, caption=caption)], {}))
    assert [image.path for image in body.images] == ["media/picture-1.jpg"]
    assert flat(body.images[0].text) == flat(words or caption)


@given(SIGNS.filter(lambda words: bool(words.strip())), SIGNS)
def test_front_matter_reads_back_what_was_meant(title: str, summary: str) -> None:
    data = front_matter({"title": title, "summary": summary, "keywords": [title, "是", "2021", "no", "1e3"]})
    document = read_document(f"{data}\n正文\n".encode())
    assert document.is_readable
    assert document.front["title"] == title
    assert document.front.get("summary", "") == summary
    assert document.front["keywords"] == [title, "是", "2021", "no", "1e3"]


@given(integers(1, 9_999))
def test_chinese_numbers_count_up_without_a_gap(number: int) -> None:
    digits = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
    units = {"十": 10, "百": 100, "千": 1_000}
    total, last = 0, 1
    for sign in chinese(number):
        if sign in units:
            total += last * units[sign]
            last = 0
        else:
            last = digits[sign]
    assert total + (last if chinese(number)[-1] not in units else 0) == number


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        (10, "chineseCounting", "十"), (11, "japaneseCounting", "十一"), (20, "chineseCountingThousand", "二十"),
        (105, "chineseCounting", "一百零五"), (3, "decimalEnclosedCircle", "③"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (12, "ideographDigital", "一二"), (15, "chineseLegalSimplified", "壹拾伍"),
        (2, "ideographTraditional", "乙"), (7, "none", ""), (7, "unheardOf", "7"), (5, "decimalFullWidth", "５"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_draws_them(number: int, form: str, words: str) -> None:
    assert numeral(number, form) == words


@pytest.mark.parametrize(
    ("words", "is_set_off", "level"),
    [
        ("一、案例背景", True, 2), ("第一部分 背景", True, 2), ("第二章：做法", True, 2), ("（三）同酬", True, 3),
        ("(四)同表", True, 3), ("1. 摸底", True, 4), ("2、排课", True, 4), ("一、案例背景", False, None),
        ("（一）离镇上二十里；", True, None), ("一、这是一句话。", True, None), ("1.5倍的时间", True, None),
        ("2021年的事", True, None), ("一、" + "很长" * 20, True, None), ("没有数字的话", True, None), ("", True, None),
    ],
)  # fmt: skip
def test_a_heading_has_a_number_and_a_look_and_is_no_sentence(words: str, is_set_off: bool, level: int | None) -> None:
    paragraph = Paragraph(spans=(Span(text=words),), look=Look(is_strong=is_set_off))
    assert heading_level(paragraph, {}) == level


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2022年3月至2023年4月", {"from": "2022-03", "to": "2023-04"}),
        ("2022.03—2023.04", {"from": "2022-03", "to": "2023-04"}),
        ("2020年9月至今", {"from": "2020-09"}),
        ("2021年2月至6月", {"from": "2021-02", "to": "2021-06"}),
        ("2021年", {"from": "2021", "to": "2021"}),
        ("2021-2023年", {"from": "2021", "to": "2023"}),
        ("2021年9月1日-2022年1月15日", {"from": "2021-09-01", "to": "2022-01-15"}),
        ("三年", None),
    ],
)
def test_periods_are_read_as_people_write_them(words: str, found: dict[str, str] | None) -> None:
    assert period(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("张示例、李示范", [{"name": "张示例"}, {"name": "李示范"}]),
        (
            "张 三  李示范（某县示例中学）",
            [{"name": "张三", "unit": "某县示例中学"}, {"name": "李示范", "unit": "某县示例中学"}],
        ),
        ("某市示例小学 王示例\n赵示例", [{"name": "王示例", "unit": "某市示例小学"}, {"name": "赵示例"}]),
        ("买买提·示例；张示例", [{"name": "买买提·示例"}, {"name": "张示例"}]),
        ("（不超过5人）", []),
    ],
)
def test_authors_are_names_with_their_units(words: str, found: list[dict[str, str]]) -> None:
    assert authors(words) == found


def test_keywords_and_links_are_parted() -> None:
    assert keywords("“三个课堂”；教学点、双师, 三个课堂") == ["三个课堂", "教学点", "双师"]
    assert links("主页：https://example.org/a，视频 https://example.org/b。") == [
        {"title": "主页", "url": "https://example.org/a"},
        {"title": "视频", "url": "https://example.org/b"},
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("A1", "A1"),
        ("b2", "B2"),
        ("“网络学习空间”主题应用案例", "C"),
        ("☑B1 □B2", "B1"),
        ("学校案例", None),
        ("", None),
    ],
)
def test_a_category_is_taken_only_where_it_is_sure(words: str, code: str | None, enshi: Campaign) -> None:
    assert category(words, enshi) == code
