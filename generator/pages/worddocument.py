"""A template as a Word document, in the faces and sizes that notices ask for. Clause: E23 二1; DOMAIN: table 1.5, row 84."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from generator.pages.draft import Draft, DraftForm

TITLE_FACE, HEADING_FACE, TEXT_FACE = "方正小标宋简体", "黑体", "仿宋"
TITLE_PT, TEXT_PT, TABLE_PT, REMARK_PT = 22, 16, 12, 10.5  # 二号, 三号, 小四, 五号
_LINE_PT, _SMALL_LINE_PT = 28, 17
_ROW_MM, _LONG_ROW_MM = 9, 45

GREY = RGBColor(0x76, 0x76, 0x76)
_BLACK = RGBColor(0, 0, 0)
_COLUMNS_MM = (40, 66, 50)  # together the text width of the page
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_document(draft: Draft) -> bytes:
    """*draft* as a .docx on A4: what to know first, the forms, then title and parts with their prompts in grey.

    No date but that of the call's year stands in it, and none in its package: the same draft is the same bytes on
    any day. It names no author.
    """
    document = docx.Document()
    _set_up(document, draft)
    _remark(document, f"《{draft.call}》写作模板。灰色文字是提示，写好后删去。")
    if draft.applies:
        _remark(document, f"· 这份模板{draft.applies}。")
    for bound in draft.bounds:
        _remark(document, f"· {bound}")
    _remark(document, f"依据：{draft.notice}。完整要求：{draft.address}")
    for form in draft.forms:
        _form(document, form)
    title = document.add_paragraph(style="Title")
    title.paragraph_format.page_break_before = bool(draft.forms)
    _write(title, f"（{draft.title}）", is_prompt=True)
    for prompt in draft.title_prompts:
        _remark(document, prompt).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in draft.sections:
        heading = document.add_paragraph(style=f"Heading {min(3, section.level)}")
        _write(heading, section.heading)
        for prompt in section.prompts:
            _write(document.add_paragraph(style="Normal"), f"【{prompt}】", is_prompt=True)
        document.add_paragraph(style="Normal")
    out = io.BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _set_up(document: Document, draft: Draft) -> None:
    """The page of official documents, the styles, and properties that name nobody."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    _face(document, "Normal", TEXT_FACE, TEXT_PT)
    _face(document, "Title", TITLE_FACE, TITLE_PT)
    for level in (1, 2, 3):
        _face(document, f"Heading {level}", HEADING_FACE, TEXT_PT)
    normal = document.styles["Normal"].paragraph_format
    normal.first_line_indent = Pt(2 * TEXT_PT)
    normal.space_before = normal.space_after = Pt(0)
    normal.line_spacing_rule, normal.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE_PT)
    title = document.styles["Title"].paragraph_format
    title.alignment, title.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
    title.line_spacing_rule, title.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(_LINE_PT)
    title.space_after = Pt(_LINE_PT)
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = f"{draft.call}写作模板", "", ""
    properties.comments, properties.language = draft.address, "zh-CN"
    properties.created = properties.modified = datetime.datetime(draft.year, 1, 1)


def _face(document: Document, name: str, face: str, size_pt: float) -> None:
    """A style in *face* for Han and Latin alike, black and upright; what the built-in style brings of a theme goes."""
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold, style.font.italic = face, Pt(size_pt), False, False
    style.font.color.rgb = _BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{attribute}"), face)
    if name != "Normal":
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.keep_with_next = True


def _form(document: Document, form: DraftForm) -> None:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.first_line_indent = Pt(0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_before = Pt(_LINE_PT / 2)
    _write(heading, form.title)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("项目", "填写", "说明"), strict=True):
        _fill(cell, text, HEADING_FACE)
    for entry in form.cells:
        row = table.add_row()
        row.height = Mm(_LONG_ROW_MM if entry.is_long else _ROW_MM)
        label, content, note = row.cells
        _fill(label, f"{entry.group}：{entry.label}" if entry.group else entry.label)
        _fill(content, "")
        _fill(note, entry.note, is_prompt=True)
    for column, width_mm in zip(table.columns, _COLUMNS_MM, strict=True):
        column.width = Mm(width_mm)
    for row in table.rows:
        for cell, width_mm in zip(row.cells, _COLUMNS_MM, strict=True):
            cell.width = Mm(width_mm)
    if form.note:
        _remark(document, form.note)


def _fill(cell: _Cell, text: str, face: str = TEXT_FACE, *, is_prompt: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _small(paragraph)
    _write(paragraph, text, face, REMARK_PT if is_prompt else TABLE_PT, is_prompt=is_prompt)


def _remark(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(style="Normal")
    _small(paragraph)
    _write(paragraph, text, TEXT_FACE, REMARK_PT, is_prompt=True)
    return paragraph


def _small(paragraph: Paragraph) -> None:
    """Lines of a table or remark. “At least”, since python-docx leaves out “auto” and the style's “exactly” would cut them."""
    layout = paragraph.paragraph_format
    layout.first_line_indent = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(_SMALL_LINE_PT)


def _write(
    paragraph: Paragraph, text: str, face: str | None = None, size_pt: float | None = None, *, is_prompt: bool = False
) -> None:
    """*text* as a run; what XML cannot hold is left out."""
    run = paragraph.add_run(_NOT_XML.sub("", text))
    if face:
        run.font.name = face
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if size_pt:
        run.font.size = Pt(size_pt)
    if is_prompt:
        run.font.color.rgb = GREY


def _without_times(package: bytes) -> bytes:
    """*package* with every entry dated alike: python-docx writes the time of day into them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_TIME), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
