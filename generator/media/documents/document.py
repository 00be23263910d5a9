"""Supporting documents: what they say, the clean copy to download, and a picture of a PDF's first page.

Nothing is published that was not cleaned, and no copy that still tells something when it is read again.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from generator.catalog.facts import DocumentFacts
from generator.media.children import sandbox
from generator.media.children.finished import Finished
from generator.media.children.isolation import LAUNCHER
from generator.media.content import HEAD_BYTES, Content, content_of
from generator.media.derivatives import DocumentSet, PictureSet, Shelf
from generator.media.documents.office import TEXT_CHARACTERS, read_package
from generator.media.documents.office_clean import cleaned_package
from generator.media.pictures.cascade import make_pictures
from generator.media.recipe import DocumentRecipe
from generator.media.refusals import UnusableError

FILE_BYTES = 300 * 1024 * 1024
_PDF_WALL_S = 60.0
_PDF_CPU_S = 25
_PDF_MEMORY_BYTES = 3 * sandbox.GIB // 2
_PDF_OUTPUT_BYTES = 64 * sandbox.MIB
_PASSWORD_WANTED = 3
_COPY_BYTES = FILE_BYTES + _PDF_OUTPUT_BYTES

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
        [*_program("pdf_page"), str(path.absolute()), *numbers],
        wall_s=_PDF_WALL_S,
        cpu_s=_PDF_CPU_S,
        memory_bytes=_PDF_MEMORY_BYTES,
        file_bytes=_PDF_OUTPUT_BYTES,
        reads=[path],
        capture=True,
    )
    head, newline, png = child.stdout.partition(b"\n")
    if not newline:
        raise _why_not(child)
    told = json.loads(head)
    return Pdf(
        pages=told["pages"],
        text=told["text"].encode("utf-8", "replace").decode("utf-8"),
        properties=tuple((name, value) for name, value in told["properties"]),
        first_page=png if child.is_ok and png else None,
    )


def _program(name: str) -> list[str]:
    """The command that runs a module of this folder, which need not be installed, with the arguments that follow."""
    return [
        sys.executable,
        "-I",
        "-c",
        f"{LAUNCHER}from generator.media.documents.{name} import main; sys.exit(main(sys.argv))",
    ]


def _why_not(child: Finished) -> UnusableError:
    if child.exit_code == _PASSWORD_WANTED:
        return UnusableError("encrypted")
    if child.is_stopped or "MemoryError" in child.complaint:
        return UnusableError("limit", child.reason)
    if child.is_starved:
        return UnusableError("tool-failed", child.reason)
    return UnusableError("unreadable", "PDF")


def make_document(path: Path, file: BinaryIO, recipe: DocumentRecipe, shelf: Shelf) -> DocumentSet:
    """Put a clean copy of the document on the shelf, and a picture of a PDF's first page.

    Raises:
        UnusableError: it cannot be used or cannot be cleaned, as an old Office file.
        ToolError: a child could not be started.
    """
    content = content_of(file.read(HEAD_BYTES))
    if content == "ole":
        raise UnusableError("legacy-office")
    if content == "pdf":
        return _make_pdf(path, recipe, shelf)
    copy = cleaned_package(file)
    package = read_package(io.BytesIO(copy))
    if package is None or package.properties:
        raise UnusableError("unclean", _named(package.properties if package else ()))
    download = shelf.put("document", _PACKAGE_TYPES[package.format], copy)
    return DocumentSet(pages=None, bytes=download.bytes, first_page=None, files=(download,))


def _named(properties: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(dict.fromkeys(name for name, _ in properties))


def _make_pdf(path: Path, recipe: DocumentRecipe, shelf: Shelf) -> DocumentSet:
    with shelf.writing("document", "application/pdf") as copy:
        _clean_pdf(path, copy)
        pdf = read_pdf(copy, recipe if recipe.first_page else None)
        if pdf.properties:
            raise UnusableError("unclean", _named(pdf.properties))
        size_bytes = copy.stat().st_size
    first_page: PictureSet | None = None
    if recipe.first_page and pdf.first_page:
        try:
            first_page = make_pictures(io.BytesIO(pdf.first_page), recipe.first_page, shelf)
        except UnusableError:
            first_page = None  # the child died while it wrote the PNG; the page then shows a placeholder
    download = shelf.describe("document", "application/pdf", size_bytes, None)
    return DocumentSet(pages=pdf.pages, bytes=size_bytes, first_page=first_page, files=(download,))


def _clean_pdf(path: Path, copy: Path) -> None:
    child = sandbox.run(
        [*_program("pdf_clean"), str(path.absolute()), str(copy.absolute())],
        wall_s=_PDF_WALL_S,
        cpu_s=_PDF_CPU_S,
        memory_bytes=_PDF_MEMORY_BYTES,
        file_bytes=_COPY_BYTES,
        reads=[path],
        writes=[copy],
    )
    if not child.is_ok:
        raise _why_not(child)
