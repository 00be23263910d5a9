"""TXT: how the text is written: markup that pages do not show, and words that nobody meant."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.marks import Loc, Mark
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.shown import shown_texts
from generator.check.slips import Slip, slips


@rule(
    "TXT004",
    Severity.WARNING,
    "case",
    message=Text(zh="正文里有 HTML 代码，页面不会显示它", en="the text holds HTML, which pages do not show"),
    fix=Text(zh="改用 Markdown 的写法，或删去尖括号里的代码", en="write it in Markdown, or remove the tags"),
)
def raw_html(view: CaseView) -> Iterator[Finding]:
    """What pages leave out should not be missed only after publication."""
    for mark in dict.fromkeys(view.submission.body.omitted_html):
        yield Finding(at=InBody(mark))


@rule(
    "TXT005",
    Severity.WARNING,
    "case",
    message=Text(zh="疑似错别字或重复：“{wrong}”", en="“{wrong}” looks like a slip"),
    fix=Text(zh="核对原文；多半应为“{meant}”", en="probably “{meant}”"),
    clause="DOMAIN 1.8",
)
def wrong_words(view: CaseView) -> Iterator[Finding]:
    """A wrong character on a government site is a fault that inspections count.

    The words are those of vocabulary.yml, where anybody can add one; of ways to write that people differ about it is a hint.
    """
    body = view.submission.document.body
    for slip in slips(body, view.vocabulary):
        yield _finding(slip, InBody(_mark(body, slip.offset)))
    for loc, text in shown_texts(view.case):
        for slip in slips(text, view.vocabulary):
            yield _finding(slip, loc)


def _finding(slip: Slip, at: Loc | InBody) -> Finding:
    facts = {"wrong": slip.wrong, "meant": slip.right}
    return Finding(at=at, facts=facts, severity=Severity.INFO if slip.is_hint else None)


@rule(
    "TXT006",
    Severity.WARNING,
    "case",
    message=Text(zh="正文里有一级标题“{heading}”", en="“{heading}” is a heading of the first level"),
    fix=Text(zh="正文标题从二级（##）开始", en="begin with the second level (##)"),
)
def heading_of_the_first_level(view: CaseView) -> Iterator[Finding]:
    """The page's title is its only first heading; a screen reader would meet two pages in one."""
    for heading in view.submission.body.headings:
        if heading.level == 1:
            yield Finding(at=InBody(heading.at), facts={"heading": heading.text})


def _mark(text: str, offset: int) -> Mark:
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
