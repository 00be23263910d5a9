"""A copy of an Office package that shows the same and tells nothing else.

Only parts that something still leads to are copied, so what a comment or an embedded file brought goes with
it. Changes that Word tracked are accepted. Pictures keep their pixels byte for byte and lose what was written
beside them. The same package gives the same bytes on any day: the copy carries no dates.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from generator.media.documents.office_rules import UNAVAILABLE, PartRules, is_dropped, is_fetching
from generator.media.documents.package import (
    CONTENT_TYPES,
    ROOT,
    Format,
    Relationship,
    format_of,
    has_part,
    local_name,
    opened_package,
    parse,
    read_part,
    relationships,
    relationships_of,
    target_of,
)
from generator.media.documents.revisions import refuse_deleted_structure, unnamed_ids
from generator.media.documents.scrub import BrokenPictureError, scrubbed
from generator.media.documents.xml_copy import Edit, copied
from generator.media.refusals import UnusableError

_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    "core-properties": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "extended-properties": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
}
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def cleaned_package(file: BinaryIO) -> bytes:
    """The clean copy of the package in *file*.

    Raises:
        UnusableError: it may not be opened, or holds something that cannot be cleaned (`format_of`, a broken picture).
    """
    buffer = io.BytesIO()
    with opened_package(file) as package:
        format_ = format_of(package)
        if format_ is None:
            raise UnusableError("unsupported", "ZIP")
        parts = _parts_to_keep(package, {})
        if format_ == "docx":
            parts = _parts_to_keep(package, _no_longer_named(package, parts))
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as copy:
            _put(copy, CONTENT_TYPES, copied(read_part(package, CONTENT_TYPES), _types_of(parts)))
            for name, part in parts.items():
                if name != ROOT:
                    _put(copy, name, _clean_part(package, name, part, format_))
                if has_part(package, relationships_of(name)):
                    leads = copied(read_part(package, relationships_of(name)), _leads_of(part))
                    _put(copy, relationships_of(name), leads)
    return buffer.getvalue()


def _put(copy: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    copy.writestr(entry, data)


@dataclass(slots=True)
class _Part:
    kind: str  # of the relationship that leads to it
    dropped: set[str] = field(default_factory=set)  # ids of its relationships
    turned: set[str] = field(default_factory=set)


def _no_longer_named(package: zipfile.ZipFile, parts: dict[str, _Part]) -> dict[str, set[str]]:
    """By part, the relationships whose picture or link was deleted with tracked changes."""
    gone: dict[str, set[str]] = {}
    for name, part in parts.items():
        if name == ROOT or not _is_xml(read_part(package, name)):
            continue
        refuse_deleted_structure(package, name)
        if has_part(package, relationships_of(name)):
            gone[name] = unnamed_ids(package, name, _clean_part(package, name, part, "docx"))
    return gone


def _parts_to_keep(package: zipfile.ZipFile, gone: Mapping[str, set[str]]) -> dict[str, _Part]:
    """Every part that can still be reached from the package's root, the root first, in the order of the leads.

    Relationships in *gone* lead nowhere.
    """
    names = {name.lower(): name for name in package.namelist()}
    kept = {ROOT: _Part("")}
    waiting = [ROOT]
    while waiting:
        source = waiting.pop(0)
        for one in relationships(package, source):
            target = names.get(target_of(source, one).lower(), "")
            is_gone = one.id in gone.get(source, ())
            if is_gone or is_dropped(one) or _is_notes_alone(package, one, target):
                kept[source].dropped.add(one.id)
            elif one.is_external:
                kept[source].turned |= {one.id} if one.kind == "externalLinkPath" else set()
            elif target and target not in kept:
                kept[target] = _Part(one.kind)
                waiting.append(target)
    return kept


def _is_notes_alone(package: zipfile.ZipFile, relationship: Relationship, target: str) -> bool:
    """Whether a drawing has no shapes but those of comments; a sheet without comments has no such drawing."""
    if relationship.kind != "vmlDrawing" or not target:
        return False
    shapes = _Shapes()
    parse(package, target, shapes)
    return len(shapes.notes) == shapes.count > 0


def _types_of(parts: dict[str, _Part]) -> Callable[..., Edit]:
    kept = {name.lower() for name in parts}

    def decide(name: str, attributes: dict[str, str]) -> Edit:
        part = attributes.get("PartName", "").lstrip("/").lower()
        return "drop" if local_name(name) == "Override" and part not in kept else None

    return decide


def _leads_of(part: _Part) -> Callable[..., Edit]:
    def decide(_name: str, attributes: dict[str, str]) -> Edit:
        if attributes.get("Id") in part.dropped:
            return "drop"
        return {"Target": UNAVAILABLE} if attributes.get("Id") in part.turned else None

    return decide


def _clean_part(package: zipfile.ZipFile, name: str, part: _Part, format_: Format) -> bytes:
    if part.kind in _EMPTY:
        return (_XML_HEAD + _EMPTY[part.kind]).encode()
    data = read_part(package, name)
    if not _is_xml(data):
        try:
            return scrubbed(data)
        except BrokenPictureError as error:
            raise UnusableError("unreadable", name) from error
    instructions, shapes = _Instructions(), _Shapes()
    if format_ == "docx":
        parse(package, name, instructions)
    elif part.kind == "vmlDrawing":
        parse(package, name, shapes)
    rules = PartRules(
        format=format_,
        dropped_ids=part.dropped,
        blank_instructions=instructions.fetching,
        notes=shapes.notes,
    )
    return copied(data, rules)


def _is_xml(data: bytes) -> bool:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<\0", b"\xfe\xff\0<"))


@dataclass(slots=True)
class _Instructions:
    """Finds the pieces of field code, by number, of fields that fetch; Word splits a code into pieces as it likes."""

    fetching: set[int] = field(default_factory=set)
    _count: int = 0
    _open: list[tuple[list[int], list[str]]] = field(default_factory=list)
    _is_inside: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local_name(name):
            case "instrText":
                if not self._open:
                    self._open.append(([], []))
                self._open[-1][0].append(self._count)
                self._count += 1
                self._is_inside = True
            case "fldChar":
                kind = next((value for key, value in attributes.items() if local_name(key) == "fldCharType"), "")
                if kind == "begin":
                    self._open.append(([], []))
                elif kind == "end" and self._open:
                    numbers, pieces = self._open.pop()
                    self.fetching |= set(numbers) if is_fetching("".join(pieces)) else set()

    def end(self, _name: str) -> None:
        self._is_inside = False

    def characters(self, text: str) -> None:
        if self._is_inside:
            self._open[-1][1].append(text)


@dataclass(slots=True)
class _Shapes:
    """Counts the shapes of a VML drawing and finds those, by number, that show a comment of a sheet."""

    count: int = 0
    notes: set[int] = field(default_factory=set)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "urn:schemas-microsoft-com:vml shape":
            self.count += 1
        if local_name(name) == "ClientData" and attributes.get("ObjectType") == "Note":
            self.notes.add(self.count - 1)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def characters(self, text: str) -> None:
        """Nothing to do."""
