"""What Word deleted with its changes tracked and a copy of the part would still hold: rows, cells, notes, pictures."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from generator.media.documents.package import local_name, parse, relationships
from generator.media.refusals import UnusableError

_NAMED_BY_ID = frozenset(
    {"image", "hyperlink", "chart", "chartEx", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors"}
)
"""Kinds of relationships that the text names by their id; others a reader follows unasked."""

_DELETED = frozenset({"del", "moveFrom"})
_NOTES = frozenset({"footnoteReference", "endnoteReference"})


def refuse_deleted_structure(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a part of Word whose tracked deletions cannot be carried out by leaving out elements.

    Raises:
        UnusableError: it holds a deleted row, cell or note.
    """
    found = _Deleted()
    parse(package, name, found)
    if found.has_structure:
        raise UnusableError("revisions")


def unnamed_ids(package: zipfile.ZipFile, name: str, clean: bytes) -> set[str]:
    """Ids of the pictures and links of a part that its *clean* copy no longer names."""
    return {
        one.id
        for one in relationships(package, name)
        if one.kind in _NAMED_BY_ID and f'"{one.id}"'.encode() not in clean and f"'{one.id}'".encode() not in clean
    }


@dataclass(slots=True)
class _Deleted:
    has_structure: bool = False
    _path: list[str] = field(default_factory=list)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = local_name(name)
        parent = self._path[-1] if self._path else ""
        # The deleted end of a paragraph leaves an empty line in the copy, and tells nothing.
        if local == "cellDel" or (local in _DELETED and parent == "trPr"):
            self.has_structure = True
        if local in _NOTES and not _DELETED.isdisjoint(self._path):
            self.has_structure = True
        self._path.append(local)

    def end(self, _name: str) -> None:
        self._path.pop()

    def characters(self, text: str) -> None:
        """Nothing to do."""
