"""Diagnostics as one JSON object, for programs of our own."""

from __future__ import annotations

import json

from generator.check.examine import Verdict
from generator.check.reports.phrases import Lang, counts, said

VERSION = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""


def report(verdict: Verdict, lang: Lang) -> str:
    """Every field of every diagnostic, and the sums."""
    errors, warnings, infos = counts(verdict.diagnostics)
    rows = [
        {
            "file": diagnostic.file,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "code": diagnostic.code,
            "severity": str(diagnostic.severity),
            "message": said(diagnostic.message, lang),
            "fix": said(diagnostic.fix, lang),
            "clause": diagnostic.clause,
            "quote": diagnostic.quote,
            "case": diagnostic.case_id,
        }
        for diagnostic in verdict.diagnostics
    ]
    totals = {"errors": errors, "warnings": warnings, "infos": infos, "withheld": sorted(verdict.withheld)}
    document = {"version": VERSION, "diagnostics": rows, "summary": totals}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
