"""Which paragraphs of a Word file are headings, and which items of lists: values in, values out.

Measured on real files (FINDINGS, section 5): a number alone makes no heading, since lists count alike; a bold line
alone makes none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.intake.words import Block, Cell, Heading, Item, Paragraph, Span, Table

_LONGEST = 40  # characters of a heading
_HAN = "一二三四五六七八九十百"
_PART = re.compile(rf"第[{_HAN}\d]+(?:部分|章)[：:\s　]*|第[{_HAN}]+[、，]|[{_HAN}]{{1,3}}、")
_SECTION = re.compile(rf"[（(][{_HAN}]{{1,3}}[）)]|第[{_HAN}\d]+节[\s　]*")
_POINT = re.compile(r"\d{1,2}\s*[.．、](?!\d)\s*")
_LEVELS = ((2, _PART), (3, _SECTION), (4, _POINT))
_ENDS = "。；：，;:,.!！?？、"
_BULLET = re.compile(r"^[•●○■□◆◇▪▫➢✓★☆·\-–—]\s*$")
_PLAIN_NUMBER = re.compile(r"^\d{1,3}[.．]\s*$")


def settled(blocks: Sequence[Block], template: Mapping[str, int]) -> tuple[Block, ...]:
    """*blocks* with headings and list items told apart from text.

    *template* gives the level of every heading that the call's template knows, by `bare`.
    """
    return tuple(_without_first_gap(list(_settled(blocks, template))))


def _settled(blocks: Sequence[Block], template: Mapping[str, int]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            yield Table(
                grid=tuple(
                    tuple(
                        cell and Cell(blocks=tuple(_items(cell.blocks)), rows=cell.rows, columns=cell.columns)
                        for cell in row
                    )
                    for row in block.grid
                )
            )
        elif isinstance(block, Paragraph):
            level = heading_level(block, template)
            yield Heading(level=level, text=tidy(block.text)) if level else _item(block)
        else:
            yield block


def _items(blocks: Sequence[Block]) -> Iterator[Block]:
    """Of what stands in a cell: no heading of the text, whatever it looks like."""
    for block in blocks:
        yield _item(block) if isinstance(block, Paragraph) else block


def heading_level(paragraph: Paragraph, template: Mapping[str, int]) -> int | None:
    """2 to 4, or None for what is no heading.

    A heading is short, does not end as a sentence does, and has a number and a look that sets it off, or Word's own
    outline level, or the words of the call's template.
    """
    text = tidy(paragraph.text)
    if not text or len(text) > _LONGEST or "\n" in text or text[-1] in _ENDS:
        return None
    look = paragraph.look
    is_set_off = look.is_strong or look.is_heading_face or look.outline is not None
    known = template.get(bare(text))
    for level, pattern in _LEVELS:
        if pattern.match(text):
            return (known or level) if is_set_off else None
    if known and (is_set_off or look.is_centred):
        return known
    if look.outline is not None and not paragraph.label.startswith("•"):
        return min(look.outline + 2, 4)
    return None


def bare(text: str) -> str:
    """The words of a heading without number, blanks and brackets around it."""
    text = tidy(text)
    for _, pattern in _LEVELS:
        text = pattern.sub("", text, count=1) if pattern.match(text) else text
    return re.sub(r"[\s　【】\[\]《》“”\"：:]", "", text)


def tidy(text: str) -> str:
    """Blanks that Word uses to space a heading out are no part of it."""
    text = re.sub(r"[ \t\u00a0\u3000]+", " ", text.replace("\n", " ")).strip()
    return re.sub(
        r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])", "", text
    )


def _item(paragraph: Paragraph) -> Block:
    """A list item where Word counts it as one; a label that Markdown has no sign for becomes words of the text."""
    label = paragraph.label.strip()
    if not label:
        return paragraph
    if _BULLET.match(label):
        return Item(spans=paragraph.spans, depth=paragraph.depth)
    if _PLAIN_NUMBER.match(label):
        return Item(spans=paragraph.spans, depth=paragraph.depth, is_ordered=True)
    return replace(paragraph, spans=(Span(text=label), *paragraph.spans), label="")


def _without_first_gap(blocks: list[Block]) -> list[Block]:
    """Levels without a gap: where no heading of level 2 is there, all move up."""
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    if not levels:
        return blocks
    shift = {level: min(level, 2 + place) for place, level in enumerate(levels)}
    return [replace(block, level=shift[block.level]) if isinstance(block, Heading) else block for block in blocks]
