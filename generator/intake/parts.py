"""The parts of a Word file as trees: opened with bounded sizes, without entities, and never a link followed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from lxml import etree

from generator.media.documents.package import (
    ROOT,
    Relationship,
    has_part,
    read_part,
    relationships,
    target_of,
)
from generator.media.refusals import UnusableError

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_SAME = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value_of(parent: Element | None, path: str, attribute: str = "val") -> str | None:
    """The attribute of the element that *path* (``"pPr/jc"``) leads to from *parent*; None where it is not there."""
    found = at(parent, path)
    return None if found is None else found.get(W + attribute)


def at(parent: Element | None, path: str) -> Element | None:
    """The first element that *path* leads to, all in Word's own namespace."""
    for name in path.split("/"):
        parent = None if parent is None else parent.find(W + name)
    return parent


def is_on(parent: Element | None, path: str) -> bool | None:
    """What a switch such as ``"rPr/b"`` says; None where it is not there."""
    found = at(parent, path)
    if found is None:
        return None
    return found.get(W + "val", "1").lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True)
class Parts:
    """A Word package and its trees. Whatever is not there is None."""

    package: zipfile.ZipFile

    @cached_property
    def main(self) -> str:
        """The name of the part with the text.

        Raises:
            UnusableError: there is none.
        """
        for one in relationships(self.package, ROOT):
            name = target_of(ROOT, one)
            if one.kind == "officeDocument" and has_part(self.package, name):
                return name
        raise UnusableError("unreadable", "document.xml")

    @cached_property
    def document(self) -> Element:
        """The text.

        Raises:
            UnusableError: it cannot be read.
        """
        return self.tree(self.main)

    def leads(self, source: str) -> dict[str, Relationship]:
        """Where a part leads to, by id."""
        return {one.id: one for one in relationships(self.package, source)}

    def beside(self, kind: str) -> Element | None:
        """The part beside the text of that kind: styles, numbering, footnotes, endnotes, comments."""
        name = self.name_beside(kind)
        return self.tree(name) if name else None

    def name_beside(self, kind: str) -> str:
        """The name of that part, or ""."""
        for one in relationships(self.package, self.main):
            if one.kind == kind and not one.is_external:
                name = target_of(self.main, one)
                return name if has_part(self.package, name) else ""
        return ""

    def tree(self, name: str) -> Element:
        """A part as a tree; of the strict variant of the format, too.

        Raises:
            UnusableError: it is broken, too large or nested too deeply, or declares a document type.
        """
        data = read_part(self.package, name)
        if b"<!DOCTYPE" in data[:4_096]:
            raise UnusableError("unreadable", "DTD")
        if _STRICT in data[:65_536]:
            for strict, usual in _SAME:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnusableError("unreadable", name) from error
        if root.getroottree().docinfo.doctype:
            raise UnusableError("unreadable", "DTD")
        return root
