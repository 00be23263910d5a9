"""PRV: what must never be in the repository. What is found is only ever printed masked. DOMAIN: decision 4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.catalog.document import Loc, Mark
from generator.catalog.hidden import held_back, told_by
from generator.catalog.submission import Call, Catalog, Submission
from generator.check.diagnostics import CaseView, Finding, InBody, Readable, Severity, Text, rule
from generator.check.fieldnames import is_private
from generator.check.privacy import PrivateDatum, PrivateKind, scan
from generator.check.references import beginning, places

_KINDS: dict[PrivateKind, Text] = {
    "mobile": Text("手机号码", "a mobile number"),
    "email": Text("电子邮箱", "an e-mail address"),
    "identity": Text("身份证号", "an identity number"),
    "landline": Text("固定电话", "a telephone number"),
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


def _private_datum(code: str, kind: PrivateKind, why: str, severity: Severity) -> Callable[..., Iterator[Finding]]:
    """Declares the rule that reports one *kind* of private datum in everything that a case says and brings."""

    def check(readable: Readable) -> Iterator[Finding]:
        if isinstance(readable, Submission):
            for datum, finding in _everything(readable):
                if datum.kind == kind:
                    yield finding

    check.__doc__ = why
    words = _KINDS[kind]
    message = Text(f"{{where}}里有{words.zh} {{masked}}", f"{words.en} in {{where_en}}: {{masked}}")
    return rule(code, severity, "document", message=message, fix=_REGISTER, clause="DOMAIN 决定 4")(check)


mobile_number = _private_datum(
    "PRV002", "mobile", "A mobile number on a page is rung by strangers from the day it is published.", Severity.ERROR
)
email_address = _private_datum(
    "PRV003", "email", "An address on a page is harvested within days; contact goes through the office.", Severity.ERROR
)
identity_number = _private_datum(
    "PRV004",
    "identity",
    "An identity number opens accounts in its bearer's name and can never be changed.",
    Severity.ERROR,
)
landline_number = _private_datum(
    "PRV005",
    "landline",
    "A desk telephone mostly belongs to a person; only the office's public one may stand, in the call.",
    Severity.WARNING,
)


_Found = tuple[PrivateDatum, Finding]
_last: list[tuple[Submission, tuple[_Found, ...]]] = []


def _everything(submission: Submission) -> tuple[_Found, ...]:
    """What is private in *submission*; the four rules that ask one after the other are answered from one scan."""
    if not _last or _last[0][0] is not submission:
        found = (*_in_front(submission.document.front), *_in_body(submission), *_in_files(submission))
        _last[:] = [(submission, found)]
    return _last[0][1]


def _in_front(front: Any) -> Iterator[_Found]:
    for loc, text in strings(front):
        for datum in scan(text):
            name = str(next((part for part in loc if isinstance(part, str)), ""))
            yield _found(datum, loc, zh=f"信息区 {name} ", en=name)


def _in_body(submission: Submission) -> Iterator[_Found]:
    """The text as written, with its places; then as shown, for what markup or entities tear apart."""
    markdown = submission.document.body
    written = scan(markdown)
    for datum in written:
        yield _found(datum, InBody(_mark(markdown, datum.offset)), zh="正文", en="the text")
    known = {(datum.kind, datum.masked) for datum in written}
    for datum in scan(submission.body.text):
        if (datum.kind, datum.masked) not in known:
            yield _found(datum, beginning(submission), zh="正文", en="the text")


def _in_files(submission: Submission) -> Iterator[_Found]:
    named = places(submission)
    for path, facts in submission.facts.items():
        text = facts.caption.text if facts.caption else ""
        if facts.document:
            text = "\n".join((facts.document.text, *(value for _, value in facts.document.properties)))
        for datum in scan(text):
            yield _found(datum, named.get(path, ()), zh=f"{path} ", en=path)


def _found(datum: PrivateDatum, at: Loc | InBody, *, zh: str, en: str) -> _Found:
    return datum, Finding(at=at, facts={"where": zh, "where_en": en, "masked": datum.masked})


def strings(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every scalar inside *value* as text, with the way to it; numbers count, for a phone may be written as one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*loc, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from strings(inner, (*loc, i))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield loc, str(value)


def _mark(text: str, offset: int) -> Mark:
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


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
    for loc, text in strings(call.document.front):
        for datum in scan(text):
            if not (datum.kind == "landline" and loc[:1] == ("contact",)):
                yield _of_call(datum, loc, "campaign.yml", None)
    for datum in scan(call.notice):
        yield _of_call(datum, _mark(call.notice, datum.offset), "notice.md", call.notice_file)


def _of_call(datum: PrivateDatum, at: Loc | Mark, where: str, file: str | None) -> Finding:
    words = _KINDS[datum.kind]
    facts = {"where": where, "kind": words.zh, "kind_en": words.en, "masked": datum.masked}
    return Finding(at=at, facts=facts, file=file, severity=Severity.WARNING if datum.kind == "landline" else None)
