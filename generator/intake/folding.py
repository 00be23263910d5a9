"""Names as people write them twice: what of a text tells two apart, and how alike two are."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_SILENT = re.compile(r"[\W_]+")
_COUNTING = re.compile(r"[0-9一二三四五六七八九十百甲乙丙丁上中下东南西北]")


def folded(text: str) -> str:
    """*text* without what is typed now this way and now that: width, case, blanks, quotes, dashes, brackets, stops."""
    return _SILENT.sub("", unicodedata.normalize("NFKC", text).casefold())


def likeness(first: str, second: str) -> float:
    """How alike two texts are once folded, 0 to 1; the same in both directions."""
    a, b = sorted((folded(first), folded(second)))
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def counts_alike(first: str, second: str) -> bool:
    """Whether both hold the same numbers and places in a row: 第一小学 and 第二小学 differ by one stroke and are two schools."""
    return _COUNTING.findall(folded(first)) == _COUNTING.findall(folded(second))


def is_same_unit(first: str, second: str) -> bool:
    """Whether two names mean one unit: equal once folded, or one is the other with its city or county in front."""
    a, b = folded(first), folded(second)
    if not a or not b:
        return False
    shorter, longer = sorted((a, b), key=len)
    # 市/州/县/区 ends what may be missing in front; “一小” must not be every school that ends so.
    return a == b or (len(shorter) >= 4 and longer.endswith(shorter) and longer[: -len(shorter)][-1] in "省市州县区")
