"""PRV: what must never be in the repository. What is found is only ever printed masked. DOMAIN: decision 4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.catalog.case import Allowance
from generator.catalog.hidden import held_back, told_by
from generator.catalog.marks import mark_at
from generator.catalog.submission import Call, Catalog, Submission
from generator.check.diagnostics import CaseView, Finding, Readable, Severity, Text, rule
from generator.check.fieldnames import is_private
from generator.check.privacy import PrivateDatum, PrivateKind, scan
from generator.check.privacy.submitted import Place, Placed, in_front, in_submission
from generator.check.references import places

_KINDS: dict[PrivateKind, Text] = {
    "mobile": Text("手机号码", "a mobile number"),
    "email": Text("电子邮箱", "an e-mail address"),
    "identity": Text("证件号码", "an identity number"),
    "landline": Text("固定电话", "a telephone number"),
    "wechat": Text("微信号", "a WeChat name"),
    "qq": Text("QQ 号", "a QQ number"),
    "card": Text("银行卡号", "a bank card"),
    "address": Text("家庭住址", "somebody's home address"),
}
_PROPERTIES = {
    "author": "作者",
    "last modified by": "最后保存者",
    "revised by": "修订者",
    "company": "单位",
    "manager": "主管",
    "hyperlink base": "超链接基址",
    "signed by": "签名人",
    "comments": "批注",
    "deleted text": "修订时删去的文字",
    "attached file": "内嵌文件",
    "file path": "作者电脑上的路径",
    "place of picture": "图片的拍摄地点",
}
_REGISTER = Text(
    zh="删去；联系方式只记在主办单位自己的登记簿里，不进入本仓库",
    en="remove it; it belongs in the office's own register, outside this repository",
)


@rule(
    "PRV001",
    Severity.ERROR,
    "document",
    message=Text(zh="“{field}”属于个人信息，不能登记在这里", en="“{field}” is private and has no place here"),
    fix=_REGISTER,
    clause="DOMAIN 决定 4",
)
def private_field(readable: Readable) -> Iterator[Finding]:
    """The repository is public: what is written here once stays in its history."""
    for fault in readable.faults:
        if fault.kind == "extra_forbidden" and is_private(str(fault.loc[-1])):
            yield Finding(at=fault.loc, facts={"field": str(fault.loc[-1])})


_CODES: dict[PrivateKind, str] = {}
_ALLOWED = Text(
    zh="删去；联系方式只记在主办单位自己的登记簿里，不进入本仓库；确实可以公开的，在信息区的 allow 里写明理由",
    en="remove it; it belongs in the office's own register; what may be public stands in “allow” with its reason",
)


def _private_datum(code: str, kind: PrivateKind, why: str) -> Callable[..., Iterator[Finding]]:
    """Declares the rule that reports one *kind* of private datum in everything that a case says and brings."""

    def check(readable: Readable) -> Iterator[Finding]:
        if isinstance(readable, Submission):
            for one in _everything(readable):
                if one.datum.kind == kind and one.allowance is None:
                    yield one.finding

    check.__doc__ = why
    words = _KINDS[kind]
    _CODES[kind] = code
    message = Text(f"{{where}}里有{words.zh} {{masked}}", f"{words.en} in {{where_en}}: {{masked}}")
    return rule(code, Severity.ERROR, "document", message=message, fix=_ALLOWED, clause="DOMAIN 决定 4")(check)


mobile_number = _private_datum(
    "PRV002", "mobile", "A mobile number on a page is rung by strangers from the day it is published."
)
email_address = _private_datum(
    "PRV003", "email", "An address on a page is harvested within days; contact goes through the office."
)
identity_number = _private_datum(
    "PRV004", "identity", "An identity number opens accounts in its bearer's name and can never be changed."
)
landline_number = _private_datum(
    "PRV005", "landline", "A desk telephone mostly belongs to a person; only the office's public one may stand."
)
wechat_name = _private_datum(
    "PRV009", "wechat", "A WeChat name lets strangers write to a teacher or a child; public accounts are no names."
)
qq_number = _private_datum("PRV010", "qq", "A QQ number leads to a person's mail and diary; groups are no persons.")
bank_card = _private_datum("PRV011", "card", "A card's number with its holder's name is half of what a thief needs.")
home_address = _private_datum(
    "PRV012", "address", "A home address in a story about a child leads anybody to the child's door."
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A private datum, what is said of it, and which entry of ``allow`` lets it stand, by its number."""

    datum: PrivateDatum
    finding: Finding
    allowance: int | None = None


_last: list[tuple[Submission, tuple[_Found, ...]]] = []


def _everything(submission: Submission) -> tuple[_Found, ...]:
    """What is private in *submission*; the rules that ask one after the other are answered from one scan."""
    if not _last or _last[0][0] is not submission:
        allow = submission.case.allow if submission.case else ()
        _last[:] = [(submission, tuple(_judged(one, allow) for one in in_submission(submission)))]
    return _last[0][1]


def _judged(one: Placed, allow: tuple[Allowance, ...]) -> _Found:
    """*one* as it is reported, and the first entry that lets it stand; one that names it comes before one that does not."""
    datum = one.datum
    fits = [
        i for i, entry in enumerate(allow) if entry.rule == _CODES[datum.kind] and entry.shown in (None, datum.masked)
    ]
    finding = Finding(at=one.at, facts={"where": one.where.zh, "where_en": one.where.en, "masked": datum.masked})
    return _Found(datum, finding, min(fits, key=lambda i: (allow[i].shown is None, i), default=None))


@rule(
    "PRV006",
    Severity.WARNING,
    "case",
    message=Text(
        zh="{file} 里带有{told}，发布时会清除", en="{file} tells {told_en}; it will be removed from what is published"
    ),
    fix=Text(
        zh="本仓库是公开的：在 Word 或 WPS 的“文件—信息—检查文档”里删去后重新保存",
        en="the repository is public, too: remove personal information from the document and save it again",
    ),
)
def document_tells_its_author(view: CaseView) -> Iterator[Finding]:
    """Word writes the name of whoever owns the computer into every file."""
    named = places(view.submission)
    kept_back = held_back(view.submission, view.campaign)
    for path, facts in view.submission.facts.items():
        told = told_by(facts)
        if told and path not in kept_back:
            yield Finding(at=named.get(path, ()), facts={"file": path, **_in_words(told)})


def _in_words(told: tuple[str, ...]) -> dict[str, str]:
    return {"told": "、".join(_PROPERTIES.get(name, name) for name in told), "told_en": ", ".join(told)}


@rule(
    "PRV008",
    Severity.WARNING,
    "case",
    message=Text(
        zh="{file} 里带有{told}，暂不公开这份材料", en="{file} tells {told_en}; this document is not published"
    ),
    fix=Text(
        zh="在 Word 或 WPS 的“文件—信息—检查文档”里删去后重新保存；或者写 hidden: 清除，由程序清除后公开",
        en="remove it from the document and save it again; or write hidden: 清除 to have it removed",
    ),
)
def document_held_back(view: CaseView) -> Iterator[Finding]:
    """Where the campaign or the editor wants to see for themselves what a document tells, nothing is removed unseen."""
    for path, told in held_back(view.submission, view.campaign).items():
        yield Finding(at=places(view.submission).get(path, ()), facts={"file": path, **_in_words(told)})


@rule(
    "PRV013",
    Severity.INFO,
    "case",
    message=Text(
        zh="{where}里的{kind} {masked} 按信息区的 allow 放行，理由：{reason}",
        en="{kind_en} in {where_en}: {masked}, allowed for this reason: {reason}",
    ),
    fix=Text(zh="合并前核对理由是否属实", en="see before merging that the reason holds"),
)
def private_datum_allowed(view: CaseView) -> Iterator[Finding]:
    """Whoever merges should see what was let through, and why, without looking for it."""
    for one in _everything(view.submission):
        if one.allowance is not None:
            words = _KINDS[one.datum.kind]
            said = {"kind": words.zh, "kind_en": words.en, "reason": view.case.allow[one.allowance].reason}
            yield replace(one.finding, facts={**one.finding.facts, **said})


@rule(
    "PRV014",
    Severity.WARNING,
    "case",
    message=Text(zh="allow 里放行 {rule} 的这一项没有用到", en="this entry of allow, of {rule}, allows nothing"),
    fix=Text(zh="删去这一项；写了 shown 的，核对它与报告里的写法一样", en="remove it, or mend its shown"),
)
def unused_allowance(view: CaseView) -> Iterator[Finding]:
    """An allowance that outlives what it was for lets the next number through unseen."""
    used = {one.allowance for one in _everything(view.submission)}
    for i, allowance in enumerate(view.case.allow):
        if i not in used:
            yield Finding(at=("allow", i), facts={"rule": allowance.rule})


@rule(
    "PRV007",
    Severity.ERROR,
    "campaign",
    message=Text(zh="{where} 里有{kind} {masked}", en="{kind_en} in {where}: {masked}"),
    fix=Text(
        zh="换成“（略）”；公开的联系方式只写办公室名称和固定电话（contact.office）",
        en="leave it out; only the office and its public number may stand, in contact.office",
    ),
    clause="DOMAIN 1.1",
)
def private_datum_of_a_call(call: Call, _catalog: Catalog) -> Iterator[Finding]:
    """Notices name clerks with their mobiles; on the site they would be rung years after the call."""
    for one in in_front(call.document):
        if not (one.datum.kind == "landline" and isinstance(one.at, tuple) and one.at[:1] == ("contact",)):
            yield _of_call(one.datum, one.at, "campaign.yml", None)
    for datum in scan(call.notice):
        yield _of_call(datum, mark_at(call.notice, datum.offset), "notice.md", call.notice_file)


def _of_call(datum: PrivateDatum, at: Place, where: str, file: str | None) -> Finding:
    words = _KINDS[datum.kind]
    facts = {"where": where, "kind": words.zh, "kind_en": words.en, "masked": datum.masked}
    return Finding(at=at, facts=facts, file=file, severity=Severity.WARNING if datum.kind == "landline" else None)
