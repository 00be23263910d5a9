"""The reader of front matter: what it refuses and where, what it makes of the rest, and that no bytes upset it."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog.document import LARGEST_FRONT_MATTER, Document, read_data, read_document
from generator.catalog.marks import Mark

KEYS = frozenset({"title", "unit", "name"})


def read(text: str) -> Document:
    """*text* as the body of a file that is UTF-8."""
    return read_document(text.encode("utf-8"), KEYS)


def only_problem(document: Document) -> tuple[str, int, int, dict[str, str]]:
    """The one problem of *document*: kind, line, column, facts."""
    (problem,) = document.problems
    return problem.kind, problem.mark.line, problem.mark.column, dict(problem.facts)


# — the four traps of MkDocs' own reading —


def test_a_colon_inside_a_title_is_a_problem_and_not_a_lost_title() -> None:
    document = read("---\ntitle: 5G赋能: 县域教研\n---\n正文\n")
    assert only_problem(document) == ("unquoted-colon", 2, 12, {"key": "title"})
    assert not document.is_readable


def test_a_full_width_colon_is_a_problem_and_not_a_page_full_of_front_matter() -> None:
    document = read("---\ncategory: A1\ntitle：县域教研\n---\n正文\n")
    assert only_problem(document) == ("fullwidth-colon", 3, 6, {"key": "title"})
    assert document.body == ""


def test_a_byte_order_mark_is_taken_off_and_takes_nothing_along() -> None:
    plain = "---\ntitle: 县域教研\n---\n正文\n".encode()
    assert read_document(codecs.BOM_UTF8 + plain) == read_document(plain)
    assert read_document(plain).front == {"title": "县域教研"}


def test_a_gbk_file_is_a_problem_with_its_line_and_not_a_traceback() -> None:
    document = read_document("---\ncategory: A1\ntitle: 县域教研\n---\n正文\n".encode("gbk"))
    assert only_problem(document) == ("encoding", 3, 1, {"guess": "GBK"})


# — every other way to be unreadable, with its place —


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("empty", 1, 1, {})),
        (" \n\t\n", ("empty", 1, 1, {})),
        ("\ufeff\n", ("empty", 1, 1, {})),
        ("title: x\n---\n", ("no-front-matter", 1, 1, {})),
        ("\n---\ntitle: x\n---\n", ("no-front-matter", 1, 1, {})),
        ("---title: x\n---\na: 1\n---\n", ("no-front-matter", 1, 1, {})),
        ("---\ntitle: x\n", ("unclosed", 1, 1, {})),
        ("---", ("unclosed", 1, 1, {})),
        ("---\ntitle: 教\x07研\n---\n", ("control-character", 2, 9, {"code": "U+0007"})),
        ("---\ntitle: x\n---\n\n教\x00研\n", ("control-character", 5, 2, {"code": "U+0000"})),
        ("---\ntitle: 教\x85研: x\n---\n", ("control-character", 2, 9, {"code": "U+0085"})),
        ("---\ntitle: 教\u2028研: x\n---\n", ("control-character", 2, 9, {"code": "U+2028"})),
        ("---\ntitle: 教\u200b研\n---\n", ("control-character", 2, 9, {"code": "U+200B"})),
        ("---\ntitle: 教\u202e研\n---\n", ("control-character", 2, 9, {"code": "U+202E"})),
        ("---\na: 1\nunit:\n\tname: x\n---\n", ("tab", 4, 1, {})),
        ("---\nunit:\n  name: x\n \tkind: y\n---\n", ("tab", 4, 2, {})),
        ("---\nunit:\n  name：示例\n  kind: y\n---\n", ("fullwidth-colon", 3, 7, {"key": "name"})),
        ("---\npeople:\n  - name：示例\n---\n", ("fullwidth-colon", 3, 9, {"key": "name"})),
        ("---\na: 1\ntitle:县域教研\n---\n", ("no-blank", 3, 7, {"key": "title"})),
        ("---\nunit:\n  kind: 甲: 乙\n---\n", ("unquoted-colon", 3, 10, {"key": "kind"})),
        ('---\na: 1\ntitle: "x\nunit: y\n---\n', ("open-quote", 3, 8, {})),
        ("---\ntitle: 'x\nunit: y\n---\n", ("open-quote", 2, 8, {})),
        ("---\ntitle: x\nunit: y\ntitle: z\n---\n", ("duplicate-key", 4, 1, {"key": "title", "line": "2"})),
        ("---\nunit: {name: x, 'name': y}\n---\n", ("duplicate-key", 2, 17, {"key": "name", "line": "2"})),
        ("---\ntitle: &a x\n---\n", ("alias", 2, 8, {"name": "&a"})),
        ("---\nunit: &u\n  name: x\n---\n", ("alias", 2, 7, {"name": "&u"})),
        ("---\ntitle: *a\n---\n", ("alias", 2, 8, {"name": "*a"})),
        ("---\ntitle: !!str x\n---\n", ("tag", 2, 8, {"name": "tag:yaml.org,2002:str"})),
        ("---\nunit: !x {}\n---\n", ("tag", 2, 7, {"name": "!x"})),
        ("---\ntitle: [甲, 乙\n---\n", ("yaml", 3, 1, {"said": "did not find expected ',' or ']'"})),
        ("---\ntitle: @x\n---\n", ("yaml", 2, 8, {"said": "found character that cannot start any token"})),
        ("---\n- title\n---\n", ("not-a-mapping", 2, 1, {})),
        ("---\n---\n", ("not-a-mapping", 2, 1, {})),
        ("---\ntitle: x\n--- {a: 1}\n---\n", ("second-document", 3, 1, {})),
        ("---\n? [a, b]\n: x\n---\n", ("complex-key", 2, 3, {})),
        ("---\na: [[[[[[[[[[[[[]]]]]]]]]]]]]\n---\n", ("too-deep", 2, 15, {})),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_named_with_its_line_and_column(
    text: str, expected: tuple[str, int, int, dict[str, str]]
) -> None:
    document = read(text)
    assert only_problem(document) == expected
    assert not document.is_readable
    assert document.front == {}


def test_utf_16_is_told_from_gbk() -> None:
    document = read_document("---\ntitle: 县域教研\n---\n".encode("utf-16"))
    assert only_problem(document) == ("encoding", 1, 1, {"guess": "UTF-16"})


def test_front_matter_is_bounded_and_the_body_is_not() -> None:
    long = "长" * LARGEST_FRONT_MATTER
    assert only_problem(read(f"---\ntitle: {long}\n---\n")) == (
        "front-matter-too-large",
        2,
        1,
        {"size": str(len(f"title: {long}\n"))},
    )
    assert read(f"---\ntitle: x\n---\n{long}").is_readable


def test_windows_line_ends_are_mentioned_and_cost_nothing_else() -> None:
    document = read("---\r\ntitle: x\r\nunit: y\r\n---\r\n第一行\r\n第二行\r\n")
    assert only_problem(document) == ("line-ends", 1, 1, {})
    assert document.is_readable
    assert document.front == {"title": "x", "unit": "y"}
    assert document.mark(("unit",)) == Mark(3, 7)
    assert document.body.strip() == "第一行\n第二行"


def test_line_ends_are_mentioned_beside_what_makes_the_file_unreadable() -> None:
    kinds = [problem.kind for problem in read("---\r\ntitle: a: b\r\n---\r\n").problems]
    assert kinds == ["line-ends", "unquoted-colon"]


# — what the values are —


def test_yes_is_a_word_and_a_date_is_a_text() -> None:
    front = read("---\na: yes\nb: off\nc: 2021-10-18\nd: 12:30\ne: 0o17\nf: 1_000\ng: .inf\n---\n").front
    assert front == {"a": "yes", "b": "off", "c": "2021-10-18", "d": "12:30", "e": "0o17", "f": "1_000", "g": ".inf"}


def test_null_booleans_and_numbers_are_what_they_say() -> None:
    front = read("---\na: null\nb: ~\nc:\nd: true\ne: false\nf: 2021\ng: 0.8\nh: -3\n---\n").front
    assert front == {"a": None, "b": None, "c": None, "d": True, "e": False, "f": 2021, "g": 0.8, "h": -3}


def test_quotes_make_a_text_of_anything() -> None:
    front = read('---\na: "2021"\nb: \'true\'\nc: ""\nd: |\n  null\n---\n').front
    assert front == {"a": "2021", "b": "true", "c": "", "d": "null\n"}


@given(st.from_regex(r"[-+]?[0-9]{1,20}(\.[0-9]{1,20})?", fullmatch=True))
@example("3.10")
@example("+5")
@example("-0")
@example("007")
def test_a_number_comes_back_as_it_was_written(written: str) -> None:
    assert str(read(f"---\na: {written}\n---\n").front["a"]) == written


def test_a_campaign_file_is_read_with_the_same_strictness_and_counts_from_its_own_first_line() -> None:
    assert read_data(b"id: x\nyear: 2021\n").mark(("year",)) == Mark(2, 7)
    assert only_problem(read_data(b"id: x\ntitle: a: b\n")) == ("unquoted-colon", 2, 9, {"key": "title"})
    assert only_problem(read_data(b"a: 1\n---\nb: 2\n"))[0] == "second-document"


# — where things stand —


@pytest.mark.parametrize("blank", [0, 1, 3])
def test_empty_lines_after_the_first_fence_move_no_mark(blank: int) -> None:
    text = "---\n" + "\n" * blank + "title: x\nunit: [a, {name: b}]\n---\n"
    document = read(text)
    assert document.mark(("title",)) == Mark(2 + blank, 8)
    assert document.mark(("unit", 1, "name")) == Mark(3 + blank, 18)


@pytest.mark.parametrize("blank", [0, 1, 3])
def test_the_lines_of_the_body_are_lines_of_the_file(blank: int) -> None:
    text = "---\ntitle: x\n---\n" + "\n" * blank + "甲\n\n---\n乙\n"
    document = read(text)
    lines = text.split("\n")
    for offset, line in enumerate(document.body.split("\n")):
        if line:
            assert lines[document.body_line - 1 + offset] == line
    assert document.body.strip() == "甲\n\n---\n乙"


def test_fences_may_be_longer_and_trail_spaces() -> None:
    document = read("-----  \ntitle: x\n---- \n正文")
    assert (document.front, document.body.strip()) == ({"title": "x"}, "正文")


def test_a_place_that_is_not_in_the_file_is_the_nearest_around_it() -> None:
    document = read("---\nunit:\n  name: x\nvideos:\n  - file: a\n---\n")
    assert document.mark(("unit", "region")) == Mark(2, 1)
    assert document.mark(("videos", 0, "captions", "x")) == Mark(5, 5)
    assert document.mark(("title",)) == Mark(1, 1)
    assert document.mark(()) == Mark(1, 1)


# — no bytes upset it —

_FENCED = st.binary(max_size=200).map(lambda data: b"---\n" + data + b"\n---\n")
_YAMLISH = st.text("ab:-[]{}#&*!|>'\"%@`?,~ \t\n\r\u3000：\ufeff\u2028\x85\x00", max_size=80)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), _FENCED, _YAMLISH.map(lambda text: f"---\n{text}\n---\n".encode())))
def test_any_bytes_at_all_give_a_document(data: bytes) -> None:
    for document in (read_document(data, KEYS), read_data(data)):
        assert isinstance(document, Document)
        assert document.is_readable or document.front == {}
        lines = max(1, data.count(b"\n") + data.count(b"\r") + 1)
        for problem in document.problems:
            assert 1 <= problem.mark.line <= lines + 1
            assert problem.mark.column >= 1
        assert all(mark.line <= lines for mark in document.marks.values())


def _nested_aliases() -> str:
    """The “billion laughs”: each line is nine of the line before."""
    rows = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        (_nested_aliases(), "alias"),
        ("title: " + "长" * 3_500_000, "front-matter-too-large"),  # ten megabytes
        ("a: x\n" * 2_000_000, "front-matter-too-large"),
        ("a: " + "[" * 10_000, "too-deep"),
        ("a: " + "{b: " * 10_000, "too-deep"),
        ("- " * 10_000 + "a", "too-deep"),
        ("? " * 10_000 + "a", "complex-key"),
        ("\n".join(" " * i + "a:" for i in range(300)), "too-deep"),
        ("a" * 200_000, "not-a-mapping"),
        ('"' + "\\\n" * 100_000, "open-quote"),
    ],
    ids=["bomb", "one-line", "many-lines", "brackets", "braces", "hyphens", "questions", "steps", "word", "quote"],
)
def test_hostile_front_matter_is_refused_in_less_than_a_second(front: str, kind: str) -> None:
    data = f"---\n{front}\n---\n".encode()
    started = time.process_time()
    document = read_document(data, KEYS)
    assert time.process_time() - started < 1
    assert [problem.kind for problem in document.problems] == [kind]
