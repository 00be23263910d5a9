"""Of what is private in lines of reports nearly all is found, and nearly nothing else is taken for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.check.privacy import KINDS, scan

FOLDER = Path(__file__).parent / "privacy"
LEAST = {
    "labelled.txt": (0.99, 0.97),
    "held-out.txt": (0.96, 0.96),
    "harder.txt": (0.99, 0.97),
    "unseen.txt": (0.85, 0.97),
}
"""Recall and precision. Of the few lines that were written after the code one miss alone costs up to three in a hundred;
what is not yet found in `unseen.txt` was left unfound, so that its figure says what to expect of texts to come."""

_MARKED = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")


class Span(NamedTuple):
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Score:
    hits: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed))

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.wrong))


def lines_of(name: str) -> list[Line]:
    rows = (FOLDER / name).read_text("utf-8").splitlines()
    return [_line(row.replace("⏎", "\n")) for row in rows if row and not row.startswith("# ")]


def _line(row: str) -> Line:
    text, spans, end = "", list[Span](), 0
    for mark in _MARKED.finditer(row):
        text += row[end : mark.start()]
        spans.append(Span(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return Line(text + row[end:], tuple(spans))


def score_of(lines: list[Line]) -> Score:
    hits, missed, wrong = 0, list[str](), list[str]()
    for line in lines:
        found = [Span(one.kind, one.offset, one.end) for one in scan(line.text)]
        for span in line.spans:
            met = any(one.kind == span.kind and one.start < span.end and span.start < one.end for one in found)
            hits += met
            missed += [] if met else [f"{span.kind}: {line.text}"]
        for one in found:
            if not any(one.kind == span.kind and one.start < span.end and span.start < one.end for span in line.spans):
                wrong.append(f"{one.kind} {line.text[one.start : one.end]!r}: {line.text}")
    return Score(hits, tuple(missed), tuple(wrong))


@pytest.mark.parametrize("name", LEAST)
def test_nearly_everything_private_is_found_and_nearly_nothing_else(name: str) -> None:
    lines = lines_of(name)
    score = score_of(lines)
    print(f"{name}: {len(lines)} lines, recall {score.recall:.4f}, precision {score.precision:.4f}")
    print("\n".join(["missed:", *score.missed, "wrong:", *score.wrong]))
    least_recall, least_precision = LEAST[name]
    assert score.recall >= least_recall
    assert score.precision >= least_precision


@pytest.mark.parametrize(
    ("name", "least"), [("labelled.txt", 300), ("held-out.txt", 60), ("harder.txt", 200), ("unseen.txt", 100)]
)
def test_the_lines_are_many_and_half_of_them_innocent(name: str, least: int) -> None:
    lines = lines_of(name)
    assert len(lines) >= least
    assert 0.4 <= sum(not line.spans for line in lines) / len(lines) <= 0.6
    assert {span.kind for line in lines for span in line.spans} == set(KINDS)
