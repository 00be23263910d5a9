"""Diagnostics as people and programs read them: plain text, JSON, and the commands of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from generator.check.diagnostics import Diagnostic, Severity, Text
from generator.check.examine import Verdict

Form = Literal["text", "json", "github"]
Lang = Literal["zh", "en"]

JSON_VERSION = 1
"""Raised when a field of the JSON form changes its meaning or goes; new fields do not raise it."""

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(verdict: Verdict, form: Form = "text", lang: Lang = "zh") -> str:
    """*verdict* in the form asked for, in its own order, ending in a line feed.

    text: ``file:line:column: severity CODE: message``, under it the clause with its words, and what to do;
    at the end one line that sums up. json: one object. github: one command a finding, nothing else.
    """
    if form == "json":
        return _json(verdict, lang)
    if form == "github":
        return "".join(_github(diagnostic, lang) + "\n" for diagnostic in verdict.diagnostics)
    lines = [line for diagnostic in verdict.diagnostics for line in _lines(diagnostic, lang)]
    return "\n".join([*lines, summary(verdict, lang)]) + "\n"


def summary(verdict: Verdict, lang: Lang = "zh") -> str:
    """How much was found, and which cases stay off the site, in one line."""
    errors, warnings, infos = _counts(verdict.diagnostics)
    withheld = sorted(verdict.withheld)
    if lang == "en":
        text = f"{errors} errors, {warnings} warnings, {infos} infos"
        return f"{text}; withheld: {', '.join(withheld)}" if withheld else f"{text}; nothing is withheld"
    text = f"错误 {errors} 处，警告 {warnings} 处，提示 {infos} 处"
    return (
        f"{text}；暂不发布 {len(withheld)} 个案例：{'、'.join(withheld)}" if withheld else f"{text}；没有暂缓发布的案例"
    )


def _in(text: Text, lang: Lang) -> str:
    return text.en if lang == "en" else text.zh


def _counts(diagnostics: Iterable[Diagnostic]) -> tuple[int, int, int]:
    found = [diagnostic.severity for diagnostic in diagnostics]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.INFO)


def _clause(diagnostic: Diagnostic, lang: Lang) -> str:
    """The clause with its words; nothing where the rule rests on none."""
    if not diagnostic.clause:
        return ""
    label = "clause: " if lang == "en" else "依据："
    quote = f" “{_one_line(diagnostic.quote)}”" if diagnostic.quote else ""
    return f"{label}{diagnostic.clause}{quote}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(diagnostic: Diagnostic, lang: Lang) -> list[str]:
    place = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}"
    message = _one_line(_in(diagnostic.message, lang))
    under = [_clause(diagnostic, lang), _one_line(_in(diagnostic.fix, lang))]
    return [
        f"{place}: {diagnostic.severity} {diagnostic.code}: {message}",
        *(f"    {line}" for line in under if line),
    ]


def _json(verdict: Verdict, lang: Lang) -> str:
    errors, warnings, infos = _counts(verdict.diagnostics)
    rows = [
        {
            "file": diagnostic.file,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "code": diagnostic.code,
            "severity": str(diagnostic.severity),
            "message": _in(diagnostic.message, lang),
            "fix": _in(diagnostic.fix, lang),
            "clause": diagnostic.clause,
            "quote": diagnostic.quote,
            "case": diagnostic.case_id,
        }
        for diagnostic in verdict.diagnostics
    ]
    totals = {"errors": errors, "warnings": warnings, "infos": infos, "withheld": sorted(verdict.withheld)}
    document = {"version": JSON_VERSION, "diagnostics": rows, "summary": totals}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _github(diagnostic: Diagnostic, lang: Lang) -> str:
    """A workflow command; GitHub shows it beside the line of the pull request."""
    properties = ",".join(
        f"{name}={_property(str(value))}"
        for name, value in (
            ("file", diagnostic.file),
            ("line", diagnostic.line),
            ("col", diagnostic.column),
            ("title", diagnostic.code),
        )
    )
    parts = (_in(diagnostic.message, lang), _clause(diagnostic, lang), _in(diagnostic.fix, lang))
    said = _data("\n".join(filter(None, parts)))
    return f"::{_GITHUB_LEVELS[diagnostic.severity]} {properties}::{said}"


def _data(text: str) -> str:
    """The percent sign first, or the signs that stand for line ends would be escaped again."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
