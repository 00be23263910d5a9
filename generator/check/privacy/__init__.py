"""What must not stand in public texts: telephones, identity numbers, cards, addresses, found without crying wolf.

What is found is only ever handed on masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.check.privacy.contacts import CHAT_WORD, HASHED_HOST, emails, qqs, wechats
from generator.check.privacy.datum import KINDS, PrivateDatum, PrivateKind
from generator.check.privacy.homes import HOME_WORD, addresses
from generator.check.privacy.numbers import cards, identities, landlines, mobiles

__all__ = ["KINDS", "PrivateDatum", "PrivateKind", "masked", "scan"]

# Full-width forms, each for one ASCII character, so that offsets stay. Brackets and hyphens are not among them:
# nearly every Chinese text has some, and translating a text costs more than all the patterns below.
_NARROW = {
    **{ord("０") + i: str(i) for i in range(10)},
    **{ord(wide): narrow for wide, narrow in zip("＋＠．＃＿", "+@.#_", strict=True)},
    **{ord("Ａ") + i: chr(ord("A") + i) for i in range(26)},
    **{ord("ａ") + i: chr(ord("a") + i) for i in range(26)},
}
_HAS_WIDE = re.compile("[０-９＋＠．＃＿Ａ-Ｚａ-ｚ]")

# What every private number holds: seven digits with at most three separators between them, or the sign of an
# address. Only what stands around one is looked at closely; most texts hold none.
# All begin with one class of characters: the engine skips to it, where it would try alternatives at every character.
_SUSPICIOUS = re.compile(
    r"[0-9０-９@＠#＃(\[（](?:(?<=[@＠])|(?<=[#＃])" + HASHED_HOST + r"|(?<=[(\[（])[Aa][Tt][)\]）]"
    r"|(?<=[0-9０-９])[\s()（）‐‑–—－.．-]{0,3}(?:[0-9０-９][\s()（）‐‑–—－.．-]{0,3}){6,})"
)
_BEFORE, _AFTER = 80, 160  # characters; an address is at most 64 before its sign


@dataclass(frozen=True, slots=True)
class _Family:
    """Finders that look around the same suspicious places."""

    suspicious: re.Pattern[str]
    finders: dict[PrivateKind, Callable[[str], Iterator[PrivateDatum]]]


_FAMILIES = (
    _Family(
        _SUSPICIOUS,
        {"mobile": mobiles, "email": emails, "identity": identities, "card": cards, "landline": landlines},
    ),
    _Family(CHAT_WORD, {"qq": qqs, "wechat": wechats}),
    _Family(HOME_WORD, {"address": addresses}),
)

# Digits inside addresses and file names count or date something; nobody calls them.
_ADDRESS_OR_FILE = re.compile(
    r"https?://[^\s<>\"')\]，。；、）]{1,2000}"
    r"|[A-Za-z0-9_./@~-]{1,200}\.(?:jpe?g|png|webp|gif|avif|heic|mp4|mov|avi|mkv|pdf|docx?|xlsx?|pptx?|srt|vtt|ass|zip|html?)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def scan(text: str, kinds: tuple[PrivateKind, ...] = KINDS) -> tuple[PrivateDatum, ...]:
    """Every private datum of the *kinds* asked for, by offset; what lies inside another is not told apart.

    Full-width digits, spaces, hyphens and +86 are seen through. Years, counts, document numbers, decimals,
    ISBN, service numbers, addresses of schools, of pages and names of files are left alone; so is what is masked already.
    """
    found: set[PrivateDatum] = set()
    for family in _FAMILIES:
        finders = [family.finders[kind] for kind in kinds if kind in family.finders]
        for start, end in _windows(text, family.suspicious) if finders else ():
            window = text[start:end]
            narrow = window.translate(_NARROW) if _HAS_WIDE.search(window) else window
            found.update(replace(datum, offset=datum.offset + start) for find in finders for datum in find(narrow))
    if not found:
        return ()
    innocent = [match.span() for match in _ADDRESS_OR_FILE.finditer(text)]
    guilty = [datum for datum in found if not any(start <= datum.offset < end for start, end in innocent)]
    return tuple(_outermost(guilty))


def _outermost(found: list[PrivateDatum]) -> Iterator[PrivateDatum]:
    """*found* by offset, without what lies inside another; of two in one place the kind that `KINDS` names first."""
    last_end = -1
    for datum in sorted(found, key=lambda one: (one.offset, -one.end, KINDS.index(one.kind))):
        if datum.end > last_end:
            last_end = datum.end
            yield datum


def _windows(text: str, suspicious: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts of *text* that are worth a closer look, none overlapping; a run of digits is never cut."""
    open_at, end = 0, -1
    for match in suspicious.finditer(text):
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
    masks, done = list[str](), 0
    for datum in scan(text):
        masks += [text[done : max(datum.offset, done)], datum.masked]
        done = max(datum.end, done)
    return "".join([*masks, text[done:]])
