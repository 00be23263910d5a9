"""One case, cut for the index: its characters with their positions, and its text in pieces for excerpts."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.search import tokens
from generator.search.entry import Entry
from generator.store import Store, digest_of_sources, key_of

ROOM = "search"
PIECE = 2048
"""Positions of the body that share a file of text."""

_BEFORE, _BEHIND = 40, 120  # characters of a piece's neighbours that it repeats, for matches near its ends


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the index needs of a case."""

    runs: tuple[tuple[int, int], ...]  # (first position, length) of each field that says something, ascending
    codes: NDArray[np.uint32]  # folded characters of all runs, one behind the other
    pieces: tuple[str, ...]  # names of the text files: the first also holds summary, authors and keywords

    @property
    def end(self) -> int:
        """One past the last position."""
        return sum(self.runs[-1]) if self.runs else 0


def sheet_version() -> str:
    """Changes with everything that shapes a sheet."""
    here = Path(__file__).parent
    return key_of(digest_of_sources([here / "sheet.py", here / "tokens.py"]), unicodedata.unidata_version)


def sheet_key(entry: Entry, version: str) -> str:
    """The key of an entry's sheet: every text of it, and the makers."""
    texts = (entry.title, entry.unit, entry.authors, entry.keywords, entry.summary, entry.body)
    return key_of("search-sheet", version, texts)


def recall_sheet(store: Store, key: str) -> Sheet | None:
    """The sheet remembered under *key*, if its pieces are still there."""
    path = store.find(ROOM, key, ".sheet")
    if path is None:
        return None
    sheet = _from_bytes(path.read_bytes())
    return sheet if all(store.find(ROOM, piece, ".json") for piece in sheet.pieces) else None


def make_sheet(entry: Entry, store: Store, key: str) -> tuple[Sheet, frozenset[str]]:
    """Cut *entry* and remember the sheet and its pieces; gives the sheet and the pieces that the store lacked."""
    body = " ".join(entry.body.split())
    folded_body = tokens.fold(body)
    fields = [field for field in [*_short_fields(entry), (tokens.BODY, folded_body.codes)] if len(field[1])]
    starts = tokens.place([(zone, len(codes)) for zone, codes in fields])
    placed = sorted(zip(starts, (codes for _zone, codes in fields), strict=True), key=lambda item: item[0])
    pieces = []
    written = set()
    for data in _pieces(entry, body, folded_body):
        pieces.append(hashlib.sha256(data).hexdigest())
        if store.find(ROOM, pieces[-1], ".json") is None:
            store.keep(ROOM, pieces[-1], data, ".json")
            written.add(pieces[-1])
    sheet = Sheet(
        runs=tuple((start, len(codes)) for start, codes in placed),
        codes=np.concatenate([codes for _start, codes in placed]) if placed else np.empty(0, dtype=np.uint32),
        pieces=tuple(pieces),
    )
    store.keep(ROOM, key, _to_bytes(sheet), ".sheet")
    return sheet, frozenset(written)


def _short_fields(entry: Entry) -> list[tuple[int, NDArray[np.uint32]]]:
    """All fields but the body, folded in one go: eleven calls a case were a third of the time of cutting it."""
    fields = [(tokens.TITLE, entry.title)]
    fields += [(tokens.NAMES, text) for text in (entry.unit, *entry.authors, *entry.keywords)]
    fields.append((tokens.SUMMARY, entry.summary))
    folded = tokens.fold("\n".join(text for _zone, text in fields))
    ends = np.cumsum([len(text) + 1 for _zone, text in fields])
    parts = np.split(folded.codes, np.searchsorted(folded.origin, ends[:-1]))
    return [(zone, part) for (zone, _text), part in zip(fields, parts, strict=True)]


def _pieces(entry: Entry, body: str, folded: tokens.Folded) -> list[bytes]:
    """The first piece goes with every position before the body's second `PIECE`, so that one file shows most matches."""
    count = len(folded.origin)
    texts: list[dict[str, object]] = []
    for start in range(0, max(count, 1), PIECE):
        stop = start + PIECE
        left = int(folded.origin[start - _BEFORE]) if start else 0
        right = int(folded.origin[stop + _BEHIND]) if stop + _BEHIND < count else len(body)
        texts.append({"b": body[left:right]})
    head: dict[str, object] = {
        "k": list(entry.keywords),
        "a": list(entry.authors),
        "s": " ".join(entry.summary.split()),
    }
    texts[0] = {**{name: value for name, value in head.items() if value}, **texts[0]}
    return [json.dumps(text, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") for text in texts]


def _to_bytes(sheet: Sheet) -> bytes:
    header = json.dumps({"runs": sheet.runs, "pieces": sheet.pieces}, separators=(",", ":")).encode()
    narrow = not len(sheet.codes) or int(sheet.codes.max()) < 0x10000
    return header + b"\n" + (b"2" if narrow else b"4") + sheet.codes.astype("<u2" if narrow else "<u4").tobytes()


def _from_bytes(data: bytes) -> Sheet:
    header, _, rest = data.partition(b"\n")
    fields = json.loads(header)
    codes = np.frombuffer(rest, dtype="<u2" if rest[:1] == b"2" else "<u4", offset=1).astype(np.uint32)
    runs = tuple((int(start), int(length)) for start, length in fields["runs"])
    return Sheet(runs=runs, codes=codes, pieces=tuple(fields["pieces"]))
