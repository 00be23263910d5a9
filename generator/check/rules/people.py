"""PPL: who is named, how many, and under which name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.marks import Loc, Mark
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.limits import breach, is_breached, limits_on
from generator.check.pupils import open_names
from generator.check.references import places
from generator.check.shown import shown_texts

_SURNAMES_OF_TWO = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|端木|夏侯|司空|南宫|第五|百里"
_ADDRESSED = re.compile(rf"(?:[\u4e00-\u9fff]|{_SURNAMES_OF_TWO})(?:小?同学|家长|妈妈|爸爸)")
_MASK = re.compile(r"[*＊×○某]")


def is_masked(name: str) -> bool:
    """Whether *name* leaves its bearer unknown: 王同学, 李妈妈, 李**, 李某; at most two characters may stand open."""
    name = re.sub(r"[\s（）()]", "", name)
    return bool(_ADDRESSED.fullmatch(name)) or (bool(_MASK.search(name)) and len(_MASK.sub("", name)) <= 2)


@rule(
    "PPL001",
    Severity.ERROR,
    "case",
    message=Text(zh="撰写人员有 {count} 人，本次活动要求{bound}", en="{count} authors; the call asks for {bound_en}"),
    fix=Text(zh="只保留主要撰写人员", en="keep the main authors"),
    call_decides=True,
)
def more_authors_than_allowed(view: CaseView) -> Iterator[Finding]:
    """The certificate names every author; the call says how many there may be."""
    count = len(view.case.authors)
    for limit in limits_on(view.campaign, view.case, "authors"):
        if is_breached(limit, count):
            yield breach(limit, ("authors",), count=count)


@rule(
    "PPL002",
    Severity.ERROR,
    "case",
    message=Text(
        zh="第 {number} 位作者是{role}，姓名没有隐去",
        en="author {number} is a pupil or parent ({role}) with an open name",
    ),
    fix=Text(zh="写成“王同学”“李妈妈”或“李**”", en="write 王同学, 李妈妈 or 李**"),
    clause="DOMAIN 决定 8",
)
def open_name_of_pupil_or_parent(view: CaseView) -> Iterator[Finding]:
    """Children and their families are not shown by name, and the repository is public too."""
    for i, author in enumerate(view.case.authors):
        if author.role in view.campaign.mask_roles and not is_masked(author.name):
            # The name itself is not repeated: reports are public as well.
            yield Finding(at=("authors", i, "name"), facts={"number": i + 1, "role": author.role})


@rule(
    "PPL003",
    Severity.WARNING,
    "case",
    message=Text(zh="作者“{name}”登记了两次", en="the author “{name}” stands twice"),
    fix=Text(zh="删去重复的一位；同名的两人请写明各自单位", en="remove one; tell namesakes apart by their units"),
)
def author_listed_twice(view: CaseView) -> Iterator[Finding]:
    """A line pasted twice costs somebody else a place among the authors."""
    seen: set[tuple[str, str | None]] = set()
    for i, author in enumerate(view.case.authors):
        key = (author.name, author.unit)
        if key in seen:
            yield Finding(at=("authors", i, "name"), facts={"name": author.name})
        seen.add(key)


@rule(
    "PPL004",
    Severity.WARNING,
    "case",
    message=Text(
        zh="{where}像是写了学生或家长的姓名（{masked}）", en="{where_en} seems to name a pupil or parent ({masked})"
    ),
    fix=Text(
        zh="写成“张同学”“小张”或“张某某”；监护人书面同意公开姓名的可以不改",
        en="write 张同学, 小张 or 张某某, unless the guardian agreed in writing to the name",
    ),
    clause="DOMAIN 决定 8",
)
def child_named_in_the_text(view: CaseView) -> Iterator[Finding]:
    """A child's name beside its school and class leads to the child, for as long as the page stands and copies of it do.

    Only names beside a class, or beside words such as 同学 and 妈妈, are recognised; the name is not repeated.
    """
    body = view.submission.document.body
    told: list[tuple[str, str, str, Loc | InBody]] = []
    for one in open_names(body):
        line = body.rfind("\n", 0, one.offset) + 1
        at = InBody(Mark(body.count("\n", 0, one.offset) + 1, one.offset - line + 1))
        told.append((one.masked, "正文", "the text", at))
    for loc, text in shown_texts(view.case):
        told += [(one.masked, f"信息区 {loc[0]} ", str(loc[0]), loc) for one in open_names(text)]
    named = places(view.submission)
    for path, facts in view.submission.facts.items():
        spoken = facts.caption.text if facts.caption else ""
        told += [(one.masked, f"字幕 {path} ", path, named.get(path, ())) for one in open_names(spoken)]
    for masked, zh, en, place in told:
        yield Finding(at=place, facts={"masked": masked, "where": zh, "where_en": en})
