"""MED: papers with seals and signatures: which stay with the office, and whether the copy that was sent has its seal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog.campaign import Campaign
from generator.catalog.values import Clause, Source
from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule

_FORM = re.compile("推荐表|申请表|申报表|汇总表|登记表|承诺书|授权书")
_SEALED = re.compile("盖章|公章")
_PUBLIC_KINDS = frozenset({"荣誉证书", "政策措施", "管理制度", "媒体报道"})
"""Kinds of material that carry a seal because they are for everybody to see."""
_SAID: dict[str, tuple[Text, Severity | None]] = {
    "unseen": (Text("没有看到红色印章", "no red seal is seen"), None),
    "grey": (
        Text(
            "没有颜色（黑白扫描，或没有盖章），看不出有没有印章",
            "it has no colours, so whether it carries a seal cannot be seen",
        ),
        Severity.INFO,
    ),
}


def _is_form(title: str, file: str) -> bool:
    return bool(_FORM.search(title) or _FORM.search(file))


@rule(
    "MED015",
    Severity.WARNING,
    "case",
    message=Text(zh="“{title}”像是盖章的表格", en="“{title}” looks like a sealed form"),
    fix=Text(
        zh="推荐表、申请表、汇总表、承诺书由报送单位留存，请从支撑材料中删去",
        en="sealed forms and declarations stay with the office; remove it",
    ),
    clause="DOMAIN 1.6",
)
def sealed_form(view: CaseView) -> Iterator[Finding]:
    """A scan with seal and signature serves forgers, and it carries phone numbers that no text scan can read."""
    for i, attachment in enumerate(view.case.attachments):
        if _is_form(attachment.title, attachment.file):
            yield Finding(at=("attachments", i, "title"), facts={"title": attachment.title})


@rule(
    "MED018",
    Severity.WARNING,
    "case",
    message=Text(zh="“{title}”上好像有红色印章", en="“{title}” seems to carry a red seal"),
    fix=Text(
        zh="打开看一看：是盖章的表格、协议或签名页就删去，换成没有盖章的版本；本来就要公开的文件可以不理",
        en="look at it: replace a sealed form, contract or signed page by one without; leave what was made for the public",
    ),
    clause="DOMAIN 1.6",
)
def seal_on_a_paper(view: CaseView) -> Iterator[Finding]:
    """A form under another name is still a form: with its seal on the site, anybody can copy the seal.

    Certificates, policies, regulations and reports in the press carry seals because everybody may see them.
    """
    kinds = {name: term.name for term in view.vocabulary.attachment_kinds for name in (term.name, *term.aliases)}
    for i, attachment in enumerate(view.case.attachments):
        facts = view.submission.facts.get(attachment.file)
        is_public = kinds.get(attachment.kind, attachment.kind) in _PUBLIC_KINDS
        if facts and facts.seal == "seen" and not is_public and not _is_form(attachment.title, attachment.file):
            yield Finding(at=("attachments", i, "file"), facts={"title": attachment.title})


@rule(
    "MED019",
    Severity.WARNING,
    "case",
    message=Text(zh="“{title}”上{said}", en="“{title}”: {said_en}"),
    fix=Text(
        zh="请报送单位核对：留存的原件应当加盖公章",
        en="ask the unit to see whether the original that it keeps carries its seal",
    ),
    clause="DOMAIN 1.6",
)
def form_without_a_seal(view: CaseView) -> Iterator[Finding]:
    """A form counts with the seal of its unit; who receives a copy without one asks before the list is closed.

    Red and round is all that is looked for, and a scan without colours says nothing: this never withholds a case.
    """
    for i, attachment in enumerate(view.case.attachments):
        facts = view.submission.facts.get(attachment.file)
        at = ("attachments", i, "file")
        if facts is None or not _is_form(attachment.title, attachment.file):
            continue
        said, severity = _SAID.get(facts.seal or "", (None, None))
        if said:
            words = {"title": attachment.title, "said": said.zh, "said_en": said.en}
            yield Finding(at=at, facts=words, severity=severity, source=_wish_for_a_seal(view.campaign))


def _wish_for_a_seal(campaign: Campaign) -> Source | None:
    """Where the call itself asks for the seal, if its quoted words do."""
    clauses: tuple[Clause, ...] = (*campaign.forms, *campaign.materials, campaign.submission)
    sources = (clause.source for clause in clauses if clause.source)
    return next((source for source in sources if _SEALED.search(source.quote)), None)
