"""Names of downloads on the reader's own disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.pages.filenames import download_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("午间三分钟审听制度", "午间三分钟审听制度.pdf"),
        ("审听制度.pdf", "审听制度.pdf"),
        ("审听制度.PDF", "审听制度.pdf"),
        ("2021/2022学年“5G+”：课表", "2021 2022学年“5G+”：课表.pdf"),
        ('a\\b:c*d?e"f<g>h|i', "a b c d e f g h i.pdf"),
        ("fdp\u202e.exe", "fdp.exe.pdf"),
        ("..\u200b/../etc/passwd", "etc passwd.pdf"),
        ("CON", "文件 CON.pdf"),
        ("nul.txt", "文件 nul.txt.pdf"),
        ("…", "….pdf"),
        ("///", "文件.pdf"),
        ("一\n二", "一 二.pdf"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert download_name(title, "pdf") == name


def test_a_long_title_is_cut_between_characters() -> None:
    name = download_name("长" * 300, "docx")
    assert name.endswith("长.docx")
    assert 195 <= len(name.encode()) <= 200


@given(text())
def test_no_title_makes_a_name_that_leads_elsewhere(title: str) -> None:
    name = download_name(title, "xlsx")
    assert name.endswith(".xlsx")
    assert not set(name) & set('/\\:*?"<>|\0\n\r\u202e\u200b')
    assert len(name.encode()) <= 255
    assert name.strip(". ") == name
