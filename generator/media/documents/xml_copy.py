"""A copy of an XML part with some elements, some attributes and all comments left out; every other byte stays.

Writers of Office files rely on prefixes, order and spaces that a tree would not give back as it took them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from generator.media.documents.package import refuse_doctype
from generator.media.refusals import UnusableError

Edit = Literal["drop", "unwrap"] | Mapping[str, str | None] | None
"""What becomes of an element: left out with all it holds; left out, and what it holds kept; its attributes set or
(None) left out, by ``namespace local``; or nothing."""

Decide = Callable[[str, Mapping[str, str]], Edit]
"""From an element's ``namespace local`` and its attributes, to what becomes of it; asked in document order."""

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def copied(data: bytes, decide: Decide) -> bytes:
    """*data*, an XML part, with what *decide* says left out or changed.

    Raises:
        UnusableError: not well-formed, or with a document type declaration.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Bytes are counted below, and what is put in is UTF-8.
        data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
    copy = _Copy(data, decide)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.StartElementHandler = lambda name, attributes: copy.start(parser.CurrentByteIndex, name, attributes)
    parser.EndElementHandler = lambda _name: copy.end(parser.CurrentByteIndex)
    parser.CommentHandler = lambda _words: copy.comment(parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise UnusableError("unreadable", "XML") from error
    return b"".join((*copy.pieces, data[copy.done :]))


@dataclass(slots=True)
class _Copy:
    data: bytes
    decide: Decide
    pieces: list[bytes] = field(default_factory=list)
    done: int = 0  # everything before this byte is copied or left out
    _depth: int = 0
    _dropped_at: int = 0  # the depth of the element that is being left out; 0: none
    _unwrapped_at: list[int] = field(default_factory=list)

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._dropped_at:
            return
        edit = self.decide(_plain(name), {_plain(key): value for key, value in attributes.items()})
        if edit is None:
            return
        match = _TAG.match(self.data, at)
        if match is None:
            raise ValueError(f"no tag at byte {at}")
        self.pieces.append(self.data[self.done : at])
        self.done = match.end()
        if isinstance(edit, str):
            if not match[0].endswith(b"/>"):
                self._dropped_at = self._depth if edit == "drop" else 0
                self._unwrapped_at += [self._depth] if edit == "unwrap" else []
            return
        written = {_as_written(key): edit[_plain(key)] for key in attributes if _plain(key) in edit}
        self.pieces.append(_ATTRIBUTE.sub(lambda found: _changed(found, written), match[0]))

    def comment(self, at: int) -> None:
        """Leave out a comment of XML: no reader shows it, and programs write names and folders there."""
        if not self._dropped_at:
            self.pieces.append(self.data[self.done : at])
            self.done = self.data.index(b"-->", at) + 3

    def end(self, at: int) -> None:
        # An element without an end tag was done with when it began.
        if self._dropped_at == self._depth:
            self._dropped_at = 0
            self.done = self.data.index(b">", at) + 1
        elif self._unwrapped_at and self._unwrapped_at[-1] == self._depth:
            self._unwrapped_at.pop()
            self.pieces.append(self.data[self.done : at])
            self.done = self.data.index(b">", at) + 1
        self._depth -= 1


def _plain(name: str) -> str:
    """``namespace local`` of ``namespace local prefix``."""
    return " ".join(name.split(" ")[:2])


def _as_written(name: str) -> bytes:
    parts = name.split(" ")
    return (f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]).encode()


def _changed(found: re.Match[bytes], written: Mapping[bytes, str | None]) -> bytes:
    if found[1] not in written:
        return found[0]
    value = written[found[1]]
    return b"" if value is None else b" " + found[1] + b"=" + quoteattr(value).encode()
