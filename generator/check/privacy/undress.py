"""A text as its reader takes it: without what hides a number from a program and from nobody else.

Full-width signs, Chinese and circled digits, invisible characters, HTML entities, percent signs in links and marks of
emphasis between digits are put plainly; where each character stood is kept.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_HAN = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
_HAN_DIGITS = dict(zip(_HAN, "00123456789" + "123456789" + "12", strict=True))
_CIRCLED_DIGITS = {"⓪": "0", **{chr(ord("①") + i): str(i + 1) for i in range(9)}}
_WIDE = {
    **{chr(ord("０") + i): str(i) for i in range(10)},
    **dict(zip("＋＠．＃＿\u00a0\u2002\u2009\u202f", "+@.#_    ", strict=True)),
    **{chr(ord("Ａ") + i): chr(ord("A") + i) for i in range(26)},
    **{chr(ord("ａ") + i): chr(ord("a") + i) for i in range(26)},
}
_ONE_FOR_ONE = {**_HAN_DIGITS, **_CIRCLED_DIGITS, **_WIDE}

# Whatever has no width: joiners, marks of direction, soft hyphens, variants of pictographs.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0f\ufeff]+"
)
_LINK = re.compile(r"(?:tel|sms|mailto):[^\s\"'<>)]{1,200}", re.IGNORECASE)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
_EMPHASIS = re.compile(r"(?:\*{1,3}+|~~|`)(?=[0-9])")
_WIDE_ONE = re.compile(f"[{''.join(_WIDE)}]")
_SEVEN_HAN = f"[{_HAN}]" * 7  # written out: a counted repeat of a class takes the engine five times as long
_HAN_RUN = re.compile(f"{_SEVEN_HAN}[{_HAN}]*+")
_CIRCLED_RUN = re.compile("[⓪①-⑨]{7,}")

# The same asked of UTF-16: what begins with one known byte is found in a tenth of the time that a class takes. What
# stands across two characters answers, too, and is not listened to.
_MAY_BE_WIDE = re.compile(rb"\xff[\x03\x0b\x0e\x10-\x19\x20-\x3a\x3f\x41-\x5a]")
_MAY_BE_ODD = re.compile(rb"\x20[\x02\x09\x0b-\x0f\x2a-\x2f\x60-\x64]")  # spaces of odd widths, or of none
_MAY_BE_EMPHASIS = re.compile(rb"\*\x00[0-9]")
_MAY_BE_MOBILE = re.compile(rb"\x4e\x00(?:\x4e[\x09\x94\x03\x5d]|\x56\xdb|\x51[\x6d\x6b])")  # “一三” to “一九”


@dataclass(frozen=True, slots=True)
class Plain:
    """A text put plainly, and where what stands in it begins in the text as given."""

    text: str
    edges: tuple[tuple[int, int], ...] = ()  # (offset in `text`, offset as given) behind each change of length

    def given(self, offset: int) -> int:
        """The offset in the text as given of what stands at *offset*."""
        i = bisect.bisect_right(self.edges, offset, key=lambda edge: edge[0]) - 1
        return offset if i < 0 else offset - self.edges[i][0] + self.edges[i][1]


def undressed(text: str) -> Plain:
    """*text* as its reader takes it; most texts are what they are."""
    changes = sorted(_changes(text))
    if not changes:
        return Plain(text)
    pieces, edges, done, length = list[str](), list[tuple[int, int]](), 0, 0
    for start, end, instead in changes:
        if start < done:
            continue  # what an entity or a link holds was put plainly with it
        pieces += [text[done:start], instead]
        length += start - done + len(instead)
        done = end
        if len(instead) != end - start:
            edges.append((length, end))
    return Plain("".join([*pieces, text[done:]]), tuple(edges))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    # Each is asked for in a few microseconds before a pattern is tried that takes forty.
    wide = text.encode("utf-16-be", "surrogatepass")
    is_odd, is_wide = _holds(_MAY_BE_ODD, wide), _holds(_MAY_BE_WIDE, wide)
    if is_odd or "\ufeff" in text or "\u00ad" in text or "\ufe0f" in text:
        yield from ((match.start(), match.end(), "") for match in _INVISIBLE.finditer(text))
    if is_odd or is_wide or "\u00a0" in text:
        yield from ((match.start(), match.end(), _WIDE[match.group()]) for match in _WIDE_ONE.finditer(text))
    if "&" in text:
        yield from ((match.start(), match.end(), _entity(match)) for match in _ENTITY.finditer(text))
    if "~" in text or "`" in text or ("*" in text and _MAY_BE_EMPHASIS.search(wide)):
        for match in _EMPHASIS.finditer(text):
            if text[match.start() - 1 : match.start()].isdecimal():
                yield match.start(), match.end(), ""
    if "%" in text and _ESCAPED.search(text):
        for link in _LINK.finditer(text):
            for match in _ESCAPED.finditer(text, *link.span()):
                yield match.start(), match.end(), unquote(match.group(), errors="ignore")
    if is_wide or _holds(_MAY_BE_MOBILE, wide) or _may_name(text):
        yield from _in_digits(_HAN_RUN, text)
    if "⓪" in text:
        yield from _in_digits(_CIRCLED_RUN, text)


def _may_name(text: str) -> bool:
    """Whether there is a sign of what a run of Chinese digits is private for, or of such a run."""
    return (
        "Q" in text
        or "q" in text
        or "扣" in text
        or "壹" in text
        or "幺" in text
        or ("零" in text and "零零" in text)
        or ("〇" in text and "〇〇" in text)
    )


def _holds(pattern: re.Pattern[bytes], wide: bytes) -> bool:
    return any(match.start() % 2 == 0 for match in pattern.finditer(wide))


def _in_digits(run: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    for match in run.finditer(text):
        yield match.start(), match.end(), "".join(_ONE_FOR_ONE[sign] for sign in match.group())


def _entity(match: re.Match[str]) -> str:
    sign = html.unescape(match.group())
    return _ONE_FOR_ONE.get(sign, sign)
