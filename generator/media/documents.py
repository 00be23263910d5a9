"""Supporting documents: what they say, the copy to download, and a picture of a PDF's first page."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from generator.catalog.facts import DocumentFacts
from generator.media import pdf_page, sandbox
from generator.media.cascade import make_pictures
from generator.media.content import HEAD_BYTES, Content, content_of
from generator.media.derivatives import DocumentSet, PictureSet, Shelf
from generator.media.office import TEXT_CHARACTERS, read_package, without_properties
from generator.media.recipe import DocumentRecipe
from generator.media.refusals import UnusableError

FILE_BYTES = 300 * 1024 * 1024
_PDF_WALL_S = 60.0
_PDF_CPU_S = 25
_PDF_MEMORY_BYTES = 3 * sandbox.GIB // 2
_PDF_OUTPUT_BYTES = 64 * sandbox.MIB
_PASSWORD_WANTED = 3

_OLD_FORMATS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
_PACKAGE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def document_facts(path: Path, file: BinaryIO, content: Content) -> DocumentFacts:
    """What a PDF, an Office package or an old Office file is and says; of the last, its format alone.

    Raises:
        UnusableError: encrypted, with macros, broken, a bomb, or a ZIP that is no document.
    """
    if content == "pdf":
        page = read_pdf(path)
        return DocumentFacts(format="pdf", pages=page.pages, text=page.text, properties=page.properties)
    if content == "ole":
        return DocumentFacts(format=_old_format(file))
    package = read_package(file)
    if package is None:
        raise UnusableError("unsupported", "ZIP")
    return DocumentFacts(format=package.format, text=package.text, properties=package.properties)


def _old_format(file: BinaryIO) -> str:
    """The kind of an old Office file, by the names in its directory, which are UTF-16."""
    file.seek(0)
    data = file.read(FILE_BYTES)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnusableError("encrypted")
    if any(name.encode("utf-16-le") in data for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")):
        raise UnusableError("macro")
    for name, format_ in _OLD_FORMATS:
        if name.encode("utf-16-le") in data:
            return format_
    raise UnusableError("unsupported", "OLE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """What a PDF says, and its first page as PNG where that was asked for and could be drawn."""

    pages: int
    text: str
    properties: tuple[tuple[str, str], ...]
    first_page: bytes | None


def read_pdf(path: Path, recipe: DocumentRecipe | None = None) -> Pdf:
    """Read a PDF in a child with limits; with a *recipe*, draw its first page too.

    A page that cannot be drawn within the limits costs the picture, not the reading.

    Raises:
        UnusableError: it wants a password, does not open, or cannot even be read within the limits.
        ToolError: the child could not be started.
    """
    width_px, height_px = (recipe.page_width_px, recipe.page_height_limit_px) if recipe else (0, 0)
    numbers = [str(width_px), str(height_px), str(TEXT_CHARACTERS)]
    child = sandbox.run(
        [sys.executable, "-I", pdf_page.__file__, str(path.absolute()), *numbers],
        wall_s=_PDF_WALL_S,
        cpu_s=_PDF_CPU_S,
        memory_bytes=_PDF_MEMORY_BYTES,
        file_bytes=_PDF_OUTPUT_BYTES,
        capture=True,
    )
    head, newline, png = child.stdout.partition(b"\n")
    if not newline:
        if child.exit_code == _PASSWORD_WANTED:
            raise UnusableError("encrypted")
        if child.is_stopped or "MemoryError" in child.complaint:
            raise UnusableError("limit", child.reason)
        raise UnusableError("unreadable", "PDF")
    told = json.loads(head)
    return Pdf(
        pages=told["pages"],
        text=told["text"].encode("utf-8", "replace").decode("utf-8"),
        properties=tuple((name, value) for name, value in told["properties"]),
        first_page=png if child.is_ok and png else None,
    )


def make_document(path: Path, file: BinaryIO, recipe: DocumentRecipe, shelf: Shelf) -> DocumentSet:
    """Put the document on the shelf: a PDF as it is, an Office package without its properties.

    Raises:
        UnusableError: it cannot be used, or is an old Office file, which cannot be cleaned.
        ToolError: the child that draws could not be started.
    """
    content = content_of(file.read(HEAD_BYTES))
    if content == "ole":
        raise UnusableError("legacy-office")
    if content == "pdf":
        return _make_pdf(path, file, recipe, shelf)
    package = read_package(file)
    if package is None:
        raise UnusableError("unsupported", "ZIP")
    download = shelf.put("document", _PACKAGE_TYPES[package.format], without_properties(file))
    return DocumentSet(pages=None, bytes=download.bytes, first_page=None, files=(download,))


def _make_pdf(path: Path, file: BinaryIO, recipe: DocumentRecipe, shelf: Shelf) -> DocumentSet:
    pdf = read_pdf(path, recipe if recipe.first_page else None)
    first_page: PictureSet | None = None
    if recipe.first_page and pdf.first_page:
        try:
            first_page = make_pictures(io.BytesIO(pdf.first_page), recipe.first_page, shelf)
        except UnusableError:
            first_page = None  # the child died while it wrote the PNG; the page then shows a placeholder
    file.seek(0)
    with shelf.writing("document", "application/pdf") as target, target.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    size_bytes = file.tell()
    download = shelf.describe("document", "application/pdf", size_bytes, None)
    return DocumentSet(pages=pdf.pages, bytes=size_bytes, first_page=first_page, files=(download,))
