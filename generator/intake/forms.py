"""Forms filled in: which cell answers which label of a call. Values in, values out. DOMAIN: table 1.5, rows 87–101.

A form is known by its labels, wherever it stands and however its cells are merged. Whatever a form holds that is not
public goes to the office's own file, and what nobody knows a label for does, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalog.demands import Form, FormField
from generator.intake.words import Block, Cell, Paragraph, Span, Table, words_of

_FEWEST = 2  # labels of one form in a table that is that form
_SEAL = re.compile(r"[（(][^（）()]*(?:盖章|公章|签章|签字|签名)[^（）()]*[）)]")
_ANNEX = re.compile(r"^附(?:件|表|录)?\s*[\d一二三四五六七八九十]*(?:[-—–][\d一二三四五六七八九十]+)?\s*[：:.．、]?\s*")
_SHEET = re.compile(r"表\s*(?:[（(][^（）()]*[）)])?$")
_LONGEST_CAPTION = 50
_ADVICE = re.compile(r"[（(][^（）()]*(?:\d+\s*字|不超过|以内|左右|选填|必填|可多选|可附页)[^（）()]*[）)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands beside a label. *field* is None where no form of the call knows the label."""

    form: str
    field: FormField | None
    label: str  # as the file has it, with its group
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words, line by line."""
        return "\n".join(line.strip() for block in self.blocks for line in words_of(block) if line.strip())


def label_key(text: str) -> str:
    """A label without blanks, colons, seals and advice: “案例简介（500字左右）：” and “案 例 简 介” are one."""
    text = _ADVICE.sub("", _SEAL.sub("", text))
    return re.sub(r"[\s　:：*＊、]", "", text)


def form_of(table: Table, forms: Sequence[Form]) -> Form | None:
    """The form that *table* is, by the most labels that it has of it; None where it is none."""
    keys = {label_key(cell.text) for cell in table.cells}
    best = max(forms, key=lambda form: len(_labels(form) & keys), default=None)
    if best is None:
        return None
    found = len(_labels(best) & keys)
    return best if found >= min(_FEWEST, len(_labels(best))) else None


def is_caption(text: str, forms: Sequence[Form], *, is_above_form: bool) -> bool:
    """Whether a line is the name of a form, with “附件1” before it or without, or “附件1” alone.

    Right above a form the line need only end as names of forms do: offices change a word of them.
    """
    rest = _ANNEX.sub("", text.strip(), count=1)
    if not rest:
        return bool(text.strip())
    if label_key(rest) in {label_key(form.title) for form in forms}:
        return True
    return is_above_form and len(rest) <= _LONGEST_CAPTION and bool(_SHEET.search(rest))


def _labels(form: Form) -> set[str]:
    own = {label_key(field.label) for field in form.fields}
    return own | {label_key(f"{field.group}{field.label}") for field in form.fields if field.group}


def answers(table: Table, form: Form) -> tuple[Answer, ...]:
    """Every label of *table* with what stands to its right, or below where it takes the whole row."""
    names = _labels(form) | {label_key(field.group) for field in form.fields if field.group}
    found: list[Answer] = []
    taken: set[int] = set()
    for at_row, row in enumerate(table.grid):
        group = _group_at(table, at_row, form)
        for column, cell in enumerate(row):
            if cell is None or id(cell) in taken:
                continue
            key = label_key(cell.text)
            if key in {label_key(field.group) for field in form.fields if field.group} and not _is_answered(
                table, at_row, column, names
            ):
                taken.add(id(cell))
                continue
            if key not in _labels(form):
                continue
            taken.add(id(cell))
            answer = _answer_at(table, at_row, column, names)
            field = _field(form, key, group or _label_before(row, column, form))
            if answer is not None:
                taken.add(id(answer))
            found.append(
                Answer(
                    form=form.title,
                    field=field,
                    label=_full_label(field, cell.text),
                    blocks=answer.blocks if answer else (),
                )
            )
    found += _leftover(table, form, taken)
    return tuple(found)


def labels_in(table: Table, form: Form) -> list[str]:
    """The words of *table* that ask and do not answer."""
    groups = {label_key(field.group) for field in form.fields if field.group}
    return [cell.text for cell in table.cells if label_key(cell.text) in _labels(form) | groups]


def _group_at(table: Table, at_row: int, form: Form) -> str:
    """The group whose cell covers that row from the left: 负责人信息, 联系人信息."""
    groups = {label_key(field.group): field.group for field in form.fields if field.group}
    for start in range(at_row, -1, -1):
        first = next((cell for cell in table.grid[start] if cell), None)
        if first and label_key(first.text) in groups and start + first.rows > at_row:
            return groups[label_key(first.text)] or ""
    return ""


def _label_before(row: Sequence[Cell | None], column: int, form: Form) -> str:
    """The nearest label to the left that names a group itself: 负责人 … 手机号码."""
    groups = {label_key(field.group): field.group for field in form.fields if field.group}
    for cell in reversed(row[:column]):
        if cell and label_key(cell.text) in groups:
            return groups[label_key(cell.text)] or ""
    return ""


def _field(form: Form, key: str, group: str) -> FormField | None:
    named = [
        field for field in form.fields if key in (label_key(field.label), label_key(f"{field.group}{field.label}"))
    ]
    full = [field for field in named if field.group and key == label_key(f"{field.group}{field.label}")]
    of_group = [field for field in named if field.group == group]
    # Of two of one label, that of the group; where no group is known, none that is public may be guessed.
    return next(iter(full or of_group or sorted(named, key=lambda field: field.public)), None)


def _full_label(field: FormField | None, text: str) -> str:
    words = re.sub(r"\s+", "", text)
    return f"{field.group}：{field.label}" if field and field.group else words


def _is_answered(table: Table, at_row: int, column: int, names: set[str]) -> bool:
    """Whether a cell that names a group is a label too: 负责人 has its own answer beside it."""
    cell = table.grid[at_row][column]
    right = _right_of(table, at_row, column)
    return cell is not None and cell.rows == 1 and right is not None and label_key(right.text) not in names


def _answer_at(table: Table, at_row: int, column: int, names: set[str]) -> Cell | None:
    right = _right_of(table, at_row, column)
    if right is not None:
        return None if right.text.strip() and label_key(right.text) in names else right
    cell = table.grid[at_row][column]
    below = at_row + (cell.rows if cell else 1)
    if below >= len(table.grid):
        return None
    under = next((one for one in table.grid[below][column:] if one), None)
    return None if under is None or label_key(under.text) in names else under


def _right_of(table: Table, at_row: int, column: int) -> Cell | None:
    """The next cell of the row, were it one that began further up."""
    row = table.grid[at_row]
    cell = row[column]
    for place in range(column + (cell.columns if cell else 1), len(row)):
        if one := row[place] or _covering(table, at_row, place):
            return one
    return None


def _covering(table: Table, at_row: int, column: int) -> Cell | None:
    for start in range(at_row - 1, -1, -1):
        for place in range(column, -1, -1):
            cell = table.grid[start][place]
            if cell and start + cell.rows > at_row and place + cell.columns > column:
                return cell
    return None


def _leftover(table: Table, form: Form, taken: set[int]) -> Iterator[Answer]:
    """What no label of the form leads to; kept, since nobody can say that it is public."""
    for row in table.grid:
        rest = [cell for cell in row if cell and id(cell) not in taken and cell.text]
        for cell in rest:
            yield Answer(form=form.title, field=None, label="", blocks=cell.blocks)


def line_answers(paragraph: Paragraph, forms: Sequence[Form]) -> tuple[Answer, ...]:
    """What a line such as “实施单位：某校” or “姓名：… 电话：…” answers; empty where it is no line of a form."""
    text = paragraph.text
    fields = {label_key(field.label): (form, field) for form in forms for field in form.fields}
    marks = [
        (found.start(), found.end(), found[1])
        for found in re.finditer(r"(?:^|(?<=[\s　；;，,]))([^\s　：:；;，,。]{2,16})\s*[：:]", text)
        if label_key(found[1]) in fields
    ]
    if not marks or marks[0][0] != 0:
        return ()
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    out = []
    for (_, begin, label), end in zip(marks, ends, strict=True):
        form, field = fields[label_key(label)]
        words = text[begin:end].strip(" \t　；;，,")
        out.append(Answer(form=form.title, field=field, label=label, blocks=(Paragraph(spans=(Span(text=words),)),)))
    return tuple(out)
