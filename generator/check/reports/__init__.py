"""What was found, in every form that people and programs read: values in, text out. One module for each form."""

from __future__ import annotations

from generator.check.examine import Verdict
from generator.check.reports import github, gitlab, junit, markdown, plain, records, sarif
from generator.check.reports.phrases import Form, Lang
from generator.check.sheets import CaseSheet

__all__ = ["Form", "Lang", "github", "gitlab", "junit", "markdown", "plain", "records", "report", "sarif"]


def report(
    verdict: Verdict,
    form: Form = "text",
    lang: Lang = "zh",
    sheets: tuple[CaseSheet, ...] = (),
    files_url: str = "",
) -> str:
    """*verdict* in the form asked for, in its own order, ending in a line feed; of no findings, github says nothing.

    *sheets* are the cases that were examined. junit names each of them, markdown says what their texts use of their
    limits, and shows their pictures where *files_url* says below which address the files of the proposal lie; the other
    forms do without. markdown is for the office and Chinese in any language.
    """
    match form:
        case "json":
            return records.report(verdict, lang)
        case "github":
            return github.report(verdict, lang)
        case "gitlab":
            return gitlab.report(verdict, lang)
        case "sarif":
            return sarif.report(verdict, lang)
        case "junit":
            return junit.report(verdict, lang, sheets)
        case "markdown":
            return markdown.report(verdict, sheets, files_url)
        case "text":
            return plain.report(verdict, lang)
