"""Attachments on their page: clean copies under names people can read, and what is held back by its title alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from broken.projects import run, site_of
from docx import Document

CASE = "enshi-2023/xuanen-one-car-two-lists"
PAGE = f"cases/{CASE}/index.html"


def word(path: Path, author: str) -> None:
    document = Document()
    document.core_properties.author = author
    document.add_paragraph("一车两单")
    document.save(str(path))


def test_a_document_that_tells_too_much_is_cleaned_or_held_back_as_the_editor_says(
    make_project: Callable[..., Path],
) -> None:
    project = make_project(CASE)
    folder = project / "cases" / CASE
    for name in ("cleaned.docx", "held.docx"):
        word(folder / "attachments" / name, "张三丰")
    text = (folder / "index.md").read_text("utf-8")
    more = (
        "attachments:\n"
        '  - {file: attachments/cleaned.docx, title: "路线/时刻表.docx", kind: 管理制度}\n'
        "  - {file: attachments/held.docx, title: 家访记录, kind: 管理制度, hidden: 扣留}\n"
    )
    (folder / "index.md").write_text(text.replace("attachments:\n", more, 1), "utf-8")
    told = run(project, "build")
    assert "PRV008" in run(project, "check").out
    site = site_of(project)
    page = site[PAGE].decode()
    assert 'download="路线 时刻表.docx"' in page
    assert re.search(r"家访记录\s*<p[^>]*>管理制度 · 未公开</p>", page), told.out
    packages = [data for name, data in site.items() if name.endswith(".docx")]
    bodies = [zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml") for data in packages]
    assert bodies
    assert not [body for body in bodies if "张三丰".encode() in body]
    assert (
        sum("家访记录" in data.decode("utf-8", "ignore") for name, data in site.items() if name.endswith(".html")) == 1
    )
