"""Blocks → Markdown that says the same: every sign that Markdown would take for its own is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.intake.words import Block, Cell, Heading, Item, Paragraph, Shown, Span, Spans, Table, pictures_in

_SIGNS = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w{1,31};))")
_TITLE_SIGNS = re.compile(r"([\\`<]|&(?=#?\w{1,31};))")
_AT_START = re.compile(r"^(?P<sign>#{1,6}(?=\s|$)|[-+](?=\s|$)|>|={2,}\s*$|-{3,}\s*$|:(?=\s))")
_NUMBER_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、）)】」\u4e00-\u9fff]+")
_WIDEST = 60  # columns of a table


def markdown(blocks: Sequence[Block], notes: Mapping[str, Spans], *, folder: str = "media") -> str:
    """*blocks* as the body of a case; footnotes that are called stand at its end, numbered as they are called."""
    calls: dict[str, int] = {}
    pieces = list(_pieces(blocks, calls, folder))
    for key, number in list(calls.items()):
        words = _inline(notes.get(key, ()), calls).strip()
        pieces.append(f"[^{number}]: {words or '（原文没有内容）'}")
    return "\n\n".join(piece for piece in pieces if piece.strip()) + "\n"


def _pieces(blocks: Sequence[Block], calls: dict[str, int], folder: str) -> Iterator[str]:
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Item):
            items.append(block)
            continue
        if items:
            yield _list(items, calls)
            items = []
        match block:
            case Heading():
                yield f"{'#' * block.level} {escaped(block.text)}"
            case Paragraph():
                yield from _lines(block.spans, calls)
            case Shown():
                yield picture(block, folder)
            case Table():
                yield table(block, calls, folder)
    if items:
        yield _list(items, calls)


def picture(shown: Shown, folder: str) -> str:
    """A picture with its alternative text, and its caption as a title."""
    words = _bracketed(shown.words or shown.caption)
    caption = _TITLE_SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", shown.caption).strip().replace('"', "”"))
    return f"![{words}]({folder}/{shown.name}" + (f' "{caption}")' if caption else ")")


def _bracketed(text: str) -> str:
    """Words between brackets: of a link, and of a picture."""
    return re.sub(r"^\^", r"\\^", _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", text).strip()))


def _lines(spans: Spans, calls: dict[str, int]) -> Iterator[str]:
    """A paragraph; a line that its author broke by hand begins a new one."""
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        line.append(_with(span, first))
        for other in others:
            yield _paragraph(line, calls)
            line = [_with(span, other)]
    yield _paragraph(line, calls)


def _with(span: Span, text: str) -> Span:
    return Span(
        text=text, is_strong=span.is_strong, is_emphasis=span.is_emphasis, script=span.script, link=span.link,
        note=span.note,
    )  # fmt: skip


def _paragraph(spans: Sequence[Span], calls: dict[str, int]) -> str:
    text = re.sub(r"[ \t\u3000\u00a0]+", " ", _inline(spans, calls)).strip()
    text = _AT_START.sub(lambda found: "\\" + found["sign"], text)
    return _NUMBER_AT_START.sub(r"\1\\\2", text)


def _inline(spans: Sequence[Span], calls: dict[str, int]) -> str:
    # A paragraph that is bold as a whole says no more than one that is not.
    is_all_strong = all(span.is_strong for span in spans if span.text.strip())
    return "".join(_span(span, calls, may_be_strong=not is_all_strong) for span in spans)


def _span(span: Span, calls: dict[str, int], *, may_be_strong: bool) -> str:
    if span.note:
        return f"[^{calls.setdefault(span.note, len(calls) + 1)}]"
    text = span.text
    inner = text.strip(" \t\u3000")
    if not inner:
        return " " if text else ""
    before, after = text[: text.index(inner[0])], text[text.rindex(inner[-1]) + 1 :]
    said = escaped(inner) if not span.link else _bracketed(inner)
    if span.script:
        said = _SCRIPTS[span.script](inner)
    if span.link:
        said = f"[{said}]({_target(span.link)})"
    elif may_be_strong and span.is_strong and _can_be_marked(inner):
        said = f"**{said}**"
    elif span.is_emphasis and _can_be_marked(inner):
        said = f"*{said}*"
    return before + said + after


def _can_be_marked(text: str) -> bool:
    """Markdown sees no emphasis that begins or ends with a mark while letters stand outside."""
    return bool(re.match(r"\w", text)) and bool(re.search(r"\w$", text))


_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def _script(text: str, table_: dict[int, int], sign: str) -> str:
    changed = text.translate(table_)
    # What Unicode has no small form of keeps a sign that says how it stands.
    return changed if not set(changed) & set(text) else f"{sign}{escaped(text)}"


_SCRIPTS = {
    "super": lambda text: _script(text, _RAISED, "^"),
    "sub": lambda text: _script(text, _LOWERED, ""),
}


def escaped(text: str) -> str:
    """*text* with every sign of Markdown as a letter; addresses stay whole."""
    out, end = [], 0
    for found in _ADDRESS.finditer(text):
        out += [_SIGNS.sub(r"\\\1", text[end : found.start()]), f"<{found[0]}>"]
        end = found.end()
    out.append(_SIGNS.sub(r"\\\1", text[end:]))
    return "".join(out)


def _target(address: str) -> str:
    return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", address)


def _list(items: Sequence[Item], calls: dict[str, int]) -> str:
    lines: list[str] = []
    numbers: dict[int, int] = {}
    least = min(item.depth for item in items)
    for item in items:
        depth = min(item.depth - least, 3)
        numbers = {at: number for at, number in numbers.items() if at <= depth}
        numbers[depth] = numbers.get(depth, 0) + 1
        sign = f"{numbers[depth]}." if item.is_ordered else "-"
        words = re.sub(r"\s*\n\s*", " ", _paragraph(item.spans, calls))
        lines.append(f"{'    ' * depth}{sign} {words}")
    return "\n".join(lines)


def table(block: Table, calls: dict[str, int], folder: str) -> str:
    """A table as Markdown has it: a merged cell says its words in every place that it covers (ADR 0006).

    Where the first row has cells that reach down, all rows that they reach are the head, and their words stand
    together over each column. Pictures that stood in cells follow.
    """
    grid = [list(row[:_WIDEST]) for row in _filled(block)]
    if not grid or not grid[0]:
        return ""
    words = [[_cell(cell, calls) if cell else "" for cell in row] for row in grid]
    deep = min(max((cell.rows for cell in block.grid[0] if cell), default=1), max(len(grid) - 1, 1))
    head = [
        " ".join(dict.fromkeys(row[column] for row in words[:deep] if row[column])) for column in range(len(words[0]))
    ]
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(row)} |" for row in words[deep:]]
    pictures = [picture(shown, folder) for shown in pictures_in([block])]
    return "\n\n".join(["\n".join(lines), *pictures])


def _filled(block: Table) -> list[list[Cell | None]]:
    """The grid with every place that a cell covers filled by it."""
    out: list[list[Cell | None]] = [list(row) for row in block.grid]
    for at_row, row in enumerate(block.grid):
        for column, cell in enumerate(row):
            for down in range(cell.rows if cell else 0):
                for right in range(cell.columns if cell else 0):
                    if at_row + down < len(out) and column + right < len(out[at_row + down]):
                        out[at_row + down][column + right] = cell
    return out


def _cell(cell: Cell, calls: dict[str, int]) -> str:
    """What stands in a cell, in one line: a row of Markdown has no other."""
    pieces = [piece for inner in cell.blocks for piece in _cell_pieces(inner, calls)]
    return " ".join(re.sub(r"\s*\n\s*", " ", piece) for piece in pieces if piece.strip())


def _cell_pieces(block: Block, calls: dict[str, int]) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _paragraph(block.spans, calls)
        case Item():
            yield f"· {_paragraph(block.spans, calls)}"
        case Heading():
            yield escaped(block.text)
        case Table():
            for row in block.grid:
                yield "，".join(words for cell in row if cell and (words := _cell(cell, calls)))
        case Shown():
            yield escaped(block.caption)
