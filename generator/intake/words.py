"""What a Word file says, as values in the order of its pages: headings, paragraphs, list items, pictures, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text of one look. With *note*, the place where the footnote of that id is called, and no text."""

    text: str = ""
    is_strong: bool = False
    is_emphasis: bool = False
    script: Literal["", "super", "sub"] = ""
    link: str = ""
    note: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph looks, as far as that tells what it is."""

    is_strong: bool = False  # all of it
    is_heading_face: bool = False  # 黑体, 楷体 or 小标宋, all of it
    is_title_face: bool = False  # 小标宋, or as large as a title
    is_centred: bool = False
    size_pt: float = 0.0  # of its largest letters; 0: not known
    outline: int | None = None  # 0: the highest
    is_title_style: bool = False
    is_prompt: bool = False  # all of it in the grey of our own templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of text. *label* is the number or bullet that Word draws before it, *depth* its level in its list."""

    spans: Spans
    look: Look = field(default_factory=Look)
    label: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """Its words, with the number that Word draws, without look, notes and links."""
        return (self.label + plain(self.spans)).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 2 to 4, its number with it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list item; *depth* 0 is the outermost."""

    spans: Spans
    depth: int = 0
    is_ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as the page shows it: *name* is its file among the pictures of the file, cut and turned already."""

    name: str
    words: str = ""  # the author's alternative text, if Word has one that a person wrote
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table with the room it takes; what stands in it, in order."""

    blocks: tuple[Block, ...]
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """Its words, line by line."""
        return "\n".join(line for block in self.blocks for line in words_of(block)).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as a grid; a place that a merged cell covers holds None, but where that cell begins."""

    grid: tuple[tuple[Cell | None, ...], ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        return (cell for row in self.grid for cell in row if cell)


Block: TypeAlias = Paragraph | Heading | Item | Shown | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A picture of the file: the name it is given, where its bytes wait in the store, and what was done to it."""

    name: str  # picture-1.jpg, in the order in which pictures appear
    key: str
    suffix: str
    done: tuple[str, ...] = ()  # cut, turned; in Chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What of the file was not taken as it stands, in a sentence for people. A *loss* is missing in the case."""

    text: str
    is_loss: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much there was of each kind."""

    paragraphs: int = 0  # with words in them, tables included
    characters: int = 0  # that are no blanks
    pictures: int = 0
    tables: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """A file as read: nothing is decided yet about what is a heading, a form or a caption."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, Spans], ...]  # footnotes and endnotes by id, in the order of the file
    pictures: tuple[Taken, ...]
    remarks: tuple[Remark, ...]
    counted: Counted


def plain(spans: Sequence[Span]) -> str:
    """The words of *spans*."""
    return "".join(span.text for span in spans)


def words_of(block: Block) -> Iterator[str]:
    """The lines of words in a block."""
    match block:
        case Paragraph():
            yield block.text
        case Heading():
            yield block.text
        case Item():
            yield plain(block.spans)
        case Shown():
            if block.caption:
                yield block.caption
        case Table():
            for cell in block.cells:
                yield from (line for inner in cell.blocks for line in words_of(inner))


def pictures_in(blocks: Sequence[Block]) -> Iterator[Shown]:
    """Every picture in *blocks*, those in tables too."""
    for block in blocks:
        if isinstance(block, Shown):
            yield block
        elif isinstance(block, Table):
            for cell in block.cells:
                yield from pictures_in(cell.blocks)
