"""What holds for the four guides: real pictures with words, no stale numbers, and no words of Git where nobody knows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from generator.check.wordcount import count_words

from .runs import DOCS, Guide

SITE = (Guide(DOCS / "site" / "guides" / "school.md"), Guide(DOCS / "site" / "guides" / "county.md"))
GUIDES = (*SITE, Guide(DOCS / "guides" / "editor.md"), Guide(DOCS / "guides" / "operator.md"))
INDEX = Guide(DOCS / "guides" / "README.md")
MOST_BYTES = 60_000
LONGEST = 2_600  # 字: what a page with its pictures takes on both sides of a sheet

GIT = (
    "git", "commit", "branch", "pull request", "merge", "yaml", "markdown", "front matter", "index.md", "PR",
    "分支", "提交记录", "合并请求", "仓库", "推送", "拉取", "克隆", "命令行", "终端", "信息区",
)  # fmt: skip

SHOWN = {
    "school": ("谁可以报", "什么时候截止", "交什么", "写多长", "依据", "原文未明确", "下载写作模板", "由报送单位留存", "授权与使用",
               "报送方式", "报送路径"),
    "county": ("名额", "案例类别", "报送方式", "公示名单"),
}  # fmt: skip
"""Words of the site that a guide sends people to."""


def _id(guide: Guide) -> str:
    return guide.path.stem


@pytest.mark.parametrize("guide", GUIDES, ids=_id)
def test_every_picture_is_there_is_small_and_has_words_in_chinese(guide: Guide) -> None:
    assert guide.pictures
    for alt, file, caption in guide.pictures:
        with Image.open(file) as image:
            assert image.format == "WEBP" and image.width >= 700, file
        assert file.stat().st_size <= MOST_BYTES, file
        assert len(re.findall(r"[\u4e00-\u9fff]", alt)) >= 10, alt
        assert caption and caption != alt


def test_no_picture_lies_about(root: Path) -> None:
    shown = {file.resolve() for guide in GUIDES for _, file, _ in guide.pictures}
    there = {
        *(root / "docs" / "guides" / "images").iterdir(),
        *(root / "docs" / "site" / "guides" / "images").iterdir(),
    }
    assert shown == there


@pytest.mark.parametrize("guide", SITE, ids=_id)
def test_schools_and_counties_meet_no_words_of_git(guide: Guide) -> None:
    text = guide.text.lower()
    found = [word for word in GIT if re.search(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])", text)]
    assert found == []
    assert "```" not in text


@pytest.mark.parametrize("guide", SITE, ids=_id)
def test_no_number_or_date_of_a_call_stands_in_a_guide(guide: Guide) -> None:
    """They are on the page of the call, which is right in every year; here they would go stale."""
    assert re.findall(r"\d+ ?(?:字|个|张|项|人|份|M|兆|P|年|月|日|号)", guide.text) == []
    assert "/campaigns/" in guide.text


@pytest.mark.parametrize("guide", GUIDES, ids=_id)
def test_a_guide_is_a_page(guide: Guide) -> None:
    assert 600 <= count_words(re.sub(r"[|#*`\[\]()-]", " ", guide.prose)) <= LONGEST
    assert len(re.findall(r"^## ", guide.text, re.MULTILINE)) <= 8


@pytest.mark.parametrize("guide", SITE, ids=_id)
def test_what_a_guide_sends_people_to_is_on_the_site(guide: Guide, root: Path) -> None:
    sources = [*(root / "theme" / "templates").glob("*.html"), *(root / "generator" / "pages").glob("*.py")]
    there = "\n".join(path.read_text("utf-8") for path in sources)
    for words in SHOWN[guide.path.stem]:
        assert words in guide.text and words in there, words


def test_the_index_names_all_four() -> None:
    for guide in GUIDES:
        assert re.search(rf"\(\S*{guide.path.stem}\.md\)", INDEX.text), guide.path


def test_the_words_of_the_comment_that_a_guide_explains_are_those_of_the_report(root: Path) -> None:
    phrases = (root / "generator" / "check" / "reports" / "phrases.py").read_text("utf-8")
    markdown = (root / "generator" / "check" / "reports" / "markdown.py").read_text("utf-8")
    for words in ("错误", "警告", "提示", "怎样改", "依据", "行"):
        assert words in phrases + markdown
        assert words in SITE[0].text
