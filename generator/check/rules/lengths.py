"""TXT: is a text as long as its call asks? Counted as Word counts (DOMAIN: decision 5)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.campaign import Target
from generator.catalog.document import Loc
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.limits import breach, is_breached, limits_on
from generator.check.references import beginning
from generator.check.wordcount import count_words

_LABELS: tuple[tuple[Target, str], ...] = (
    ("title", "标题"),
    ("summary", "摘要"),
    ("body", "正文"),
    ("self_review", "自评"),
    ("intro", "案例简介"),
)


def is_award_without_text(view: CaseView) -> bool:
    """Whether the case is a winner that handed in no text; nothing is asked of a text that is not there."""
    return bool(view.case.honors) and not view.submission.body.text.strip()


@rule(
    "TXT001",
    Severity.ERROR,
    "case",
    message=Text(
        zh="{label}有 {count} 字，要求{bound}", en="{field} has {count} characters; the call asks for {bound_en}"
    ),
    fix=Text(zh="按要求增删{label}（按 Word 的字数计算）", en="bring {field} to that length, as Word counts"),
)
def text_of_wrong_length(view: CaseView) -> Iterator[Finding]:
    """The call bounds every text; what is over its bound is not judged, and what is under it says too little."""
    for target, label in _LABELS:
        is_body = target == "body"
        text = view.submission.body.text if is_body else getattr(view.case, target)
        # Nobody has to write a field that the template leaves free: only the body breaches a bound by its absence.
        if not text.strip() and (not is_body or is_award_without_text(view)):
            continue
        count = count_words(text)
        at: Loc | InBody = beginning(view.submission) if is_body else (target,)
        for limit in limits_on(view.campaign, view.case, target):
            if limit.unit == "字" and is_breached(limit, count):
                yield breach(limit, at, label=label, field=target, count=count)


@rule(
    "TXT002",
    Severity.INFO,
    "case",
    message=Text(zh="没有正文，页面只展示获奖信息", en="there is no text: the page shows the award only"),
    fix=Text(zh="作者同意公开全文的，可以补上正文", en="add the text if its author agrees"),
    clause="DOMAIN 决定 2",
)
def award_without_text(view: CaseView) -> Iterator[Finding]:
    """A winner who handed in no text belongs in the award list all the same."""
    if is_award_without_text(view):
        yield Finding(at=())
