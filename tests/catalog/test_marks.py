"""Marks: whatever style a front matter is written in, each value knows the line and column where it begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog.document import Loc, Mark, read_document

_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
_KEY = _LETTERS.map(lambda letters: "k" + letters)
_TEXT = st.text("甲乙丙丁戊，。“”（）abcXYZ 0189", min_size=1, max_size=12).map(lambda text: "字" + text.strip())
_VALUE: Any = st.recursive(
    st.one_of(
        st.tuples(st.just("plain"), _TEXT),
        st.tuples(st.just("single"), st.one_of(_TEXT, st.just("a: 'b' # c"))),
        st.tuples(st.just("double"), st.one_of(_TEXT, st.just('a: "b" \\ \t'))),
        st.tuples(st.just("literal"), st.lists(_TEXT, min_size=1, max_size=3).map("\n".join)),
        st.tuples(st.just("folded"), _TEXT),
        st.tuples(st.just("flow"), st.lists(_KEY, min_size=1, max_size=3)),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("map"), st.dictionaries(_KEY, inner, min_size=1, max_size=3)),
        st.tuples(st.just("list"), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)


class _Writer:
    """Writes styled values as YAML and notes where each value begins."""

    def __init__(self) -> None:
        self.lines = ["---"]
        self.marks: dict[Loc, Mark] = {}

    def mapping(self, styled: Mapping[str, Any], loc: Loc, indent: int, head: str = "") -> dict[str, Any]:
        """A block mapping; *head* stands before its first key."""
        values: dict[str, Any] = {}
        for key, value in styled.items():
            prefix, head = (head or " " * indent), ""
            at = (*loc, key)
            self.marks[at] = Mark(len(self.lines) + 1, len(prefix) + 1)
            values[key] = self.value(value, at, indent, f"{prefix}{key}:")
        return values

    def value(self, styled: tuple[str, Any], loc: Loc, indent: int, head: str) -> Any:
        """A value after *head*, which ends in the colon or hyphen that it belongs to."""
        style, value = styled
        here = Mark(len(self.lines) + 1, len(head) + 2)
        if style == "map" and head.endswith("-"):
            self.marks[loc] = here
            return self.mapping(value, loc, indent + 2, head + " ")
        if style == "map":
            self.lines.append(head)
            return self.mapping(value, loc, indent + 2)
        if style == "list":
            # A list inside a list begins on its parent's line, one under a key on the next.
            in_list = head.endswith("-")
            if in_list:
                self.marks[loc] = here
                head += " "
            else:
                self.lines.append(head)
                head = ""
            made = []
            for i, item in enumerate(value):
                prefix, head = (head or " " * (indent + 2)), ""
                self.marks[*loc, i] = Mark(len(self.lines) + 1, len(prefix) + 3)
                made.append(self.value(item, (*loc, i), indent + 2, f"{prefix}-"))
            return made
        if style != "flow" or head.endswith("-"):
            self.marks[loc] = here
        return self._scalar(style, value, loc, indent, head)

    def _scalar(self, style: str, value: Any, loc: Loc, indent: int, head: str) -> Any:
        if style == "flow":
            for i in range(len(value)):
                before = f"{head} [" + "".join(f"{word}, " for word in value[:i])
                self.marks[*loc, i] = Mark(len(self.lines) + 1, len(before) + 1)
            self.lines.append(f"{head} [{', '.join(value)}]")
        elif style == "literal":
            pad = " " * (indent + 2)
            self.lines += [f"{head} |-", *(pad + line for line in value.split("\n"))]
        elif style == "folded":
            self.lines += [f"{head} >-", " " * (indent + 2) + value]
        elif style == "single":
            self.lines.append(f"{head} '{value.replace(chr(39), chr(39) * 2)}'")
        elif style == "double":
            self.lines.append(f"{head} {json.dumps(value, ensure_ascii=False)}")
        else:
            self.lines.append(f"{head} {value}")
        return value


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_KEY, _VALUE, min_size=1, max_size=4))
def test_every_mark_points_at_its_value(styled: dict[str, Any]) -> None:
    writer = _Writer()
    values = writer.mapping(styled, (), 0)
    document = read_document("\n".join([*writer.lines, "---", "正文"]).encode("utf-8"))
    assert document.problems == ()
    assert document.front == values
    assert dict(document.marks) == writer.marks
