"""Whole names of children beside a class or a word such as 同学 are found, masked, and hardly anything else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.catalog.reader import read_catalog
from generator.check.pupils import open_names

HERE = Path(__file__).parent
_MARKED = re.compile(r"⟦([^⟧]*)⟧")


def test_the_labelled_lines_are_judged_as_they_are_labelled() -> None:
    lines = [line for line in (HERE / "pupils.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    hits = missed = wrong = 0
    for line in lines:
        names = [match.start() - 2 * number for number, match in enumerate(_MARKED.finditer(line))]
        found = [one.offset for one in open_names(_MARKED.sub(r"\1", line))]
        hits += len(set(names) & set(found))
        missed += len(set(names) - set(found))
        wrong += len(set(found) - set(names))
    assert len(lines) >= 65
    assert (hits, missed, wrong) == (21, 0, 0)


def test_the_sample_cases_name_no_child() -> None:
    texts = [
        text
        for one in read_catalog(HERE.parents[1] / "cases").submissions
        for text in (one.document.body, str(one.document.front))
    ]
    assert [(one, text[one.offset : one.offset + 8]) for text in texts for one in open_names(text)] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("刘小雨同学", ["刘**"]),
        ("赵欣同学", ["赵*"]),
        ("七（2）班孙宇、林佳琪同学", ["孙*", "林**"]),
        ("", []),
        ("同学", []),
    ],
)
def test_a_name_is_only_shown_masked(text: str, masked: list[str]) -> None:
    assert [one.masked for one in open_names(text)] == masked
