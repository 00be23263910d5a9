"""Diagnostics as a JUnit report, which every CI server reads: a case is a test that passes or fails."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from generator.check.diagnostics import Diagnostic, Severity
from generator.check.examine import Verdict
from generator.check.reports.phrases import Lang, clause, one_line, printable, said
from generator.check.sheets import CaseSheet


def report(verdict: Verdict, lang: Lang, sheets: tuple[CaseSheet, ...]) -> str:
    """One suite with one test a case, in their order; behind them one for each other file that has a finding.

    Errors make the one failure of their test. Warnings and infos are its output.
    """
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in verdict.diagnostics:
        by_file[diagnostic.file].append(diagnostic)
    names = {sheet.file: sheet.id for sheet in sheets}
    files = [*names, *sorted(by_file.keys() - names.keys())]
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(root, "testsuite", name="showcase check")
    failures = [_test(suite, file, names.get(file, file), by_file[file], lang) for file in files].count(True)
    for element in (root, suite):
        element.attrib |= {"tests": str(len(files)), "failures": str(failures), "errors": "0"}
    suite.set("skipped", "0")
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _test(suite: ElementTree.Element, file: str, name: str, found: list[Diagnostic], lang: Lang) -> bool:
    """Adds the test of one file; whether it fails."""
    campaign = name.split("/")[0] if name != file else "cases"
    test = ElementTree.SubElement(
        suite, "testcase", classname=printable(campaign), name=printable(name), file=printable(file)
    )
    errors = [one for one in found if one.severity is Severity.ERROR]
    others = [one for one in found if one.severity is not Severity.ERROR]
    if errors:
        first = printable(one_line(said(errors[0].message, lang)))
        if len(errors) > 1:
            first += f" (and {len(errors) - 1} more)" if lang == "en" else f"（另有 {len(errors) - 1} 处错误）"
        failure = ElementTree.SubElement(test, "failure", message=first, type=errors[0].code)
        failure.text = _lines(errors, lang)
    if others:
        ElementTree.SubElement(test, "system-out").text = _lines(others, lang)
    return bool(errors)


def _lines(found: list[Diagnostic], lang: Lang) -> str:
    rows = []
    for one in found:
        said_once = (said(one.message, lang), clause(one, lang), said(one.fix, lang))
        parts = [one_line(part) for part in said_once if part]
        rows.append(f"{one.file}:{one.line}:{one.column}: {one.severity} {one.code}: " + "\n    ".join(parts))
    return printable("\n".join(rows))
