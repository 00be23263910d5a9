"""What is published of Word, Excel and PowerPoint files: what they show, and nothing that hangs beside it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, dictionaries, recursive, sampled_from, text, tuples
from PIL import Image

from generator.catalog.facts import DocumentFacts
from generator.check.privacy import scan
from generator.media.derivatives import DocumentSet, file_of
from generator.media.derive import derive
from generator.media.documents.package import relationships_of, source_of
from generator.media.documents.xml_copy import copied
from generator.media.probe import probe_file
from generator.media.recipe import DocumentRecipe
from generator.store import Store

from .packages import OFFICE, PACKAGE, R, W, X, book, package, photo, reviewed, word
from .samples import docx, job_for, repacked

RECIPE = DocumentRecipe(first_page=None)
V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
NOTE = (
    '<v:shape id="s1"><v:textbox>secret</v:textbox>'
    '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Note"/></v:shape>'
)


def facts_of(path: Path) -> DocumentFacts:
    facts = probe_file(path, path.name)
    assert facts.document is not None, facts.refusal
    return facts.document


def reason_of(path: Path) -> str:
    refusal = probe_file(path, path.name).refusal
    return refusal.reason if refusal else ""


def cleaned(path: Path, store: Store) -> zipfile.ZipFile:
    outcome = derive(job_for(path, RECIPE), store)
    assert isinstance(outcome.result, DocumentSet), outcome
    published = file_of(outcome.result.files[0], store)
    assert facts_of(published).properties == ()
    return zipfile.ZipFile(published)


def told_by(copy: zipfile.ZipFile) -> str:
    """Everything the package holds; every part of XML is well-formed, and every lead has its end."""
    names = copy.namelist()
    for name in names:
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(copy.read(name))
    used = "".join(copy.read(name).decode() for name in names if name.endswith((".xml", ".vml")))
    for name in names:
        if name.endswith(".rels"):
            ids = set(re.findall(r'Id="([^"]+)"', copy.read(name).decode()))
            source = source_of(name)
            if source:
                assert set(re.findall(r'r:(?:id|embed|link)="([^"]+)"', copy.read(source).decode())) <= ids, name
    for part in re.findall(r'PartName="/([^"]+)"', copy.read("[Content_Types].xml").decode()):
        assert part in names
    return "\n".join(names) + used + "".join(copy.read(name).decode("latin-1") for name in names)


def shown_in(copy: zipfile.ZipFile) -> str:
    document = ElementTree.fromstring(copy.read("word/document.xml"))
    return "".join(one.text or "" for one in document.iter() if one.tag.endswith("}t"))


def test_a_reviewed_word_file_opens_without_its_comments_and_shows_the_same(tmp_path: Path, store: Store) -> None:
    path = reviewed(tmp_path / "a.docx")
    assert dict(facts_of(path).properties)["comments"] == "请核实 13700137000"
    with cleaned(path, store) as copy:
        told = told_by(copy)
        for word_ in (
            "张三丰",
            "李四光",
            "LSG",
            "请核实",
            "comments.xml",
            "commentRangeStart",
            "commentReference",
            "PhoneMaker",
            "遗留备注",
            "customXml",
            "thumbnail",
        ):
            assert word_ not in told, word_
        document = python_docx.Document(str(copy.filename))
        assert document.paragraphs[0].text == "智慧课堂"
        assert len(document.inline_shapes) == 1
        with Image.open(io.BytesIO(photo())) as before, Image.open(copy.open("word/media/image1.jpg")) as after:
            assert after.tobytes() == before.tobytes()


def test_untouched_parts_keep_their_bytes(tmp_path: Path, store: Store) -> None:
    path = docx(tmp_path / "a.docx")
    with zipfile.ZipFile(path) as original, cleaned(path, store) as copy:
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            assert copy.read(name) == original.read(name)


def test_tracked_changes_are_accepted_and_nobody_made_them(tmp_path: Path, store: Store) -> None:
    who = 'w:id="1" w:author="secret" w:date="2020-01-01T00:00:00Z"'
    body = (
        f"<w:p><w:pPr><w:rPr><w:ins {who}/></w:rPr><w:pPrChange {who}><w:pPr/></w:pPrChange></w:pPr>"
        f"<w:r><w:t>甲</w:t></w:r><w:ins {who}><w:r><w:t>乙</w:t></w:r></w:ins>"
        f"<w:del {who}><w:r><w:delText>secret</w:delText></w:r></w:del>"
        f"<w:moveFrom {who}><w:r><w:t>secret</w:t></w:r></w:moveFrom>"
        f"<w:moveTo {who}><w:r><w:rPr><w:b/><w:rPrChange {who}><w:rPr/></w:rPrChange></w:rPr><w:t>丙</w:t></w:r></w:moveTo></w:p>"
    )
    path = word(tmp_path / "a.docx", body)
    assert dict(facts_of(path).properties) == {"revised by": "secret", "deleted text": "secret"}
    with cleaned(path, store) as copy:
        assert "secret" not in told_by(copy)
        assert shown_in(copy) == "甲乙丙"
        assert b"<w:b/>" in copy.read("word/document.xml")


def test_a_picture_that_was_deleted_with_changes_tracked_is_gone(tmp_path: Path, store: Store) -> None:
    path = word(
        tmp_path / "a.docx",
        f'<w:p><w:r><w:drawing><a:blip {A} r:embed="rId2"/></w:drawing></w:r>'
        f'<w:del w:author="x"><w:r><w:drawing><a:blip {A} r:embed="rId3"/></w:drawing></w:r></w:del></w:p>',
        parts={"word/media/image1.jpg": photo(), "word/media/image2.jpg": photo(3)},
        leads=[
            ("word/document.xml", "rId2", "image", "media/image1.jpg"),
            ("word/document.xml", "rId3", "image", "media/image2.jpg"),
        ],
    )
    with cleaned(path, store) as copy:
        assert "word/media/image1.jpg" in copy.namelist()
        assert "word/media/image2.jpg" not in copy.namelist()
        assert "image2" not in told_by(copy)


@pytest.mark.parametrize(
    "body",
    [
        '<w:tbl><w:tr><w:trPr><w:del w:author="x"/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
        '<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:author="x"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
        '<w:p><w:del w:author="x"><w:r><w:footnoteReference w:id="2"/></w:r></w:del></w:p>',
    ],
)
def test_rows_cells_and_notes_deleted_with_changes_tracked_are_not_published(
    body: str, tmp_path: Path, store: Store
) -> None:
    outcome = derive(job_for(word(tmp_path / "a.docx", body), RECIPE), store)
    assert outcome.refusal is not None
    assert outcome.refusal.reason == "revisions"
    assert "接受所有修订" in outcome.refusal.zh


def test_nothing_of_a_word_file_phones_home(tmp_path: Path, store: Store) -> None:
    body = (
        f'<w:p><w:r><w:object {V}><v:shape><v:imagedata r:id="rId2" r:href="rId3" o:href="http://evil.example/1"/></v:shape>'
        '<o:OLEObject Type="Embed" r:id="rId4"/></w:object></w:r>'
        f'<w:r><w:drawing><a:blip {A} r:embed="rId2" r:link="rId3"/></w:drawing></w:r>'
        '<w:hyperlink r:id="rId5"><w:r><w:t>留</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId6"><w:r><w:t>字</w:t></w:r></w:hyperlink></w:p>'
    )
    path = word(
        tmp_path / "a.docx",
        body,
        {
            "word/media/image1.jpeg": photo(),
            "word/embeddings/evil.bin": b"evil",
            "word/settings.xml": f'<w:settings {W} {R}><w:attachedTemplate r:id="rId1"/><w:rsids/></w:settings>',
        },
        [
            ("word/document.xml", "rId1", "settings", "settings.xml"),
            ("word/document.xml", "rId2", "image", "media/image1.jpeg"),
            ("word/document.xml", "rId3", "image", "http://evil.example/2"),
            ("word/document.xml", "rId4", "oleObject", "embeddings/evil.bin"),
            ("word/document.xml", "rId5", "hyperlink", "https://example.org/a"),
            ("word/document.xml", "rId6", "hyperlink", "file:///C:/evil"),
            ("word/settings.xml", "rId1", "attachedTemplate", "http://evil.example/3"),
        ],
        settings__xml="settings",
    )
    assert ("attached file", "evil.bin") in facts_of(path).properties
    with cleaned(path, store) as copy:
        told = told_by(copy)
        assert "evil" not in told
        assert "attachedTemplate" not in told
        assert "https://example.org/a" in told
        assert shown_in(copy) == "留字"
        assert copy.read("word/document.xml").count(b'"rId2"') == 2


FETCHING = [
    'INCLUDEPICTURE "http://evil.example/a.png" \\* MERGEFORMAT',
    ' LINK Excel.Sheet.8 "C:\\\\evil.xls"',
    "DDEAUTO c:\\\\evil.exe",
    'HYPERLINK "file:///C:/evil"',
    'HYPERLINK "C:\\\\evil\\\\a.doc"',
]


@pytest.mark.parametrize("code", FETCHING)
def test_a_field_that_fetches_keeps_its_result_alone(code: str, tmp_path: Path, store: Store) -> None:
    quoted = code.replace('"', "&quot;")
    pieces = "".join(f"<w:r><w:instrText>{quoted[at : at + 6]}</w:instrText></w:r>" for at in range(0, len(quoted), 6))
    pieces = pieces if not re.search(r"&[^;]{0,5}<", pieces) else f"<w:r><w:instrText>{quoted}</w:instrText></w:r>"
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = f"{field.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{field.format('end')}"
    result = f"{field.format('separate')}<w:r><w:t>结果</w:t></w:r>{field.format('end')}"
    body = f'<w:p>{field.format("begin")}{pieces}{inner}{result}<w:fldSimple w:instr="{quoted}"><w:r><w:t>二</w:t></w:r></w:fldSimple></w:p>'
    with cleaned(word(tmp_path / "a.docx", body), store) as copy:
        assert "evil" not in told_by(copy)
        assert shown_in(copy) == "结果二"
        assert b"PAGE" in copy.read("word/document.xml")


@pytest.mark.parametrize(
    "code", ['HYPERLINK "https://example.org/a"', "HYPERLINK \\l _Toc1", "TOC \\o", "DATE \\@ yyyy"]
)
def test_a_field_that_fetches_nothing_stays(code: str, tmp_path: Path, store: Store) -> None:
    body = f"<w:p><w:r><w:instrText>{code.replace(chr(34), '&quot;')}</w:instrText></w:r></w:p>"
    path = word(tmp_path / "a.docx", body)
    with zipfile.ZipFile(path) as original, cleaned(path, store) as copy:
        assert copy.read("word/document.xml") == original.read("word/document.xml")


def test_a_chart_keeps_its_picture_and_loses_the_table_behind_it(tmp_path: Path, store: Store) -> None:
    chart = f'<c:chart xmlns:c="urn:chart" {R}><c:v>71</c:v><c:externalData r:id="rId1"><c:autoUpdate/></c:externalData></c:chart>'
    path = word(
        tmp_path / "a.docx",
        f'<w:p><w:r><c:chart xmlns:c="urn:chart" {R} r:id="rId9"/></w:r></w:p>',
        {"word/charts/chart1.xml": chart, "word/embeddings/book.xlsx": b"PK secret"},
        [
            ("word/document.xml", "rId9", "chart", "charts/chart1.xml"),
            ("word/charts/chart1.xml", "rId1", "package", "../embeddings/book.xlsx"),
        ],
    )
    with cleaned(path, store) as copy:
        assert "secret" not in told_by(copy)
        assert b"<c:v>71</c:v></c:chart>" in copy.read("word/charts/chart1.xml")


def test_a_sheet_loses_its_comments_its_users_and_where_it_lay(tmp_path: Path, store: Store) -> None:
    path = book(
        tmp_path / "a.xlsx",
        '<c r="A1"><v>42</v></c>',
        head='<fileSharing userName="secret"/><x15ac:absPath xmlns:x15ac="urn:a" url="C:\\Users\\secret\\"/>'
        '<customWorkbookViews><customWorkbookView name="secret"/></customWorkbookViews>',
        tail='<pageSetup orientation="portrait" r:id="rId3"/><legacyDrawing r:id="rId2"/>',
        parts={
            "xl/comments1.xml": f"<comments {X}><authors><author>secret</author></authors><commentList><comment><text><t>secret"
            "</t></text></comment></commentList></comments>",
            "xl/drawings/vmlDrawing1.vml": f"<xml {V}>{NOTE}</xml>",
            "xl/printerSettings/printerSettings1.bin": b"secret printer",
            "xl/persons/person.xml": f'<personList {X}><person displayName="secret" userId="secret"/></personList>',
        },
        leads=[
            ("xl/worksheets/sheet1.xml", "rId1", "comments", "../comments1.xml"),
            ("xl/worksheets/sheet1.xml", "rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("xl/worksheets/sheet1.xml", "rId3", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("xl/workbook.xml", "rId9", "person", "persons/person.xml"),
        ],
    )
    told = dict(facts_of(path).properties)
    assert (told["revised by"], told["file path"]) == ("secret", "C:\\Users\\secret\\")
    assert "secret" in told["comments"]
    with cleaned(path, store) as copy:
        assert "secret" not in told_by(copy)
        sheet = copy.read("xl/worksheets/sheet1.xml")
        assert b'<v>42</v></c></row></sheetData><pageSetup orientation="portrait"/></worksheet>' in sheet
        assert not [name for name in copy.namelist() if "vml" in name or "rinter" in name or "comment" in name]


def test_a_button_beside_a_comment_stays(tmp_path: Path, store: Store) -> None:
    button = '<v:shape id="s2"><x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Button"/></v:shape>'
    path = book(
        tmp_path / "a.xlsx",
        "",
        tail='<legacyDrawing r:id="rId2"/>',
        parts={"xl/drawings/vmlDrawing1.vml": f"<xml {V}>{NOTE}{button}</xml>"},
        leads=[("xl/worksheets/sheet1.xml", "rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml")],
    )
    with cleaned(path, store) as copy:
        assert "secret" not in told_by(copy)
        assert copy.read("xl/drawings/vmlDrawing1.vml").decode() == f"<xml {V}>{button}</xml>"


def test_a_formula_into_another_workbook_does_not_say_where_that_lay(tmp_path: Path, store: Store) -> None:
    path = book(
        tmp_path / "a.xlsx",
        "<c><f>[1]Sheet1!A1</f><v>7</v></c>",
        head='<externalReferences><externalReference r:id="rId5"/></externalReferences>',
        parts={
            "xl/externalLinks/externalLink1.xml": f'<externalLink {X} {R}><externalBook r:id="rId1"/></externalLink>'
        },
        leads=[
            ("xl/workbook.xml", "rId5", "externalLink", "externalLinks/externalLink1.xml"),
            ("xl/externalLinks/externalLink1.xml", "rId1", "externalLinkPath", "file:///C:/Users/secret/a.xlsx"),
        ],
    )
    with cleaned(path, store) as copy:
        told = told_by(copy)
        assert "secret" not in told
        assert "externalReference r:id" in told


PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml"


def slides(path: Path) -> Path:
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    slide = (
        f'<p:sld {p} {A} {R}><p:pic><p:cNvPr id="1" name="a" descr="C:\\Users\\secret\\a.jpg"><a:hlinkClick r:id="rId3"/></p:cNvPr>'
        f'<a:blip r:embed="rId2"/></p:pic><p:oleObj r:id="rId4"/><a:p><a:t>电话13900139001</a:t></a:p></p:sld>'
    )
    notes = f"<p:notes {p} {A}><a:p><a:r><a:t>备注13900139002</a:t></a:r></a:p></p:notes>"
    return package(
        path,
        {
            "ppt/presentation.xml": f"<p:presentation {p} {R}/>",
            "ppt/slides/slide1.xml": slide,
            "ppt/notesSlides/notesSlide1.xml": notes,
            "ppt/commentAuthors.xml": f'<p:cmAuthorLst {p}><p:cmAuthor name="secret author"/></p:cmAuthorLst>',
            "ppt/comments/comment1.xml": f"<p:cmLst {p}><p:cm><p:text>secret 13900139003</p:text></p:cm></p:cmLst>",
            "ppt/media/image1.jpeg": photo(6),
            "ppt/embeddings/secret.bin": b"secret",
        },
        {
            "ppt/presentation.xml": f"{PRESENTATION}.presentation.main+xml",
            "ppt/slides/slide1.xml": f"{PRESENTATION}.slide+xml",
            "ppt/comments/comment1.xml": f"{PRESENTATION}.comments+xml",
        },
        [
            ("", "rId1", "officeDocument", "ppt/presentation.xml"),
            ("ppt/presentation.xml", "rId1", "slide", "slides/slide1.xml"),
            ("ppt/presentation.xml", "rId2", "commentAuthors", "commentAuthors.xml"),
            ("ppt/slides/slide1.xml", "rId1", "comments", "../comments/comment1.xml"),
            ("ppt/slides/slide1.xml", "rId2", "image", "../media/image1.jpeg"),
            ("ppt/slides/slide1.xml", "rId3", "hyperlink", "file:///C:/secret"),
            ("ppt/slides/slide1.xml", "rId4", "oleObject", "../embeddings/secret.bin"),
            ("ppt/slides/slide1.xml", "rId5", "notesSlide", "../notesSlides/notesSlide1.xml"),
        ],
    )


def test_slides_lose_comments_their_authors_and_embedded_files(tmp_path: Path, store: Store) -> None:
    path = slides(tmp_path / "a.pptx")
    facts = facts_of(path)
    assert facts.format == "pptx"
    assert {("revised by", "secret author"), ("attached file", "secret.bin")} <= set(facts.properties)
    with cleaned(path, store) as copy:
        told = told_by(copy)
        assert "secret" not in told
        assert "omment" not in told
        assert "13900139002" in told
        with Image.open(copy.open("ppt/media/image1.jpeg")) as picture:
            assert dict(picture.getexif()) == {274: 6}


PHONE = "电话13900139001"
PLACES: dict[str, Callable[[Path], Path]] = {
    "text box": lambda path: word(
        path, f"<w:p><w:txbxContent><w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p></w:txbxContent></w:p>"
    ),
    "split over runs": lambda path: word(path, "<w:p><w:r><w:t>1390</w:t></w:r><w:r><w:t>0139001</w:t></w:r></w:p>"),
    "deleted": lambda path: word(path, f"<w:p><w:del><w:r><w:delText>{PHONE}</w:delText></w:r></w:del></w:p>"),
    "field": lambda path: word(path, "<w:p><w:r><w:instrText>HYPERLINK tel:13900139001</w:instrText></w:r></w:p>"),
    "alternative text": lambda path: word(path, f'<w:p><w:docPr descr="{PHONE}"/></w:p>'),
    "slide": slides,
    **{
        name: lambda path, name=name: repacked(  # type: ignore[misc]
            word(path, ""), {f"word/{name}.xml": f"<w:x {W}><w:p><w:t>{PHONE}</w:t></w:p></w:x>".encode()}
        )
        for name in ("header1", "footer1", "footnotes", "endnotes", "comments", "glossary/document", "charts/chart1")
    },
    "variable": lambda path: repacked(
        word(path, ""),
        {"word/settings.xml": f'<w:settings {W}><w:docVar w:name="a" w:val="{PHONE}"/></w:settings>'.encode()},
    ),
    "data of a program": lambda path: repacked(word(path, ""), {"customXml/item1.xml": f"<a>{PHONE}</a>".encode()}),
    "property": lambda path: repacked(
        word(path, ""), {"docProps/custom.xml": f'<P><property name="a"><v>{PHONE}</v></property></P>'.encode()}
    ),
    "shared string": lambda path: book(path, "", strings=f"<si><t>{PHONE}</t></si>"),
    "string in its cell": lambda path: book(path, f'<c t="inlineStr"><is><t>{PHONE}</t></is></c>'),
    "number": lambda path: book(path, "<c><v>13900139001</v></c>"),
    "formula": lambda path: book(path, '<c><f>"13900139001"</f></c>'),
    "footer of a sheet": lambda path: book(
        path, "", tail=f"<headerFooter><oddFooter>&amp;C{PHONE}</oddFooter></headerFooter>"
    ),
    "prompt": lambda path: book(path, "", tail=f'<dataValidation prompt="{PHONE}"/>'),
    "comment of a cell": lambda path: book(
        path,
        "",
        parts={"xl/comments1.xml": f"<comments {X}><comment><text><r><t>{PHONE}</t></r></text></comment></comments>"},
    ),
    "discussion": lambda path: book(
        path, "", parts={"xl/threadedComments/threadedComment1.xml": f"<T {X}><text>{PHONE}</text></T>"}
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_phone_in_any_place_reaches_the_privacy_rules(place: str, tmp_path: Path) -> None:
    facts = facts_of(PLACES[place](tmp_path / "a.docx"))
    read = "\n".join((facts.text, *(value for _, value in facts.properties)))
    assert "139****01" in {datum.masked for datum in scan(read)}


def lead_to(kind: str, target: str = "other.bin") -> Callable[[Path], Path]:
    return lambda path: word(path, "", {f"word/{target}": b"x"}, [("word/document.xml", "rId7", kind, target)])


def retyped(kind: str, by_default: bool = False) -> Callable[[Path], Path]:
    extra = (
        f'<Default Extension="bin2" ContentType="{kind}"/>'
        if by_default
        else f'<Override PartName="/a" ContentType="{kind}"/>'
    )

    def make(path: Path) -> Path:
        with zipfile.ZipFile(word(path, "")) as whole:
            types = whole.read("[Content_Types].xml").decode()
        return repacked(path, {"[Content_Types].xml": types.replace("</Types>", f"{extra}</Types>").encode()})

    return make


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lead_to("vbaProject"), "macro"),
        (lead_to("control", "activeX1.xml"), "macro"),
        (lead_to("xlMacrosheet"), "macro"),
        (lambda path: repacked(word(path, ""), {"word/vbaProject.bin": b"macros"}), "macro"),
        (retyped("application/vnd.ms-word.document.macroEnabled.main+xml"), "macro"),
        (retyped("application/vnd.ms-office.vbaProject", by_default=True), "macro"),
        (retyped("application/vnd.ms-office.activeX+xml"), "macro"),
        (lead_to("aFChunk"), "unsupported"),
        (lead_to("connections"), "unsupported"),
        (lead_to("video", "film.mp4"), "unsupported"),
        (lambda path: repacked(word(path, ""), {"WORD/Document.xml": b"<a/>"}), "unreadable"),
    ],
)
def test_what_cannot_be_made_harmless_is_refused(make: Callable[[Path], Path], reason: str, tmp_path: Path) -> None:
    assert reason_of(make(tmp_path / "a.docx")) == reason


def test_a_workbook_in_binary_is_refused(tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.xlsx",
        {"xl/workbook.bin": b"x"},
        {"xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"},
        [("", "rId1", "officeDocument", "xl/workbook.bin")],
    )
    assert reason_of(path) == "macro"


def test_the_main_part_is_found_wherever_it_lies(tmp_path: Path, store: Store) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    text_ = f"<w:document {W}><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>"
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file:
        # As .NET's packaging library writes it: the type by extension, the lead absolute, no usual names.
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="{kind}"/></Types>',
        )
        lead = f'<Relationship Id="R1" Type="{OFFICE}/officeDocument" Target="/word/document2.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{lead}</Relationships>')
        file.writestr("word/document2.xml", text_)
    assert facts_of(path).text == "甲"
    with cleaned(path, store) as copy:
        assert copy.read("word/document2.xml").decode() == text_


def test_a_broken_picture_is_not_published_unread(tmp_path: Path, store: Store) -> None:
    path = word(
        tmp_path / "a.docx",
        f'<w:p><w:r><w:drawing><a:blip {A} r:embed="rId2"/></w:drawing></w:r></w:p>',
        {"word/media/image1.jpeg": photo()[:60]},
        [("word/document.xml", "rId2", "image", "media/image1.jpeg")],
    )
    outcome = derive(job_for(path, RECIPE), store)
    assert outcome.refusal is not None
    assert (outcome.refusal.reason, "image1.jpeg" in outcome.refusal.zh) == ("unreadable", True)


def test_a_part_in_utf_16_is_cleaned_as_well(tmp_path: Path, store: Store) -> None:
    body = f'<?xml version="1.0" encoding="UTF-16"?><w:document {W}><w:body><w:p><w:del w:author="secret"/><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    path = repacked(word(tmp_path / "a.docx", ""), {"word/document.xml": body.encode("utf-16")})
    with cleaned(path, store) as copy:
        assert shown_in(copy) == "甲"
        assert b"secret" not in copy.read("word/document.xml")


@given(sampled_from(["", "word/document.xml", "a", "a/b/c.xml"]))
def test_a_part_and_its_relationships_name_each_other(source: str) -> None:
    assert source_of(relationships_of(source)) == source


NAMES = sampled_from(["keep", "drop", "unwrap", "p:keep", "p:drop"])
ATTRIBUTES = dictionaries(
    sampled_from(["a", "p:b", "gone", "p:gone"]), text(characters(codec="utf-8", exclude_categories=["C"]), max_size=4)
)
TREES = recursive(
    text(characters(codec="utf-8", exclude_categories=["C"]), max_size=5),
    lambda inner: tuples(NAMES, ATTRIBUTES, tuples(inner, inner)),
    max_leaves=12,
)


def element_of(tree: object) -> tuple[str, str]:
    """A tree as XML, and what should be left of it."""
    from xml.sax.saxutils import escape, quoteattr

    if not isinstance(tree, tuple):
        return escape(str(tree)), escape(str(tree))
    name, attributes, inner = tree
    whole, left = ("".join(parts) for parts in zip(*map(element_of, inner), strict=True))
    told = [(key, f" {key}={quoteattr(value)}") for key, value in attributes.items()]
    before = "".join(words for _, words in told)
    plain = name.removeprefix("p:")
    after = before if plain != "keep" else "".join(words for key, words in told if not key.endswith("gone"))
    written = f"<{name}{before}>{whole}</{name}>" if whole else f"<{name}{before}/>"
    if plain == "drop":
        return written, ""
    if plain == "unwrap":
        return written, left
    return written, f"<{name}{after}>{left}</{name}>" if whole else f"<{name}{after}/>"


@settings(max_examples=50)
@given(TREES)
def test_a_copy_lacks_what_goes_and_nothing_else(tree: object) -> None:
    whole, left = element_of(tree)
    frame = '<?xml version="1.0"?><!-- > --><root xmlns:p="urn:p" quoted="a > b">{}<![CDATA[<drop>]]></root>\n'

    def decide(name: str, attributes: object) -> object:
        local = name.rpartition(" ")[2]
        return {"gone": None, "urn:p gone": None} if local == "keep" else local if local in ("drop", "unwrap") else None

    clean = frame.replace("<!-- > -->", "").format(left)
    assert copied(frame.format(whole).encode(), decide).decode() == clean  # type: ignore[arg-type]
