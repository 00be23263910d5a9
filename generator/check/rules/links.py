"""LNK: does every link lead somewhere, and somewhere that is safe to go?"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.diagnostics import CaseView, Finding, InBody, Overview, Severity, Text, rule
from generator.check.references import lead_of

_ROOTS = frozenset(
    "about accessibility admin assets campaigns category data feeds files grade leave level media moved page pilots"
    " region results search sitemap stage statistics topic unit year".split()
)
"""First parts of addresses that the site gives to its own pages. DOMAIN: section 3."""


@rule(
    "LNK001",
    Severity.ERROR,
    "case",
    message=Text(zh="链接“{target}”指向的文件不存在", en="the link “{target}” leads to a file that is not there"),
    fix=Text(
        zh="核对文件名（区分大小写），或把文件放进案例目录", en="correct the name, or add the file to the case folder"
    ),
)
def link_to_a_missing_file(view: CaseView) -> Iterator[Finding]:
    """A dead link is a fault that inspections count."""
    present = view.submission.present
    for link in view.submission.body.links:
        lead = lead_of(link.target)
        if lead.kind == "outside" or (lead.kind == "file" and lead.path not in present):
            yield Finding(at=InBody(link.at), facts={"target": lead.path})


@rule(
    "LNK006",
    Severity.WARNING,
    "case",
    message=Text(
        zh="链接“{target}”在页面上没有去处，只会显示文字", en="the link “{target}” leads nowhere and is shown as text"
    ),
    fix=Text(
        zh="链接写案例目录内的文件，或 https 开头的完整地址；标题的位置写成 #s1、#s2（第几个标题）",
        en="link to a file of the case or to a whole address; a heading is #s1, #s2 by its number",
    ),
)
def link_to_nowhere(view: CaseView) -> Iterator[Finding]:
    """Pages leave such a link out, so that one case cannot hold up the site; its author would look for it in vain."""
    headings = {f"#s{number}" for number in range(1, len(view.submission.body.headings) + 1)}
    for link in view.submission.body.links:
        lead = lead_of(link.target)
        if lead.kind == "site" or (lead.kind == "anchor" and link.target.strip() not in headings):
            yield Finding(at=InBody(link.at), facts={"target": link.target})


@rule(
    "LNK002",
    Severity.ERROR,
    "case",
    message=Text(
        zh="链接“{text}”的地址（{target}）不能使用", en="the link “{text}” leads to {target}, which is not allowed"
    ),
    fix=Text(zh="只用 http、https 地址，或案例目录内的文件", en="link to http or https, or to a file of the case"),
)
def link_of_another_scheme(view: CaseView) -> Iterator[Finding]:
    """A script, a disk path or an app's own scheme does nothing good in a visitor's browser."""
    for link in view.submission.body.links:
        lead = lead_of(link.target)
        if lead.kind == "scheme":
            yield Finding(at=InBody(link.at), facts={"text": link.text, "target": f"{lead.scheme}:"})
        # The renderer empties an address that it holds for dangerous, such as javascript: or file:.
        elif lead.kind in ("nothing", "host"):
            yield Finding(at=InBody(link.at), facts={"text": link.text, "target": link.target or "—"})


@rule(
    "LNK003",
    Severity.INFO,
    "case",
    message=Text(zh="{target} 是未加密的 http 地址", en="{target} is plain http"),
    fix=Text(zh="如果对方支持，改成 https", en="write https if the site has it"),
)
def plain_http(view: CaseView) -> Iterator[Finding]:
    """What is fetched in the clear can be changed on its way."""
    for link in view.submission.body.links:
        if link.target.lower().startswith("http://"):
            yield Finding(at=InBody(link.at), facts={"target": link.target})
    for i, named in enumerate(view.case.links):
        if named.url.lower().startswith("http://"):
            yield Finding(at=("links", i, "url"), facts={"target": named.url})


@rule(
    "LNK004",
    Severity.WARNING,
    "site",
    message=Text(zh="相关案例“{related}”不存在", en="there is no case “{related}”"),
    fix=Text(zh="写成“活动目录/案例目录”，例如 enshi-2023/lichuan-cloud-class", en="write <call>/<case>"),
)
def related_to_nothing(overview: Overview) -> Iterator[Finding]:
    """A related case that is not there is left out of the page; its author would look for it in vain."""
    there = {case.id for case in overview.cases}
    for case in overview.cases:
        for i, related in enumerate(case.related):
            if related not in there:
                yield Finding(at=("related", i), facts={"related": related}, file=case.file)


@rule(
    "LNK005",
    Severity.ERROR,
    "site",
    message=Text(zh="旧地址“{alias}”已被占用：{owner}", en="the alias “{alias}” is taken by {owner}"),
    fix=Text(zh="核对旧地址，只留给真正改名的案例", en="keep it with the case that was renamed"),
    clause="DOMAIN 决定 9",
)
def alias_is_taken(overview: Overview) -> Iterator[Finding]:
    """Addresses are for ever, and one address leads to one page."""
    taken = {f"cases/{case.id}": case.file for case in overview.cases}
    taken |= {f"{root}/{call.id}": call.file for call in overview.calls for root in ("campaigns", "results")}
    taken |= {"": "/", "cases": "/cases/"}
    for case in overview.cases:
        for i, alias in enumerate(case.aliases):
            address = alias.strip("/")
            root = address.split("/")[0]
            owner = taken.get(address) or (f"/{root}/" if root in _ROOTS else None)
            if owner:
                facts = {"alias": alias, "owner": owner}
                yield Finding(at=("aliases", i), facts=facts, file=case.file, case_id=case.id)
            else:
                taken[address] = case.file
