"""What must not be published of an Office package: which relationships, elements, attributes and fields go.

Values in, values out; `office_clean` carries it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from generator.media.documents.package import Format, Relationship, local_name
from generator.media.documents.xml_copy import Edit

UNAVAILABLE = "unavailable.xlsx"
"""What a sheet's lead to another workbook is turned to: without any, its formulas would not be read."""

# Comments and who wrote them, tasks, data of programs, printers' names, lists of revisions, things that were
# embedded or that call a service when the file is opened, signatures of a file that the copy no longer is.
_DROPPED_KINDS = frozenset({
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "commentAuthors", "authors",
    "threadedComment", "person", "documenttasks", "documentTasks", "customXml", "customXmlProps", "thumbnail",
    "printerSettings", "revisionHeaders", "revisionLog", "usernames", "changesInfo", "revisionInfo", "oleObject",
    "package", "attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData", "webextension",
    "webextensiontaskpanes", "extensibility", "classificationlabels", "origin", "signature", "certificate", "tags",
    "transform", "frame", "subDocument", "custom-properties",
})  # fmt: skip
_GO_WITH_THEIR_TARGET = frozenset({
    "OLEObject", "externalData", "attachedTemplate", "legacyDrawing", "hlinkClick", "hlinkHover", "hlinkMouseOver",
    "videoFile", "audioFile", "quickTimeFile", "wavAudioFile", "media", "commentRel", "custData", "tags", "subDoc",
    "legacyDrawingHF",
})  # fmt: skip
_DROPPED_OF_WORD = frozenset({
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    # What was deleted, and how it looked before.
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange",
    "trPrChange", "tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    "rsids", "docVars", "mailMerge", "attachedTemplate", "saveThroughXslt",
})  # fmt: skip
_UNWRAPPED_OF_WORD = frozenset({"ins", "moveTo"})
_DROPPED_OF_EXCEL = frozenset({
    "fileSharing", "customWorkbookViews", "customSheetViews", "oleObjects", "webPublishItems", "webPublishing",
})  # fmt: skip
_BLANKED = frozenset({"author", "initials", "userId", "providerId", "refreshedBy", "ed"})
_WORDS = frozenset({"descr", "title", "alt"})
_FETCHED = frozenset({"imagedata", "image", "fill", "stroke", "use", "feImage"})
_LINKS = ("http://", "https://", "mailto:")
_OWN_DISK = re.compile(r"^([A-Za-z]:[\\/]|\\\\|file:)")
_FETCHING = re.compile(
    r"\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|DATABASE|RD)\b"
    r"|\s*HYPERLINK\s+\"?(?!\"?(https?:|mailto:)|\\)\S",
    re.IGNORECASE,
)
_SVG = "http://www.w3.org/2000/svg"


def is_dropped(relationship: Relationship) -> bool:
    """Whether a relationship goes, and with it the part that nothing else leads to. Addresses that people click stay."""
    if relationship.kind == "externalLinkPath":
        return False
    if relationship.is_external:
        return relationship.kind != "hyperlink" or not relationship.target.strip().lower().startswith(_LINKS)
    return relationship.kind in _DROPPED_KINDS


def is_fetching(instruction: str) -> bool:
    """Whether a field of Word fetches something from outside the file, or leads to a file on its author's disk."""
    return _FETCHING.match(instruction) is not None


@dataclass(slots=True)
class PartRules:
    """What becomes of each element of one part; to be asked in document order, once."""

    format: Format
    dropped_ids: Set[str]  # of relationships of this part
    blank_instructions: Set[int]  # the numbers of the part's pieces of field code that go
    notes: Set[int]  # the numbers of the part's VML shapes that show a comment
    _instructions: int = field(default=-1)
    _shapes: int = field(default=-1)

    def __call__(self, name: str, attributes: Mapping[str, str]) -> Edit:
        """The edit of an element of that name."""
        namespace, _, local = name.rpartition(" ")
        if local == "instrText":
            self._instructions += 1
            return "drop" if self._instructions in self.blank_instructions else None
        if local == "shape" and namespace == "urn:schemas-microsoft-com:vml":
            self._shapes += 1
            if self._shapes in self.notes:
                return "drop"
        edit = self._of_format(namespace, local)
        return edit or self._of_attributes(local, attributes)

    def _of_format(self, namespace: str, local: str) -> Edit:
        if self.format == "docx" and namespace.endswith(("/wordprocessingml/2006/main", "/wordprocessingml/main")):
            if local in _DROPPED_OF_WORD:
                return "drop"
            return "unwrap" if local in _UNWRAPPED_OF_WORD else None
        if namespace.endswith(("/spreadsheetml/2006/main", "/spreadsheetml/main")) and local in _DROPPED_OF_EXCEL:
            return "drop"
        is_active = namespace == _SVG and local in ("script", "metadata", "foreignObject")
        return "drop" if is_active or local == "webVideoPr" else None

    def _of_attributes(self, local: str, attributes: Mapping[str, str]) -> Edit:
        changes: dict[str, str | None] = {}
        for key, value in attributes.items():
            own = local_name(key)
            if key.endswith(f"/relationships {own}") and value in self.dropped_ids:
                if local in _GO_WITH_THEIR_TARGET:
                    return "drop"
                changes[key] = None
            elif _is_blanked(local, own, value):
                changes[key] = ""
            elif own in ("href", "src") and _is_led_astray(local, value):
                changes[key] = None
        return changes or None


def _is_blanked(local: str, own: str, value: str) -> bool:
    """Whether an attribute names a person, a folder of the author's disk, or a field that fetches."""
    if own in _BLANKED or (local == "absPath" and own == "url"):
        return bool(value)
    return (own in _WORDS and _OWN_DISK.match(value) is not None) or (own == "instr" and is_fetching(value))


def _is_led_astray(local: str, address: str) -> bool:
    """Whether an address is fetched when the page is shown, or leads anywhere but to a place that people click."""
    if address.startswith(("#", "data:")):
        return False
    return local in _FETCHED or not address.startswith(_LINKS)
