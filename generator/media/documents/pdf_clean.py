"""Runs as a program: writes a copy of one PDF that shows the same pages and tells nothing else.

Its arguments are ``FILE COPY``. Gone are: document information and every XMP packet, what reviewers wrote
on the pages, attached files, scripts and every action but going to a page or to an address, signatures (their
picture stays), XFA, private data of programs, previews, article threads, and what stands beside the image in a
JPEG or JPEG 2000. Old versions of the document, which updates leave in a file, go with the rewriting. The same
file gives the same bytes. Restrictions that ask for no password to read are not carried over: the copy could
not be sealed again without its author's password.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream

from generator.media.documents.pdf_hidden import containers, is_shown, is_signature, jpeg_of
from generator.media.documents.scrub import jpeg, scrubbed

_OF_THE_DOCUMENT = frozenset({
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/PageLayout", "/PageMode", "/ViewerPreferences",
    "/Names", "/Dests", "/Outlines", "/OCProperties", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents",
    "/AcroForm",
})  # fmt: skip
_OF_A_FORM = frozenset({"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"})
_OF_AN_ANNOTATION = frozenset({
    "/Type", "/Subtype", "/Rect", "/F", "/P", "/AP", "/AS", "/Border", "/BS", "/BE", "/C", "/IC", "/CA", "/ca", "/BM",
    "/OC", "/StructParent", "/Rotate", "/RD", "/MK", "/H", "/QuadPoints",
    "/A", "/Dest",  # of a link
    "/DA", "/DS", "/Q", "/IT",  # of a text
})  # fmt: skip
_OF_A_FIELD = frozenset({
    "/FT", "/Parent", "/Kids", "/T", "/TU", "/Ff", "/V", "/DV", "/DA", "/Q", "/Opt", "/MaxLen", "/I", "/TI", "/A",
})  # fmt: skip
_NOT_OF_A_PAGE = (
    "/Thumb",
    "/B",
    "/ID",
    "/PZ",
    "/SeparationInfo",
    "/TemplateInstantiated",
    "/PresSteps",
    "/DPart",
    "/AA",
)
_NOWHERE = ("/PieceInfo", "/LastModified", "/OPI", "/JS", "/SpiderInfo")
_TURNING_PAGES = (Name.NextPage, Name.PrevPage, Name.FirstPage, Name.LastPage)
_LINKS = ("http://", "https://", "mailto:")
_GENERATIONS = 64
_PASSWORD_WANTED, _BROKEN = 3, 4


def main(argv: list[str]) -> int:
    """Write the copy; gives 0, or 3 for a PDF that wants a password, or 4 for one beyond repair."""
    try:
        pdf = pikepdf.open(argv[1], suppress_warnings=True)
    except pikepdf.PasswordError:
        return _PASSWORD_WANTED
    except pikepdf.PdfError:
        return _BROKEN
    # An open file: given a name, pikepdf would write a second file beside it, which the sandbox forbids.
    with pdf, open(argv[2], "wb") as copy:
        _clean(pdf)
        pdf.save(
            copy,
            deterministic_id=True,
            encryption=False,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return 0


def _clean(pdf: Pdf) -> None:
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    _keep(pdf.Root, _OF_THE_DOCUMENT)
    if isinstance(pdf.Root.get("/Names"), Dictionary):
        _keep(pdf.Root.Names, frozenset({"/Dests"}))
    for page in pdf.pages:
        _clean_page(page.obj)
    _clean_form(pdf.Root)
    for one in containers(pdf):
        if isinstance(one, Stream):
            _clean_stream(one, pdf)
        if not isinstance(one, Array):
            _clean_entries(one)


def _keep(one: Any, names: frozenset[str]) -> None:
    for key in list(one.keys()):
        if key not in names:
            del one[key]


def _clean_page(page: Any) -> None:
    for key in _NOT_OF_A_PAGE:
        if key in page:
            del page[key]
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = []
    for one in annotations:
        if isinstance(one, Dictionary):
            _clean_annotation(one)
            if len(one):
                kept.append(one)
    page.Annots = Array(kept)


def _clean_annotation(one: Any) -> None:
    """Empties what must go, so that nothing is left of it wherever else it is referred to."""
    kind = str(one.get("/Subtype", ""))
    if not is_shown(one):
        _keep(one, frozenset())
    elif kind == "/Widget" and _field_type(one) == Name.Sig:
        if "/AP" in one:
            one.Subtype = Name.Stamp
            _keep(one, _OF_AN_ANNOTATION)
        else:
            _keep(one, frozenset())
    elif kind == "/Widget":
        _keep(one, _OF_AN_ANNOTATION | _OF_A_FIELD)
    elif kind in ("/Link", "/FreeText"):
        # The words of a link are its name for those who hear pages; those of a text are what it shows.
        _keep(one, _OF_AN_ANNOTATION | {"/Contents"})
    else:
        _keep(one, _OF_AN_ANNOTATION)


def _field_type(field: Any) -> Any:
    for _ in range(_GENERATIONS):
        if "/FT" in field:
            return field.FT
        field = field.get("/Parent")
        if not isinstance(field, Dictionary):
            return None
    return None


def _clean_form(root: Any) -> None:
    form = root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return
    _keep(form, _OF_A_FORM)
    fields = form.get("/Fields")
    form.Fields = _living(fields, None, _GENERATIONS) if isinstance(fields, Array) else Array()
    if not len(form.Fields):
        del root["/AcroForm"]


def _living(fields: Any, kind: Any, generations: int) -> Array:
    """The fields without signatures and without those of which nothing is left on a page."""
    kept = []
    for field in fields:
        if not isinstance(field, Dictionary) or not len(field) or not generations:
            continue
        own_kind = field.get("/FT", kind)
        if own_kind == Name.Sig or field.get("/Subtype") == Name.Stamp:
            if field.get("/Subtype") != Name.Stamp:
                _keep(field, frozenset())
            continue
        if isinstance(field.get("/Kids"), Array):
            field.Kids = _living(field.Kids, own_kind, generations - 1)
            if not len(field.Kids):
                _keep(field, frozenset())
                continue
        _keep(field, _OF_AN_ANNOTATION | _OF_A_FIELD)
        kept.append(field)
    return Array(kept)


def _clean_stream(stream: Stream, pdf: Pdf) -> None:
    # /F names another file to take the data from, /Ref a page of another document.
    for key in ("/F", "/FFilter", "/FDecodeParms", "/Ref"):
        if key in stream:
            del stream[key]
    picture = jpeg_of(stream, pdf)
    if picture is not None:
        parms = stream.get("/DecodeParms")
        last = list(parms)[-1] if isinstance(parms, Array) and len(parms) else parms
        clean = jpeg(picture)
        stream.write(clean, filter=Name.DCTDecode, decode_parms=last if isinstance(last, Dictionary) else None)
    elif _is_jpeg_2000(stream):
        stream.write(scrubbed(stream.read_raw_bytes()), filter=Name.JPXDecode)


def _is_jpeg_2000(stream: Stream) -> bool:
    filters = stream.get("/Filter")
    return filters == Name.JPXDecode or (isinstance(filters, Array) and list(filters) == [Name.JPXDecode])


def _clean_entries(one: Any) -> None:
    if is_signature(one) or "/EF" in one or one.get("/O") == Name.UserProperties:
        _keep(one, frozenset())
        return
    for key in _NOWHERE:
        if key in one:
            del one[key]
    metadata = one.get("/Metadata")
    if isinstance(metadata, Stream) and metadata.get("/Type") != Name.XObject:
        del one["/Metadata"]
    # Resources may have any name, those of other things among them; a resource says what it is.
    for key in ("/AA", "/AF"):
        value = one.get(key)
        if isinstance(value, Array) or (
            isinstance(value, Dictionary) and value.get("/Type", Name.Filespec) == Name.Filespec
        ):
            del one[key]
    for key in ("/A", "/PA", "/OpenAction", "/Next"):
        if isinstance(one.get(key), Dictionary) and "/S" in one[key] and not _is_harmless(one[key]):
            del one[key]
    if _is_action(one) and "/Next" in one:
        del one["/Next"]


def _is_action(one: Any) -> bool:
    return one.get("/Type") == Name.Action or one.get("/S") in (Name.GoTo, Name.URI, Name.Named)


def _is_harmless(action: Any) -> bool:
    """Going to a page, and to an address that any page may link to."""
    match action.S:
        case Name.GoTo:
            return True
        case Name.Named:
            return action.get("/N") in _TURNING_PAGES
        case Name.URI:
            return str(action.get("/URI", "")).strip().lower().startswith(_LINKS)
        case _:
            return False
