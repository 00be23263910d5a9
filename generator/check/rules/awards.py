"""AWD: can these honours be true? Who won what is computed from them alone. DOMAIN: decisions 1, 2 and 7."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.case import Honor
from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule

DOCUMENT_NUMBER = re.compile(r".+〔\d{4}〕\d+号")
"""A number of an official paper: 恩施州教函〔2023〕5号."""


@rule(
    "AWD001",
    Severity.INFO,
    "case",
    message=Text(zh="状态是“已公布”，但没有登记奖项，本站不会展示", en="published without an honour: not on the site"),
    fix=Text(zh="在 honors 里登记奖项，或把 status 改回“草稿”", en="add its honours, or make it a draft again"),
    clause="DOMAIN 决定 7",
)
def published_without_honours(view: CaseView) -> Iterator[Finding]:
    """Only awarded cases are shown; who set the status expects to see the case and should know why it is missing."""
    if view.case.status == "已公布" and not view.case.honors:
        yield Finding(at=("status",))


@rule(
    "AWD002",
    Severity.ERROR,
    "case",
    message=Text(
        zh="{year}年{level}登记了两个奖项：{first}、{second}", en="two honours of {year} on {level}: {first}, {second}"
    ),
    fix=Text(zh="核对通报文件，只留实际获得的一个", en="keep the one that was given"),
    clause="DOMAIN 决定 2",
)
def two_honours_for_one(view: CaseView) -> Iterator[Finding]:
    """The same honour twice counts twice; two grades of one award cannot both be true."""
    seen: dict[tuple[str, int, str], Honor] = {}
    for i, honor in enumerate(view.case.honors):
        term = view.vocabulary.grade_by_name.get(honor.grade)
        # A pilot may be approved and accepted within a year: two steps of one project, not two grades.
        step = honor.grade if term and term.kind == "试点" else ""
        first = seen.setdefault((honor.level, honor.year, step), honor)
        if first is not honor:
            facts = {"year": honor.year, "level": honor.level, "first": first.grade, "second": honor.grade}
            yield Finding(at=("honors", i), facts=facts)


@rule(
    "AWD003",
    Severity.ERROR,
    "case",
    message=Text(
        zh="奖项的年份 {year} 早于本次活动（{call}年）", en="an honour of {year} is earlier than the call ({call})"
    ),
    fix=Text(zh="核对年份；以前获得的其他奖项写在正文里", en="correct the year; put earlier awards into the text"),
)
def honour_before_the_call(view: CaseView) -> Iterator[Finding]:
    """No case wins before its call; the year is a slip, or the honour was given for something else."""
    for i, honor in enumerate(view.case.honors):
        if honor.year < view.campaign.year:
            yield Finding(at=("honors", i, "year"), facts={"year": honor.year, "call": view.campaign.year})


@rule(
    "AWD004",
    Severity.ERROR,
    "case",
    message=Text(zh="“{grade}”不是{kind}活动的等次", en="“{grade}” is no grade of a call of the kind {kind}"),
    fix=Text(
        zh="试点项目登记“立项”“验收通过”，案例遴选登记等次；称号两者都可以",
        en="approvals belong to pilots, prizes to selections; titles to both",
    ),
    clause="DOMAIN 决定 7",
)
def grade_of_another_kind(view: CaseView) -> Iterator[Finding]:
    """An approval is no prize: mixed, the ratio of grades and the list of pilots are both wrong."""
    foreign = "等次" if view.campaign.kind == "试点项目" else "试点"
    for i, honor in enumerate(view.case.honors):
        term = view.vocabulary.grade_by_name.get(honor.grade)
        if term and term.kind == foreign:
            yield Finding(at=("honors", i, "grade"), facts={"grade": honor.grade, "kind": view.campaign.kind})


@rule(
    "AWD005",
    Severity.WARNING,
    "case",
    message=Text(zh="文号“{doc_no}”的写法不规范", en="“{doc_no}” is not how a document number is written"),
    fix=Text(
        zh="写成“某某〔2023〕5号”，年份用六角括号〔〕", en="write it like 某某〔2023〕5号, with tortoise-shell brackets"
    ),
    clause="DOMAIN 1.1",
)
def irregular_document_number(view: CaseView) -> Iterator[Finding]:
    """The number is how a visitor finds the paper that gave the award."""
    for i, honor in enumerate(view.case.honors):
        if honor.doc_no and not DOCUMENT_NUMBER.fullmatch(honor.doc_no):
            yield Finding(at=("honors", i, "doc_no"), facts={"doc_no": honor.doc_no})
