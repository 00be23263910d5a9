"""Where in a text a closer look is worth its time: most texts hold no private datum, and are let go at once.

A text of ASCII is searched many times faster than one of Chinese, and what private numbers and e-mail addresses are
made of is ASCII once it is put plainly. Words are asked for by their rarest character before any pattern is tried.
All functions take a text put plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.check.privacy.contacts import CHAT_WORD, MAIL_SIGN
from generator.check.privacy.homes import HOME_FIELD, HOME_WORDS

Span = tuple[int, int]
_BEFORE, _AFTER = 80, 160  # characters; an address is at most 64 before its sign

_GAPS = "\u3000·‐‑–—－"  # what people and Word put between groups of digits, beside what is ASCII
# Every digit as one character, every gap as another: a pattern that begins with one character is found fastest.
_SHAPES = bytes(
    ord("0") if chr(byte).isdigit() else ord(" ") if chr(byte) in " \t\n().-_/" else ord("!") for byte in range(128)
) + bytes(128)
_SEVEN_DIGITS = re.compile(rb"0 {0,3}+(?:0 {0,3}+){6,}+")
# “2018—2019” and “2021-10-18” are what most runs of digits are, and nothing that anybody is called by.
_DAYS_OR_YEARS = re.compile(rb"(?:19|20)\d\d-{1,2}(?:(?:19|20)\d\d|[01]?\d-[0-3]?\d)\s*")
_SPELT_SIGN = re.compile(rb"at(?<![a-z0-9]at)(?![a-z0-9])")
_HASHED = re.compile(rb"#(?:qq|163|126|139|sina|sohu|yeah|foxmail)\.")
_CHAT_Q = re.compile(rb"q(?: ?q|(?<=[? ]q))")  # QQ, 加Q
_CHAT_V = re.compile(rb"v(?:[x?]|(?<=[? ]v)[ :])")  # VX, V信, 加V
_CHAT_W = re.compile(rb"w(?:x|eixin|echat)")


@dataclass(frozen=True, slots=True)
class Sight:
    """A text, and the same in small letters of ASCII, character for character; the others are “?”."""

    text: str
    small: bytes

    @classmethod
    def of(cls, text: str) -> Sight:
        """What is seen of *text*."""
        return cls(text, text.encode("ascii", "replace").lower())


def numbers(sight: Sight) -> Iterator[Span]:
    """Around seven digits with at most three gaps between two of them: what leads to somebody has as many."""
    small = sight.small
    if gaps := [gap for gap in _GAPS if gap in sight.text]:
        text = sight.text
        for gap in gaps:  # str.translate would take ten times as long
            text = text.replace(gap, "-")
        small = text.encode("ascii", "replace")
    shapes = small.translate(_SHAPES)
    spots = (match.span() for match in _SEVEN_DIGITS.finditer(shapes))
    return _widened((spot for spot in spots if not _DAYS_OR_YEARS.fullmatch(small, *spot)), len(shapes))


def mails(sight: Sight) -> Iterator[Span]:
    """Around the signs of e-mail addresses."""
    text, small = sight.text, sight.small
    if not (
        b"@" in small
        or _SPELT_SIGN.search(small)
        or (b"#" in small and _HASHED.search(small))
        or (b"qq" in small and "邮箱" in text)
        or ("艾" in text and "艾特" in text)
    ):
        return iter(())
    return _widened((match.span() for match in MAIL_SIGN.finditer(text)), len(text))


def chats(sight: Sight) -> Iterator[Span]:
    """Around the words for WeChat and QQ."""
    text, small = sight.text, sight.small
    if not (
        ("微" in text and "信" in text)
        or "薇" in text
        or ("威" in text and "威信" in text)
        or ("扣" in text and "扣扣" in text)
        or "鹅" in text
        or (b"q" in small and _CHAT_Q.search(small))
        or (b"v" in small and _CHAT_V.search(small))
        or (b"w" in small and _CHAT_W.search(small))
    ):
        return iter(())
    return _widened((match.span() for match in CHAT_WORD.finditer(text)), len(text))


def homes(sight: Sight) -> Iterator[Span]:
    """Around buildings with a number, and the words for living."""
    text = sight.text
    spots = [match.span() for sign, word in HOME_WORDS.items() if sign in text for match in word.finditer(text)]
    if b"home" in sight.small:
        spots += [match.span() for match in HOME_FIELD.finditer(text)]
    return _widened(iter(sorted(spots)), len(text))


def _widened(spots: Iterator[Span], length: int) -> Iterator[Span]:
    """The parts of a text around *spots*, none overlapping; what is found there is never cut."""
    open_at, end = 0, -1
    for spot in spots:
        start = max(spot[0] - _BEFORE, 0)
        if start > end >= 0:
            yield open_at, end
            open_at = start
        elif end < 0:
            open_at = start
        end = min(spot[1] + _AFTER, length)
    if end >= 0:
        yield open_at, end
