"""TXT: is a text as long as its call asks? Counted as Word counts (DOMAIN: decision 5)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.marks import Loc
from generator.check.diagnostics import CaseView, Finding, InBody, Severity, Text, rule
from generator.check.lengths import is_award_without_text, is_unwritten, lengths_of
from generator.check.limits import breach, limits_on
from generator.check.references import beginning
from generator.check.wordcount import count_words

_LONG_TITLE = 45
"""字. A longer one is cut off in cards, in lists and by search engines."""


@rule(
    "TXT001",
    Severity.ERROR,
    "case",
    message=Text(
        zh="{label}有 {count} 字，要求{bound}", en="{field} has {count} characters; the call asks for {bound_en}"
    ),
    fix=Text(zh="按要求增删{label}（按 Word 的字数计算）", en="bring {field} to that length, as Word counts"),
    call_decides=True,
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


@rule(
    "TXT009",
    Severity.INFO,
    "case",
    message=Text(zh="还没有正文", en="there is no text yet"),
    fix=Text(
        zh="正文来了就补上；补好以后再查字数和各部分", en="add it when it comes; its length and parts are checked then"
    ),
    clause="DOMAIN 1.5",
)
def draft_without_text(view: CaseView) -> Iterator[Finding]:
    """A county's list comes before its texts; a draft may wait for its own without being refused."""
    if is_unwritten(view.submission, view.case, view.campaign):
        has_headings = bool(view.submission.body.text)
        yield Finding(at=beginning(view.submission.document) if has_headings else ())


@rule(
    "TXT010",
    Severity.INFO,
    "case",
    message=Text(
        zh="标题有 {count} 字，列表和分享的卡片里放不下", en="the title has {count} characters, too many for lists"
    ),
    fix=Text(
        zh=f"不超过 {_LONG_TITLE} 字为好：可以把说明移到副标题（subtitle）；文件上就是这个标题的，不用改",
        en=f"{_LONG_TITLE} or fewer are best: the rest may be the subtitle; a title that certificates carry stays",
    ),
    clause="DOMAIN 1.5",
)
def title_longer_than_lists_show(view: CaseView) -> Iterator[Finding]:
    """Who meets a title that is cut off cannot tell what it promises; a call that limits titles speaks for itself."""
    count = count_words(view.case.title)
    if count > _LONG_TITLE and not any(limits_on(view.campaign, view.case, "title")):
        yield Finding(at=("title",), facts={"count": count})
