"""Captions as submitted (.srt, .ass, .ssa, .vtt, in whatever encoding) become clean WebVTT."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import BinaryIO

import pysubs2
from charset_normalizer import from_bytes

from generator.catalog.facts import CaptionFacts
from generator.media.recipe import CaptionRecipe
from generator.media.refusals import UnusableError

FILE_BYTES = 2 * 1024 * 1024
_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_TIMED_LINE = re.compile(r"\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_END = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")
# Without these the parser looks for the end of each to the end of the file.
_STRAY_BRACE = re.compile(r"\{(?![^{}]{0,5000}\})")
_END_CHARACTERS = 200
_INNER_TIME = re.compile(r"<[\d:.]+>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
# Where a copy was broken off: the number of a cue and the beginning of its times, which would be taken for words.
_BROKEN_END = re.compile(r"\n\s*\n\d+[ \t]*(\n[\d:,. \t>-]*)?\s*\Z")
_TELLING_BYTES = 64
_LAST_MS = 100 * 3_600_000 - 1


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: milliseconds from the start, and its lines."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Captions:
    """A caption file as read; the cues that can be shown in the order of their beginning."""

    encoding: str
    cues: tuple[Cue, ...]
    dropped: tuple[int, ...]  # numbers of cues, from 1 in the order of the file


def looks_like_captions(data: bytes) -> bool:
    """Whether a text holds a timed line or the head of a script, in any encoding that captions come in."""
    try:
        text = decoded(data)[0]
    except UnusableError:
        return False
    return bool(_TIMED_LINE.search(text)) or "[Script Info]" in text or text.startswith("WEBVTT")


def decoded(data: bytes) -> tuple[str, str]:
    """The text of *data* and the name of its encoding: by its mark, else UTF-8, else UTF-16, else a Chinese one.

    Raises:
        UnusableError: no encoding fits.
    """
    try:
        for encoding, mark in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
        if b"\0" in data:
            even, odd = data[::2].count(0), data[1::2].count(0)
            encoding = "utf-16-le" if odd > even else "utf-16-be"
            return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise UnusableError("unreadable", "encoding") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    for encoding in (_chinese_encoding(data), "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnusableError("unreadable", "encoding")


def _chinese_encoding(data: bytes) -> str:
    # Of a word or two, every pair of bytes is good GB18030 and good Big5: six in sixty short texts were misjudged.
    if sum(byte > 0x7F for byte in data) < _TELLING_BYTES:
        return "gb18030"
    best = from_bytes(data, cp_isolation=["gb18030", "big5"], threshold=0.5).best()
    return best.encoding if best else "gb18030"


def read_captions(file: BinaryIO, recipe: CaptionRecipe) -> Captions:
    """The captions in *file*. Cues that end before they begin, or are empty, are dropped and their numbers told.

    Raises:
        UnusableError: no caption file, one without a usable cue, or beyond the limits.
    """
    data = file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise UnusableError("too-large", f"{FILE_BYTES // (1024 * 1024)} MB")
    text, encoding = decoded(data)
    text = _STRAY_BRACE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.count("-->") > recipe.cue_limit or text.count("\nDialogue:") > recipe.cue_limit:
        raise UnusableError("too-large", f"{recipe.cue_limit} cues")
    format_name = _format_of(text)
    text = _without_broken_end(text) if format_name == "srt" else text
    try:
        events = pysubs2.SSAFile.from_string(
            _only_cues(text) if format_name == "vtt" else text, format_=format_name
        ).events
    except Exception as error:  # the parsers raise whatever a malformed line leads to
        raise UnusableError("unreadable", type(error).__name__) from error
    cues, dropped = list[Cue](), list[int]()
    for number, event in enumerate((event for event in events if not _is_silent(event)), start=1):
        cue = Cue(event.start, min(event.end, _LAST_MS), _tidy(event.plaintext, is_webvtt=format_name == "vtt"))
        if cue.text and 0 <= cue.start_ms < cue.end_ms:
            cues.append(cue)
        else:
            dropped.append(number)
    if not cues:
        raise UnusableError("no-captions")
    return Captions(encoding, tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))), tuple(dropped))


def _without_broken_end(text: str) -> str:
    """SRT without the number and half the times of a last cue that was cut off."""
    whole = text.rstrip()
    # Of the end alone: over a whole file of empty lines the pattern would take minutes.
    return whole[:-_END_CHARACTERS] + _BROKEN_END.sub("\n", whole[-_END_CHARACTERS:]) + "\n"


def _format_of(text: str) -> str:
    if text.lstrip("\ufeff \n").startswith("WEBVTT"):
        return "vtt"
    if "[V4 Styles]" in text:
        return "ssa"
    return "ass" if "[Script Info]" in text or "[Events]" in text else "srt"


def _only_cues(text: str) -> str:
    """WebVTT without notes, styles and names of cues, which pysubs2 would add to the cue before them."""
    blocks = (block.partition("-->") for block in re.split(r"\n\s*\n", text))
    kept = [
        before.rpartition("\n")[2] + arrow + after for before, arrow, after in blocks if arrow and _END.match(after)
    ]
    return "WEBVTT\n\n" + "\n\n".join(_INNER_TIME.sub("", block) for block in kept)


def _is_silent(event: pysubs2.SSAEvent) -> bool:
    return event.is_comment or bool(_DRAWING.search(event.text))


def _tidy(text: str, *, is_webvtt: bool) -> str:
    text = html.unescape(text) if is_webvtt else text
    # An empty line would end the cue in the middle of its text.
    lines = (" ".join(_UNPRINTABLE.sub(" ", line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def caption_facts(file: BinaryIO, recipe: CaptionRecipe) -> CaptionFacts:
    """What a caption file holds, all its words among it.

    Raises:
        UnusableError: as `read_captions`.
    """
    captions = read_captions(file, recipe)
    return CaptionFacts(
        encoding=captions.encoding,
        cues=len(captions.cues),
        dropped=captions.dropped,
        text="\n".join(cue.text for cue in captions.cues),
    )


def webvtt(captions: Captions) -> bytes:
    """The captions as WebVTT in UTF-8; nothing in a cue can be taken for markup or for a timed line."""
    blocks = ["WEBVTT"]
    for cue in captions.cues:
        text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{_timestamp(cue.start_ms)} --> {_timestamp(cue.end_ms)}\n{text}")
    return ("\n\n".join(blocks) + "\n").encode()


def _timestamp(moment_ms: int) -> str:
    seconds, milliseconds = divmod(moment_ms, 1_000)
    return f"{seconds // 3_600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
