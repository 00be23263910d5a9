"""Word, Excel and PowerPoint packages: whether they may be opened, what they say, and a copy without names.

A package is a ZIP of XML parts. It is read by streams with counted bytes and by expat without a
tree, so neither a bomb nor an entity can grow; a document type declaration is refused outright.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal
from xml.parsers import expat

from generator.media.images import blank_jpeg, has_gps
from generator.media.refusals import UnusableError

_PART_BYTES = 64 * 1024 * 1024
_ALL_BYTES = 512 * 1024 * 1024
_PARTS = 10_000
_CHUNK = 64 * 1024
TEXT_CHARACTERS = 2_000_000
PACKAGE_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")

Format = Literal["docx", "xlsx", "pptx"]
_MAIN_PARTS: dict[str, Format] = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_TEXT_PARTS = re.compile(
    r"(word|xl|ppt)/(?!.*(theme|styles|fontTable|settings|slideLayouts|slideMasters)).*\.(xml|rels)"
)
_OTHER_CORE_SUFFIX = ".psmdcp"  # where .NET's packaging library puts the core properties
_NAMED = {"creator": "author", "lastModifiedBy": "last modified by", "Company": "company", "Manager": "manager",
          "title": "title", "subject": "subject", "description": "description", "keywords": "keywords",
          "HyperlinkBase": "hyperlink base"}  # fmt: skip
_EMPTY_PARTS = {
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An Office package that may be opened."""

    format: Format
    text: str
    properties: tuple[tuple[str, str], ...]


def read_package(file: BinaryIO) -> Package | None:
    """What an Office package says; None for a ZIP that is none.

    Properties are author, company and the like, and what a reader would not see on the page:
    comments, who revised it, pictures that say where they were taken.

    Raises:
        UnusableError: encrypted, with macros, broken, or a bomb.
    """
    with _opened(file) as package:
        format_ = _format_of(package)
        if format_ is None:
            return None
        text = _Text()
        found: list[tuple[str, str]] = []
        for name in sorted(package.namelist(), key=_natural):
            if _TEXT_PARTS.fullmatch(name):
                start = len(text.pieces)
                _parse(package, name, text)
                if "comment" in name.lower() and name.endswith(".xml"):
                    found.append(("comments", "".join(text.pieces[start:]).strip()))
            elif name in _EMPTY_PARTS or name.endswith(_OTHER_CORE_SUFFIX):
                properties = _Properties(is_custom=name.endswith("custom.xml"))
                _parse(package, name, properties)
                found += properties.found
            elif name.lower().endswith(PACKAGE_PICTURES) and has_gps(io.BytesIO(_read(package, name))):
                found.append(("place of picture", name))
        found += [("revised by", author) for author in sorted(text.authors)]
        return Package(
            format=format_,
            text="".join(text.pieces).strip(),
            properties=tuple(dict.fromkeys(row for row in found if row[1])),
        )


def without_properties(file: BinaryIO) -> bytes:
    """A copy of an Office package whose properties are blank; every other part keeps its bytes and its place.

    The same package gives the same bytes on any day: the copy carries no dates.

    Raises:
        UnusableError: as `read_package`.
    """
    buffer = io.BytesIO()
    with _opened(file) as package, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as copy:
        for name in package.namelist():
            blank = _blank(name)
            data = _read(package, name) if blank is None else blank
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            copy.writestr(entry, data)
    return buffer.getvalue()


def _blank(name: str) -> bytes | None:
    """What stands in a published package instead of the part of that name; None where the part may stay."""
    if name.startswith("docProps/thumbnail"):
        return blank_jpeg()
    if name.endswith(_OTHER_CORE_SUFFIX):
        name = "docProps/core.xml"
    return (_XML_HEAD + _EMPTY_PARTS[name]).encode() if name in _EMPTY_PARTS else None


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        file.seek(0)
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        # A ZIP keeps its table of contents at its end.
        raise UnusableError("truncated") from error
    entries = package.infolist()
    if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _ALL_BYTES:
        raise UnusableError("too-large", f"{_PARTS} parts, {_ALL_BYTES // (1024 * 1024)} MB")
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnusableError("unreadable", "two parts of one name")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnusableError("encrypted")
    return package


def _format_of(package: zipfile.ZipFile) -> Format | None:
    names = package.namelist()
    format_ = next((format_ for part, format_ in _MAIN_PARTS.items() if part in names), None)
    if format_ and any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise UnusableError("macro")
    if format_ and "[Content_Types].xml" in names and b"macroEnabled" in _read(package, "[Content_Types].xml"):
        raise UnusableError("macro")
    return format_


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces; its size is counted as it comes, whatever the table of contents says."""
    left = _PART_BYTES
    try:
        with package.open(name) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise UnusableError("too-large", f"{name} > {_PART_BYTES // (1024 * 1024)} MB")
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnusableError("unreadable", name) from error


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_chunks(package, name))


def _parse(package: zipfile.ZipFile, name: str, handler: _Text | _Properties) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in _chunks(package, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnusableError("unreadable", name) from error


def _refuse_doctype(*_: object) -> None:
    raise UnusableError("unreadable", "DTD")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


@dataclass(slots=True)
class _Text:
    """Collects every visible or deleted word, every number of a sheet, every address that a link leads to."""

    pieces: list[str] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    _length: int = 0
    _is_inside: bool = False
    _is_shared: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "Relationship" and attributes.get("TargetMode") == "External":
            self._add(attributes.get("Target", "") + "\n")
        if tag == "sheet":
            self._add(attributes.get("name", "") + "\n")
        if tag == "c":
            self._is_shared = attributes.get("t") == "s"
        self._is_inside = tag in ("t", "delText", "instrText", "text", "author") or (tag == "v" and not self._is_shared)
        author = next((value for key, value in attributes.items() if _local(key) == "author"), "").strip()
        if author:
            self.authors.add(author)

    def end(self, name: str) -> None:
        self._is_inside = False
        if _local(name) in ("p", "si", "c", "br", "comment", "text", "author"):
            self._add("\n")

    def characters(self, text: str) -> None:
        if self._is_inside:
            self._add(_as_shown(text))

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > TEXT_CHARACTERS:
            raise UnusableError("too-large", f"{TEXT_CHARACTERS} characters")
        self.pieces.append(text)


def _as_shown(text: str) -> str:
    """Sheets store a phone number as 1.38E10; a privacy rule must see its digits."""
    if re.fullmatch(r"\d(\.\d+)?E\+?\d{1,2}", text):
        value = float(text)
        return str(int(value)) if value.is_integer() else text
    return text


@dataclass(slots=True)
class _Properties:
    """Collects the filled-in fields of a package's property parts."""

    is_custom: bool
    found: list[tuple[str, str]] = field(default_factory=list)
    _name: str = ""
    _value: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if self.is_custom:
            self._name = attributes.get("name", self._name) if tag == "property" else self._name
        else:
            self._name = _NAMED.get(tag, "")
        self._value = ""

    def end(self, name: str) -> None:
        if self._name and self._value.strip():
            self.found.append((self._name, self._value.strip()))
        self._value = ""
        if not self.is_custom or _local(name) == "property":
            self._name = ""

    def characters(self, text: str) -> None:
        self._value += text[:10_000]
