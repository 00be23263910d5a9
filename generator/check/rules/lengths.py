"""TXT: is a text as long as its call asks? Counted as Word counts (DOMAIN: decision 5)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.marks import Loc
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.lengths import is_award_without_text, lengths_of
from generator.check.limits import breach
from generator.check.references import beginning


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
    for length in lengths_of(view.submission, view.case, view.campaign):
        at: Loc | InBody = beginning(view.submission.document) if length.target == "body" else (length.target,)
        for limit in length.breached:
            yield breach(limit, at, label=length.label, field=length.target, count=length.count)


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
    if is_award_without_text(view.submission, view.case):
        yield Finding(at=())
