"""Names of folders and files: Chinese words → ASCII ones that an address can hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from pypinyin import lazy_pinyin

_FOLDER_WORDS = 6
_FILE_WORDS = 5
_LONGEST = 50


def slug(text: str, most_words: int = _FOLDER_WORDS) -> str:
    """The first syllables of *text* in pinyin, with strokes between; "" where it holds no letter at all."""
    words = [
        word.lower()
        for piece in re.findall(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+", text)
        for word in (lazy_pinyin(piece) if re.match(r"[\u4e00-\u9fff]", piece) else [piece])
    ]
    words = [re.sub(r"[^a-z0-9]", "", word) for word in words]
    return "-".join(word for word in words[:most_words] if word)[:_LONGEST].strip("-")


def file_name(original: str, taken: Collection[str]) -> str:
    """An ASCII name for a file that its author called *original*, unlike those *taken*; the suffix in lower case."""
    path = PurePosixPath(original.replace("\\", "/"))
    suffix = re.sub(r"[^a-z0-9.]", "", path.suffix.lower())
    stem = slug(re.sub(r"^[\d\s、.．_-]+", "", path.stem) or path.stem, _FILE_WORDS) or "file"
    name, number = f"{stem}{suffix}", 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def folder_name(region: str, title: str, taken: Collection[str]) -> str:
    """The name of a case's folder: its place, then the beginning of its title."""
    stem = "-".join(part for part in (region, slug(title)) if part) or "case"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
