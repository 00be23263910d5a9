"""CON: may this be published at all?"""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule
from generator.check.lengths import is_award_without_text


@rule(
    "CON001",
    Severity.ERROR,
    "case",
    message=Text(zh="本次活动要求原创，案例{said}", en="the call demands original work, and the case {said_en}"),
    fix=Text(zh="与作者核实后写 original: true；不是原创的不参评", en="ask the author, then write original: true"),
)
def originality_not_declared(view: CaseView) -> Iterator[Finding]:
    """Who publishes a copied text answers for it; the declaration is the author's."""
    terms = view.campaign.consent
    if terms is None or not terms.original_required or view.case.original:
        return
    # Where no text was handed in, there is none to be original.
    if view.case.original is None and is_award_without_text(view.submission, view.case):
        return
    if view.case.original is None:
        facts = {"said": "没有声明（缺 original）", "said_en": "does not say that it is"}
        yield Finding(at=(), facts=facts, severity=Severity.WARNING, source=terms.source)
    else:
        facts = {"said": "声明不是原创", "said_en": "says that it is none"}
        yield Finding(at=("original",), facts=facts, source=terms.source)


@rule(
    "CON002",
    Severity.ERROR,
    "case",
    message=Text(zh="作者的公开同意：{said}", en="the author's consent to publication: {said_en}"),
    fix=Text(
        zh="取得书面同意后登记 consent（given、date、scope）；没有同意的不公布",
        en="get it in writing, then fill in consent (given, date, scope)",
    ),
    clause="DOMAIN 1.7",
)
def no_consent(view: CaseView) -> Iterator[Finding]:
    """What its author does not want public is not published; what nobody asked about is asked about first."""
    consent = view.case.consent
    if view.case.status == "已撤回":
        return  # withdrawing is what follows from a refusal
    terms = view.campaign.consent
    source = terms.source if terms and terms.mode != "unstated" else None
    if consent is None:
        said = {"said": "没有登记", "said_en": "not recorded"}
        yield Finding(at=(), facts=said, severity=Severity.WARNING, source=source)
    elif not consent.given:
        yield Finding(at=("consent", "given"), facts={"said": "不同意", "said_en": "refused"}, source=source)


@rule(
    "CON003",
    Severity.WARNING,
    "case",
    message=Text(
        zh="作者中有学生或家长，consent 没有说明未成年人的处理（minors）",
        en="pupils or parents are among the authors, and consent.minors is missing",
    ),
    fix=Text(
        zh="在 consent.minors 写明监护人是否同意、画面和姓名怎样处理",
        en="say in consent.minors what was agreed and masked",
    ),
    clause="DOMAIN 决定 8",
)
def minors_without_a_word(view: CaseView) -> Iterator[Finding]:
    """For a child the guardian decides, about name, work and face each."""
    consent = view.case.consent
    if consent and consent.minors:
        return
    for i, author in enumerate(view.case.authors):
        if author.role in view.campaign.mask_roles:
            yield Finding(at=("authors", i, "role"))
            return
