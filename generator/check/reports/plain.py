"""Diagnostics as lines of text, for a terminal."""

from __future__ import annotations

from generator.check.diagnostics import Diagnostic
from generator.check.examine import Verdict
from generator.check.reports.phrases import Lang, clause, one_line, said, summary


def report(verdict: Verdict, lang: Lang) -> str:
    """``file:line:column: severity CODE: message``, under it the clause with its words, and what to do.

    At the end one line that sums up.
    """
    lines = [line for diagnostic in verdict.diagnostics for line in _lines(diagnostic, lang)]
    return "\n".join([*lines, summary(verdict, lang)]) + "\n"


def _lines(diagnostic: Diagnostic, lang: Lang) -> list[str]:
    place = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}"
    message = one_line(said(diagnostic.message, lang))
    under = [clause(diagnostic, lang), one_line(said(diagnostic.fix, lang))]
    return [
        f"{place}: {diagnostic.severity} {diagnostic.code}: {message}",
        *(f"    {line}" for line in under if line),
    ]
