"""CAM: is what a call says of itself sound? An error here withholds every case of the call."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.campaign import Campaign
from generator.catalog.marks import Loc, Mark
from generator.catalog.submission import Call, Catalog
from generator.check.diagnostics import Finding, Severity, Text, rule
from generator.check.rules.awards import DOCUMENT_NUMBER


def _own(call: Call) -> Campaign:
    """The call as its own file writes it: what it takes over is judged where it stands."""
    if call.own is None:
        raise ValueError(f"{call.id} could not be read; rules of scope campaign are not for it")
    return call.own


@rule(
    "CAM001",
    Severity.WARNING,
    "campaign",
    message=Text(zh="“{category}”不是本次活动的类别", en="the call has no category “{category}”"),
    fix=Text(
        zh="改成活动的类别代码；选题指南确有而活动没有的，保留并加说明（note）",
        en="use a category of the call, or keep it with a note if the guide names it",
    ),
)
def category_that_the_call_lacks(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """A bound on a category that nobody can choose binds nobody; a guide may name one more than its call."""
    own = _own(call)
    resolved = catalog.campaigns[call.id]
    uses: list[tuple[Loc, tuple[str, ...], Severity]] = []
    uses += [
        (("quotas", i, "category"), (q.category,), Severity.WARNING) for i, q in enumerate(own.quotas) if q.category
    ]
    uses += [(("topics", i, "category"), topic.category, Severity.INFO) for i, topic in enumerate(own.topics)]
    for section in ("limits", "formats", "template"):
        for i, item in enumerate(getattr(own, section)):
            uses.append(((section, i, "when", "category"), item.when.category, Severity.WARNING))
    for loc, codes, severity in uses:
        for code in codes:
            if resolved.category(code) is None:
                yield Finding(at=loc, facts={"category": code}, severity=severity)


@rule(
    "CAM002",
    Severity.WARNING,
    "campaign",
    message=Text(
        zh="各单位名额合计 {sum} 个，与{total_of}的 {total} 个不符",
        en="the quotas add up to {sum}, not to the {total} of {total_of}",
    ),
    fix=Text(zh="对照通知的名额分配表核对", en="compare with the table of the notice"),
    clause="DOMAIN 1.4",
)
def table_does_not_add_up(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """One wrong number in a table of places is found by its total, or by the county that goes short."""
    own = _own(call)
    by_slug = catalog.regions.by_slug
    for i, total in enumerate(own.quotas):
        number = total.exact if total.exact is not None else total.max
        if total.scope not in ("省", "市州") or total.unit is None or number is None:
            continue
        shares = [
            share.exact if share.exact is not None else share.max
            for share in own.quotas
            if share.scope in ("单位", "县市")
            and share.category == total.category
            and share.unit in by_slug
            and by_slug[share.unit].parent == total.unit
        ]
        added = sum(share for share in shares if share is not None)
        if shares and None not in shares and added != number:
            place = by_slug[total.unit].name if total.unit in by_slug else total.unit
            facts = {"sum": added, "total": number, "total_of": place}
            yield Finding(at=("quotas", i), facts=facts, source=total.source)


@rule(
    "CAM003",
    Severity.ERROR,
    "campaign",
    message=Text(zh="没有代码为“{region}”的地区", en="there is no region “{region}”"),
    fix=Text(zh="从 cases/regions.yml 中选一个 slug", en="choose a slug of cases/regions.yml"),
)
def unknown_region_of_a_call(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """A quota or a count for a place that nobody knows is lost to every report."""
    own = _own(call)
    named: list[tuple[Loc, str]] = [
        (("quotas", i, "unit"), quota.unit) for i, quota in enumerate(own.quotas) if quota.unit
    ]
    named += [(("received", i, "region"), received.region) for i, received in enumerate(own.received)]
    # Units that must report are schools by name, or regions by slug.
    named += [
        (("must_report", i, "units", n), unit)
        for i, must in enumerate(own.must_report)
        for n, unit in enumerate(must.units)
        if unit.isascii()
    ]
    for loc, region in named:
        if region not in catalog.regions.by_slug:
            yield Finding(at=loc, facts={"region": region})


@rule(
    "CAM004",
    Severity.WARNING,
    "campaign",
    message=Text(zh="问卷地址 {url} {fault}", en="the address {url} of a survey {fault_en}"),
    fix=Text(zh="对照通知核对；每类问卷一个 https 地址", en="one https address for each audience"),
    clause="DOMAIN 1.7",
)
def doubtful_survey_address(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """Parents who answer the teachers' questionnaire spoil both; answers sent in the clear can be read by others."""
    seen: set[str] = set()
    for i, survey in enumerate(_own(call).surveys):
        loc = ("surveys", i, "url")
        facts = {"url": survey.url}
        address = survey.url.partition("://")[2].rstrip("/")
        if address in seen:
            yield Finding(
                at=loc, facts=facts | {"fault": "出现了两次", "fault_en": "stands twice"}, source=survey.source
            )
        if not survey.url.startswith("https://"):
            yield Finding(
                at=loc, facts=facts | {"fault": "不是 https", "fault_en": "is not https"}, source=survey.source
            )
        seen.add(address)


@rule(
    "CAM005",
    Severity.WARNING,
    "campaign",
    message=Text(zh="文号“{doc_no}”的写法不规范", en="“{doc_no}” is not how a document number is written"),
    fix=Text(zh="年份用六角括号：某某〔2023〕5号，不用 [2023] 或（2023）", en="write it like 某某〔2023〕5号"),
    clause="DOMAIN 1.1",
)
def irregular_number_of_the_notice(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """The number is how the notice is quoted, on this site and elsewhere."""
    doc_no = _own(call).doc_no
    if doc_no and not DOCUMENT_NUMBER.fullmatch(doc_no):
        yield Finding(at=("doc_no",), facts={"doc_no": doc_no})


@rule(
    "CAM006",
    Severity.ERROR,
    "campaign",
    message=Text(zh="没有通知正文（notice.md 缺失或为空）", en="notice.md is missing or empty"),
    fix=Text(
        zh="把通知全文（去掉联系人和电话）存为 notice.md", en="add the text of the notice, without persons and phones"
    ),
)
def notice_missing(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """Every rule quotes the notice; a visitor must be able to read it whole."""
    if not call.notice.strip():
        yield Finding(at=Mark(1, 1), file=call.notice_file)


@rule(
    "CAM007",
    Severity.ERROR,
    "campaign",
    message=Text(
        zh="{field} 指向的活动“{name}”不存在，或绕成了圈",
        en="“{field}” names {name}, which is missing or comes back here",
    ),
    fix=Text(zh="写上级或被修改活动的目录名", en="write the folder name of the call it follows or changes"),
)
def forebear_unknown(call: Call, catalog: Catalog) -> Iterator[Finding]:
    """What is taken over from a call that is not there is silently nothing."""
    own = _own(call)
    written = {other.id: other.own for other in catalog.calls if other.own}
    for field in ("parent", "amends"):
        name = getattr(own, field)
        if name and (name not in written or _leads_back(name, own.id, written)):
            yield Finding(at=(field,), facts={"field": field, "name": name})


def _leads_back(start: str, goal: str, written: dict[str, Campaign]) -> bool:
    """Whether the forebears of *start*, or itself, include *goal*."""
    waiting, seen = [start], set[str]()
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name in written and name not in seen:
            waiting += [forebear for forebear in (written[name].parent, written[name].amends) if forebear]
        seen.add(name)
    return False


@rule(
    "CAM008",
    Severity.WARNING,
    "campaign",
    message=Text(zh="{item} 没有写明出处（source）", en="{item} does not say where it was written"),
    fix=Text(zh="补上 source：条款和原文", en="add its source: clause and words"),
)
def rule_without_source(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """A refusal that cannot quote the notice cannot be defended to its author."""
    own = _own(call)
    for section in ("limits", "quotas", "surveys"):
        for i, item in enumerate(getattr(own, section)):
            if item.source is None:
                yield Finding(at=(section, i), facts={"item": f"{section} [{i + 1}]"})
    if own.awards and own.awards.source is None:
        yield Finding(at=("awards",), facts={"item": "awards"})


@rule(
    "CAM009",
    Severity.ERROR,
    "campaign",
    message=Text(zh="奖项设置不可能：{fault}", en="impossible awards: {fault_en}"),
    fix=Text(
        zh="获奖率写成 0 到 1 之间的小数，比例写成正整数", en="a rate lies between 0 and 1, a share is at least 1"
    ),
    clause="DOMAIN 1.4",
)
def impossible_awards(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """80 instead of 0.8 makes every table of targets wrong."""
    awards = _own(call).awards
    if awards is None:
        return
    if awards.rate is not None and not 0 < awards.rate <= 1:
        fault = {"fault": f"获奖率 {awards.rate:g}", "fault_en": f"a rate of {awards.rate:g}"}
        yield Finding(at=("awards", "rate"), facts=fault, source=awards.source)
    for i, grade in enumerate(awards.grades):
        if grade.share < 1:
            fault = {"fault": f"{grade.grade}的比例 {grade.share}", "fault_en": f"a share of {grade.share}"}
            yield Finding(at=("awards", "grades", i, "share"), facts=fault, source=awards.source)


@rule(
    "CAM010",
    Severity.ERROR,
    "campaign",
    message=Text(
        zh="通知正文还没有放进来，notice.md 里有“【待填】”", en="notice.md still has its placeholder, 【待填】"
    ),
    fix=Text(
        zh="把通知全文（去掉联系人和电话）放进 notice.md，删掉“【待填】”这一行",
        en="put in the text of the notice, without persons and phones, and remove the line with 【待填】",
    ),
)
def notice_not_filled_in(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """A call begun from last year's has its rules, not yet its notice: nobody may read the one for the other."""
    lines = call.notice.splitlines()
    for number, line in enumerate(lines, 1):
        if "【待填】" in line:
            yield Finding(at=Mark(number, line.index("【待填】") + 1), file=call.notice_file)
            return
