"""Marks: whatever style a front matter is written in, each value knows the line and column where it begins."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog.document import read_document
from generator.catalog.marks import Loc, Mark

_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
_KEY = st.one_of(_LETTERS.map(lambda letters: "k" + letters), st.sampled_from(["标题", "学校（全称）", "k\U0001f600"]))
_TEXT = st.text("甲乙丙，。“”（）：＃ａ１\u3000\U0001f600\U00020bb7é abcXYZ 0189", min_size=1, max_size=12).map(
    lambda text: ("字" + text).strip()
)
_LINES = st.lists(_TEXT, min_size=2, max_size=3)

# Inside brackets: words, quoted words, brackets again. Written by `_flow`.
_FLOW: Any = st.recursive(
    st.one_of(
        st.tuples(st.just("plain"), _TEXT),
        st.tuples(st.just("single"), st.one_of(_TEXT, st.just("a: 'b', [c] # d"), st.just(""))),
        st.tuples(st.just("double"), st.one_of(_TEXT, st.just('{a}: "b", \\ \t'))),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("list"), st.lists(inner, max_size=3)),
        st.tuples(st.just("map"), st.dictionaries(_KEY, inner, max_size=3)),
    ),
    max_leaves=6,
)
_VALUE: Any = st.recursive(
    st.one_of(
        st.tuples(st.just("plain"), _TEXT),
        st.tuples(st.just("plain-lines"), _LINES),
        st.tuples(st.just("single"), st.one_of(_TEXT, st.just("a: 'b' # c"), st.just(""))),
        st.tuples(st.just("double"), st.one_of(_TEXT, st.just('a: "b" \\ \t'))),
        st.tuples(st.just("quoted-lines"), _LINES),
        st.tuples(
            st.just("literal"), st.lists(st.one_of(_TEXT, st.just("字\t制表\tk: v # x")), min_size=1, max_size=3)
        ),
        st.tuples(st.just("folded"), _LINES),
        st.tuples(st.just("empty"), st.none()),
        st.tuples(st.just("flow"), _FLOW.filter(lambda flow: flow[0] in ("list", "map"))),
    ),
    lambda inner: st.one_of(
        st.tuples(st.just("map"), st.dictionaries(_KEY, inner, min_size=1, max_size=3)),
        st.tuples(st.just("list"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("outdented-list"), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)
_GAPS = st.lists(st.sampled_from([" ", "  ", " \t", "\t"]), min_size=1, max_size=3)
_BETWEEN = st.lists(st.sampled_from([None, None, "", "# 注：a \U0001f600", "# k: v"]), min_size=1, max_size=4)


class _Writer:
    """Writes styled values as YAML and notes where each value begins."""

    def __init__(self, gaps: list[str], between: list[str | None]) -> None:
        self.lines = ["---"]
        self.marks: dict[Loc, Mark] = {}
        self._gaps = gaps  # what stands between a colon and its value, in turn
        self._between = between  # the lines that stand between entries, in turn; None: no line
        self._turn = 0

    def _here(self, head: str) -> Mark:
        return Mark(len(self.lines) + 1, len(head) + 1)

    def _separate(self) -> None:
        """The line between this entry and the last one, if it has its turn."""
        self._turn += 1
        line = self._between[self._turn % len(self._between)]
        if line is not None:
            self.lines.append(line)

    def mapping(self, styled: Mapping[str, Any], loc: Loc, indent: int, head: str = "") -> dict[str, Any]:
        """A block mapping; *head* stands before its first key."""
        values: dict[str, Any] = {}
        for key, value in styled.items():
            if not head:
                self._separate()
            prefix, head = (head or " " * indent), ""
            self.marks[*loc, key] = self._here(prefix)
            values[key] = self.value(value, (*loc, key), indent, f"{prefix}{key}:")
        return values

    def value(self, styled: tuple[str, Any], loc: Loc, indent: int, head: str) -> Any:
        """A value after *head*, which ends in the colon or hyphen that it belongs to."""
        style, value = styled
        in_list = head.endswith("-")
        if style == "empty":
            if in_list:
                self.marks[loc] = self._here(head)
            self.lines.append(head)
            return None
        if style == "map" and in_list:
            self.marks[loc] = self._here(head + " ")
            return self.mapping(value, loc, indent + 2, head + " ")
        if style == "map":
            self.lines.append(head)
            return self.mapping(value, loc, indent + 2)
        if style.endswith("list"):
            return self._list(value, loc, indent, head, is_indented=style == "list" or in_list)
        head += " " if in_list else self._gaps[len(self.lines) % len(self._gaps)]
        self.marks[loc] = self._here(head)
        if style == "flow":
            text, made = self._flow(value, loc, head)
            self.lines.append(head + text)
            return made
        return self._scalar(style, value, indent, head)

    def _list(self, items: list[Any], loc: Loc, indent: int, head: str, *, is_indented: bool) -> list[Any]:
        """A block list: one inside a list begins on its parent's line, one under a key on the next."""
        if head.endswith("-"):
            self.marks[loc] = self._here(head + " ")
            head += " "
        else:
            self.lines.append(head)
            head = ""
        made = []
        indent += 2 if is_indented else 0
        for i, item in enumerate(items):
            if not head:
                self._separate()
            prefix, head = (head or " " * indent), ""
            # A block says of an item where it begins, which is behind the hyphen.
            made.append(self.value(item, (*loc, i), indent, f"{prefix}-"))
        return made

    def _flow(self, styled: tuple[str, Any], loc: Loc, head: str) -> tuple[str, Any]:
        """A value between brackets, which stands behind *head* on the present line; with its text."""
        style, value = styled
        if style in ("list", "map"):
            text, made = "", []
            for i, (key, inner) in enumerate(value.items() if style == "map" else enumerate(value)):
                text += ", " if i else ""
                if style == "map":
                    text += f"{key}: "
                at = (*loc, key)
                self.marks[at] = self._here(f"{head}[{text}")
                written, plain = self._flow(inner, at, f"{head}[{text}")
                text += written
                made.append((key, plain))
            if style == "map":
                return "{" + text + "}", dict(made)
            return f"[{text}]", [plain for _, plain in made]
        if style == "single":
            return f"'{value.replace(chr(39), chr(39) * 2)}'", value
        return (json.dumps(value, ensure_ascii=False) if style == "double" else value), value

    def _scalar(self, style: str, value: Any, indent: int, head: str) -> Any:
        pad = " " * (indent + 2)
        if style in ("plain-lines", "quoted-lines"):
            quote = '"' if style == "quoted-lines" else ""
            self.lines += [f"{head}{quote}{value[0]}", *(pad + line for line in value[1:])]
            self.lines[-1] += quote
            return " ".join(value)
        if style == "literal":
            self.lines += [f"{head}|-  # 注", *(pad + line for line in value)]
            return "\n".join(value)
        if style == "folded":
            self.lines += [f"{head}>-", *(pad + line for line in value)]
            return " ".join(value)
        text, _ = self._flow((style, value), (), head)
        self.lines.append(head + text)
        return value


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(_KEY, _VALUE, min_size=1, max_size=4), _GAPS, _BETWEEN,
    st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", codecs.BOM_UTF8]),
)  # fmt: skip
@example({"ka": ("flow", ("list", [])), "kb": ("single", "")}, [" "], [None], "\n", b"")
@example({"ka": ("outdented-list", [("map", {"kb": ("literal", ["字"])})])}, ["\t"], ["# 注"], "\r\n", codecs.BOM_UTF8)
def test_every_mark_points_at_its_value(
    styled: dict[str, Any], gaps: list[str], between: list[str | None], line_end: str, before: bytes
) -> None:
    writer = _Writer(gaps, between)
    values = writer.mapping(styled, (), 0)
    document = read_document(before + line_end.join([*writer.lines, "---", "正文"]).encode("utf-8"))
    assert [problem.kind for problem in document.problems] == (["line-ends"] if line_end == "\r\n" else [])
    assert document.front == values
    assert dict(document.marks) == writer.marks


def test_a_byte_order_mark_inside_the_file_is_a_problem_where_it_stands_and_moves_no_column() -> None:
    document = read_document("---\nka: 字\n\ufeffkb: 字\n---\n正文".encode())
    (problem,) = document.problems
    assert (problem.kind, problem.mark, dict(problem.facts)) == ("control-character", Mark(3, 1), {"code": "U+FEFF"})
