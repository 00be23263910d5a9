"""What Word, Excel and PowerPoint packages say, and what they tell beside that."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import BinaryIO

from generator.media.documents.package import Format, format_of, local_name, opened_package, parse, read_part
from generator.media.pictures.images import has_gps
from generator.media.refusals import UnusableError

TEXT_CHARACTERS = 2_000_000

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
_PROPERTIES = re.compile(r"docProps/(core|app|custom)\.xml|.*\.psmdcp", re.IGNORECASE)  # the last: as .NET names them
_WITHOUT_WORDS = re.compile(
    r".*/(theme\d*|styles|stylesWithEffects|fontTable|calcChain|tableStyles)\.xml", re.IGNORECASE
)
_EMBEDDED = re.compile(r".*/embeddings/([^/]+)")
_NAMED = {"creator": "author", "lastModifiedBy": "last modified by", "Company": "company", "Manager": "manager",
          "title": "title", "subject": "subject", "description": "description", "keywords": "keywords",
          "HyperlinkBase": "hyperlink base"}  # fmt: skip
_SHOWN = frozenset({
    "t", "delText", "instrText", "delInstrText", "text", "author", "f", "definedName", "formula1", "formula2",
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
})  # fmt: skip
_SAID = frozenset({"descr", "title", "tooltip", "prompt", "error", "instr", "alt"})
_LINE_ENDS = frozenset({"p", "si", "c", "v", "br", "cr", "comment", "text", "author", "instrText", "f"}) | _SHOWN - {
    "t", "delText",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An Office package that may be opened."""

    format: Format
    text: str
    properties: tuple[tuple[str, str], ...]


def read_package(file: BinaryIO) -> Package | None:
    """What an Office package says; None for a ZIP that is none.

    Properties are author, company and the like, and what a reader would not see on the page: comments, who revised
    it, what was deleted, files inside it, folders of its author's disk, pictures that say where they were taken.

    Raises:
        UnusableError: encrypted, with macros, broken, or a bomb.
    """
    with opened_package(file) as package:
        format_ = format_of(package)
        if format_ is None:
            return None
        text = _Text()
        found: list[tuple[str, str]] = []
        for name in sorted(package.namelist(), key=_natural):
            if _PROPERTIES.fullmatch(name):
                properties = _Properties(is_custom=name.lower().endswith("custom.xml"))
                parse(package, name, properties)
                found += properties.found
            elif name.endswith((".xml", ".rels", ".vml")) and not _WITHOUT_WORDS.fullmatch(name):
                start = len(text.pieces)
                text.is_all_said = name.startswith("customXml/")
                parse(package, name, text)
                if "comment" in name.lower() and name.endswith(".xml"):
                    found.append(("comments", "".join(text.pieces[start:]).strip()))
            elif name.lower().endswith(_PICTURES) and has_gps(io.BytesIO(read_part(package, name))):
                found.append(("place of picture", name))
            elif embedded := _EMBEDDED.fullmatch(name):
                found.append(("attached file", embedded[1]))
        found += [("revised by", author) for author in sorted(text.authors)]
        found += [("file path", path) for path in sorted(text.paths)]
        found += [("deleted text", "".join(text.deleted)[:1_000])]
        return Package(
            format=format_,
            text="".join(text.pieces).strip(),
            properties=tuple(dict.fromkeys(row for row in found if row[1].strip())),
        )


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


@dataclass(slots=True)
class _Text:
    """Collects every visible or deleted word, every number of a sheet, every address that a link leads to."""

    pieces: list[str] = field(default_factory=list)
    authors: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    deleted: list[str] = field(default_factory=list)
    is_all_said: bool = False  # of data that a program left, any word may be one
    _length: int = 0
    _tag: str = ""
    _is_shared: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._tag = tag = local_name(name)
        if tag == "Relationship" and attributes.get("TargetMode") == "External":
            self._add(attributes.get("Target", "") + "\n")
        if tag == "c":
            self._is_shared = attributes.get("t") == "s"
        for key, value in attributes.items():
            own = local_name(key)
            is_person = tag in ("cmAuthor", "author", "person") and own in ("name", "displayName")
            if (own == "author" or is_person or (tag == "fileSharing" and own == "userName")) and value.strip():
                self.authors.add(value.strip())
            if tag == "absPath" and own == "url" and value:
                self.paths.add(value)
            if (own in _SAID or (tag, own) in (("sheet", "name"), ("docVar", "val"))) and value:
                self._add(value + "\n")

    def end(self, name: str) -> None:
        self._tag = ""
        if self.is_all_said or local_name(name) in _LINE_ENDS:
            self._add("\n")

    def characters(self, text: str) -> None:
        if self._tag == "delText":
            self.deleted.append(text)
        if self.is_all_said or self._tag in _SHOWN or (self._tag == "v" and not self._is_shared):
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
        tag = local_name(name)
        if self.is_custom:
            self._name = attributes.get("name", self._name) if tag == "property" else self._name
        else:
            self._name = _NAMED.get(tag, "")
        self._value = ""

    def end(self, name: str) -> None:
        if self._name and self._value.strip():
            self.found.append((self._name, self._value.strip()))
        self._value = ""
        if not self.is_custom or local_name(name) == "property":
            self._name = ""

    def characters(self, text: str) -> None:
        self._value += text[:10_000]
