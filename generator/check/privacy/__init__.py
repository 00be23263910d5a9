"""What must not stand in public texts: telephones, identity numbers, cards, addresses, found without crying wolf.

What is found is only ever handed on masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.check.privacy import places
from generator.check.privacy.contacts import emails, qqs, wechats
from generator.check.privacy.datum import KINDS, PrivateDatum, PrivateKind
from generator.check.privacy.homes import addresses
from generator.check.privacy.numbers import cards, identities, landlines, mobiles
from generator.check.privacy.tables import in_columns
from generator.check.privacy.undress import Plain, undressed

__all__ = ["KINDS", "PrivateDatum", "PrivateKind", "masked", "scan"]

_Spots = Callable[[places.Sight], Iterator[places.Span]]
_Finder = Callable[[str], Iterator[PrivateDatum]]

# Finders by where they look.
_FINDERS: tuple[tuple[_Spots, dict[PrivateKind, _Finder]], ...] = (
    (places.numbers, {"mobile": mobiles, "identity": identities, "card": cards, "landline": landlines}),
    (places.mails, {"email": emails}),
    (places.chats, {"qq": qqs, "wechat": wechats}),
    (places.homes, {"address": addresses}),
)

# Digits inside addresses and file names count or date something; nobody calls them.
_ADDRESS_OR_FILE = re.compile(
    r"https?://(?![^\s/@]{1,64}@)[^\s<>\"')\]，。；、）]{1,2000}"
    r"|(?P<file>[A-Za-z0-9_./@~-]{1,200}\.(?:jpe?g|png|webp|gif|avif|heic|mp4|mov|avi|mkv|pdf|docx?|xlsx?|pptx?|srt|vtt|ass|zip|html?))"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# “张老师13800000000.jpg”: somebody wrote whose number it is.
_NAMED = re.compile(r"(?:[\u4e00-\u9fff]|(?:tel|phone|mobile|shouji|dianhua)[-_]?)$", re.IGNORECASE)


def scan(text: str, kinds: tuple[PrivateKind, ...] = KINDS) -> tuple[PrivateDatum, ...]:
    """Every private datum of the *kinds* asked for, by offset; what lies inside another is not told apart.

    Full-width and Chinese digits, entities, what has no width, spaces, hyphens and +86 are seen through. Years, counts, document numbers, decimals,
    ISBN, service numbers, addresses of schools, of pages and names of files are left alone; so is what is masked already.
    """
    plain = undressed(text)
    found = set(_found(plain.text, kinds))
    if not found:
        return ()
    innocent = list(_ADDRESS_OR_FILE.finditer(plain.text))
    guilty = (datum for datum in found if not any(_is_a_name(datum, match) for match in innocent))
    return tuple(_as_given(datum, plain) for datum in _outermost(guilty))


def _found(text: str, kinds: tuple[PrivateKind, ...]) -> Iterator[PrivateDatum]:
    sight = places.Sight.of(text)
    for spots, finders in _FINDERS:
        wanted = [finders[kind] for kind in kinds if kind in finders]
        for start, end in spots(sight) if wanted else ():
            window = text[start:end]
            for find in wanted:
                yield from (replace(datum, offset=datum.offset + start) for datum in find(window))
    yield from (datum for datum in in_columns(text) if datum.kind in kinds)


def _is_a_name(datum: PrivateDatum, match: re.Match[str]) -> bool:
    """Whether *datum* is a part of an address of a page or the name of a file, and nobody's number for all one knows."""
    if not match.start() <= datum.offset < match.end():
        return False
    if match["file"] is None:
        return True
    return datum.kind not in ("identity", "card") and not _NAMED.search(match.string, 0, datum.offset)


def _as_given(datum: PrivateDatum, plain: Plain) -> PrivateDatum:
    start, end = plain.given(datum.offset), plain.given(datum.end)
    return replace(datum, offset=start, length=end - start)


def _outermost(found: Iterable[PrivateDatum]) -> Iterator[PrivateDatum]:
    """*found* by offset, without what lies inside another; of two in one place the kind that `KINDS` names first."""
    last_end = -1
    for datum in sorted(found, key=lambda one: (one.offset, -one.end, KINDS.index(one.kind))):
        if datum.end > last_end:
            last_end = datum.end
            yield datum


def masked(text: str) -> str:
    """*text* with every private datum masked, for messages that repeat what somebody wrote."""
    masks, done = list[str](), 0
    for datum in scan(text):
        masks += [text[done : max(datum.offset, done)], datum.masked]
        done = max(datum.end, done)
    return "".join([*masks, text[done:]])
