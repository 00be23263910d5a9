"""ASCII names for folders and files: Chinese as pinyin, everything else as lower-case letters and digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from pypinyin import lazy_pinyin

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 60


def slug_of(text: str, *, most_words: int = 8) -> str:
    """*text* as lower-case ASCII words joined by hyphens, a word for each Chinese character; "" if nothing of it can be said."""
    narrow = unicodedata.normalize("NFKC", text)
    spoken = " ".join(lazy_pinyin(narrow, errors="default", v_to_u=False)).lower()
    slug = ""
    for word in _WORD.findall(spoken)[:most_words]:
        if len(slug) + len(word) + 1 > _LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:_LONGEST]
    return slug


def free(slug: str, taken: Container[str]) -> str:
    """*slug*, or with the first number behind it that is not *taken*."""
    number = 2
    found = slug
    while found in taken:
        found = f"{slug}-{number}"
        number += 1
    return found


def file_name(original: str, taken: Container[str] = ()) -> str:
    """An ASCII name for a file that its author called *original*, unlike those *taken*; the suffix in lower case."""
    own = re.split(r"[/\\]", original)[-1]
    written, dot, ending = own.rpartition(".")
    bare = written if dot and written else own
    suffix = "." + re.sub(r"[^a-z0-9]", "", ending.lower()) if dot and written else ""
    # “02 课堂实录”: the number says where it came in somebody's list.
    stem = slug_of(re.sub(r"^[\d\s、.．_-]+", "", bare) or bare, most_words=5) or "file"
    name, number = f"{stem}{suffix}", 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name
