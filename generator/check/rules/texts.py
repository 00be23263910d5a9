"""TXT: how the text is written: markup that pages do not show, and words that nobody meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.marks import Mark
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule

# The first three stand in the notices themselves. The rest are words that nobody writes twice on purpose;
# words like 教学 are left out, since 教学生学物理 holds none, and 教学生学生物 holds 学生 twice.
_TWICE = "进行 通过 以及 我们 他们 开展 利用 因此 但是 所以 如果 可以 提高 提升 实现 建立".split()
_SLIPS = (*"择扰 WODR 必报必报 的的 与与 及及 ，， 。。 、、 ；；".split(), *(word * 2 for word in _TWICE))
_WRONG = re.compile("|".join("(?<![目标])的的(?![确士])" if slip == "的的" else slip for slip in _SLIPS))
_MEANT = {"择扰": "择优", "WODR": "WORD"}
# A page break of Word leaves the last character of a line at the head of the next (新技术⏎术).
_BROKEN_LINE = re.compile(r"\n(?<=[\u4e00-\u9fff]([\u4e00-\u9fff])\n)\1(?=[\u4e00-\u9fff])")


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
    """A wrong character on a government site is a fault that inspections count."""
    body = view.submission.document.body
    for match in _slips(body):
        yield Finding(at=InBody(_mark(body, match.start())), facts=_facts(match.group()))
    for match in _BROKEN_LINE.finditer(body):
        facts = {"wrong": f"{match.group(1)}⏎{match.group(1)}", "meant": match.group(1)}
        yield Finding(at=InBody(_mark(body, match.start() - 1)), facts=facts)
    case = view.case
    fields = (
        ("title", case.title),
        ("summary", case.summary),
        ("intro", case.intro),
        ("self_review", case.self_review),
    )
    for field, text in fields:
        for match in _slips(text):
            yield Finding(at=(field,), facts=_facts(match.group()))


def _slips(text: str) -> Iterator[re.Match[str]]:
    # Nearly no text holds one, and a search for literals is far cheaper than a pattern tried at every character.
    return _WRONG.finditer(text) if any(slip in text for slip in _SLIPS) else iter(())


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


def _facts(wrong: str) -> dict[str, str]:
    return {"wrong": wrong, "meant": _MEANT.get(wrong, wrong[: len(wrong) // 2])}


def _mark(text: str, offset: int) -> Mark:
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
