"""Originals that lie outside the repository: their addresses, who may be asked for them, and what a case says of them.

An address is trusted only below a prefix that the operator named, part by part, and only when there is one way to
read it: no account, no query, no chain of file systems, no step up, nothing hidden behind percent signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from generator.catalog.case import Case
from generator.catalog.marks import Loc

AddressFault = Literal["form", "secret", "chain", "steps", "encoded"]
"""form: no ``scheme://place/path``. secret: an account, a password, a query. chain: several file systems in one
address. steps: “.”, “..”, an empty part or a backslash in the path. encoded: a percent sign before something that
need not be hidden, or that is no UTF-8."""

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/\\]*)/(.*)", re.DOTALL)
_PLACE = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff]")
_HIDDEN = re.compile(r"%(?!20|[89A-Fa-f][0-9A-Fa-f])")
_USUAL_PORTS = {"http": ":80", "https": ":443"}
_WEB = frozenset({"http", "https"})
_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that can be read in one way only, in one spelling, so that equal places are equal values."""

    scheme: str  # lower case
    place: str  # host and port, or bucket; lower case, without the usual port; empty for files of this machine
    segments: tuple[str, ...]  # of the path, percent signs resolved where the scheme has them

    def is_below(self, prefix: Address) -> bool:
        """Whether this is something below *prefix*, whole segments counted."""
        depth = len(prefix.segments)
        is_same_place = (self.scheme, self.place) == (prefix.scheme, prefix.place)
        return is_same_place and len(self.segments) > depth and self.segments[:depth] == prefix.segments


def prefix_of(address: Address, prefixes: Iterable[Address]) -> Address | None:
    """The one of *prefixes* that allows *address*, or None."""
    return next((prefix for prefix in prefixes if address.is_below(prefix)), None)


def read_address(text: str) -> Address | AddressFault:
    """*text* as the address of one file, or why it is none that will be asked for."""
    if "::" in text:
        return "chain"
    if "?" in text:
        return "secret"
    parts = _PARTS.fullmatch(text)
    if parts is None or _UNSEEN.search(text) or "#" in text:
        return "form"
    scheme, place, path = parts[1].lower(), parts[2], parts[3]
    if "@" in place:
        return "secret"
    if not (_PLACE.fullmatch(place) if scheme != "file" else place == ""):
        return "form"
    if "\\" in path or any(segment in ("", ".", "..") for segment in path.split("/")):
        return "steps"
    if scheme in _WEB:
        if _HIDDEN.search(path):
            return "encoded"
        try:
            path = unquote(path, errors="strict")
        except UnicodeDecodeError:
            return "encoded"
    place = place.lower().removesuffix(_USUAL_PORTS.get(scheme, " "))
    return Address(scheme=scheme, place=place, segments=tuple(path.split("/")))


def read_prefix(text: str) -> Address | AddressFault:
    """*text* as a folder of addresses, with or without its last stroke."""
    found = read_address(text.rstrip("/") + "/-" if text.rstrip("/").count("/") > 1 else text + "-")
    if isinstance(found, Address):
        return Address(scheme=found.scheme, place=found.place, segments=found.segments[:-1])
    return found


def is_sha256(text: str) -> bool:
    """Whether *text* is 64 hexadecimal digits; Windows prints them in capitals."""
    return bool(_SHA256.fullmatch(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one entry of a case says of an original elsewhere, as written: something is missing or wrong, perhaps."""

    path: str  # the name under which the case speaks of the file
    source: str | None
    sha256: str | None
    at: Loc  # of the entry

    @property
    def outside(self) -> Outside | None:
        """The original that is claimed, if everything about it is sound."""
        if self.source is None or self.sha256 is None or not is_sha256(self.sha256):
            return None
        if not isinstance(read_address(self.source), Address):
            return None
        return Outside(path=self.path, source=self.source, sha256=self.sha256.lower(), at=(*self.at, "source"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """An original that lies outside the repository. Its address is well-formed; whether it is allowed is not known."""

    path: str  # the name under which the case speaks of it; no such file lies in its folder
    source: str
    sha256: str  # 64 hexadecimal digits, lower case
    at: Loc  # of `source`


def claims_of(case: Case) -> Iterator[Claim]:
    """Every entry of *case* that says where its original lies, or which bytes it has; in the order of the fields."""
    for name, entries in (("pictures", case.pictures), ("videos", case.videos), ("attachments", case.attachments)):
        for i, entry in enumerate(entries):
            if entry.source is not None or entry.sha256 is not None:
                yield Claim(path=entry.file, source=entry.source, sha256=entry.sha256, at=(name, i))
