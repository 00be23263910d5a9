"""TXT: has the text the parts that its call's template asks for?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.catalog.demands import Section
from generator.catalog.values import Clause, Source
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.lengths import is_without_text
from generator.check.limits import applies
from generator.check.references import beginning

# Before the heading is made narrow, so that the brackets are round ASCII ones: 一、 (一) 1. 第一章 第二部分
_NUMBER = re.compile(
    r"(?:第?[一二三四五六七八九十百]+(?:[、.,:]|部分|[章节篇])|\([一二三四五六七八九十百\d]+\)|\d+(?:\.\d+)*(?:[、.)]|\s))[、:.\s]*"
)


@lru_cache(maxsize=1024)
def bare_heading(heading: str) -> str:
    """*heading* without its number, spaces and punctuation, so that （一）实施背景 and 一、 实施背景 are the same."""
    narrow = unicodedata.normalize("NFKC", heading.strip().lstrip("①②③④⑤⑥⑦⑧⑨⑩")).strip()
    while number := _NUMBER.match(narrow):
        if number.end() == len(narrow):
            break
        narrow = narrow[number.end() :]
    return re.sub(r"[\s、,。:;.“”\"()《》·—-]", "", narrow)


def _names(section: Section) -> set[str]:
    return {bare_heading(name) for name in (section.heading, *section.aliases)}


@rule(
    "TXT003",
    Severity.WARNING,
    "case",
    message=Text(zh="没有找到“{heading}”部分", en="the part “{heading}” is missing"),
    fix=Text(
        zh="按活动的模板补上“{heading}”（同义的标题也可以）",
        en="add it after the call's template, or one of its synonyms",
    ),
)
def template_part_missing(view: CaseView) -> Iterator[Finding]:
    """Judges compare cases part by part; what is missing scores nothing, and readers miss it too."""
    if is_without_text(view.submission, view.case, view.campaign):
        return
    headings = {bare_heading(heading.text) for heading in view.submission.body.headings}
    for section in view.campaign.template:
        if not section.required or not applies(section.when, view.case):
            continue
        in_front = bool(section.field and getattr(view.case, section.field, None))
        if not in_front and not _names(section) & headings:
            at = (section.field,) if section.field else beginning(view.submission.document)
            yield Finding(at=at, facts={"heading": section.heading}, source=section.source)


@rule(
    "TXT007",
    Severity.INFO,
    "case",
    message=Text(
        zh="“{heading}”写在“{before}”之后，与模板的次序不同",
        en="“{heading}” stands behind “{before}”, unlike in the template",
    ),
    fix=Text(zh="不是有意的，就按模板的次序排", en="put the parts into the template's order unless this is on purpose"),
)
def parts_in_another_order(view: CaseView) -> Iterator[Finding]:
    """Judges read many cases along one outline; what stands elsewhere is easily held for missing."""
    places = {bare_heading(heading.text): heading for heading in reversed(view.submission.body.headings)}
    latest = None
    for section in view.campaign.template:
        if not section.required or not applies(section.when, view.case):
            continue
        here = next((places[name] for name in _names(section) if name in places), None)
        if here is None:
            continue
        if latest and here.at < latest.at:
            facts = {"heading": latest.text, "before": here.text}
            yield Finding(at=InBody(latest.at), facts=facts, source=section.source)
            return
        latest = here


@rule(
    "TXT008",
    Severity.INFO,
    "case",
    message=Text(zh="通知要求用数据说话，正文里没有数字", en="the notice asks for figures; the text has none"),
    fix=Text(zh="有合适的就补上；没有也可以，由审核人判断", en="add some if there are any; whoever reviews decides"),
)
def text_without_figures(view: CaseView) -> Iterator[Finding]:
    """Whether figures convince, people judge; that there are none at all can be seen (“数据支撑”)."""
    if _NUMBER_OF_SOMETHING.search(view.submission.body.text):  # first, for nearly every text has one near its head
        return
    if is_without_text(view.submission, view.case, view.campaign):
        return
    if clause := next((one for one in _clauses(view) if _FIGURES.search(_said(one))), None):
        yield Finding(at=beginning(view.submission.document), source=_source(clause, _FIGURES))


_FIGURES = re.compile("数据支撑|具体数据")
_NUMBER_OF_SOMETHING = re.compile(
    r"[\d０-９]|[一二三四五六七八九十百千万两]+(?:名|所|个|人|次|节|位|间|倍|成|%|％)|百分之"
)


def _clauses(view: CaseView) -> Iterator[Clause]:
    """What the call says to writers of this category: its sentences first, then what it says of each part."""
    for statement in view.campaign.guidance:
        named = {one.code for one in view.campaign.categories if f"{one.code}类" in statement.text}
        if not named or view.case.category in named:
            yield statement
    yield from (section for section in view.campaign.template if applies(section.when, view.case))


def _source(clause: Clause, pattern: re.Pattern[str]) -> Source | None:
    """Where the clause stands, with the words that wish for it: a part is often quoted by its heading alone."""
    if clause.source is None or pattern.search(clause.source.quote):
        return clause.source
    return Source(clause=clause.source.clause, quote=_own_words(clause))


def _said(clause: Clause) -> str:
    return f"{_own_words(clause)}{clause.source.quote if clause.source else ''}"


def _own_words(clause: Clause) -> str:
    return getattr(clause, "guidance", "") or getattr(clause, "text", "")
