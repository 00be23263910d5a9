"""A table of people → rows by label: where its head is, what below it is data, what is a heading or a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.media.documents.grids import Grid

_BLANK = re.compile(r"\s+")
_BRACKETED = re.compile(r"[（(【\[].*?[)）】\]]")
_SUMMING = re.compile(r"(合计|总计|小计|共计)")
_NOTING = re.compile(
    r"(注|备注|说明|填表|填报|制表|审核|联系人|联系电话|单位负责人|负责人|盖章|公章|日期|签字|签章).{0,4}[:：]"
    r"|.*[（(](盖章|公章|签字)[)）]$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A line of data: cells by the label of their column as written, empty ones left out."""

    sheet: str
    number: int  # of the line in its sheet, from 1
    section: str  # the last heading across the table above it, “一等奖”; "" without one
    cells: Mapping[str, str]  # by the key of a known label
    others: Mapping[str, str]  # columns that no known label names, by their label


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file of tables holds."""

    rows: tuple[SheetRow, ...]
    labels: tuple[str, ...]  # keys of known labels that some table has
    heads: tuple[str, ...]  # texts above the tables: titles, the reporting office
    left_out: tuple[str, ...]  # sheets without a head, and rows that are not read, in words


def label_of(text: str) -> str:
    """A label as it is compared: narrow, without blanks and what stands in brackets."""
    narrow = unicodedata.normalize("NFKC", text)
    return _BLANK.sub("", _BRACKETED.sub("", narrow)).rstrip(":：*")


def tidy(text: str) -> str:
    """A cell as a line: full-width digits and letters narrow, other marks as written, a line break between Chinese dropped."""
    narrow = "".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "ｚ" and c.isalnum() else c for c in text)
    joined = re.sub(r"(?<=[^\x00-\xff])\s*\n\s*(?=[^\x00-\xff])", "", narrow)
    return _BLANK.sub(" ", joined).strip()


def read_rows(grids: Sequence[Grid], known: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Read:
    """The data of every table whose head names the columns *needed*.

    *known* gives for each key the labels that name its column. The head is the line with the most
    known labels, two at least; a second line of labels below it (联系人 over 姓名, 电话) belongs to it.
    """
    keys = {label_of(label): key for key, labels in known.items() for label in labels}
    rows: list[SheetRow] = []
    labels: set[str] = set()
    heads: list[str] = []
    left_out: list[str] = []
    for grid in grids:
        if grid.is_cut:
            left_out.append(f"“{grid.name}”太大，只读了前 {len(grid.rows)} 行")
        at = _head(grid, keys)
        columns = _columns(grid, at, keys) if at is not None else {}
        if at is None or not set(needed) <= {key for key, _ in columns.values() if key}:
            if any(any(row) for row in grid.rows):
                left_out.append(f"“{grid.name}”里没有找到表头")
            continue
        labels |= {key for key, _ in columns.values() if key}
        heads += [cell for row in grid.rows[:at] for cell in dict.fromkeys(row) if cell]
        found, skipped = _data(grid, at, columns, needed, keys)
        rows += found
        left_out += skipped
    return Read(rows=tuple(rows), labels=tuple(sorted(labels)), heads=tuple(heads), left_out=tuple(left_out))


def _known_in(row: Sequence[str], keys: Mapping[str, str]) -> set[str]:
    return {keys[label_of(cell)] for cell in row if label_of(cell) in keys}


def _head(grid: Grid, keys: Mapping[str, str]) -> int | None:
    counts = [len(_known_in(row, keys)) for row in grid.rows]
    best = max(counts, default=0)
    return counts.index(best) if best >= 2 else None


def _columns(grid: Grid, at: int, keys: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    """For each column its key ("" for an unknown label) and its label; the first of two columns of one key has it."""
    upper = grid.rows[at]
    lower = grid.rows[at + 1] if _is_second_head(grid, at) else upper
    found: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()
    for i, (over, under) in enumerate(zip(upper, lower, strict=True)):
        label = under or over
        if i and (over, under) == (upper[i - 1], lower[i - 1]):
            continue  # one label over two columns
        key = keys.get(label_of(label)) or keys.get(label_of(over + label)) or ""
        shown = label_of(label) if over == label or not over else f"{label_of(over)}{label_of(label)}"
        if key in taken:
            key = ""
        if shown:
            taken.add(key)
            same = sum(1 for _, other in found.values() if other.rstrip("23456789") == shown)
            found[i] = (key, f"{shown}{same + 1}" if same and not key else shown)
    return found


def _is_second_head(grid: Grid, at: int) -> bool:
    """Whether the line below the head goes on with it: some cells are those above (merged), the others divide a merged one."""
    if at + 1 >= len(grid.rows):
        return False
    pairs = list(zip(grid.rows[at], grid.rows[at + 1], strict=True))
    shared = [over for over, under in pairs if over and over == under]
    divided = [over for over, under in pairs if over and under and over != under]
    return bool(shared) and all(grid.rows[at].count(over) > 1 for over in divided)


def _data(
    grid: Grid, at: int, columns: Mapping[int, tuple[str, str]], needed: Sequence[str], keys: Mapping[str, str]
) -> tuple[list[SheetRow], list[str]]:
    first = at + (2 if _is_second_head(grid, at) else 1)
    head = _known_in(grid.rows[at], keys)
    rows: list[SheetRow] = []
    left_out: list[str] = []
    section = ""
    for number, row in enumerate(grid.rows[first:], first + 1):
        filled = [cell for cell in row if cell]
        if not filled or (len(head) > 1 and _known_in(row, keys) == head):  # the head again, on the next printed page
            continue
        if len(set(filled)) == 1 and filled[0].isdigit():
            continue  # a numbered line that nobody filled in
        if len(set(filled)) == 1 and (len(filled) > 1 or row[0]):
            section = section if _is_note(filled[0]) else tidy(filled[0])
            continue
        if _is_note(filled[0]):
            continue
        cells = {key: tidy(row[i]) for i, (key, _) in columns.items() if key and row[i]}
        others = {label: tidy(row[i]) for i, (key, label) in columns.items() if not key and row[i]}
        lacking = [key for key in needed if key not in cells]
        if lacking:
            lacks = "、".join(label for key, label in columns.values() if key in lacking)
            left_out.append(f"“{grid.name}”第 {number} 行没有填{lacks}，没有读")
            continue
        rows.append(SheetRow(sheet=grid.name, number=number, section=section, cells=cells, others=others))
    return rows, left_out


def _is_note(text: str) -> bool:
    narrow = _BLANK.sub("", text)
    return bool(_SUMMING.match(narrow) or _NOTING.match(narrow))
