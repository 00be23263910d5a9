"""Names of files in lower-case ASCII, made from Chinese by its sounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_GOOD = re.compile(r"[a-z0-9][a-z0-9._-]*")
_SEPARATE = re.compile(r"[^a-z0-9]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONGEST = 60  # characters of a name, without its suffix


def ascii_name(name: str) -> str:
    """*name*, of a file or a folder, in lower-case letters, digits and hyphens; one that is good stays as it is."""
    if _GOOD.fullmatch(name):
        return name
    plain = unicodedata.normalize("NFKC", name)
    suffix = found.group() if (found := _SUFFIX.search(plain)) else ""
    stem = plain.removesuffix(suffix)
    from pypinyin import lazy_pinyin  # reads its tables for a second, which no other command should pay

    sounds = "-".join(lazy_pinyin(stem))
    sounds = unicodedata.normalize("NFKD", sounds).encode("ascii", "ignore").decode().lower()
    return (_SEPARATE.sub("-", sounds).strip("-")[:_LONGEST].strip("-") or "file") + suffix.lower()


def new_paths(paths: Iterable[str], suffixes: Mapping[str, str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """Old → new for every path that must change: names in ASCII, and the suffix that *suffixes* gives it.

    No new path is one that is there, is *reserved*, or that another gets: those are numbered.
    """
    old = sorted(paths)
    taken = {*old, *reserved}
    changed: dict[str, str] = {}
    for path in old:
        wanted = _wanted(path, suffixes.get(path))
        if wanted == path:
            continue
        folder, _, name = wanted.rpartition("/")
        suffix = found.group() if (found := _SUFFIX.search(name)) else ""
        new, number = wanted, 1
        while new in taken:
            number += 1
            new = "/".join(filter(None, (folder, f"{name.removesuffix(suffix)}-{number}{suffix}")))
        taken.add(new)
        changed[path] = new
    return changed


def _wanted(path: str, suffix: str | None) -> str:
    path = "/".join(ascii_name(part) for part in path.split("/"))
    return path if suffix is None else re.sub(r"\.[^./]*$", "", path) + suffix
