"""Pictures with the words that belong to them, and tables that are no tables: frames, and places for pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.intake.headings import tidy
from generator.intake.words import Block, Cell, Paragraph, Shown, Table, words_of

_CAPTION = re.compile(
    r"^(?:附?图|照片|图片)\s*[\d一二三四五六七八九十]+(?:[-—.．]\d+)?(?=[\s　：:.．、，]|[\u4e00-\u9fff（(])"
)


def unwrapped(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without tables that are only a frame or a place for pictures."""
    for block in blocks:
        if isinstance(block, Table):
            cells = list(block.cells)
            if len(cells) == 1:
                yield from unwrapped(cells[0].blocks)
            elif _holds_pictures(cells):
                yield from _pictures_of(block)
            elif cells:
                yield block
        else:
            yield block


def _holds_pictures(cells: Sequence[Cell]) -> bool:
    """Only pictures, captions and nothing."""
    inner = [block for cell in cells for block in cell.blocks]
    return any(isinstance(block, Shown) for block in inner) and all(
        isinstance(block, Shown)
        or (isinstance(block, Paragraph) and (_CAPTION.match(block.text) or len(block.text) <= 40))
        for block in inner
    )


def _pictures_of(table: Table) -> Iterator[Block]:
    """Each picture with the words of its own cell, or of the cell below."""
    for at_row, row in enumerate(table.grid):
        for column, cell in enumerate(row):
            for shown in cell.blocks if cell else ():
                if isinstance(shown, Shown):
                    caption = _words(cell) or _words_below(table, at_row, column)
                    yield replace(shown, caption=caption)
        if not any(isinstance(inner, Shown) for cell in row if cell for inner in cell.blocks):
            above = table.grid[at_row - 1] if at_row else ()
            for column, cell in enumerate(row):
                over = above[column] if column < len(above) else None
                if cell and not (over and any(isinstance(inner, Shown) for inner in over.blocks)):
                    yield from (inner for inner in cell.blocks if isinstance(inner, Paragraph))


def _words(cell: Cell | None) -> str:
    return tidy(" ".join(line for inner in (cell.blocks if cell else ()) for line in words_of(inner)))


def _words_below(table: Table, at_row: int, column: int) -> str:
    below = table.grid[at_row + 1] if at_row + 1 < len(table.grid) else ()
    cell = below[column] if column < len(below) else None
    return "" if cell is None or any(isinstance(inner, Shown) for inner in cell.blocks) else _words(cell)


def captioned(blocks: Sequence[Block]) -> list[Block]:
    """Pictures with the lines below them that say what they show; a line may name several: “图1 … 图2 …”."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _CAPTION.match(text := tidy(block.text)) and len(text) <= 120:
            bare_ones = _last_without_caption(out)
            captions = [one.strip() for one in re.split(r"[\s　]+(?=图\s*\d)", block.text.strip()) if one.strip()]
            if bare_ones:
                for at, caption in zip(bare_ones[-len(captions) :], captions, strict=False):
                    shown = out[at]
                    if isinstance(shown, Shown):
                        out[at] = replace(shown, caption=tidy(caption))
                continue
        out.append(block)
    return out


def _last_without_caption(blocks: Sequence[Block]) -> list[int]:
    """The pictures at the end of *blocks*, one after the other, that have no caption yet."""
    at = len(blocks)
    while at and isinstance(shown := blocks[at - 1], Shown) and not shown.caption:
        at -= 1
    return list(range(at, len(blocks)))
