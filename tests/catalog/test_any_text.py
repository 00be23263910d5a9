"""No bytes crash the reader of cases: they give values or problems, with marks that lie in the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from media.mutations import few, mutations

from generator.catalog.document import Document, read_data, read_document

YAML_PIECES = st.lists(
    st.sampled_from(
        [
            "---\n", "---", "title: ", "a: b: c\n", "- x\n", "  - y: 1\n", "[", "]", "{", "}", "&a ", "*a", "!!python/object:x ", "!x ",
            "'", '"', "|\n", ">\n", "#", "\t", "\n", " ", ":", "：", "? ", "<<: ", "0x1f\n", "2024-02-30\n", "1e999\n", ".nan\n", "yes\n",
            "~\n", "\ufeff", "\u2028", "\x85", "\0", "\r\n", "标题：", "字", "title: 一\n", "title: 二\n", "%YAML 1.1\n", "...\n", "99999999999999999999:1",
            "- - - - ", "0o9\n", "1:60:60\n", "@x", "`x", "\\u", '"\\x', "\U0001f600",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def _assert_document(document: Document, data: bytes) -> None:
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8-sig", "replace").split("\n")
    for mark in [*document.marks.values(), *(problem.mark for problem in document.problems)]:
        assert 1 <= mark.line <= len(text)
        assert 1 <= mark.column <= len(text[mark.line - 1]) + 1
    assert 1 <= document.body_line <= len(text)
    assert document.is_readable or not document.front


@few
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_a_document_or_a_problem(data: bytes) -> None:
    _assert_document(read_document(data), data)
    _assert_document(read_data(data), data)


@few
@given(YAML_PIECES, st.booleans())
@example("[", False)
def test_any_text_made_of_pieces_of_yaml_is_a_document_or_a_problem(text: str, is_framed: bool) -> None:
    data = (f"---\n{text}\n---\n正文\n" if is_framed else text).encode("utf-8", "replace")
    _assert_document(read_document(data, frozenset({"title", "标题"})), data)
    _assert_document(read_data(data), data)


@few
@given(mutations())
def test_a_changed_case_is_a_document_or_a_problem(mutate: Callable[[bytes], bytes]) -> None:
    data = mutate(
        "---\ntitle: 一\nunits:\n  - name: 某校\n    level: 3\nvideos:\n  - {file: a.mp4, captions: a.srt}\n---\n正文\n".encode()
    )
    _assert_document(read_document(data), data)


@pytest.mark.parametrize("depth", [10, 1_000, 100_000])
@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "a:\n "])
def test_values_nested_without_end_are_a_problem(piece: str, depth: int) -> None:
    data = f"---\na: {piece * depth}\n---\n".encode()
    document = read_document(data)
    assert not document.is_readable or depth == 10
