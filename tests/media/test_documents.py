"""What documents say, what is published of them, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from PIL import Image

from generator.catalog.facts import DocumentFacts
from generator.media.derivatives import DocumentSet, file_of
from generator.media.derive import derive
from generator.media.probe import probe_file
from generator.media.recipe import DocumentRecipe, PictureRecipe
from generator.store import Store

from .packages import book, word
from .samples import docx, exif_of_a_phone, job_for, pdf, quadrants, repacked

RECIPE = DocumentRecipe(first_page=PictureRecipe(steps_px=(120, 240)), page_width_px=240)


def facts_of(path: Path) -> DocumentFacts:
    facts = probe_file(path, path.name)
    assert facts.kind == "document"
    assert facts.document is not None, facts.refusal
    return facts.document


def reason_of(path: Path) -> str | None:
    refusal = probe_file(path, path.name).refusal
    return refusal.reason if refusal else None


def made(path: Path, store: Store) -> DocumentSet:
    outcome = derive(job_for(path, RECIPE), store)
    assert isinstance(outcome.result, DocumentSet), outcome
    return outcome.result


def test_a_pdf_tells_its_pages_words_and_author(tmp_path: Path) -> None:
    facts = facts_of(pdf(tmp_path / "a.pdf", pages=3, author="Zhang San"))
    assert (facts.format, facts.pages) == ("pdf", 3)
    assert facts.text.count("13800138000") == 3
    assert ("author", "Zhang San") in facts.properties


def test_a_pdf_shows_its_first_page_and_says_how_large_its_download_is(tmp_path: Path, store: Store) -> None:
    path = pdf(tmp_path / "a.pdf")
    result = made(path, store)
    assert result.pages == 2
    assert result.first_page is not None
    assert [(file.role, file.width_px, file.height_px) for file in result.first_page.files][-1] == (
        "jpeg-240",
        240,
        320,
    )
    with Image.open(file_of(result.first_page.files[-1], store)) as page:
        red, _, blue = page.getpixel((120, 40))  # type: ignore[misc]
        assert blue > red + 100
    (download,) = result.files
    assert download.name.endswith(".pdf")
    assert result.bytes == download.bytes == file_of(download, store).stat().st_size


def test_a_huge_page_is_drawn_small(tmp_path: Path, store: Store) -> None:
    first_page = made(pdf(tmp_path / "a.pdf", pages=1, size=(14_000, 7_000)), store).first_page
    assert first_page is not None
    assert (first_page.width_px, first_page.height_px) == (240, 120)


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    assert reason_of(pdf(tmp_path / "a.pdf", password="secret")) == "encrypted"


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of the kind\n")
    assert reason_of(path) == "unreadable"


def test_a_word_file_tells_its_words_and_who_wrote_it(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx")
    repacked(
        path,
        {
            "word/comments.xml": b'<w:comments xmlns:w="urn:w"><w:comment w:author="Li"><w:p><w:t>secret</w:t></w:p></w:comment></w:comments>'
        },
    )
    facts = facts_of(path)
    assert facts.format == "docx"
    assert "智慧课堂案例" in facts.text
    assert "13900139000" in facts.text
    told = dict(facts.properties)
    assert told["author"] == "张三丰"
    assert told["last modified by"] == "李四光"
    assert told["comments"] == "secret"
    assert told["revised by"] == "Li"


def test_pictures_inside_a_word_file_that_tell_their_place_are_reported(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    quadrants(40, 40).save(buffer, "JPEG", exif=exif_of_a_phone())
    facts = facts_of(repacked(docx(tmp_path / "a.docx"), {"word/media/image1.jpg": buffer.getvalue()}))
    assert ("place of picture", "word/media/image1.jpg") in facts.properties


def test_a_word_file_is_published_without_its_properties(tmp_path: Path, store: Store) -> None:
    path = docx(tmp_path / "a.docx")
    result = made(path, store)
    (download,) = result.files
    assert download.name.endswith(".docx")
    published = file_of(download, store)
    copy = python_docx.Document(str(published))
    assert (copy.core_properties.author, copy.core_properties.last_modified_by) == ("", "")
    assert copy.paragraphs[0].text == "智慧课堂案例"
    with zipfile.ZipFile(published) as package, zipfile.ZipFile(path) as original:
        assert set(original.namelist()) - set(package.namelist()) == {
            "docProps/thumbnail.jpeg",
            "customXml/item1.xml",
            "customXml/_rels/item1.xml.rels",
            "customXml/itemProps1.xml",
        }
        assert not any("张三丰".encode() in package.read(name) for name in package.namelist())
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.read("word/document.xml") == original.read("word/document.xml")
    assert facts_of(published).properties == ()


def test_core_properties_in_another_place_are_found_and_blanked(tmp_path: Path, store: Store) -> None:
    core = '<c xmlns="urn:c" xmlns:dc="urn:dc"><dc:creator>王五</dc:creator></c>'
    place = "package/services/metadata/core-properties/1a2b.psmdcp"
    path = word(tmp_path / "a.docx", "", {place: core}, [("", "rId2", "core-properties", place)])
    assert ("author", "王五") in facts_of(path).properties
    published = file_of(made(path, store).files[0], store)
    assert facts_of(published).properties == ()
    with zipfile.ZipFile(published) as package:
        assert place in package.namelist()


def test_a_sheet_gives_up_phone_numbers_kept_as_numbers(tmp_path: Path) -> None:
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.3800138E10</v></c><c r="C1"><v>13900139000</v></c>'
    path = book(tmp_path / "a.xlsx", cells, strings="<si><t>姓名</t></si>")
    facts = facts_of(path)
    assert facts.format == "xlsx"
    assert set(facts.text.split()) == {"联系人", "姓名", "13800138000", "13900139000"}


def test_a_link_to_an_address_is_part_of_the_words(tmp_path: Path) -> None:
    rels = b'<R xmlns="urn:r"><Relationship Target="mailto:li@example.cn" TargetMode="External"/></R>'
    path = repacked(docx(tmp_path / "a.docx"), {"word/_rels/footnotes.xml.rels": rels})
    assert "mailto:li@example.cn" in facts_of(path).text


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = repacked(docx(tmp_path / "a.docx"), {"word/header9.xml": b"<a>" + b" " * 70_000_000 + b"</a>"})
    assert path.stat().st_size < 1_000_000
    assert reason_of(path) == "too-large"


def test_entities_are_refused_before_they_grow(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a><t>&c;</t></a>'
    assert reason_of(repacked(docx(tmp_path / "a.docx"), {"word/header9.xml": bomb})) == "unreadable"


def test_a_cut_word_file_is_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx")
    path.write_bytes(path.read_bytes()[:-4_000])
    assert reason_of(path) == "truncated"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("EncryptedPackage", "encrypted"), ("_VBA_PROJECT_CUR", "macro"), ("WordDocument", "legacy-office")],
)
def test_old_office_files_are_told_apart(name: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name.encode("utf-16-le") + b"\0" * 512)
    assert reason_of(path) == reason


def test_two_empty_stores_get_the_same_bytes(tmp_path: Path) -> None:
    for path in (docx(tmp_path / "a.docx"), pdf(tmp_path / "a.pdf")):
        first, second = Store(tmp_path / "one"), Store(tmp_path / "two")
        result = made(path, first)
        assert made(path, second) == result
        assert all(file_of(file, first).read_bytes() == file_of(file, second).read_bytes() for file in result.files)
