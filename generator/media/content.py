"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from generator.catalog.facts import FileKind

HEAD_BYTES = 4_096
"""How much of a file `content_of` wants to see."""

Content = Literal[
    "jpeg", "png", "gif", "webp", "avif", "heic", "bmp", "tiff", "eps", "svg",
    "mp4", "mov", "matroska", "avi", "asf", "flv", "mpegts", "mpeg", "playlist",
    "pdf", "zip", "ole", "html", "xml", "text", "lfs-pointer", "empty", "unknown",
]  # fmt: skip

PICTURES: frozenset[Content] = frozenset({"jpeg", "png", "gif", "webp", "avif", "heic"})
VIDEOS: frozenset[Content] = frozenset({"mp4", "mov", "matroska", "avi", "asf", "flv", "mpegts", "mpeg"})

_STARTS: tuple[tuple[bytes, Content], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"0&\xb2u\x8ef\xcf\x11", "asf"),
    (b"FLV\x01", "flv"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"version https://git-lfs.github.com/spec/", "lfs-pointer"),
)
_OLD_MOVIE_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1")
_PLAYLIST = re.compile(
    rb"#EXT|ffconcat version|\[playlist\]|v=0\s|<MPD[\s>]|<smil[\s>]|<asx[\s>]|rtsp://", re.IGNORECASE
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def content_of(head: bytes) -> Content:
    """What a file that begins with *head* is; nothing behind its first `HEAD_BYTES` counts."""
    head = head[:HEAD_BYTES]
    if not head:
        return "empty"
    for start, content in _STARTS:
        # "BM" alone begins too many texts; a bitmap says where its pixels are with two zero bytes.
        if head.startswith(start) and (content != "bmp" or head[6:10] == b"\0\0\0\0"):
            return content
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12], head[16:64])
    if head[4:8] in _OLD_MOVIE_BOXES:
        return "mov"
    if head[:189:188] == b"GG" or head[4:197:192] == b"GG":  # the latter with a clock before each packet: cameras
        return "mpegts"
    return _of_text(head)


_RIFF: dict[bytes, Content] = {b"WEBP": "webp", b"AVI ": "avi"}


def _of_brand(brand: bytes, compatible: bytes) -> Content:
    if brand in (b"avif", b"avis") or (brand == b"mif1" and b"avif" in compatible):
        return "avif"
    if brand in _HEIC_BRANDS:
        return "heic"
    return "mov" if brand == b"qt  " else "mp4"


def _of_text(head: bytes) -> Content:
    if head.startswith(_TEXT_MARKS[1:]):
        return "text"
    start = head.removeprefix(_TEXT_MARKS[0]).lstrip()[:1_024]
    if _PLAYLIST.match(start) or (start.startswith(b"<") and _PLAYLIST.search(start)):
        return "playlist"
    if start.startswith(b"<"):
        folded = start.lower()
        if b"<svg" in folded:
            return "svg"
        return "html" if b"<html" in folded or b"<!doctype html" in folded or b"<script" in folded else "xml"
    if not _CONTROL.search(head) or _is_unmarked_utf16(head):
        return "text"
    return "unknown"


def _is_unmarked_utf16(head: bytes) -> bool:
    """Every other byte of the digits, spaces and line ends of captions is zero, on one side only."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) * 10 > len(head) and min(even, odd) * 20 < max(even, odd)


_KINDS_BY_SUFFIX: dict[str, FileKind] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff"), "picture"),
    **dict.fromkeys((".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".wmv", ".flv", ".ts", ".mts", ".m2ts", ".mpg", ".mpeg", ".3gp", ".3g2"), "video"),
    **dict.fromkeys((".srt", ".vtt", ".ass", ".ssa"), "caption"),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".pptm", ".wps"), "document"),
}  # fmt: skip


def kind_of(content: Content, suffix: str) -> FileKind:
    """The kind of a file with that content; its *suffix* (with the dot) speaks only where the content says nothing."""
    if content in PICTURES or content in ("bmp", "tiff"):
        return "picture"
    if content in VIDEOS:
        return "video"
    if content in ("pdf", "ole"):
        return "document"
    return _KINDS_BY_SUFFIX.get(suffix.lower(), "other")
