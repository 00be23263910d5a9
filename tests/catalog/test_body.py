"""The body of a case as checks and search see it: plain text, and headings, pictures and links in their places."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog.body import MOST_CELLS, Body, Heading, Reference, read_body
from generator.catalog.marks import Mark

_WHOLE = """\
## 一、案例背景

全校 **3 个** 年级，见[《方案》](attachments/plan.pdf "下载")和 <https://example.org/?a=1&b=2>。

### （一）做法

![学生分组做实验](media/class.jpg "图1")

| 年级 | 人数 |
| --- | --- |
| 七年级 | 120 |
"""


def test_a_body_is_its_text_and_what_stands_in_it() -> None:
    assert read_body(_WHOLE) == Body(
        text="一、案例背景\n全校 3 个 年级，见《方案》和 https://example.org/?a=1&b=2。\n（一）做法\n年级\n人数\n七年级\n120",
        headings=(
            Heading(level=2, text="一、案例背景", at=Mark(1, 1)),
            Heading(level=3, text="（一）做法", at=Mark(5, 1)),
        ),
        images=(Reference(target="media/class.jpg", text="学生分组做实验", at=Mark(7, 1)),),
        links=(
            Reference(target="attachments/plan.pdf", text="《方案》", at=Mark(3, 16)),
            Reference(target="https://example.org/?a=1&b=2", text="https://example.org/?a=1&b=2", at=Mark(3, 51)),
        ),
        has_table=True,
        omitted_html=(),
    )


def test_an_empty_body_holds_nothing() -> None:
    assert read_body("") == Body(text="", headings=(), images=(), links=(), has_table=False, omitted_html=())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**“智慧课堂”**应用", "“智慧课堂”应用"),  # bold beside Chinese quotation marks
        ("~~旧~~新 `a < b` &amp; &lt;x&gt;", "旧新 a < b & <x>"),
        ("- [x] 甲\n- 乙\n  1. 丙", "甲\n乙\n丙"),
        ("> 引\n\n```\n一行\n```", "引\n一行"),
        ("\\# 不是标题", "# 不是标题"),
        ("![只有图](a.jpg)", ""),
        ("前![图](a.jpg)后", "前后"),
        ("一[^a]二[^a]。\n\n[^a]: 注文", "一二。\n注文"),
        ("前<b>粗</b>后", "前粗后"),
        ("前\n\n<div>\n块\n</div>\n\n后", "前\n后"),
    ],
)
def test_the_text_is_what_a_reader_sees(markdown: str, text: str) -> None:
    assert read_body(markdown).text == text


def test_the_numbers_of_footnotes_are_no_links() -> None:
    assert read_body("一[^a]。\n\n[^a]: 见[此](b.pdf)\n").links == (
        Reference(target="b.pdf", text="此", at=Mark(3, 8)),
    )


def test_a_linked_picture_is_a_picture_and_a_link() -> None:
    body = read_body("[![缩略图](media/a.jpg)](media/b.pdf)")
    assert body.images == (Reference(target="media/a.jpg", text="缩略图", at=Mark(1, 2)),)
    assert body.links == (Reference(target="media/b.pdf", text="", at=Mark(1, 1)),)


def test_a_heading_keeps_the_words_of_its_link() -> None:
    assert read_body("## 见[方案](a.pdf)一\n").headings == (Heading(level=2, text="见方案一", at=Mark(1, 1)),)


@pytest.mark.parametrize(
    ("target", "path"),
    [("media/a.jpg", "media/a.jpg"), ("./media//a.jpg", "media/a.jpg"), ("media/图.jpg", "media/图.jpg")],
)
def test_the_path_of_a_picture_is_that_of_its_file(target: str, path: str) -> None:
    (image,) = read_body(f"![图]({target})").images
    assert image.path == path


@pytest.mark.parametrize(
    ("markdown", "marks"),
    [
        ("文\n\n<div>\n块\n</div>\n", [(3, 1)]),
        ("文<b>粗</b>字\n", [(1, 2)]),
        ("文\n\n字<i>x</i>字<u>y</u>\n\n<!-- 记 -->\n", [(3, 2), (3, 11), (5, 1)]),
        ("前 \\<b> 后<br>\n", [(1, 9)]),
        ("闭</font>\n", [(1, 2)]),
        ("`<b>` 与 <https://example.org>\n", []),
    ],
)
def test_raw_html_is_found_where_it_begins(markdown: str, marks: list[tuple[int, int]]) -> None:
    assert [(mark.line, mark.column) for mark in read_body(markdown).omitted_html] == marks


_WORDS = st.text("中文字，。“”—·𠮷é ab1", max_size=12).map(lambda text: "字" + text.strip())


@settings(deadline=None)
@given(st.lists(st.tuples(_WORDS, st.sampled_from(["![图](f{}.jpg)", "[链](f{}.pdf)", "**粗**", "`码`"])), max_size=12))
def test_every_place_is_that_of_the_first_character(pieces: list[tuple[str, str]]) -> None:
    lines: list[str] = []
    for i, (words, form) in enumerate(pieces):
        piece = words + " " + form.format(i) + " "
        # Some on one line, some on new lines, some in a quotation.
        if i % 3 and lines:
            lines[-1] += piece
        else:
            lines += ["", ("> " if i % 2 else "") + piece]
    body = read_body("\n".join(lines))
    for reference, opening in (
        *((image, "![图](") for image in body.images),
        *((link, "[链](") for link in body.links),
    ):
        line = lines[reference.at.line - 1]
        assert line[reference.at.column - 1 :].startswith(opening + reference.target)
    assert len(body.images) + len(body.links) == sum(form[0] in "![" for _, form in pieces)


_MARKDOWNISH = st.text("#*_`[]()!<>|-~^: \\&;\"'\n\r\t\x00字ab1\u2028\ufeff", max_size=120)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), _MARKDOWNISH))
@example("\x00")
@example("[^1]\n\n[^1]:")
@example("<a\n\n")
def test_any_text_at_all_gives_a_body(markdown: str) -> None:
    body = read_body(markdown)
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert not body.text.startswith("\n")
    references = (*body.images, *body.links)
    places = [heading.at for heading in body.headings] + [reference.at for reference in references]
    for mark in (*places, *body.omitted_html):
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1


@pytest.mark.parametrize(
    "markdown",
    [
        ">" * 20_000,
        "`a" * 20_000,
        "*_" * 20_000,
        "[a](b) " * 20_000,
        "<b>" * 20_000,
        "![a" * 20_000,
        "- " * 20_000,
        "字" * 600_000,
    ],
    ids=["quotations", "ticks", "stars", "links", "tags", "brackets", "items", "characters"],
)
def test_a_long_line_is_read_in_seconds_whatever_it_holds(markdown: str) -> None:
    started = time.process_time()
    read_body(markdown)
    assert time.process_time() - started < 2


def _table(columns: int, rows: int) -> str:
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "x\n" * rows


def test_a_table_that_would_fill_the_memory_is_no_table() -> None:
    assert read_body(_table(20, 200)).has_table
    started = time.process_time()
    body = read_body(_table(MOST_CELLS // 100, MOST_CELLS // 100))
    assert time.process_time() - started < 2
    assert not body.has_table
    assert body.text.endswith("x\nx")
