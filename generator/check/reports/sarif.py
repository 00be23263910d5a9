"""Diagnostics as SARIF 2.1.0, which code scanning and most editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from generator.check.diagnostics import Diagnostic, Rule, Severity
from generator.check.examine import Verdict, spoken_clause
from generator.check.reports.phrases import Lang, fingerprints, printable, said, whole
from generator.check.rules import all_rules

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report(verdict: Verdict, lang: Lang) -> str:
    """One run with every declared rule, whether it found something or not, and one result a finding."""
    rules = all_rules()
    indices = {rule.code: index for index, rule in enumerate(rules)}
    results = [
        _result(diagnostic, fingerprint, indices[diagnostic.code], lang)
        for diagnostic, fingerprint in zip(verdict.diagnostics, fingerprints(verdict.diagnostics), strict=True)
    ]
    driver = {"name": "showcase", "rules": [_rule(rule, lang) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",  # ours count characters, and the default is UTF-16
        "results": results,
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    label = "clause: " if lang == "en" else "依据："
    fix = said(rule.fix.left_open, lang)
    clause = spoken_clause(rule.clause, {})
    return {
        "id": rule.code,
        "shortDescription": {"text": _message(said(rule.message.left_open, lang))},
        "help": {"text": _message(f"{fix}\n{label}{clause}" if clause else fix)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, fingerprint: str, rule_index: int, lang: Lang) -> dict[str, Any]:
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(whole(diagnostic, lang))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(diagnostic.file, errors="replace")},
                    "region": {"startLine": diagnostic.line, "startColumn": diagnostic.column},
                }
            }
        ],
        "partialFingerprints": {"showcase/v1": fingerprint},
    }


def _message(text: str) -> str:
    """*text* with nothing in it that a viewer would make a placeholder or a link of.

    SARIF's links are ``[words](target)``, and viewers differ in what they take for an escaped bracket: a blank between
    the two halves is no link to any of them.
    """
    return printable(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
