"""What people write into pictures is read, in whichever of the places that programs have for it."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from generator.check.privacy import scan
from generator.media.picturewords import picture_words

CALL = "联系人示例，电话13800001111"


def saved(kind: str, **options: object) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, kind, **options)
    return io.BytesIO(file.getvalue())


def with_exif(tag: int, value: bytes | str, *, is_inner: bool = False) -> io.BytesIO:
    exif = Image.Exif()
    (exif.get_ifd(ExifTags.IFD.Exif) if is_inner else exif)[tag] = value
    return saved("JPEG", exif=exif.tobytes())


def with_iptc(value: bytes) -> io.BytesIO:
    record = b"\x1c\x02\x78" + len(value).to_bytes(2, "big") + value
    block = b"8BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record + b"\0" * (len(record) % 2)
    segment = b"Photoshop 3.0\0" + block
    jpeg = saved("JPEG").getvalue()
    return io.BytesIO(jpeg[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + jpeg[2:])


def png_text(*, is_international: bool) -> io.BytesIO:
    info = PngImagePlugin.PngInfo()
    if is_international:
        info.add_itxt("Comment", CALL, zip=True)
    else:
        info.add_text("Author", "Tel 13800001111")
    return saved("PNG", pnginfo=info)


PLACES = {
    "description": lambda: with_exif(ExifTags.Base.ImageDescription, CALL.encode()),
    "description in GBK": lambda: with_exif(ExifTags.Base.ImageDescription, CALL.encode("gbk")),
    "artist": lambda: with_exif(ExifTags.Base.Artist, CALL.encode()),
    "XPComment": lambda: with_exif(ExifTags.Base.XPComment, CALL.encode("utf-16-le") + b"\0\0"),
    "XPAuthor": lambda: with_exif(ExifTags.Base.XPAuthor, CALL.encode("utf-16-le") + b"\0\0"),
    "user comment": lambda: with_exif(ExifTags.Base.UserComment, b"ASCII\0\0\0Tel 13800001111", is_inner=True),
    "user comment in UTF-16": lambda: with_exif(
        ExifTags.Base.UserComment, b"UNICODE\0" + CALL.encode("utf-16"), is_inner=True
    ),
    "IPTC": lambda: with_iptc(CALL.encode()),
    "XMP": lambda: saved("JPEG", xmp=f"<x:xmpmeta><dc:creator>{CALL}</dc:creator></x:xmpmeta>".encode()),
    "comment": lambda: saved("JPEG", comment=CALL.encode()),
    "PNG text": lambda: png_text(is_international=False),
    "PNG international text": lambda: png_text(is_international=True),
    "WebP": lambda: saved("WEBP", xmp=f"<dc:title>{CALL}</dc:title>".encode()),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_in_any_place_for_words_is_read(place: str) -> None:
    assert [datum.kind for datum in scan(picture_words(PLACES[place]()))] == ["mobile"]


def test_a_picture_without_words_has_none_and_a_broken_block_costs_nothing() -> None:
    assert picture_words(saved("JPEG")) == ""
    assert picture_words(saved("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")) == ""
