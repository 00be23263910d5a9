"""Contributed Markdown can do no harm, and keeps what reports have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.pages.markup import ELSEWHERE, article
from generator.pages.media_views import PictureView, SourceFile

from .attacks import PUBLISHED, WITHHELD

PICTURE = PictureView(
    width_px=640,
    height_px=480,
    placeholder="data:image/webp;base64,AA",
    files=(SourceFile(name="a.jpg", media_type="image/jpeg", width_px=640, height_px=480),),
    alt="课堂",
    caption="图1",
)


def rendered(markdown: str, **pictures: PictureView) -> str:
    views = {f"media/{name}.jpg": view for name, view in pictures.items()}
    return article(markdown, views, lambda _: "<DRAWN>", leave=lambda _: "../leave/0/").html


@pytest.mark.parametrize("attack", [*PUBLISHED, *WITHHELD])
def test_no_script_style_or_foreign_embed_survives(attack: str) -> None:
    html = rendered(attack)
    live = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(script|style|iframe|svg|meta|form|input|object|embed|details|img)\b", live, re.IGNORECASE)
    unquoted = re.sub(r'"[^"]*"', '""', live)
    assert not re.search(r"<[^>]*\b(on\w+|style)\s*=", unquoted, re.IGNORECASE)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", live).lower()
    assert 'src="http' not in live


@given(text())
def test_any_text_renders_without_an_exception(markdown: str) -> None:
    assert isinstance(rendered(markdown), str)


def test_bold_beside_chinese_quotation_marks_is_bold() -> None:
    assert "<strong>“智慧课堂”</strong>应用" in rendered("**“智慧课堂”**应用")


def test_headings_get_anchors_in_their_order_and_never_level_one() -> None:
    made = article("# 大标题\n\n## 一、背景\n\n### （一）起因\n\n#### 1. 细节", {}, lambda _: "")
    assert [(row.level, row.text, row.anchor) for row in made.contents] == [
        (2, "大标题", "s1"),
        (2, "一、背景", "s2"),
        (3, "（一）起因", "s3"),
    ]
    assert "<h1" not in made.html
    assert '<h4 id="s4">' in made.html


def test_a_picture_is_drawn_with_its_caption_and_a_missing_one_says_so() -> None:
    html = rendered('![课堂](media/a.jpg "图1 <讲课>")\n\n![远处](media/b.jpg)', a=PICTURE)
    assert "<DRAWN></span><figcaption>图1 &lt;讲课&gt;</figcaption>" in html
    assert "图片暂缺：远处" in html


def test_tables_scroll_in_themselves_and_keep_their_cells() -> None:
    html = rendered("| 年级 | 人数 |\n| --- | ---: |\n| 三 | 19 |")
    assert 'class="scroll"' in html
    assert 'aria-label="表格 1"' in html
    assert '<td align="right">19</td>' in html


def test_external_links_are_marked_and_relative_ones_without_a_file_are_dropped() -> None:
    asked: list[str] = []

    def leave(address: str) -> str | None:
        asked.append(address)
        return None if "@" in address else "../leave/0/"

    text = "[外部](https://example.org/a?b=1&c=2) [内部](attachments/x.pdf) [装作](https://gov.cn@example.org/)"
    html = article(text, {}, lambda _: "", leave=leave).html
    to = 'data-to="https://example.org/a?b=1&amp;c=2"'  # for paper
    assert f'<a href="../leave/0/" class="external" rel="nofollow" {to}>{ELSEWHERE}外部</a>' in html
    assert asked == ["https://example.org/a?b=1&c=2", "https://gov.cn@example.org/"]
    assert "example.org" not in html.replace(to, "")
    assert "<a>装作</a>" in html
    assert "attachments" not in html


def test_a_picture_with_a_chinese_name_is_found() -> None:
    html = article("![课堂](media/课堂1.jpg)", {"media/课堂1.jpg": PICTURE}, lambda _: "<DRAWN>").html
    assert "<DRAWN>" in html


def test_a_picture_among_words_stands_between_paragraphs() -> None:
    html = rendered("前文\n![甲](media/a.jpg)\n![乙](media/a.jpg)\n后文", a=PICTURE)
    assert html.startswith("<p>前文</p><figure")
    assert html.strip().endswith("</figure><p>后文</p>")
    assert html.count("<p>") == 2
    assert "<DRAWN>" in html


def test_a_link_around_a_picture_gives_way_to_the_picture() -> None:
    html = rendered("[![甲](media/a.jpg)](https://example.org/) 和 [字](https://example.org/)", a=PICTURE)
    before, after = html.split("</figure>")
    assert "<a " not in before
    assert after.count("<a ") == 1


def test_tables_are_told_apart_by_number() -> None:
    html = rendered("| a |\n| --- |\n| 1 |\n\n字\n\n| b |\n| --- |\n| 2 |")
    assert re.findall(r'aria-label="([^"]+)"', html) == ["表格 1", "表格 2"]
