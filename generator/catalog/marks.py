"""Places in texts, and why a text or a part of it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

Loc = tuple[str | int, ...]
"""The way to a value: ``("videos", 0, "captions")``."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; both count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a document, or a part of it, cannot be read."""

    kind: str  # encoding, unclosed, duplicate-key … ; a rule of family DOC each
    mark: Mark
    facts: tuple[tuple[str, str], ...] = ()
    is_fatal: bool = True  # no value came of it


class UnreadableError(Exception):
    """A text that gives no values; `problem` says why and where."""

    def __init__(self, kind: str, mark: Mark, **facts: str) -> None:
        self.problem = Problem(kind=kind, mark=mark, facts=tuple(facts.items()))


def mark_at(text: str, offset: int, first_line: int = 1) -> Mark:
    """The place of a character of *text*, which begins in *first_line*."""
    return Mark(first_line + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1) + 1)
