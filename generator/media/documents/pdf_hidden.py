"""What a PDF holds beside what its pages show: words that lie elsewhere, and who wrote and remarked on it.

Only ever used inside the child programs that open PDFs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from generator.media.documents.scrub import tells_place

_NAMES = {
    "/Author": "author", "/Creator": "made with", "/Title": "title", "/Subject": "subject", "/Keywords": "keywords",
    "/Company": "company", "/Manager": "manager",
}  # fmt: skip
_XMP_NAMES = (("creator", "author"), ("Author", "author"), ("Company", "company"), ("Manager", "manager"))
_WORDS = ("/Contents", "/RC", "/RV", "/T", "/TU", "/V", "/DV", "/Opt", "/Title", "/Subj", "/URI", "/Alt", "/ActualText",
          "/E", "/Desc", "/JS", "/Reason", "/Location", "/ContactInfo", "/Name")  # fmt: skip
_SHOWN = frozenset({"/Link", "/Widget", "/Stamp", "/Watermark", "/PrinterMark", "/FreeText"})
_OUT_OF_SIGHT = 0x02 | 0x20  # annotation flags: hidden, not to be viewed
_STRINGS_AT_ONCE = 10_000
_XMP_BYTES = 4 * 1024 * 1024
_TAG = re.compile(r"<[^>]*>")


def containers(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary, stream and array of the document, those inside others among them, each once."""
    for whole in pdf.objects:
        waiting = [whole]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, Dictionary | Stream | Array):
                continue
            yield one
            inner = list(one) if isinstance(one, Array) else [one[key] for key in one.keys()]  # noqa: SIM118
            waiting += [value for value in inner if isinstance(value, Object) and not value.is_indirect]


def is_shown(annotation: Any) -> bool:
    """Whether an annotation belongs to the page as its reader sees it; what reviewers write on a page does not.

    Links, form fields, stamps and text that was typed onto the page do; a text with an arrow to
    something (a callout), bubbles, marks, strokes, files, sounds and films do not.
    """
    kind = str(annotation.get("/Subtype", ""))
    is_callout = kind == "/FreeText" and annotation.get("/IT") == Name.FreeTextCallout
    return kind in _SHOWN and not is_callout and not _flags(annotation) & _OUT_OF_SIGHT


def _flags(annotation: Any) -> int:
    flags = annotation.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def is_signature(value: Any) -> bool:
    """Whether a dictionary is what a signature consists of: bytes, certificate, name, reason, place."""
    return isinstance(value, Dictionary) and (
        "/ByteRange" in value or value.get("/Type") in (Name.Sig, Name.DocTimeStamp)
    )


def jpeg_of(stream: Stream, pdf: Pdf) -> bytes | None:
    """The JPEG in an image's stream, whatever it is wrapped in; None where the image is none."""
    filters = stream.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    if not names or names[-1] not in (Name.DCTDecode, Name.DCT):
        return None
    raw = stream.read_raw_bytes()
    if len(names) > 1:
        parms = stream.get("/DecodeParms")
        wrapped = Stream(pdf, raw)
        wrapped.Filter = Array(names[:-1])
        if isinstance(parms, Array):
            wrapped.DecodeParms = Array(list(parms)[:-1])
        raw = wrapped.read_bytes()
    start = raw[:1_024].find(b"\xff\xd8")
    return raw[start:] if start >= 0 else None


def words_of(pdf: Pdf) -> str:
    """Remarks, values of form fields, bookmarks, links, alternative texts, scripts, metadata: one a line."""
    found: list[str] = []
    for one in containers(pdf):
        if isinstance(one, Array):
            continue
        if isinstance(one, Stream) and (one.get("/Type") == Name.Metadata or one.get("/Subtype") == Name.XML):
            found.append(_TAG.sub("\n", _xmp(one)))
        if "/XFA" in one:
            xfa = one.XFA
            packets = list(xfa) if isinstance(xfa, Array) else [xfa]
            found += [_TAG.sub("\n", text) for packet in packets for text in _strings(packet)]
        for key in _WORDS:
            if key in one and not (key == "/Contents" and (isinstance(one[key], Stream) or is_signature(one))):
                found += _strings(one[key])  # the stream of that name is a page's drawing
    for value in pdf.docinfo.values() if "/Info" in pdf.trailer else ():
        found += _strings(value)
    return "\n".join(dict.fromkeys(text for text in found if text.strip()))


def _strings(value: Any) -> list[str]:
    """The texts of a value: of a string, of a short stream of text (a script), of the strings of a list."""
    if isinstance(value, String):
        return [str(value)]
    if isinstance(value, Array):
        return [str(item) for item in list(value)[:_STRINGS_AT_ONCE] if isinstance(item, String)]
    if isinstance(value, Stream) and not isinstance(value.get("/Type"), Name):
        return [value.read_bytes()[:_XMP_BYTES].decode("utf-8", "replace")]
    return []


def properties_of(pdf: Pdf) -> list[tuple[str, str]]:
    """What a reader does not see and a stranger may: author, company, remarks and their authors, files, places."""
    found: list[tuple[str, str]] = []
    if "/Info" in pdf.trailer:
        found += [(_NAMES[key], str(value)) for key, value in pdf.docinfo.items() if key in _NAMES]
    for one in containers(pdf):
        if isinstance(one, Stream):
            found += _of_stream(one, pdf)
        elif isinstance(one, Dictionary):
            found += _of_dictionary(one)
    return list(dict.fromkeys((name, value.strip()) for name, value in found if value.strip()))


def _of_stream(stream: Stream, pdf: Pdf) -> Iterator[tuple[str, str]]:
    if stream.get("/Type") == Name.Metadata or stream.get("/Subtype") == Name.XML:
        text = _xmp(stream)
        for tag, name in _XMP_NAMES:
            for found in re.findall(rf"<(?:\w+:)?{tag}\b[^>]*>(.*?)</(?:\w+:)?{tag}>", text, re.DOTALL):
                yield name, " ".join(_TAG.sub(" ", found).split())
            for found in re.findall(rf"\w+:{tag}=\"([^\"]*)\"", text):
                yield name, found
    elif tells_place(jpeg_of(stream, pdf) or b""):
        yield "place of picture", f"image {stream.objgen[0]}"


def _of_dictionary(one: Dictionary) -> Iterator[tuple[str, str]]:
    if "/EF" in one:
        yield "attached file", str(one.get("/UF", one.get("/F", "?")))
    if is_signature(one):
        yield "signed by", str(one.get("/Name", ""))
    elif "/Rect" in one and "/Subtype" in one and str(one.Subtype) not in ("/Link", "/Widget", "/Popup"):
        # An author's name stays with what was typed or stamped, too.
        yield "revised by", str(one.get("/T", ""))
        if not is_shown(one):
            yield "comments", str(one.get("/Contents", "")) or str(one.Subtype)[1:]


def _xmp(stream: Stream) -> str:
    data = stream.read_bytes()[:_XMP_BYTES]
    return data.decode("utf-16" if data[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace")
