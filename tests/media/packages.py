"""Office packages with what people, Word and Excel leave in them, and packages made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from docx import Document

from .samples import exif_of_a_phone, quadrants, repacked

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = f'xmlns:r="{OFFICE}"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Lead = tuple[str, str, str, str]
"""Source part, id, kind, target; a target with "://" or a drive letter is external."""


def package(path: Path, parts: Mapping[str, str | bytes], types: Mapping[str, str], leads: Iterable[Lead]) -> Path:
    """A package of those *parts*, with the content *types* by part."""
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("jpeg", "image/jpeg"),
            ("bin", "application/octet-stream"),
            ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
        )
    )
    relationships: dict[str, str] = {}
    for source, id_, kind, target in leads:
        folder, _, name = source.rpartition("/")
        external = ' TargetMode="External"' if ":" in target else ""
        place = f"{folder}/_rels/{name}.rels".lstrip("/")
        relationships[place] = relationships.get(place, "") + (
            f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>')
        for place, written in relationships.items():
            file.writestr(place, f'<Relationships xmlns="{PACKAGE}/relationships">{written}</Relationships>')
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def word(
    path: Path, body: str, parts: Mapping[str, str | bytes] | None = None, leads: Iterable[Lead] = (), **types: str
) -> Path:
    """A Word file with that *body*; *types* of further parts by name, "." written as "__", below word/."""
    named = {f"word/{name.replace('__', '.')}": f"{WORD}.{kind}+xml" for name, kind in types.items()}
    document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    return package(
        path,
        {"word/document.xml": document, **(parts or {})},
        {"word/document.xml": f"{WORD}.document.main+xml", **named},
        [("", "rId1", "officeDocument", "word/document.xml"), *leads],
    )


def book(
    path: Path, cells: str, *, strings: str = "", parts: Mapping[str, str | bytes] | None = None, leads: Iterable[Lead] = (),
    head: str = "", tail: str = "",
) -> Path:  # fmt: skip
    """A workbook of one sheet; *head* goes before its sheets, *tail* behind the sheet's cells."""
    sheets = '<sheets><sheet name="联系人" sheetId="1" r:id="rId1"/></sheets>'
    return package(
        path,
        {
            "xl/workbook.xml": f"<workbook {X} {R}>{head}{sheets}</workbook>",
            "xl/sharedStrings.xml": f"<sst {X}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {X} {R}><sheetData><row>{cells}</row></sheetData>{tail}</worksheet>",
            **(parts or {}),
        },
        {
            "xl/workbook.xml": f"{SHEET}.sheet.main+xml",
            "xl/sharedStrings.xml": f"{SHEET}.sharedStrings+xml",
            "xl/worksheets/sheet1.xml": f"{SHEET}.worksheet+xml",
            "xl/comments1.xml": f"{SHEET}.comments+xml",
        },
        [
            ("", "rId1", "officeDocument", "xl/workbook.xml"),
            ("xl/workbook.xml", "rId1", "worksheet", "worksheets/sheet1.xml"),
            ("xl/workbook.xml", "rId2", "sharedStrings", "sharedStrings.xml"),
            *leads,
        ],
    )


def photo(orientation: int = 1) -> bytes:
    """A JPEG with a place, a name and a comment in it, as a phone would write it."""
    buffer = io.BytesIO()
    quadrants(40, 30).save(buffer, "JPEG", exif=exif_of_a_phone(orientation), comment="遗留备注".encode())
    return buffer.getvalue()


def reviewed(path: Path) -> Path:
    """A Word file as it comes back from a colleague: a comment with its author, and a photograph with its place."""
    document = Document()
    document.core_properties.author = "张三丰"
    paragraph = document.add_paragraph("智慧课堂")
    document.add_comment(paragraph.runs, text="请核实 13700137000", author="李四光", initials="LSG")
    plain = io.BytesIO()
    quadrants(40, 30).save(plain, "JPEG")
    document.add_picture(plain)
    document.save(str(path))
    return repacked(path, {"word/media/image1.jpg": photo()})
