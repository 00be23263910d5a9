"""A Word file → `WordFile`: everything that it shows, in its order, and a remark for everything that is left out.

Runs in a confined worker: the file is a stranger's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.intake.drawings import Box, Drawn, Other, drawn_in
from generator.intake.inline import Changes, Inline, choice_of, look_of, note_lines
from generator.intake.numbering import Numbering
from generator.intake.parts import Element, Parts, W, at, local, value_of
from generator.intake.pictures import Pictures
from generator.intake.styles import Styles
from generator.intake.words import Block, Cell, Counted, Paragraph, Remark, Spans, Table, WordFile, plain
from generator.media.content import HEAD_BYTES, content_of
from generator.media.documents.document import document_facts
from generator.media.documents.package import Relationship, format_of, opened_package
from generator.media.opening import opened
from generator.media.refusals import UnusableError
from generator.store import Store

_DEEPEST = 12  # tables in tables, boxes in boxes
_MOST_CELLS = 20_000
_THROUGH = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


@dataclass(frozen=True, slots=True)
class WordTask:
    """A file to be read, and the store that its pictures go to; travels to a worker."""

    path: Path
    store: Store


def read_word(task: WordTask) -> WordFile:
    """What the file says.

    Raises:
        UnusableError: it is no Word file, is encrypted or broken, or carries macros.
    """
    with opened(task.path, task.path.name) as file:
        content = content_of(file.read(HEAD_BYTES))
        if content == "ole":
            # An encrypted .docx is one, too; that and macros are told apart here.
            document_facts(task.path, file, content)
            raise UnusableError("legacy-office")
        with opened_package(file) as package:
            found = format_of(package)
            if found != "docx":
                raise UnusableError("wrong-content", found or "ZIP")
            return _Reader(Parts(package), task.store).file()


class _Reader:
    """One reading of one file."""

    def __init__(self, parts: Parts, store: Store) -> None:
        self._parts = parts
        self._changes = Changes()
        self._styles = Styles(parts.beside("styles"))
        self._inline = Inline(self._styles, self._changes)
        self._numbering = Numbering(parts.beside("numbering"))
        self._pictures = Pictures(parts.package, store)
        self._others: Counter[str] = Counter()
        self._cells = 0

    def file(self) -> WordFile:
        """Everything, in order."""
        body = at(self._parts.document, "body")
        if body is None:
            raise UnusableError("unreadable", "document.xml")
        main = self._parts.main
        blocks = tuple(self._blocks(body, self._parts.leads(main), main, 0))
        notes = tuple(self._notes())
        return WordFile(
            blocks=blocks,
            notes=notes,
            pictures=tuple(self._pictures.taken),
            remarks=tuple(self._remarks()),
            counted=_counted(blocks, notes, self._pictures.shown),
        )

    def _blocks(self, parent: Element, leads: Mapping[str, Relationship], part: str, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            raise UnusableError("unreadable", "nested too deeply")
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child, leads, part, depth)
            elif name == "tbl":
                yield self._table(child, leads, part, depth)
            elif name == "AlternateContent":
                if (shown := choice_of(child)) is not None:
                    yield from self._blocks(shown, leads, part, depth)
            elif name == "sdt" and _is_contents(child):
                self._others["目录"] += 1
            elif name in _THROUGH:
                yield from self._blocks(child, leads, part, depth)

    def _paragraph(
        self, paragraph: Element, leads: Mapping[str, Relationship], part: str, depth: int
    ) -> Iterator[Block]:
        line = self._inline.line(paragraph, leads)
        if line.is_contents or any(re.fullmatch(r"(?:toc|目录)\s*\d", name) for name in self._styles.names(paragraph)):
            self._others["目录"] += bool(plain(line.spans).strip())
            return
        layout = self._styles.layout(paragraph)
        words = plain(line.spans).strip()
        label = self._numbering.label(layout.num_id, layout.depth) if words else None
        if words or any(span.note for span in line.spans):
            yield Paragraph(
                spans=tuple(line.spans),
                look=look_of(line, paragraph, self._styles),
                label="" if label is None else "• " if label.is_bullet else label.text,
                depth=label.depth if label else 0,
            )
        for drawing in line.drawings:
            for one in drawn_in(drawing):
                yield from self._drawn(one, leads, part, depth)

    def _drawn(
        self, one: Drawn | Box | Other, leads: Mapping[str, Relationship], part: str, depth: int
    ) -> Iterator[Block]:
        match one:
            case Box():
                yield from self._blocks(one.content, leads, part, depth + 1)
            case Other():
                self._others[one.what] += 1
            case Drawn():
                shown = self._pictures.show(one, leads.get(one.lead), part)
                if shown:
                    yield shown

    def _table(self, table: Element, leads: Mapping[str, Relationship], part: str, depth: int) -> Table:
        rows: list[list[Cell | None]] = []
        above: dict[int, tuple[int, int]] = {}  # by column: where the cell that goes on downwards began
        for row in _rows(table):
            line: list[Cell | None] = [None] * _whole(value_of(row, "trPr/gridBefore"))
            for cell in _cells(row):
                self._cells += 1
                if self._cells > _MOST_CELLS:
                    raise UnusableError("too-large", f"{_MOST_CELLS} cells")
                column, width = len(line), min(max(_whole(value_of(cell, "tcPr/gridSpan")), 1), 100)
                merge = at(cell, "tcPr/vMerge")
                if merge is not None and merge.get(W + "val", "continue") != "restart" and column in above:
                    at_row, at_column = above[column]
                    first = rows[at_row][at_column]
                    if first:
                        rows[at_row][at_column] = Cell(
                            blocks=(*first.blocks, *self._blocks(cell, leads, part, depth + 1)),
                            rows=len(rows) - at_row + 1,
                            columns=first.columns,
                        )
                    line += [None] * width
                    continue
                above.pop(column, None)
                if merge is not None:
                    above[column] = (len(rows), column)
                line.append(Cell(blocks=tuple(self._blocks(cell, leads, part, depth + 1)), columns=width))
                line += [None] * (width - 1)
            rows.append(line)
        width = max(map(len, rows), default=0)
        return Table(grid=tuple((*line, *[None] * (width - len(line))) for line in rows))

    def _notes(self) -> Iterator[tuple[str, Spans]]:
        for kind in ("footnote", "endnote"):
            name = self._parts.name_beside(f"{kind}s")
            if not name:
                continue
            leads = self._parts.leads(name)
            for key, note in note_lines(self._parts.tree(name), kind):
                spans = [
                    span
                    for paragraph in note.iterchildren(W + "p")
                    for span in self._inline.line(paragraph, leads).spans
                ]
                yield key, tuple(spans)

    def _remarks(self) -> Iterator[Remark]:
        counts = self._changes.counts
        if counts["deleted"] or counts["inserted"]:
            yield Remark(
                text=f"修订已按“接受”处理：采用插入的 {counts['inserted']} 字，去掉删除的 {counts['deleted']} 字",
                is_loss=False,
            )
        comments = self._parts.beside("comments")
        if comments is not None and (number := len(comments.findall(W + "comment"))):
            yield Remark(text=f"批注 {number} 条没有导入", is_loss=False)
        if counts["hidden"]:
            yield Remark(text=f"隐藏文字 {counts['hidden']} 字没有导入", is_loss=False)
        if counts["formulas"]:
            yield Remark(text=f"公式 {counts['formulas']} 处写成了普通文字，请核对")
        if counts["readings"]:
            yield Remark(text=f"注音 {counts['readings']} 处只留下了正文")
        for what, number in sorted(self._others.items()):
            if what == "目录":
                yield Remark(text="Word 的目录没有导入，网页会自动生成", is_loss=False)
            else:
                yield Remark(text=f"{what} {number} 个没有导入：请在 Word 里复制它，选择性粘贴为图片，再导入")
        yield from self._pictures.remarks


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if local(child) == "tr":
            if at(child, "trPr/del") is None:
                yield child
        elif local(child) in _THROUGH:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in _THROUGH:
            yield from _cells(child)


def _whole(text: str | None) -> int:
    return min(int(text), 1_000) if text and re.fullmatch(r"\d{1,9}", text) else 0


def _is_contents(sdt: Element) -> bool:
    return "Table of Contents" in (value_of(sdt, "sdtPr/docPartObj/docPartGallery") or "")


def _counted(blocks: tuple[Block, ...], notes: tuple[tuple[str, Spans], ...], pictures: int) -> Counted:
    found: Counter[str] = Counter()

    def count(inner: tuple[Block, ...]) -> None:
        for block in inner:
            if isinstance(block, Paragraph):
                found["paragraphs"] += 1
                found["characters"] += len(re.sub(r"\s", "", plain(block.spans)))
            elif isinstance(block, Table):
                found["tables"] += 1
                for cell in block.cells:
                    count(cell.blocks)

    count(blocks)
    found["characters"] += sum(len(re.sub(r"\s", "", plain(spans))) for _, spans in notes)
    return Counted(
        paragraphs=found["paragraphs"], characters=found["characters"], pictures=pictures,
        tables=found["tables"], notes=len(notes),
    )  # fmt: skip
