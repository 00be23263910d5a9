"""Documents: PDF and Word files with a title, paragraphs and a table, and nobody's name in their properties."""

from __future__ import annotations

import datetime
import io
import zipfile
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from sample_drawing.plan import Paper

FACE = "STSong-Light"
NOTE = "示例材料，单位、人员与数据均为虚构。"
MADE = datetime.datetime(2023, 6, 1, 9, 0, 0)
ZIP_DATE = (2023, 6, 1, 9, 0, 0)


def pdf_bytes(paper: Paper) -> bytes:
    """*paper* on A4, set in a Song face that every PDF reader brings."""
    rl_config.invariant = 1  # no clock and no random identifier in the file
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    title = ParagraphStyle(
        "title", fontName=FACE, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=8 * mm, wordWrap="CJK"
    )
    body = ParagraphStyle(
        "body",
        fontName=FACE,
        fontSize=11.5,
        leading=21,
        firstLineIndent=23,
        alignment=TA_JUSTIFY,
        spaceAfter=5,
        wordWrap="CJK",
    )
    cell = ParagraphStyle("cell", fontName=FACE, fontSize=10, leading=15, alignment=TA_CENTER, wordWrap="CJK")
    note = ParagraphStyle(
        "note", fontName=FACE, fontSize=9, leading=14, textColor=colors.HexColor("#777777"), wordWrap="CJK"
    )
    story = [Paragraph(escape(paper.title), title)]
    story += [Paragraph(escape(words), body) for words in paper.paragraphs]
    if paper.table:
        grid = Table(
            [[Paragraph(escape(words), cell) for words in row] for row in paper.table], hAlign="CENTER", repeatRows=1
        )
        grid.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.6, colors.HexColor("#8A94A6")),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#E8EEF7")),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ]
            )
        )
        story += [Spacer(1, 4 * mm), grid]
    story += [Spacer(1, 8 * mm), Paragraph(NOTE, note)]
    file = io.BytesIO()
    margins = {"leftMargin": 27 * mm, "rightMargin": 27 * mm, "topMargin": 30 * mm, "bottomMargin": 26 * mm}
    SimpleDocTemplate(file, pagesize=A4, title=paper.title, author="", creator="", producer="", **margins).build(story)
    return file.getvalue()


def docx_bytes(paper: Paper) -> bytes:
    """*paper* as Word stores it, without author, company or a date of today."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "FangSong", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(paper.title)
    run.bold, run.font.size, run.font.name = True, Pt(20), "SimHei"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
    for words in paper.paragraphs:
        paragraph = document.add_paragraph(words)
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.line_spacing = 1.5
    if paper.table:
        columns = max(len(row) for row in paper.table)
        grid = document.add_table(rows=0, cols=columns, style="Table Grid")
        for row in paper.table:
            for place, words in zip(grid.add_row().cells, row, strict=False):
                place.text = words
    document.add_paragraph(NOTE)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.title, core.created, core.modified, core.revision = paper.title, MADE, MADE, 1
    file = io.BytesIO()
    document.save(file)
    return _settled(file.getvalue())


def _settled(packed: bytes) -> bytes:
    """The same package with one fixed date on all its parts, so that it has the same bytes on every run."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return file.getvalue()
