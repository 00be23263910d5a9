"""Diagnostics as GitLab's Code Quality report, which it shows beside the lines of a merge request."""

from __future__ import annotations

import json

from generator.check.diagnostics import Severity
from generator.check.examine import Verdict
from generator.check.reports.phrases import Lang, fingerprints, one_line, printable, whole

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(verdict: Verdict, lang: Lang) -> str:
    """A list with one issue a finding; its description is one line: message, clause and way out."""
    issues = [
        {
            "description": printable(one_line(whole(diagnostic, lang))),
            "check_name": diagnostic.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": diagnostic.file, "lines": {"begin": diagnostic.line}},
        }
        for diagnostic, fingerprint in zip(verdict.diagnostics, fingerprints(verdict.diagnostics), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
