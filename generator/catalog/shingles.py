"""What two texts have word for word in common: cheap samples of every text, exact passages of the few that look alike."""

from __future__ import annotations

import re
from zlib import crc32

PASSAGE = 13
"""Han characters. What is shorter stands in two texts by chance, or is the name of a platform or an office."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# A shingle begins where one of some frequent characters stands, so that a sentence that was put in before does not move
# those behind it; only one in some forty places is hashed, which makes ten thousand texts a matter of a second.
_SHINGLE = re.compile(r"[的在是有和了一][\u4e00-\u9fff]{7}")
_MORE_SHINGLES = re.compile(r"[学教生不上中][\u4e00-\u9fff]{7}")
_EVERY_SHINGLE = re.compile(r"(?=([的在是有和了一学教生不上中][\u4e00-\u9fff]{7}))")
_SHORT = 2_400
"""Characters. Of a text below it more places are hashed, for the few of the first kind would say too little of it."""


def shingles(text: str) -> tuple[int, ...]:
    """The fingerprint of *text*: hashes of some of its pieces of eight characters, sorted; about sixty in 4,000 characters.

    It depends on nothing but *text* and is the same on every machine, so that it can be remembered. Two texts share about as
    large a part of their hashes as they share of their words.
    """
    pieces = _SHINGLE.findall(text)
    if len(text) < _SHORT:
        pieces += _MORE_SHINGLES.findall(text)
    return tuple(sorted({crc32(piece.encode()) for piece in pieces}))


def shingles_within(folded_text: str) -> tuple[int, ...]:
    """Every hash that `shingles` may have taken from this piece of a folded text, and others that it did not."""
    return tuple(crc32(piece.encode()) for piece in _EVERY_SHINGLE.findall(folded_text))


def folded(text: str) -> str:
    """The Han characters of *text* alone: punctuation, figures, Latin and spaces are changed first by who copies."""
    return "".join(_HAN.findall(text))


def place_in(text: str, passage: str) -> int:
    """Where in *text* the folded *passage* begins, by its first characters; 0 where *text* does not have them."""
    runs = list(_HAN.finditer(text))
    before = "".join(run.group() for run in runs).find(passage[:PASSAGE])
    for run in runs:
        if 0 <= before < len(run.group()):
            return run.start() + before
        before -= len(run.group())
    return 0


def grams(folded_text: str) -> frozenset[str]:
    """Every piece of `PASSAGE` characters of a folded text."""
    return frozenset(folded_text[at : at + PASSAGE] for at in range(len(folded_text) - PASSAGE + 1))


def without(folded_text: str, nobodys: frozenset[str]) -> tuple[str, ...]:
    """What is left of a folded text, piece by piece, where no piece of *nobodys* (`grams`) covers it."""
    kept: list[str] = []
    start = at = 0  # of what is being kept, and of where we look
    while at <= len(folded_text) - PASSAGE:
        if folded_text[at : at + PASSAGE] in nobodys:
            kept.append(folded_text[start:at])
            while folded_text[at : at + PASSAGE] in nobodys:
                at += 1
            start = at = at + PASSAGE - 1
        else:
            at += 1
    return tuple(piece for piece in (*kept, folded_text[start:]) if piece)


def passages(one: str, other: str) -> tuple[str, ...]:
    """What *one* has word for word from *other*, both folded, in the order of *one*; no character of *one* counts twice."""
    places = {other[at : at + PASSAGE]: at for at in range(len(other) - PASSAGE, -1, -1)}
    found: list[str] = []
    at = 0
    while at <= len(one) - PASSAGE:
        start = places.get(one[at : at + PASSAGE])
        if start is None:
            at += 1
            continue
        length = PASSAGE
        while one[at + length : at + length + 1] and one[at + length] == other[start + length : start + length + 1]:
            length += 1
        found.append(one[at : at + length])
        at += length
    return tuple(found)
