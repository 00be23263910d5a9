"""字数 as Word counts it: what Word calls “字数”, neither `len()` nor the number of Han characters."""

from __future__ import annotations

import re
from functools import lru_cache

# One each: Han with its extensions, kana, bopomofo, CJK and full-width punctuation, circled numbers, units,
# arrows and signs that a Chinese font draws full-width, and the quotes, dashes and dots that both scripts share.
_ONE_EACH = (
    "‘’“”—–…·‖※℃№①-⓿Ⅰ-ↈ←-⇿∀-⋿■-◿★☆⺀-⿟、-〿぀-ヿ㄀-ㄯ㆐-㇯㈀-㏿㐀-䶿一-鿿豈-﫿︐-︟︰-﹯！-｠￠-￦\U00020000-\U0003ffff"
)
_CJK_RUN = re.compile(f"[{_ONE_EACH}]+")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@lru_cache(maxsize=8)  # the five texts of a case are counted for its limits and for its sheet
def count_words(text: str) -> int:
    """字数 of *text*, which is plain (no markup), as Word shows it.

    Every Han character and every CJK punctuation mark is one; every run of other characters between
    them or between white space is one (``2021``, ``97.3%``, ``Wi-Fi``). White space is none.

    Clause: Y21 附件 四(二)1, E23 二1. DOMAIN: decision 5.
    """
    for character in _INVISIBLE:  # looked for one by one, in a twentieth of the time of a pattern or a table
        if character in text:
            text = text.replace(character, "")
    if "’" in text:
        text = _APOSTROPHE.sub("'", text)
    others = _CJK_RUN.split(text)
    return len(text) - sum(map(len, others)) + sum(len(other.split()) for other in others)
