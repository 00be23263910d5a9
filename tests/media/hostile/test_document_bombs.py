"""Documents that unpack, draw or nest without end: the child is ended by its limit, the page shows a placeholder."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest

from generator.media.derivatives import DocumentSet
from generator.media.derive import derive
from generator.media.documents import document as documents
from generator.media.probe import probe_file
from generator.media.workers import each_done
from generator.store import Store
from media.samples import docx, job_for, pdf, repacked

from .made import MIB, RECIPES, Course, course_of, deflated_zeros, pdf_of, pdf_page, refused, zip_of


def _operators(count: int) -> bytes:
    return pdf_page(zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * count + b"ET", 1))


def _tree_that_turns_round() -> bytes:
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>")


def _pages(count: int) -> bytes:
    kids = b"4 0 R " * count
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count,
        b"null",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]>>",
    )


def _with_size_claimed(package: bytes, name: bytes, claimed_bytes: int) -> bytes:
    """A ZIP whose table of contents says another size for one part."""
    data, at = bytearray(package), package.rindex(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name:
        at = package.rindex(b"PK\x01\x02", 0, at)
    struct.pack_into("<I", data, at + 24, claimed_bytes)
    return bytes(data)


@cache
def _word() -> dict[str, bytes]:
    """The parts of a Word file of every day."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(docx(Path(folder) / "a.docx")) as package:
        return {name: package.read(name) for name in package.namelist()}


def _word_with(name: str, data: bytes) -> bytes:
    return zip_of((_word() | {name: data}).items())


def _nested(depth: int) -> bytes:
    inner = zip_of([("zeros", bytes(20 * MIB))])
    for _ in range(depth):
        inner = zip_of([(f"{number}.zip", inner) for number in range(8)])
    return inner


def _laughs() -> bytes:
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{rows}]><d>&a9;</d>'.encode()


def _many_parts(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in _word().items():
            package.writestr(name, data)
        for number in range(count):
            package.writestr(f"word/media/{number}.txt", b"")
    return buffer.getvalue()


ZEROS = bytes(80 * MIB)
BOMB = deflated_zeros(780 * MIB)

# The child's own limits end some of these; what stands then is named "limit", and tried again next time.
FILES: dict[str, tuple[str, bytes, set[str]]] = {
    "PDF with a huge page": (".pdf", pdf_page(zlib.compress(b"0 0 m"), size=b"2000000 2000000"), {""}),
    "PDF with a page of no size": (".pdf", pdf_page(zlib.compress(b"0 0 m"), size=b"0 0"), {"", "unreadable"}),
    "PDF with a bomb of 780 MB": (".pdf", pdf_page(BOMB), {"", "limit", "unreadable"}),
    "PDF with a bomb in a bomb": (
        ".pdf",
        pdf_page(zlib.compress(BOMB, 9), filters=b"/FlateDecode/FlateDecode"),
        {"", "limit", "unreadable"},
    ),
    "PDF whose pages turn round": (".pdf", _tree_that_turns_round(), {"unreadable", "limit", ""}),
    "PDF of 50,000 pages": (".pdf", _pages(50_000), {"", "limit", "unreadable", "too-large"}),
    "Word part of 80 MB": (".docx", _word_with("word/styles.xml", ZEROS), {"too-large", "unreadable"}),
    "Word text of 80 MB": (".docx", _word_with("word/document.xml", ZEROS), {"too-large", "unreadable"}),
    "Word part that claims to be small": (
        ".docx",
        _with_size_claimed(_word_with("word/styles.xml", ZEROS), b"word/styles.xml", 10),
        {"too-large", "unreadable"},
    ),
    "Word of entities in entities": (".docx", _word_with("word/document.xml", _laughs()), {"unreadable"}),
    "Word of elements 500,000 deep": (
        ".docx",
        _word_with("word/document.xml", b"<a>" * 500_000 + b"</a>" * 500_000),
        {"", "unreadable", "too-large", "unclean", "limit"},
    ),
    "Word of 60,000 parts": (".docx", _many_parts(60_000), {"too-large"}),
    "ZIP in ZIP in ZIP": (".zip", _nested(3), {"unsupported"}),
    "ZIP in ZIP under the name of a document": (".docx", _nested(3), {"unsupported"}),
}
TAKES_S = 60.0  # of the processor: the child's limit, twice at the most
WORKER_GROWS_BYTES = 300 * MIB
CHILD_BYTES = 1_700 * MIB


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course | None]:
    folder = tmp_path_factory.mktemp("documents")
    tasks: dict[tuple[Path, Path], str] = {}
    for number, (name, (suffix, data, _)) in enumerate(FILES.items()):
        path = folder / f"{number}{suffix}"
        path.write_bytes(data)
        tasks[path, folder / f"store{number}"] = name
    return {tasks[end.item]: end.result for end in each_done(course_of, tasks, workers=2)}


@pytest.mark.parametrize("name", FILES)
def test_a_document_bomb_ends_as_it_must(name: str, courses: dict[str, Course | None]) -> None:
    course = courses[name]
    assert course is not None, "ended its worker"
    assert course.reason in FILES[name][2], course
    assert course.cpu_s < TAKES_S, course
    assert course.grew_bytes < WORKER_GROWS_BYTES, course
    assert course.child_bytes < CHILD_BYTES, course
    assert course.out_bytes < 4 * MIB, course


def test_a_pdf_that_works_too_hard_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_PDF_WALL_S", 1.0)
    path = tmp_path / "a.pdf"
    path.write_bytes(_operators(8_000_000))
    assert refused(path) == "limit"


def test_a_page_of_four_million_operators_shows_a_placeholder_at_the_worst(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what can be read and cleaned, a page that cannot be drawn in time costs the picture alone."""
    monkeypatch.setattr(documents, "_PDF_CPU_S", 2)
    path = tmp_path / "a.pdf"
    path.write_bytes(_operators(4_000_000))
    outcome = derive(job_for(path, RECIPES["document"]), store)
    if outcome.refusal:
        assert (outcome.state, outcome.refusal.reason) == ("failed", "limit")
    else:
        assert isinstance(outcome.result, DocumentSet)


def test_documents_of_every_day_are_no_bombs(tmp_path: Path) -> None:
    docx(tmp_path / "a.docx")
    repacked(tmp_path / "a.docx", {f"word/media/{number}.txt": b"x" for number in range(500)})
    assert probe_file(tmp_path / "a.docx", "a.docx").refusal is None
    assert probe_file(pdf(tmp_path / "a.pdf", pages=40), "a.pdf").refusal is None
