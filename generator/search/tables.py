"""What visitors load once: the facets of every case in columns, and the names of the files with the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.search.entry import Card, Entry
from generator.search.slots import SHELF

Labels = Mapping[str, Sequence[tuple[str, str]]]

_LEAD = 100  # characters of the summary that a card brings along
NOTHING = "!"


def check_labels(entries: Sequence[Entry], labels: Labels) -> None:
    """Every slug of every entry has a label.

    Raises:
        ValueError: one has none.
    """
    known = {facet: {slug for slug, _label in rows} for facet, rows in labels.items()}
    for entry in entries:
        for facet, slugs in entry.facets:
            missing = sorted(set(slugs) - known.get(facet, set()))
            if missing:
                raise ValueError(f"{entry.url}: facet {facet!r} has no label for {', '.join(missing)}")


def columns(entries: Sequence[Entry], slots: Sequence[int], count: int, labels: Labels) -> dict[str, Any]:
    """One text for the rank, a character for each slot, and one for each facet, some characters for each case.

    The rank tells free slots apart: there it is `NOTHING`. Facets leave free slots out, since their pattern, which no
    compression shortens, would come with every one of them. ``one``: exactly one character a case, `NOTHING` where
    there is no slug; ``many``: a character for each slug, and `NOTHING` ends each case.
    """
    by_slot = dict(sorted(zip(slots, entries, strict=True), key=lambda pair: pair[0]))
    ranks = "".join(character(by_slot[slot].rank) if slot in by_slot else NOTHING for slot in range(count))
    facets: dict[str, dict[str, str]] = {}
    for facet, rows in labels.items():
        number = {slug: index for index, (slug, _label) in enumerate(rows)}
        cells = []
        for entry in by_slot.values():
            slugs = {slug for name, own in entry.facets if name == facet for slug in own}
            cells.append("".join(character(index) for index in sorted(number[slug] for slug in slugs)))
        if all(len(cell) <= 1 for cell in cells):
            facets[facet] = {"one": "".join(cell or NOTHING for cell in cells)}
        else:
            facets[facet] = {"many": "".join(cell + NOTHING for cell in cells)}
    return {"rank": ranks, "facets": facets}


def character(number: int) -> str:
    """A character for a number below 50,000: none that JSON would escape, and not `NOTHING`."""
    code = number + 0x23
    if code >= 0x5C:
        code += 1
    if code >= 0x7F:
        code += 0x22  # control characters
    return chr(code + 0x800 if code >= 0xD800 else code)


def card(entry: Entry, pieces: Sequence[str]) -> dict[str, Any]:
    """A result without its excerpt; short names, since every visitor loads some."""
    shown: Card = entry.card
    picture = shown.picture
    row: dict[str, Any] = {
        "u": entry.url,
        "t": entry.title,
        "n": shown.unit,
        "m": [str(shown.year), shown.region, shown.category],
        "c": shown.campaign,
        "b": shown.badges,
        "l": _lead(entry),
        "x": list(pieces),
    }
    if picture is None:
        row["g"] = [shown.group, shown.group_name, shown.cover, shown.cover_words]
    else:
        row["p"] = [picture.src_webp, picture.src_jpeg, picture.width, picture.height, picture.placeholder]
    return row


def shelves(entries: Sequence[Entry], slots: Sequence[int], count: int) -> list[list[int | None]]:
    """For each shelf its `SHELF` places: the index of an entry, or None."""
    rows: list[list[int | None]] = [[None] * SHELF for _ in range(count // SHELF)]
    for index, slot in enumerate(slots[: len(entries)]):
        rows[slot // SHELF][slot % SHELF] = index
    return rows


def _lead(entry: Entry) -> str:
    text = " ".join((entry.summary or entry.body[: 4 * _LEAD]).split())
    return text if len(text) <= _LEAD else text[:_LEAD].rstrip() + "…"
