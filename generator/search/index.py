"""Entries → the files of the index. Same entries, same bytes, whatever the store already holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.search.entry import Entry
from generator.search.grams import Grams, Scale, find_grams
from generator.search.ledger import Ledger
from generator.search.postings import Cut
from generator.search.shards import write_shards
from generator.search.sheet import PIECE, ROOM, Sheet, make_sheet, recall_sheet, sheet_key, sheet_version
from generator.search.slots import SHELF, assign_slots
from generator.search.stream import StreamBuilder
from generator.search.suggestions import Suggestion, write_suggestions
from generator.search.tables import Labels, card, character, check_labels, columns, shelves
from generator.search.tokens import ZONE_STARTS
from generator.store import Store, digest_of_sources, key_of

_CARD_DIGITS = 6
_PIECE_DIGITS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """A finished index."""

    files: Mapping[str, Path]  # address below "search/" → file in the store; all named by content but index.json
    entries: int
    made: int  # files written
    hits: int  # files that the store held already


def build_index(
    entries: Sequence[Entry],
    labels: Labels,
    store: Store,
    *,
    suggestions: Sequence[Suggestion] = (),
    scale: Scale | None = None,
) -> SearchIndex:
    """The index of *entries*; *labels* gives for each facet its slugs with their words, in the order to show.
    *suggestions* are what search fields propose, the better first.

    The order of entries does not matter. A file whose bytes the store holds is not written again, so one changed case
    costs its own text, its shelf, the shards of its characters, and the small tables.

    Raises:
        ValueError: two entries share an address, or a slug has no label.
    """
    scale = scale or Scale()
    entries = sorted(entries, key=lambda entry: entry.url)
    check_labels(entries, labels)
    version = sheet_version()
    keys = [sheet_key(entry, version) for entry in entries]
    whole = _whole_key(entries, keys, labels, suggestions, scale)
    known = _recall(store, whole, keys)
    if known is not None:
        return known
    slots, count = assign_slots([entry.url for entry in entries])
    ledger = Ledger(store)
    builder = StreamBuilder(sum(_size(entry) for entry in entries))
    pieces: list[tuple[str, ...]] = [()] * len(entries)
    for index in sorted(range(len(entries)), key=slots.__getitem__):
        sheet = _sheet(entries[index], keys[index], store, ledger)
        pieces[index] = tuple(name[:_PIECE_DIGITS] for name in sheet.pieces)
        builder.add(slots[index], sheet)
    stream = builder.finish()
    grams = find_grams(stream, scale)
    shards, directories, made = write_shards(stream, grams, scale, ledger)
    table = columns(entries, slots, count, labels) | {"shelves": _write_shelves(entries, slots, count, pieces, ledger)}
    root = {
        "version": 1,
        "cases": len(entries),
        "slots": count,
        "shelf": SHELF,
        "stride": stream.stride_bits,
        "zones": ZONE_STARTS,
        "piece": PIECE,
        "table": ledger.put("table-", _json(table), ".json"),
        "shards": shards,
        "directories": "".join(directories),
        "heads": _heads(grams, made, len(stream.alphabet)),
        "labels": {facet: list(rows) for facet, rows in labels.items()},
        "suggestions": write_suggestions(suggestions, ledger),
    }
    _put_root(ledger, store, _json(root))
    return _remember(store, whole, ledger, len(entries))


def _size(entry: Entry) -> int:
    texts = (entry.title, entry.unit, *entry.authors, *entry.keywords, entry.summary, entry.body)
    return sum(len(text) + 1 for text in texts)


def _sheet(entry: Entry, key: str, store: Store, ledger: Ledger) -> Sheet:
    sheet = recall_sheet(store, key)
    written: frozenset[str] = frozenset()
    if sheet is None:
        sheet, written = make_sheet(entry, store, key)
    for name in sheet.pieces:
        ledger.link(f"x/{name[:2]}/{name[:_PIECE_DIGITS]}.json", name, ".json", made=name in written)
    return sheet


def _write_shelves(
    entries: Sequence[Entry], slots: Sequence[int], count: int, pieces: Sequence[tuple[str, ...]], ledger: Ledger
) -> str:
    """The cards, a file for each shelf; gives the digits of their names, zeros for an empty shelf."""
    names = []
    for number, places in enumerate(shelves(entries, slots, count)):
        cards = [None if index is None else card(entries[index], pieces[index]) for index in places]
        if any(cards):
            names.append(ledger.put(f"c/{number}-", _json(cards), ".json", digits=_CARD_DIGITS))
        else:
            names.append("0" * _CARD_DIGITS)
    return "".join(names)


def _heads(grams: Grams, made: Cut, characters: int) -> str:
    """Every head that visitors cannot guess: frequent sequences, and characters of more than one bucket.

    Sorted; of each: how many characters it shares with the one before, the binary logarithm of its buckets, the
    characters that differ; numbers as `character` writes them, entries parted by a blank.
    """
    numbers = [*range(characters, len(grams.lengths)), *(n for n in range(1, characters) if made.buckets[n] > 1)]
    rows = []
    before = ""
    for text, number in sorted((grams.text(number), number) for number in numbers):
        shared = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before))
        rows.append(character(shared) + character(int(made.buckets[number]).bit_length() - 1) + text[shared:])
        before = text
    return " ".join(rows)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _put_root(ledger: Ledger, store: Store, data: bytes) -> None:
    scratch = Ledger(store)
    scratch.put("", data, ".json")
    ledger.files["index.json"] = next(iter(scratch.files.values()))
    ledger.made += scratch.made
    ledger.hits += scratch.hits


def _whole_key(
    entries: Sequence[Entry], keys: Sequence[str], labels: Labels, suggestions: Sequence[Suggestion], scale: Scale
) -> str:
    shown = [(entry.url, entry.title, entry.card, entry.facets, entry.rank) for entry in entries]
    named = [(facet, list(rows)) for facet, rows in labels.items()]
    sources = digest_of_sources(Path(__file__).parent.glob("*.py"))
    return key_of("search-index", sources, scale, list(keys), shown, named, list(suggestions))


def _remember(store: Store, whole: str, ledger: Ledger, entries: int) -> SearchIndex:
    rows = {address: path.name for address, path in ledger.files.items()}
    store.keep(ROOM, whole, _json(rows), ".index")
    return SearchIndex(files=ledger.files, entries=entries, made=ledger.made, hits=ledger.hits)


def _recall(store: Store, whole: str, keys: Sequence[str]) -> SearchIndex | None:
    own = store.find(ROOM, whole, ".index")
    if own is None:
        return None
    names: dict[str, str] = json.loads(own.read_bytes())
    files: dict[str, Path] = {}
    for address, name in names.items():
        key, _, suffix = name.partition(".")
        files[address] = store.path(ROOM, key, f".{suffix}")
    for key in keys:
        store.path(ROOM, key, ".sheet")  # named, so that no sweep takes what the next change of a case needs
    if not all(path.is_file() for path in files.values()):
        return None
    return SearchIndex(files=files, entries=len(keys), made=0, hits=len(files))
