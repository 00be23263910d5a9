"""What LibreOffice draws: the template and a county's list, as Word shows them. Without LibreOffice, nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image, ImageChops

from guide_pictures.project import ROOT, Project

_SCALE = 1.6  # pixels for a point
_LONGEST_S = 180
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>%s</fontconfig>"""
_ALIAS = '<match><test name="family"><string>%s</string></test><edit name="family" mode="assign" binding="strong"><string>%s</string></edit></match>'
_FACES = (
    ("方正小标宋简体", "Noto Serif CJK SC"), ("仿宋", "Noto Serif CJK SC"), ("黑体", "Noto Sans CJK SC"),
    ("Calibri", "Noto Serif CJK SC"), ("Cambria", "Noto Serif CJK SC"),
)  # fmt: skip
"""Faces of Word that no Linux has, and what stands for them: its own choice draws 。 and ， as Taiwan does."""
_EDGE_PX = 24

_HEAD = ("序号", "案例类型", "案例名称", "联系人", "所在单位", "联系电话")
_WIDTHS_MM = (14, 26, 62, 24, 58, 26)
_ROWS = (
    ("1", "B1", "一张课表走遍六个教学点", "王示例", "示例县示例中心小学", "（略）"),
    ("2", "B2", "五道题的小卷子", "陈示范", "示例县示例云台小学", "（略）"),
    ("3", "C", "晚自习的求助纸条", "周示例", "示例县示例中学", "（略）"),
)


def template(project: Project) -> Image.Image | None:
    """The page on which the text begins, down to its middle."""
    page = _page(ROOT / "site" / "campaigns" / "yueyang-2021" / "template.docx", project.folder, "案例背景")
    return page and _trimmed(page.crop((0, 0, page.width, round(page.height * 0.62))))


def summary(project: Project) -> Image.Image | None:
    """A county's list as E23 annex 1 has it; all of it is made up."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = page.page_height, page.page_width
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, "县市推报案例汇总表", 18, is_bold=True)
    _write(document.add_paragraph(), "县市（盖章）：示例县　　县市联系人：李示例　　联系电话：（略）", 12)
    table = document.add_table(rows=1 + len(_ROWS), cols=len(_HEAD), style="Table Grid")
    table.autofit = False
    for row, texts in zip(table.rows, (_HEAD, *_ROWS), strict=True):
        for cell, text, width_mm in zip(row.cells, texts, _WIDTHS_MM, strict=True):
            cell.width = Mm(width_mm)
            _write(cell.paragraphs[0], text, 12, is_bold=texts is _HEAD)
    path = project.folder / "summary.docx"
    document.save(str(path))
    shown = _page(path, project.folder, "汇总表")
    return shown and _trimmed(shown)


def _write(paragraph: Paragraph, text: str, size_pt: int, *, is_bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size_pt), is_bold


def _page(path: Path, out_dir: Path, words: str) -> Image.Image | None:
    """The last page of the file that has *words* on it."""
    office = shutil.which("soffice")
    if office is None:
        return None
    fonts = out_dir / "fonts.conf"
    fonts.write_text(_FONTS % "".join(_ALIAS % pair for pair in _FACES), "utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{out_dir}/office", "--headless", "--convert-to", "pdf", "--outdir", str(out_dir), str(path)],
        check=True, capture_output=True, timeout=_LONGEST_S,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    with pypdfium2.PdfDocument(out_dir / f"{path.stem}.pdf") as document:
        pages = [page for page in document if words in page.get_textpage().get_text_range()]
        image: Image.Image = pages[-1].render(scale=_SCALE).to_pil().convert("RGB")
    return image


def _trimmed(image: Image.Image) -> Image.Image:
    """Without the margins of its paper."""
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    assert box
    left, top, right, bottom = box
    return image.crop(
        (
            max(0, left - _EDGE_PX),
            max(0, top - _EDGE_PX),
            min(image.width, right + _EDGE_PX),
            min(image.height, bottom + _EDGE_PX),
        )
    )
