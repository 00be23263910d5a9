"""Office packages as such: opened with counted bytes, their parts, and the relationships that hold them together.

A package is a ZIP of XML parts (ECMA-376, part 2). It is read by streams and by expat without a tree,
so neither a bomb nor an entity can grow; a document type declaration is refused outright.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol
from urllib.parse import unquote
from xml.parsers import expat

from generator.media.refusals import UnusableError

CONTENT_TYPES = "[Content_Types].xml"
ROOT = ""
"""The package itself, as the source of relationships."""

Format = Literal["docx", "xlsx", "pptx"]

_PART_BYTES = 64 * 1024 * 1024
_ALL_BYTES = 512 * 1024 * 1024
_PARTS = 10_000
_CHUNK = 64 * 1024

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a part of a broken or encrypted package raises; ValueError where it would begin before the file does."""

_MAIN_TYPES: dict[str, Format] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
_MACROS = frozenset(
    {
        "vbaProject",
        "wordVbaData",
        "attachedToolbars",
        "xlMacrosheet",
        "xlIntlMacrosheet",
        "control",
        "activeXControlBinary",
    }
)
_OUTSIDE_DATA = "外部数据连接 (data connection)"
_FILM = "内嵌的视频或音频，请单独提交 (embedded film or sound)"
_NOT_CLEANABLE = {
    "aFChunk": "altChunk", "connections": _OUTSIDE_DATA, "queryTable": _OUTSIDE_DATA,
    "video": _FILM, "audio": _FILM, "media": _FILM,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A part's lead to another part or, if external, to an address."""

    id: str
    kind: str  # the last word of its type: image, comments, hyperlink …
    target: str  # as written
    is_external: bool


class Handler(Protocol):
    """What `parse` tells of a part; names are ``namespace local``."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def characters(self, text: str, /) -> None:
        """Text, perhaps in several pieces."""


def opened_package(file: BinaryIO) -> zipfile.ZipFile:
    """The package in *file*; what its table of contents claims is within bounds.

    Raises:
        UnusableError: cut, encrypted, too large, or no package that Office could have written.
    """
    try:
        file.seek(0)
        package = zipfile.ZipFile(file)
    except (*DAMAGED, OSError) as error:
        # A ZIP keeps its table of contents at its end.
        raise UnusableError("truncated") from error
    entries = package.infolist()
    if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _ALL_BYTES:
        raise UnusableError("too-large", f"{_PARTS} parts, {_ALL_BYTES // (1024 * 1024)} MB")
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise UnusableError("unreadable", "two parts of one name")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnusableError("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnusableError("unreadable", "compression")
    return package


def format_of(package: zipfile.ZipFile) -> Format | None:
    """What the package says that its main part is, wherever that lies; None for what is no Office document.

    Raises:
        UnusableError: it carries macros or controls, under whatever name, or data that cannot be cut off from outside.
    """
    if not has_part(package, CONTENT_TYPES):
        return None
    types = _Types()
    parse(package, CONTENT_TYPES, types)
    main = next(
        (target_of(ROOT, one) for one in relationships(package, ROOT) if one.kind == "officeDocument"), ""
    ).lower()
    format_ = _MAIN_TYPES.get(types.by_part.get(main) or types.by_extension.get(main.rpartition(".")[2], ""))
    told = (*types.by_part.values(), *types.by_extension.values())
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.namelist()):
        raise UnusableError("macro")
    if any("macroEnabled" in one or "vbaProject" in one or "activeX" in one for one in told):
        raise UnusableError("macro")
    if format_ is None:
        return None
    for source in (ROOT, *(source_of(name) for name in package.namelist() if _is_relationships(name))):
        for one in relationships(package, source):
            if one.kind in _MACROS:
                raise UnusableError("macro")
            if one.kind in _NOT_CLEANABLE and not one.is_external:
                raise UnusableError("unsupported", _NOT_CLEANABLE[one.kind])
    return format_


@dataclass(slots=True)
class _Types:
    by_part: dict[str, str] = field(default_factory=dict)  # lower-case names, without the leading "/"
    by_extension: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        match local_name(name):
            case "Override":
                self.by_part[attributes.get("PartName", "").lstrip("/").lower()] = kind
            case "Default":
                self.by_extension[attributes.get("Extension", "").lower()] = kind

    def end(self, name: str) -> None:
        """Nothing to do."""

    def characters(self, text: str) -> None:
        """Nothing to do."""


def relationships(package: zipfile.ZipFile, source: str) -> tuple[Relationship, ...]:
    """What the part *source* leads to, in the order written; nothing where it leads nowhere."""
    name = relationships_of(source)
    if not has_part(package, name):
        return ()
    found = _Relationships()
    parse(package, name, found)
    return tuple(found.found)


@dataclass(slots=True)
class _Relationships:
    found: list[Relationship] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            self.found.append(
                Relationship(
                    id=attributes.get("Id", ""),
                    kind=attributes.get("Type", "").rpartition("/")[2],
                    target=attributes.get("Target", ""),
                    is_external=attributes.get("TargetMode") == "External",
                )
            )

    def end(self, name: str) -> None:
        """Nothing to do."""

    def characters(self, text: str) -> None:
        """Nothing to do."""


def relationships_of(source: str) -> str:
    """The name of the part that holds the relationships of *source*."""
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def source_of(name: str) -> str:
    """The part whose relationships the part of that name holds."""
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").rstrip("/"), file.removesuffix(".rels"))


def _is_relationships(name: str) -> bool:
    return name.endswith(".rels") and "_rels/" in name


def target_of(source: str, relationship: Relationship) -> str:
    """The name of the part that a relationship of *source* leads to; not necessarily one that is there."""
    target = unquote(relationship.target.partition("#")[0])
    folder = "" if target.startswith("/") else posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))


def has_part(package: zipfile.ZipFile, name: str) -> bool:
    """Whether there is a part of exactly that name."""
    try:
        package.getinfo(name)
    except KeyError:
        return False
    return True


def chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces; its size is counted as it comes, whatever the table of contents says.

    Raises:
        UnusableError: too large, or broken.
    """
    left = _PART_BYTES
    try:
        with package.open(name) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise UnusableError("too-large", f"{name} > {_PART_BYTES // (1024 * 1024)} MB")
                yield chunk
    except DAMAGED as error:
        raise UnusableError("unreadable", name) from error


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """A whole part.

    Raises:
        UnusableError: too large, or broken.
    """
    return b"".join(chunks(package, name))


def parse(package: zipfile.ZipFile, name: str, handler: Handler) -> None:
    """Tell *handler* what an XML part holds.

    Raises:
        UnusableError: too large, broken, or with a document type declaration.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        for chunk in chunks(package, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnusableError("unreadable", name) from error


def refuse_doctype(*_: object) -> None:
    """For a parser's StartDoctypeDeclHandler.

    Raises:
        UnusableError: always.
    """
    raise UnusableError("unreadable", "DTD")


def local_name(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]
