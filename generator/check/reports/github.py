"""Diagnostics as commands of GitHub's workflows, which it shows beside the line of a pull request."""

from __future__ import annotations

from generator.check.diagnostics import Diagnostic, Severity
from generator.check.examine import Verdict
from generator.check.reports.phrases import Lang, whole

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(verdict: Verdict, lang: Lang) -> str:
    """One command a finding, a line each, and nothing else."""
    return "".join(_command(diagnostic, lang) + "\n" for diagnostic in verdict.diagnostics)


def _command(diagnostic: Diagnostic, lang: Lang) -> str:
    properties = ",".join(
        f"{name}={_property(str(value))}"
        for name, value in (
            ("file", diagnostic.file),
            ("line", diagnostic.line),
            ("col", diagnostic.column),
            ("title", diagnostic.code),
        )
    )
    return f"::{_LEVELS[diagnostic.severity]} {properties}::{_data(whole(diagnostic, lang))}"


def _data(text: str) -> str:
    """The percent sign first, or the signs that stand for line ends would be escaped again."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
