"""The template of a call in Word: its faces, its forms without anything private, its bounds; the same bytes on any day."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from generator.pages.campaign_views import CampaignView
from generator.pages.draft import PRIVATE, Draft
from generator.pages.worddocument import GREY, word_document

from .sample_map import catalog, mapped, view

WITH_TEMPLATE = ("enshi-2023", "exhibition-4-2021", "yueyang-2021", "yueyang-2020-pilots")


def _draft(campaign: str) -> Draft:
    draft = view(mapped(), f"campaigns/{campaign}/", CampaignView).draft
    assert draft
    return draft


def _read(campaign: str) -> docx.document.Document:
    return docx.Document(io.BytesIO(word_document(_draft(campaign))))


@pytest.mark.parametrize("campaign", WITH_TEMPLATE)
def test_every_part_of_the_call_is_a_heading_in_its_order(campaign: str) -> None:
    headings = [p.text for p in _read(campaign).paragraphs if ((p.style and p.style.name) or "").startswith("Heading")]
    wanted = [s.heading for s in catalog().campaigns[campaign].template if s.field != "title"]
    forms = [form.title for form in _draft(campaign).forms]
    assert headings == [*forms, *wanted]


def test_faces_and_sizes_are_those_that_the_notice_asks_for() -> None:
    document = _read("enshi-2023")
    styles = {name: document.styles[name] for name in ("Title", "Heading 1", "Heading 2", "Normal")}
    faces = {name: style.element.rPr.rFonts.get(qn("w:eastAsia")) for name, style in styles.items()}
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "黑体", "Normal": "仿宋"}
    assert {name: style.font.size.pt for name, style in styles.items()} == {
        "Title": 22,
        "Heading 1": 16,
        "Heading 2": 16,
        "Normal": 16,
    }
    assert styles["Title"].paragraph_format.alignment == 1
    section = document.sections[0]
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


@pytest.mark.parametrize("campaign", WITH_TEMPLATE)
def test_forms_have_every_cell_empty_and_private_ones_say_where_they_stay(campaign: str) -> None:
    tables = _read(campaign).tables
    forms = [form for form in catalog().campaigns[campaign].forms if "汇总表" not in form.title]
    assert len(tables) == len(forms)
    for table, form in zip(tables, forms, strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
        assert len(rows) == len(form.fields)
        for (label, content, note), field in zip(rows, form.fields, strict=True):
            assert label.endswith(field.label)
            assert content == ""
            assert (note == PRIVATE) is not field.public


def test_bounds_stand_in_the_document_with_their_clause() -> None:
    words = "\n".join(paragraph.text for paragraph in _read("yueyang-2021").paragraphs)
    for bound in ("摘要：不超过 300 字", "正文：不超过 5000 字", "自评：不超过 500 字", "图片大小：不少于 3 MB"):
        assert bound in words
    assert "通知 附件 四(二)1(3)" in words
    assert "原文未明确" in words


def test_guidance_is_grey_and_headings_are_not() -> None:
    for paragraph in _read("enshi-2023").paragraphs:
        for run in paragraph.runs:
            is_prompt = run.font.color is not None and run.font.color.rgb == GREY
            is_heading = ((paragraph.style and paragraph.style.name) or "").startswith("Heading")
            assert is_prompt is not is_heading, paragraph.text


def test_a_template_is_the_same_bytes_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = word_document(_draft("enshi-2023"))
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 40_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert word_document(_draft("enshi-2023")) == first
    package = zipfile.ZipFile(io.BytesIO(first))
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = package.read("docProps/core.xml").decode()
    assert core.count("2023-01-01T00:00:00Z") == 2
    assert "python-docx" not in core


def test_a_call_that_says_nothing_of_the_text_offers_no_template() -> None:
    assert view(mapped(), "campaigns/exhibition-4/", CampaignView).draft is None
