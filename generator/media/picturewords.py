"""What a picture says in words beside what it shows: EXIF, XMP, IPTC, comments. The repository is public with them.

Published pictures carry none of it; this is read for the privacy rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from generator.media.pictures.images import opened_picture

_LONGEST = 20_000  # characters; a caption has some hundred
_OF_PEOPLE = (
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
    ExifTags.Base.XPTitle,
    ExifTags.Base.XPComment,
    ExifTags.Base.XPAuthor,
    ExifTags.Base.XPKeywords,
    ExifTags.Base.XPSubject,
    ExifTags.Base.UserComment,
    ExifTags.Base.CameraOwnerName,
)
_IN_UTF16 = range(ExifTags.Base.XPTitle, ExifTags.Base.XPSubject + 1)
_CODE_BYTES = 8  # in front of a UserComment: “ASCII”, “UNICODE” or nothing, filled up
_TAG = re.compile(r"<[^>]*>")


def picture_words(file: BinaryIO) -> str:
    """What the picture in *file* says of itself in words, a line each; of broken metadata, what can be read.

    Raises:
        UnusableError: it is no picture.
    """
    with opened_picture(file) as image:
        words = [" ".join(text.replace("\0", " ").split()) for text in _words(image)]
    return "\n".join(dict.fromkeys(filter(None, words)))[:_LONGEST]


def _words(image: Image.Image) -> Iterator[str]:
    for name, value in image.info.items():
        if name in ("xmp", "XML:com.adobe.xmp"):
            yield _TAG.sub(" ", _text(value))
        elif isinstance(value, str) or name == "comment":
            yield _text(value)
    try:
        exif = image.getexif()
        tags: dict[int, Any] = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
        records = _iptc(image).values()
    except Exception:  # Pillow raises anything at all on malformed blocks, and browsers show the picture
        return
    for tag in _OF_PEOPLE:
        if tag in tags:
            yield _exif_text(tag, tags[tag])
    for record in records:
        for value in record if isinstance(record, list) else [record]:
            yield _text(value)


def _iptc(image: Image.Image) -> dict[tuple[int, int], Any]:
    return (IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None) or {}


def _exif_text(tag: int, value: Any) -> str:
    if isinstance(value, tuple):  # XP… of some cameras: numbers below 256
        value = bytes(value)
    if isinstance(value, bytes) and tag in _IN_UTF16:
        return value.decode("utf-16-le", "replace")
    if isinstance(value, bytes) and tag == ExifTags.Base.UserComment:
        code, value = value[:_CODE_BYTES], value[_CODE_BYTES:]
        return value.decode("utf-16", "replace") if code.startswith(b"UNICODE") else _text(value)
    return _text(value)


def _text(value: Any) -> str:
    """*value* as words: UTF-8, else what Chinese programs write."""
    if not isinstance(value, bytes):
        return str(value)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")
