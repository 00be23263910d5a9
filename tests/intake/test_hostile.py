"""Word files that mean harm are refused in a sentence, in bounded time and room, and cost nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.intake.docx import WordTask, read_word
from generator.intake.gathering import IntakeError, gathered
from generator.media.refusals import UnusableError
from generator.store import Store

from .word import Word, p, r, tbl, tc, text


def read(file: Path, tmp_path: Path) -> object:
    return read_word(WordTask(file, Store(tmp_path / "store")))


def with_document(tmp_path: Path, xml: bytes) -> Path:
    """A package whose text is *xml*."""
    path = Word().add(text("x")).save(tmp_path / "case.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, xml if entry.filename == "word/document.xml" else old.read(entry))
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>',
        b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>',
        b'<?xml version="1.0"?>' + b" " * 5_000 + b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        b"<w:document",
        b"",
        b"\xff\xfe<\x00",
    ],
    ids=["entities", "external", "late", "cut", "empty", "UTF-16"],
)
def test_what_is_no_plain_xml_is_refused(xml: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnusableError):
        read(with_document(tmp_path, xml), tmp_path)


def test_tables_in_tables_without_end_are_refused(tmp_path: Path) -> None:
    inner = tbl(["最里面"])
    for _ in range(40):
        inner = tbl([tc(inner)])
    with pytest.raises(UnusableError):
        read(Word().add(inner).save(tmp_path / "case.docx"), tmp_path)


def test_more_cells_than_a_person_writes_are_refused(tmp_path: Path) -> None:
    row = ["x"] * 60
    with pytest.raises(UnusableError):
        read(Word().add(tbl(*[row] * 400)).save(tmp_path / "case.docx"), tmp_path)


def test_styles_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("a", "b"), ("b", "a"))
    )
    file = Word(styles=styles).add(p(r("绕"), style="a")).save(tmp_path / "case.docx")
    assert read(file, tmp_path)


@pytest.mark.parametrize("number", ["999999999", "-1", "x", ""])
def test_numbers_that_are_none_do_no_harm(number: str, tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{number}"><w:start w:val="{number}"/>'
        f'<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%9%1"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    paragraph = p(r("数"), more=f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>')
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/><w:vMerge/></w:tcPr>{paragraph}</w:tc>'
    file = Word(numbering=numbering).add(paragraph, f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").save(tmp_path / "case.docx")
    assert read(file, tmp_path)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_an_archive_whose_bytes_are_spoilt_is_told_wherever_they_are(place: int, tmp_path: Path) -> None:
    word = Word().add(text("一段话" * 400)).save(tmp_path / "case.docx").read_bytes()
    archive = tmp_path / "一校一表.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("正文.docx", word + bytes(range(256)) * 20)
    data = bytearray(archive.read_bytes())
    at = len(data) * place // 100
    data[at : at + 40] = bytes(byte ^ 0xFF for byte in data[at : at + 40])
    archive.write_bytes(data)
    with pytest.raises(IntakeError, match="一校一表"), gathered([archive]):
        pass
