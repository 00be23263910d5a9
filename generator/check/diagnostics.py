"""What a diagnostic is, and how a rule is declared: its words on top of its check.

A rule is one `@rule` above a function that yields `Finding`s. Codes are never reused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.document import Document
from generator.catalog.gist import Gist
from generator.catalog.marks import Loc, Mark
from generator.catalog.places import Regions, Vocabulary
from generator.catalog.submission import Call, FileEntry, Submission
from generator.catalog.values import Source

_FACT = re.compile(r"\{\w+\}")


class Severity(StrEnum):
    """An error withholds its case; a warning and an info leave it in."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words for people in both languages; ``{name}`` stands for a fact of the finding."""

    zh: str
    en: str

    def filled(self, facts: Mapping[str, Any]) -> Text:
        """Both languages with their facts in place."""
        return Text(self.zh.format_map(facts), self.en.format_map(facts))

    @property
    def left_open(self) -> Text:
        """Both languages with “…” where their facts will stand: what a rule says of no case in particular."""
        return Text(_FACT.sub("…", self.zh), _FACT.sub("…", self.en))


@dataclass(frozen=True, slots=True)
class InBody:
    """A place in the body: lines count from the body's first."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class TextStart:
    """The first line of a case's text that says something; found when it is told, for few are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breach of a rule: where, with which facts.

    `severity` and `source` speak for the call's own wording where a rule carries out its data;
    a finding of a site rule names the `file` and, when it withholds, the `case_id` that it blames.
    """

    at: Loc | Mark | InBody | TextStart = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    source: Source | None = None
    file: str | None = None
    case_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A readable case in its surroundings: what case rules judge."""

    submission: Submission
    case: Case
    campaign: Campaign
    regions: Regions
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All cases in brief beside each other, with what is no case: what site rules judge."""

    cases: tuple[Gist, ...]
    calls: tuple[Call, ...]
    document_of: Callable[[str], Document]  # of a case by its file, read again: to be asked for few
    strays: tuple[FileEntry, ...] = ()


Readable = Submission | Call
Scope = Literal["document", "case", "campaign", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A declared rule. `check` takes what its scope says and yields findings; it never raises for content.

    document: a `Submission` or `Call` as read. case: a `CaseView`. campaign: a `Call` that could be
    read, and the `Catalog`, whose cases it does not look at. site: the `Overview`.
    """

    code: str
    severity: Severity
    scope: Scope
    message: Text
    fix: Text
    clause: str
    why: str
    call_decides: bool  # severity and clause are those of the call's own sentence; `severity` is the usual one
    check: Callable[..., Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Diagnostic:
    """One sentence about one place, as reports show it."""

    file: str  # relative to the folder that holds cases/
    line: int
    column: int
    code: str
    severity: Severity
    message: Text = field(compare=False)
    fix: Text = field(compare=False)
    clause: str = ""
    quote: str = ""
    case_id: str = ""  # the case that it withholds, if it is an error


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    scope: Scope,
    *,
    message: Text,
    fix: Text,
    clause: str = "",
    call_decides: bool = False,
) -> Callable[[Callable[..., Iterator[Finding]]], Callable[..., Iterator[Finding]]]:
    """Declare the function below as a rule; its docstring says why the rule is there.

    Raises:
        ValueError: the code is taken, or the function has no docstring.
    """

    def declared(check: Callable[..., Iterator[Finding]]) -> Callable[..., Iterator[Finding]]:
        if code in _RULES:
            raise ValueError(f"rule {code} is declared twice")
        if not check.__doc__:
            raise ValueError(f"rule {code} does not say why")
        _RULES[code] = Rule(
            code=code,
            severity=severity,
            scope=scope,
            message=message,
            fix=fix,
            clause=clause,
            why=check.__doc__.strip(),
            call_decides=call_decides,
            check=check,
        )
        return check

    return declared


def declared_rules() -> tuple[Rule, ...]:
    """Every rule that was declared, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))
