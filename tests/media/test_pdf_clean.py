"""What is published of a PDF: the same pages, and nothing that does not show on them."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from generator.catalog.facts import DocumentFacts
from generator.check.privacy import scan
from generator.media.derivatives import DocumentSet, file_of
from generator.media.derive import derive
from generator.media.documents import document as documents
from generator.media.probe import probe_file
from generator.media.recipe import DocumentRecipe
from generator.store import Store

from .packages import photo
from .samples import job_for, pdf

RECIPE = DocumentRecipe(first_page=None)
RECTANGLE = Array([200, 100, 240, 120])


def facts_of(path: Path) -> DocumentFacts:
    document = probe_file(path, path.name).document
    assert document is not None
    return document


def cleaned(path: Path, store: Store) -> Path:
    outcome = derive(job_for(path, RECIPE), store)
    assert isinstance(outcome.result, DocumentSet), outcome
    return file_of(outcome.result.files[0], store)


def told_by(path: Path) -> bytes:
    """Everything that a PDF holds, nothing compressed."""
    buffer = io.BytesIO()
    with pikepdf.open(path) as whole:
        whole.save(buffer, qdf=True, static_id=True, fix_metadata_version=False)
    return buffer.getvalue()


def drawn(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    picture: Image.Image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    return picture


def edited(path: Path, edit: Callable[[Pdf, Any], None]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as whole:
        edit(whole, whole.pages[0])
        whole.save(path, fix_metadata_version=False)
    return path


def annotated(whole: Pdf, page: Any, **entries: object) -> Any:
    one = whole.make_indirect(Dictionary({"/Type": Name.Annot} | {f"/{key}": value for key, value in entries.items()}))
    page.Annots = Array([*page.get("/Annots", Array()), one])
    return one


def green(whole: Pdf) -> Any:
    """The look of an annotation: a green box."""
    look = Stream(whole, b"0 1 0 rg 0 0 40 20 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 40, 20])
    return Dictionary(N=whole.make_indirect(look))


def script() -> Any:
    return Dictionary(S=Name.JavaScript, JS=String("secret()"))


def form(path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=(300, 400))
    canvas.drawString(20, 350, "form")
    canvas.acroForm.textfield(name="phone", value="13700137003", x=20, y=200, width=150, height=20)
    canvas.acroForm.checkbox(name="agreed", checked=True, x=20, y=250)
    canvas.save()
    return path


def attach(whole: Pdf, page: Any) -> None:
    whole.attachments["secret.txt"] = b"secret contents"
    file = Dictionary(Type=Name.Filespec, F="secret.txt", EF=Dictionary(F=whole.make_stream(b"secret as well")))
    annotated(whole, page, Subtype=Name.FileAttachment, Rect=RECTANGLE, FS=whole.make_indirect(file))
    page.AF = Array([whole.make_indirect(Dictionary(Type=Name.Filespec, F="secret.txt", EF=file.EF))])


def sign(whole: Pdf, page: Any) -> None:
    value = whole.make_indirect(
        Dictionary(Type=Name.Sig, Name="secret signer", ByteRange=[0, 1, 2, 3], Contents="secret")
    )
    field = annotated(
        whole, page, Subtype=Name.Widget, FT=Name.Sig, T="secret1", V=value, Rect=RECTANGLE, AP=green(whole), F=4
    )
    whole.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    whole.Root.Perms = Dictionary(DocMDP=value)


def run_things(whole: Pdf, page: Any) -> None:
    whole.Root.OpenAction = Dictionary(S=Name.Launch, F="secret.exe")
    whole.Root.AA = Dictionary(WC=script())
    whole.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))
    page.AA = Dictionary(O=script())
    annotated(whole, page, Subtype=Name.Link, Rect=RECTANGLE, Border=Array([0, 0, 0]), A=script())
    annotated(
        whole, page, Subtype=Name.Link, Rect=RECTANGLE, Border=Array([0, 0, 0]),
        A=Dictionary(S=Name.URI, URI="file:///C:/secret"), AA=Dictionary(E=script()),
    )  # fmt: skip
    annotated(
        whole, page, Subtype=Name.Link, Rect=RECTANGLE, Border=Array([0, 0, 0]),
        A=Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit]), Next=Array([script()])),
    )  # fmt: skip


def leave_traces(whole: Pdf, page: Any) -> None:
    page.PieceInfo = Dictionary(Maker=Dictionary(Private="secret"))
    page.Thumb = whole.make_stream(b"secret thumbnail")
    page.B = Array([whole.make_indirect(Dictionary(Type=Name.Bead))])
    whole.Root.Threads = Array([whole.make_indirect(Dictionary(I=Dictionary(Author="secret")))])
    whole.Root.Metadata = xmp(whole, "secret")
    page.Metadata = xmp(whole, "secret")
    whole.docinfo["/Company"] = "secret company"
    whole.Root.SpiderInfo = Dictionary(V="secret")


def xmp(whole: Pdf, creator: str) -> Stream:
    text = f"<x><dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator></x>"
    return whole.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)


def show_pictures(whole: Pdf, page: Any) -> None:
    """One photograph three times, bare, in Flate and in ASCII, and a font; two of them named as actions are."""
    page.Resources.Font.AA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Courier-Bold"))
    page.contents_add(b"BT /AA 9 Tf 20 330 Td (font) Tj ET")
    wraps: tuple[tuple[str, bytes, Any], ...] = (
        ("/A", photo(), Name.DCTDecode),
        ("/PA", zlib.compress(photo()), Array([Name.FlateDecode, Name.DCTDecode])),
        ("/AF", base64.a85encode(photo()) + b"~>", Array([Name.ASCII85Decode, Name.DCTDecode])),
    )
    page.Resources.XObject = Dictionary()
    for i, (name, data, filters) in enumerate(wraps):
        image = Stream(whole, data)
        image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
        image.Width, image.Height, image.BitsPerComponent, image.Filter = 40, 30, 8, filters
        page.Resources.XObject[name] = whole.make_indirect(image)
        page.contents_add(f"q 40 0 0 30 {60 * i + 20} 350 cm {name} Do Q".encode())


def show_stamp(whole: Pdf, page: Any) -> None:
    annotated(whole, page, Subtype=Name.Stamp, Rect=RECTANGLE, AP=green(whole), F=4, T="secret", Contents="secret")
    annotated(
        whole, page, Subtype=Name.FreeText, Rect=Array([20, 20, 120, 40]), AP=green(whole), F=4, T="secret", DA="/Helv 9 Tf",
        Contents="typed",
    )  # fmt: skip


@pytest.mark.parametrize("edit", [attach, sign, run_things, leave_traces, show_pictures, show_stamp])
def test_what_a_reader_does_not_see_goes_and_the_page_stays(
    edit: Callable[[Pdf, Any], None], tmp_path: Path, store: Store
) -> None:
    path = edited(pdf(tmp_path / "a.pdf", author="secret author"), edit)
    before = told_by(path)
    assert b"secret" in before
    clean = cleaned(path, store)
    after = told_by(clean)
    for word in (
        b"secret",
        b"PhoneMaker",
        b"\xe9\x81\x97\xe7\x95\x99",
        b"/JavaScript",
        b"/Launch",
        b"/Sig",
        b"/EF",
        b"/Info",
        b"/Thumb",
        b"/Threads",
    ):
        assert word not in after, word
    if edit is attach:
        assert ImageChops.difference(drawn(path), drawn(clean)).getbbox() in (None, (400, 560, 480, 600))
    else:
        assert ImageChops.difference(drawn(path), drawn(clean)).getbbox() is None
    assert facts_of(clean).properties == ()
    assert facts_of(clean).pages == 2


REMARKS = (
    "Text",
    "Highlight",
    "Underline",
    "StrikeOut",
    "Squiggly",
    "Caret",
    "Ink",
    "Square",
    "Line",
    "Polygon",
    "Popup",
)


@pytest.mark.parametrize("kind", REMARKS)
def test_a_remark_goes_with_its_author_even_where_the_structure_still_names_it(
    kind: str, tmp_path: Path, store: Store
) -> None:
    def remark(whole: Pdf, page: Any) -> None:
        one = annotated(whole, page, Subtype=Name(f"/{kind}"), Rect=RECTANGLE, Contents="secret", T="secret author")
        whole.Root.StructTreeRoot = Dictionary(
            Type=Name.StructTreeRoot,
            K=Dictionary(Type=Name.StructElem, S=Name.Annot, K=Dictionary(Type=Name.OBJR, Obj=one)),
        )

    path = edited(pdf(tmp_path / "a.pdf"), remark)
    if kind != "Popup":
        assert ("comments", "secret") in facts_of(path).properties
        assert ("revised by", "secret author") in facts_of(path).properties
    clean = cleaned(path, store)
    assert b"secret" not in told_by(clean)
    with pikepdf.open(clean) as whole:
        assert len(whole.pages[0].Annots) == 0


def test_links_to_pages_and_addresses_stay(tmp_path: Path, store: Store) -> None:
    def link(whole: Pdf, page: Any) -> None:
        for action in (
            Dictionary(S=Name.URI, URI="https://example.org/a"),
            Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit])),
        ):
            annotated(whole, page, Subtype=Name.Link, Rect=RECTANGLE, A=action)

    with pikepdf.open(cleaned(edited(pdf(tmp_path / "a.pdf"), link), store)) as whole:
        kept = [one.A for one in whole.pages[0].Annots]
        assert str(kept[0].URI) == "https://example.org/a"
        assert kept[1].D[0].objgen == whole.pages[0].objgen


def test_a_filled_form_can_still_be_read_and_filled(tmp_path: Path, store: Store) -> None:
    def add_scripts(whole: Pdf, page: Any) -> None:
        whole.Root.AcroForm.XFA = whole.make_stream(b"<xfa>secret</xfa>")
        whole.Root.AcroForm.CO = Array([whole.Root.AcroForm.Fields[0]])
        whole.Root.AcroForm.Fields[0].AA = Dictionary(K=script())

    path = edited(form(tmp_path / "a.pdf"), add_scripts)
    clean = cleaned(path, store)
    assert b"secret" not in told_by(clean)
    assert ImageChops.difference(drawn(path), drawn(clean)).getbbox() is None
    with pikepdf.open(clean) as whole:
        fields = {str(field.T): field for field in whole.Root.AcroForm.Fields}
        assert str(fields["phone"].V) == "13700137003"
        assert str(fields["agreed"].FT) == "/Btn"


def test_a_signature_is_no_field_any_more_and_its_picture_stays(tmp_path: Path, store: Store) -> None:
    path = edited(pdf(tmp_path / "a.pdf"), sign)
    assert ("signed by", "secret signer") in facts_of(path).properties
    clean = cleaned(path, store)
    assert drawn(clean).getpixel((440, 580)) == (0, 255, 0)
    with pikepdf.open(clean) as whole:
        assert "/AcroForm" not in whole.Root
        assert "/Perms" not in whole.Root


def test_an_older_version_that_an_update_left_behind_goes(tmp_path: Path, store: Store) -> None:
    path = pdf(tmp_path / "a.pdf")
    data = path.read_bytes()
    trailer = data.rindex(b"startxref")
    start = int(data[trailer:].split()[1])
    at = len(data)
    number = 900
    update = b"%d 0 obj\n(secret of an older version)\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    with pikepdf.open(path) as whole:
        root = whole.Root.objgen[0]
    tail = b"trailer\n<< /Size 901 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (root, start, at + len(update))
    path.write_bytes(data + update + table + tail)
    clean = cleaned(path, store)
    assert b"secret" not in told_by(clean)
    assert facts_of(clean).pages == 2


def remember(whole: Pdf, **entries: object) -> None:
    for key, value in entries.items():
        whole.Root[f"/{key}"] = value


def note(**entries: object) -> Callable[[Pdf, Any], None]:
    return lambda whole, page: annotated(whole, page, Rect=RECTANGLE, **entries) and None


PHONE = "电话13900139001"
PLACES: dict[str, Callable[[Pdf, Any], None]] = {
    "link": note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="tel:13900139001")),
    "remark": note(Subtype=Name.Text, Contents=PHONE),
    "typed": note(Subtype=Name.FreeText, Contents=PHONE),
    "field": note(Subtype=Name.Widget, FT=Name.Tx, T="a", V=PHONE),
    "choices": note(Subtype=Name.Widget, FT=Name.Ch, T="a", Opt=Array([String(PHONE)])),
    "bookmark": lambda whole, _: remember(
        whole, Outlines=whole.make_indirect(Dictionary(First=Dictionary(Title=PHONE), Count=1))
    ),
    "property": lambda whole, _: whole.docinfo.__setitem__("/Contact", PHONE),
    "xmp": lambda whole, _: remember(whole, Metadata=xmp(whole, PHONE)),
    "script": lambda whole, _: remember(
        whole, OpenAction=Dictionary(S=Name.JavaScript, JS=whole.make_stream(PHONE.encode()))
    ),
    "xfa": lambda whole, _: remember(
        whole, AcroForm=Dictionary(XFA=Array([String("data"), whole.make_stream(f"<a>{PHONE}</a>".encode())]))
    ),
    "alternative text": lambda whole, _: remember(
        whole, StructTreeRoot=Dictionary(K=Dictionary(S=Name.Figure, Alt=PHONE))
    ),
    "file name": lambda whole, _: whole.attachments.__setitem__(PHONE, b"contents"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_phone_in_any_place_reaches_the_privacy_rules(place: str, tmp_path: Path) -> None:
    facts = facts_of(edited(pdf(tmp_path / "a.pdf"), PLACES[place]))
    read = "\n".join((facts.text, *(value for _, value in facts.properties)))
    assert "139****01" in {datum.masked for datum in scan(read)}


def test_a_place_in_an_embedded_photograph_is_told(tmp_path: Path) -> None:
    names = [name for name, _ in facts_of(edited(pdf(tmp_path / "a.pdf"), show_pictures)).properties]
    assert names.count("place of picture") == 3


def test_restrictions_without_a_password_to_read_do_not_keep_it_from_being_cleaned(
    tmp_path: Path, store: Store
) -> None:
    path = edited(pdf(tmp_path / "a.pdf", author="secret"), lambda *_: None)
    with pikepdf.open(path, allow_overwriting_input=True) as whole:
        whole.save(
            path, encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
        )
    assert facts_of(path).pages == 2
    with pikepdf.open(cleaned(path, store)) as whole:
        assert not whole.is_encrypted
        assert "/Info" not in whole.trailer


def test_a_copy_that_still_tells_something_is_not_published(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "a.pdf", author="secret")
    monkeypatch.setattr(documents, "_clean_pdf", lambda source, copy: copy.write_bytes(source.read_bytes()))
    outcome = derive(job_for(path, RECIPE), store)
    assert outcome.refusal is not None
    assert (outcome.state, outcome.refusal.reason) == ("refused", "unclean")
    assert "author" in outcome.refusal.zh


def test_a_pdf_that_cannot_be_cleaned_within_its_limits_is_not_published(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path / "a.pdf")
    monkeypatch.setattr(documents, "_PDF_WALL_S", 0.01)
    outcome = derive(job_for(path, RECIPE), store)
    assert outcome.refusal is not None
    assert (outcome.state, outcome.refusal.reason) == ("failed", "limit")
    assert outcome.result is None
    assert not [file for file in (tmp_path / "store").rglob("*") if file.suffix == ".pdf"]


@pytest.mark.parametrize("before", [b"\n", b"<html><script>secret()</script>", b"PK\3\4"])
def test_a_pdf_that_begins_as_something_else_is_no_pdf(before: bytes, tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf")
    path.write_bytes(before + path.read_bytes())
    refusal = probe_file(path, path.name).refusal
    assert refusal is not None


def test_what_is_hung_behind_a_pdf_is_not_published(tmp_path: Path, store: Store) -> None:
    path = pdf(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + b"PK\3\4 secret archive <script>secret()</script>")
    assert b"secret" not in cleaned(path, store).read_bytes()
