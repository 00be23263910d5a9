"""TXT: has the text the parts that its call's template asks for?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule
from generator.check.lengths import is_award_without_text
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
    if is_award_without_text(view.submission, view.case):
        return
    headings = {bare_heading(heading.text) for heading in view.submission.body.headings}
    for section in view.campaign.template:
        if not section.required or not applies(section.when, view.case):
            continue
        wanted = {bare_heading(name) for name in (section.heading, *section.aliases)}
        in_front = bool(section.field and getattr(view.case, section.field, None))
        if not in_front and not wanted & headings:
            at = (section.field,) if section.field else beginning(view.submission.document)
            yield Finding(at=at, facts={"heading": section.heading}, source=section.source)
