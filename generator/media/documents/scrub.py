"""Pictures inside documents: the same pixels, byte for byte, without what was written beside them.

Only the outer structure is read; nothing is decoded, so nothing can grow. What a picture shows
stays: colour profile, Adobe's colour transform, transparency, the way it is turned.
"""

from __future__ import annotations

import contextlib
import re
import struct
from collections.abc import Iterator

_SCAN_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
# Beside those that begin with a capital, without which there is no picture: how it must be shown, and how it moves.
_PNG_KEPT = frozenset({b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"hIST",
                       b"pHYs", b"acTL", b"fcTL", b"fdAT"})  # fmt: skip
_WEBP_DROPPED = {b"EXIF": 0x08, b"XMP ": 0x04}  # and their bits in the flags of VP8X
_JP2_HEAD = b"\0\0\0\x0cjP  \r\n\x87\n"
_JP2_DROPPED = frozenset({b"uuid", b"xml ", b"uinf"})
_GIF_KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_ORIENTATION = 0x0112
_PLACE = 0x8825
_TIFF_DROPPED = frozenset(
    {
        269,
        270,
        271,
        272,
        285,
        305,
        306,
        315,
        316,
        700,
        33432,
        33723,
        34377,
        34665,
        34853,
        37510,
        37724,
        40091,
        40092,
        40093,
        40094,
        40095,
        42032,
        42033,
    }
)
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_TIFF_FOLDERS = 64


class BrokenPictureError(ValueError):
    """It begins as a picture and does not go on as one, so that nobody can say what it carries."""


def scrubbed(data: bytes) -> bytes:
    """The picture without EXIF, XMP, IPTC, comments and previews; anything that is no JPEG, PNG, GIF, WebP, TIFF
    or JPEG 2000 file comes back as it is.

    Raises:
        BrokenPictureError: its structure ends before the picture does.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            return jpeg(data)
        if data.startswith(_PNG_HEAD):
            return _png(data)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return _gif(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        if data.startswith((b"II*\0", b"MM\0*")):
            return _tiff(data)
        if data.startswith(_JP2_HEAD):
            return _jp2(data)
    except (IndexError, struct.error) as error:
        raise BrokenPictureError("it is cut short") from error
    return data


def jpeg(data: bytes) -> bytes:
    """A JPEG with its image alone: what follows it is cut, what describes it dropped, its orientation kept.

    Raises:
        BrokenPictureError: it has no image.
    """
    pieces = [b"\xff\xd8"]
    orientation = 1
    at = 2
    while at < len(data):
        while data[at] == 0xFF and at + 1 < len(data) and data[at + 1] == 0xFF:
            at += 1  # fill bytes
        if data[at] != 0xFF:
            raise BrokenPictureError("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        body = data[at + 4 : end]
        if length < 2 or end > len(data):
            raise BrokenPictureError("a segment is cut short")
        if marker == 0xE1 and body.startswith(b"Exif\0"):
            orientation = _orientation(body[6:])
        if _is_kept(marker, body):
            pieces.append(data[at:end])
        at = end
        if marker == 0xDA:
            scan = _SCAN_END.search(data, at)
            # A picture that stops in the middle of its image is shown as far as it goes.
            at = scan.start() if scan else len(data)
            pieces.append(data[end:at])
    if orientation != 1:
        pieces.insert(1, _turned(orientation))
    return b"".join(pieces) + b"\xff\xd9"


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0") and len(body) <= 14  # longer ones carry a preview of their own
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def tells_place(data: bytes) -> bool:
    """Whether a JPEG's EXIF says where it was taken; of what is no JPEG or is broken, False."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xE1 and _PLACE in _exif(data[at + 10 : at + 2 + length]):
            return True
        at += 2 + length
    return False


def _orientation(tiff: bytes) -> int:
    """The orientation in a block of EXIF; 1 where it says none that exists."""
    value = _exif(tiff).get(_ORIENTATION, 1)
    return value if 1 <= value <= 8 else 1


def _exif(tiff: bytes) -> dict[int, int]:
    """The entries of the first folder, with numbers of two bytes as values; of broken EXIF, as many as there are."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    found: dict[int, int] = {}
    with contextlib.suppress(struct.error):
        if order:
            (folder,) = struct.unpack_from(order + "I", tiff, 4)
            (count,) = struct.unpack_from(order + "H", tiff, folder)
            for i in range(count):
                tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, folder + 2 + 12 * i)
                found[tag] = value
    return found


def _turned(orientation: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return struct.pack(">HH", 0xFFE1, len(tiff) + 8) + b"Exif\0\0" + tiff


def _png(data: bytes) -> bytes:
    pieces = [_PNG_HEAD]
    at = len(_PNG_HEAD)
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise BrokenPictureError("a chunk is cut short")
        if name[:1].isupper() or name in _PNG_KEPT:
            pieces.append(data[at:end])
        if name == b"IEND":
            return b"".join(pieces)
        at = end


def _webp(data: bytes) -> bytes:
    pieces: list[bytes] = []
    at, whole = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= whole:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if name == b"VP8X":
            flags = chunk[8] & ~sum(_WEBP_DROPPED.values())
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if name not in _WEBP_DROPPED:
            pieces.append(chunk)
        at = end
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    at = 13 + _gif_table(data[10])
    pieces = [data[:at]]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            kind = data[at + 1]
            at = _gif_blocks_end(data, at + 2)
            application = data[start + 3 : start + 14]
            is_kept = kind == 0xF9 or (kind == 0xFF and application in _GIF_KEPT_APPLICATIONS)
        elif data[at] == 0x2C:
            at = _gif_blocks_end(data, at + 10 + _gif_table(data[at + 9]) + 1)
            is_kept = True
        else:
            raise BrokenPictureError("no block where one must be")
        if is_kept:
            pieces.append(data[start:at])
    return b"".join(pieces) + b";"


def _gif_table(flags: int) -> int:
    """Bytes of the colour table that *flags* announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _jp2(data: bytes) -> bytes:
    """Boxes of metadata dropped; none of those that stay holds an offset into the file."""
    pieces: list[bytes] = []
    at = 0
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
        end = at + length if length else len(data)
        if end < at + 8 or end > len(data):
            raise BrokenPictureError("a box is cut short")
        if name not in _JP2_DROPPED:
            pieces.append(data[at:end])
        at = end
    return b"".join(pieces)


def _tiff(data: bytes) -> bytes:
    """Entries that describe are taken out of their folders and their values overwritten; nothing moves."""
    copy = bytearray(data)
    order = "<" if data[:2] == b"II" else ">"
    (folder,) = struct.unpack_from(order + "I", data, 4)
    for _ in range(_TIFF_FOLDERS):
        if not folder:
            return bytes(copy)
        folder = _scrub_folder(copy, order, folder)
    raise BrokenPictureError("its folders do not end")


def _scrub_folder(copy: bytearray, order: str, at: int) -> int:
    """Scrub the folder at *at*; gives where the next one is."""
    (count,) = struct.unpack_from(order + "H", copy, at)
    end = at + 2 + 12 * count
    (following,) = struct.unpack_from(order + "I", copy, end)
    kept = b""
    for start in range(at + 2, end, 12):
        (tag,) = struct.unpack_from(order + "H", copy, start)
        if tag in _TIFF_DROPPED:
            _overwrite(copy, order, start)
        else:
            kept += copy[start : start + 12]
    struct.pack_into(order + "H", copy, at, len(kept) // 12)
    room = end + 4 - (at + 2)
    copy[at + 2 : end + 4] = (kept + struct.pack(order + "I", following)).ljust(room, b"\0")
    return int(following)


def _overwrite(copy: bytearray, order: str, start: int) -> None:
    """Zero the value of the entry at *start*, and of every entry of the folder that it leads to."""
    tag, _, _, value = struct.unpack_from(order + "HHII", copy, start)
    if tag in (34665, 34853):
        for inner in _entries(copy, order, value):
            _zero_value(copy, order, inner)
            copy[inner : inner + 12] = bytes(12)
    _zero_value(copy, order, start)


def _entries(copy: bytearray, order: str, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(order + "H", copy, at)
    yield from range(at + 2, min(at + 2 + 12 * count, len(copy) - 11), 12)


def _zero_value(copy: bytearray, order: str, start: int) -> None:
    kind, count, value = struct.unpack_from(order + "HII", copy, start + 2)
    length = _TIFF_SIZES.get(kind, 1) * count
    if length > 4 and value >= 8 and value + length <= len(copy):
        copy[value : value + length] = bytes(length)
