"""What must not stand in public texts: phone numbers, e-mail addresses and identity numbers, found without crying wolf.

What is found is only ever handed on masked.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

PrivateKind = Literal["mobile", "email", "identity", "landline"]
KINDS: tuple[PrivateKind, ...] = ("mobile", "email", "identity", "landline")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDatum:
    """A private datum in a text: `masked` is fit to print, `offset` counts characters from the text's first."""

    kind: PrivateKind
    masked: str
    offset: int
    length: int


# Full-width forms, each for one ASCII character, so that offsets stay. Brackets and hyphens are not among them:
# nearly every Chinese text has some, and translating a text costs more than all the patterns below.
_NARROW = {
    **{ord("０") + i: str(i) for i in range(10)},
    **{ord(wide): narrow for wide, narrow in zip("＋＠．＃＿", "+@.#_", strict=True)},
    **{ord("Ａ") + i: chr(ord("A") + i) for i in range(26)},
    **{ord("ａ") + i: chr(ord("a") + i) for i in range(26)},
}
_HAS_WIDE = re.compile("[０-９＋＠．＃＿Ａ-Ｚａ-ｚ]")


def _pattern(text: str) -> re.Pattern[str]:
    """*text* compiled; ``~`` in it is one gap between groups of digits, as people and Word write it."""
    return re.compile(text.replace("~", "[ \u3000‐‑–—－-]"))


# What every private datum holds: seven digits with at most three separators between them, or the sign of an
# address. Only what stands around one is looked at closely; most texts hold none.
# All begin with one class of characters: the engine skips to it, where it would try alternatives at every character.
_HASHED_HOST = r"(?=(?:qq|163|126|139|sina|sohu|yeah|foxmail)\.)"
_SUSPICIOUS = re.compile(
    r"[0-9０-９@＠#＃(\[（](?:(?<=[@＠])|(?<=[#＃])" + _HASHED_HOST + r"|(?<=[(\[（])[Aa][Tt][)\]）]"
    r"|(?<=[0-9０-９])[\s()（）‐‑–—－-]{0,3}(?:[0-9０-９][\s()（）‐‑–—－-]{0,3}){6,})"
)
_BEFORE, _AFTER = 80, 160  # characters; an address is at most 64 before its sign

# Digits inside addresses and file names count or date something; nobody calls them.
_ADDRESS_OR_FILE = re.compile(
    r"https?://[^\s<>\"')\]，。；、）]{1,2000}"
    r"|[A-Za-z0-9_./@~-]{1,200}\.(?:jpe?g|png|webp|gif|avif|heic|mp4|mov|avi|mkv|pdf|docx?|xlsx?|pptx?|srt|vtt|ass|zip|html?)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_COUNTED = r"(?![\d_]|\.\d|[A-Za-z]|\s?(?:[万亿]?元|字节|人?次|[%％]))"
_MOBILE = _pattern(
    r"(?<![\dA-Fa-f_])(?<!\d[.-])(?:(?:\+|00)?86~{0,2}|0)?"
    r"(1[3-9]\d(?:\d{8}|~\d{4}~?\d{4}|\d{4}~\d{4}|\d~\d{3}~\d{4}|\d{2}~\d{3}~\d{3}))" + _COUNTED
)
_LANDLINE = _pattern(
    r"(?<![\dA-Za-z_])(?<!\d[.-])(?:(?:\+|00)86~{0,2})?"
    r"(?:[(（](0(?:10|2\d|[3-9]\d{2}))[)）]~?|(0(?:10|2\d|[3-9]\d{2}))~{0,2})([2-8]\d{6,7}|[2-8]\d{2,3}~\d{4})"
    + _COUNTED
)
_LOCAL_CALL = _pattern(
    r"(?:电话|座机|传真|热线|Tel\.?|TEL)(?:号码)?[:：\s]{0,3}([2-8]\d{6,7}|[2-8]\d{2,3}~\d{4})(?!\d)"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\s?(?:@|[(（\[]at[)）\]]|#" + _HASHED_HOST + r")\s?"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_EMAIL_SIGN = re.compile(r"@|#|[(（\[][Aa][Tt][)）\]]")
_IDENTITY = _pattern(r"(?<![\dA-Za-z])([1-8]\d{5})~?(\d{8})~?(\d{3}[\dXx])(?![\dA-Za-z])")
_OLD_IDENTITY = re.compile(r"(?<![\dA-Za-z.])(?<!\d-)([1-8]\d{5})(\d{6})\d{3}(?![\dA-Za-z]|\.\d)")
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def scan(text: str, kinds: tuple[PrivateKind, ...] = KINDS) -> tuple[PrivateDatum, ...]:
    """Every private datum of the *kinds* asked for, by offset.

    Full-width digits, spaces, hyphens and +86 are seen through. Years, counts, document numbers, decimals,
    ISBN, addresses of pages and names of files are left alone; so is what is masked already.
    """
    found: set[PrivateDatum] = set()
    for start, end in _windows(text):
        window = text[start:end]
        narrow = window.translate(_NARROW) if _HAS_WIDE.search(window) else window
        found.update(replace(datum, offset=datum.offset + start) for kind in kinds for datum in _FINDERS[kind](narrow))
    if not found:
        return ()
    innocent = [match.span() for match in _ADDRESS_OR_FILE.finditer(text)]
    return tuple(
        sorted(
            (datum for datum in found if not any(start <= datum.offset < end for start, end in innocent)),
            key=lambda datum: (datum.offset, datum.kind),
        )
    )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of *text* that are worth a closer look, none overlapping; a run of digits is never cut."""
    open_at, end = 0, -1
    for match in _SUSPICIOUS.finditer(text):
        start = max(match.start() - _BEFORE, 0)
        if start > end >= 0:
            yield open_at, end
            open_at = start
        elif end < 0:
            open_at = start
        end = min(match.end() + _AFTER, len(text))
    if end >= 0:
        yield open_at, end


def masked(text: str) -> str:
    """*text* with every private datum masked, for messages that repeat what somebody wrote."""
    for datum in reversed(scan(text)):
        text = text[: datum.offset] + datum.masked + text[datum.offset + datum.length :]
    return text


def _mobiles(text: str) -> Iterator[PrivateDatum]:
    for match in _MOBILE.finditer(text):
        digits = re.sub(r"\D", "", match.group(1))
        yield _datum("mobile", f"{digits[:3]}****{digits[-2:]}", match)


def _emails(text: str) -> Iterator[PrivateDatum]:
    if not _EMAIL_SIGN.search(text):
        return
    for match in _EMAIL.finditer(text):
        host = _EMAIL_SIGN.split(match.group())[-1].strip()
        yield _datum("email", f"{match.group()[0]}***@{host}", match)


def _identities(text: str) -> Iterator[PrivateDatum]:
    for match in _IDENTITY.finditer(text):
        number = "".join(match.groups()).upper()
        if number[:2] in _PROVINCES and _is_date(number[6:14]) and _check_digit(number) == number[17]:
            yield _datum("identity", f"{number[:3]}{'*' * 14}{number[17]}", match)
    for match in _OLD_IDENTITY.finditer(text):
        if match.group(1)[:2] in _PROVINCES and _is_date("19" + match.group(2)):
            yield _datum("identity", f"{match.group(1)[:3]}{'*' * 12}", match)


def _landlines(text: str) -> Iterator[PrivateDatum]:
    for match in _LANDLINE.finditer(text):
        yield _datum("landline", f"{match.group(1) or match.group(2)}-****{match.group(3)[-2:]}", match)
    for match in _LOCAL_CALL.finditer(text):
        yield PrivateDatum(
            kind="landline",
            masked=f"****{match.group(1)[-2:]}",
            offset=match.start(1),
            length=match.end(1) - match.start(1),
        )


_FINDERS: dict[PrivateKind, Callable[[str], Iterator[PrivateDatum]]] = {
    "mobile": _mobiles,
    "email": _emails,
    "identity": _identities,
    "landline": _landlines,
}


def _datum(kind: PrivateKind, shown: str, match: re.Match[str]) -> PrivateDatum:
    return PrivateDatum(kind=kind, masked=shown, offset=match.start(), length=match.end() - match.start())


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born."""
    try:
        born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _check_digit(number: str) -> str:
    """The eighteenth character of an identity number, computed from the seventeen before it (GB 11643)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder]
