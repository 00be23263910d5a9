"""SHP: does every field have the shape that the model asks for? Clause: DOMAIN section 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.submission import ShapeFault, Submission
from generator.check.diagnostics import CaseView, Finding, Readable, Severity, Text, rule
from generator.check.faultwords import said_in_chinese
from generator.check.fieldnames import is_private, known_names, nearest

_CHOICES = frozenset({"literal_error", "enum"})
_LENGTHS = frozenset({"string_too_long", "string_too_short", "too_long", "too_short"})
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_MOST_NAMES = 8
"""Names that one message lists; more than these nobody reads."""


def _name(fault: ShapeFault) -> str:
    """The field as an editor would say it: ``videos 第 1 项 file``."""
    return " ".join(f"第 {part + 1} 项" if isinstance(part, int) else str(part) for part in fault.loc) or "（整体）"


def _name_en(fault: ShapeFault) -> str:
    """The field as a program would write it: ``videos[0].file``."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault.loc)
    return name.removeprefix(".") or "(the whole)"


def _words(fault: ShapeFault) -> dict[str, Any]:
    """What messages say of *fault*."""
    return {
        "field": _name(fault),
        "field_en": _name_en(fault),
        "given": fault.given,
        "said": said_in_chinese(fault),
        "said_en": fault.said,
    }


def _faults(readable: Readable, kinds: frozenset[str]) -> Iterator[ShapeFault]:
    return (fault for fault in readable.faults if fault.kind in kinds)


@rule(
    "SHP001",
    Severity.ERROR,
    "document",
    message=Text(zh="缺少必填项“{field}”", en="the field “{field_en}” is missing"),
    fix=Text(
        zh="在信息区补上 {field}；补好后还会再查其余各项",
        en="add {field_en} to the front matter; all else is checked after that",
    ),
)
def required_field_missing(readable: Readable) -> Iterator[Finding]:
    """A case needs a title, a unit with its region, and a category to have an address and a place in lists."""
    for fault in _faults(readable, frozenset({"missing"})):
        yield Finding(at=fault.loc, facts=_words(fault))


@rule(
    "SHP002",
    Severity.ERROR,
    "document",
    message=Text(zh="没有“{field}”这一项", en="there is no field “{field_en}”"),
    fix=Text(zh="改成 {near}，或删去这一项", en="write {near_en}, or remove it"),
)
def unknown_field(readable: Readable) -> Iterator[Finding]:
    """A misspelt field would be dropped without a word, and what the author wrote in it would never be seen."""
    model = Case if isinstance(readable, Submission) else Campaign
    for fault in _faults(readable, frozenset({"extra_forbidden"})):
        name = str(fault.loc[-1])
        if not is_private(name):
            known = known_names(model, fault.loc[:-1])
            names = nearest(name, known) or (known if len(known) <= _MOST_NAMES else ())
            near = Text("字段说明里的名称", "a name of the list of fields")
            if names:
                near = Text(" / ".join(names), " / ".join(names))
            yield Finding(at=fault.loc, facts={**_words(fault), "near": near.zh, "near_en": near.en})


@rule(
    "SHP003",
    Severity.ERROR,
    "document",
    message=Text(
        zh="“{field}”的内容“{given}”不对：{said}", en="“{field_en}” has the wrong shape: “{given}” ({said_en})"
    ),
    fix=Text(zh="按 docs 中的字段说明改写", en="write it as the description of the field says"),
)
def field_of_wrong_shape(readable: Readable) -> Iterator[Finding]:
    """A value that is silently bent into shape is a value that nobody wrote."""
    others = {"missing", "extra_forbidden", "id_is_not_folder"} | _CHOICES | _LENGTHS
    for fault in readable.faults:
        if fault.kind not in others:
            yield Finding(at=fault.loc, facts=_words(fault))


@rule(
    "SHP004",
    Severity.ERROR,
    "document",
    message=Text(zh="“{field}”不能是“{given}”：{said}", en="“{field_en}” cannot be “{given}”: {said_en}"),
    fix=Text(zh="从列出的词中选一个", en="choose one of the words"),
)
def word_outside_its_list(readable: Readable) -> Iterator[Finding]:
    """Closed lists are what the groups of the site are made of."""
    for fault in _faults(readable, _CHOICES):
        yield Finding(at=fault.loc, facts=_words(fault))


@rule(
    "SHP005",
    Severity.ERROR,
    "document",
    message=Text(zh="“{field}”过长、过短或为空：{said}", en="“{field_en}” is too long, too short or empty: {said_en}"),
    fix=Text(zh="改写到要求的长度", en="bring it to the length asked for"),
)
def field_of_wrong_length(readable: Readable) -> Iterator[Finding]:
    """A title of three hundred characters is a paragraph that slipped; an empty one is none."""
    for fault in _faults(readable, _LENGTHS):
        yield Finding(at=fault.loc, facts=_words(fault))


@rule(
    "SHP006",
    Severity.ERROR,
    "document",
    message=Text(zh="目录名“{slug}”不能作网址", en="the folder name “{slug}” cannot be an address"),
    fix=Text(
        zh="目录名只用小写英文字母、数字和连字符，例如 lichuan-cloud-class",
        en="use lower-case letters, digits and hyphens",
    ),
    clause="DOMAIN 决定 9",
)
def folder_name_is_no_slug(readable: Readable) -> Iterator[Finding]:
    """The folder is the address, and addresses are for ever."""
    slug = readable.slug if isinstance(readable, Submission) else readable.id
    is_reserved = not isinstance(readable, Submission) and slug == "page"  # cases/page/2/ is a page of the list
    if is_reserved or not _SLUG.fullmatch(slug) or len(slug) > 80:
        yield Finding(facts={"slug": slug})


@rule(
    "SHP007",
    Severity.ERROR,
    "case",
    message=Text(zh="没有代码为“{region}”的地区", en="there is no region “{region}”"),
    fix=Text(zh="从 cases/regions.yml 中选一个 slug", en="choose a slug of cases/regions.yml"),
)
def unknown_region(view: CaseView) -> Iterator[Finding]:
    """County pages and the tables of the yearly assessment count by region."""
    if view.case.unit.region not in view.regions.by_slug:
        yield Finding(at=("unit", "region"), facts={"region": view.case.unit.region})


@rule(
    "SHP008",
    Severity.ERROR,
    "case",
    message=Text(
        zh="本次活动没有“{category}”这一类别（可选：{known}）", en="this call has no category “{category}” ({known})"
    ),
    fix=Text(zh="从可选的类别里选一个，照样填写", en="use a category of the call"),
)
def unknown_category(view: CaseView) -> Iterator[Finding]:
    """A category belongs to its call: A1 of one call is not A1 of another."""
    if view.campaign.category(view.case.category) is None:
        known = "、".join(category.code for category in view.campaign.categories)
        yield Finding(at=("category",), facts={"category": view.case.category, "known": known})


@rule(
    "SHP012",
    Severity.ERROR,
    "case",
    message=Text(zh="实施时间的结束 {to} 早于开始 {from_}", en="the period ends ({to}) before it begins ({from_})"),
    fix=Text(zh="核对 period 的 from 和 to", en="correct “from” or “to”"),
)
def period_ends_before_it_begins(view: CaseView) -> Iterator[Finding]:
    """One of the two dates is wrong, and the page would print both."""
    period = view.case.period
    if period and period.to:
        shared = min(len(period.from_), len(period.to))
        if period.to[:shared] < period.from_[:shared]:
            yield Finding(at=("period", "to"), facts={"from_": period.from_, "to": period.to})


@rule(
    "SHP015",
    Severity.ERROR,
    "document",
    message=Text(zh="活动的 id“{given}”与目录名不同", en="the call's id “{given}” is not the name of its folder"),
    fix=Text(zh="把 id 改成目录名，或把目录改名", en="give both the same name"),
    clause="DOMAIN 决定 3",
)
def id_is_not_the_folder(readable: Readable) -> Iterator[Finding]:
    """The folder names the call in every address; a second name would lead nowhere."""
    for fault in _faults(readable, frozenset({"id_is_not_folder"})):
        yield Finding(at=fault.loc, facts={"given": fault.given})
