"""What a preview asks its readers to look at: changed or unpublished cases, with what the check said of each."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.changed import Changed, call_of, case_of
from generator.catalog.submission import Catalog
from generator.check.diagnostics import Diagnostic, Severity
from generator.check.examine import Verdict
from generator.check.limits import bound
from generator.check.privacy import masked
from generator.check.reports.phrases import one_line, printable
from generator.check.sheets import CaseSheet, sheets_of
from generator.pages.site_facts import PreviewKind
from generator.pages.views import Page

REVIEW_URL = {"site": "preview/", "folder": ""}
"""Where the list stands: a folder begins with it, a site has its own home page."""

_LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding of the check, in the words of its report; private numbers in it are masked there."""

    level: str  # 错误, 警告, 提示
    severity: str  # error, warning, info
    code: str
    file: str
    line: int
    message: str
    fix: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A case, a call or a file, and what was found in it."""

    title: str
    url: str  # "": it has no page
    place: str  # where it lies below cases/
    standing: str  # why visitors do not see it, or what became of it; "" where they do
    lengths: str  # 字数 beside the limits of its call
    findings: tuple[FindingView, ...]
    is_withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """The page. A case that an error withholds has its errors here and no page, as on the site."""

    is_of_proposal: bool
    touches_shared: bool
    cases: tuple[ReviewRow, ...]
    others: tuple[ReviewRow, ...]  # calls and shared files

    @property
    def withheld(self) -> int:
        """How many of the cases have no page for their errors."""
        return sum(row.is_withheld for row in self.cases)


def standing(case: Case, campaign: Campaign) -> str:
    """Why visitors do not see a case that nothing is wrong with; "" where they do. DOMAIN: decision 7."""
    if case.status == "已撤回":
        return "已撤回，网站上只留一句说明"
    if case.status == "草稿":
        return "草稿，网站上不展示"
    if not case.honors:
        return "没有登记奖项，网站上不展示"
    return "所属活动正在公示，网站上只在名单里列出" if campaign.is_open else ""


def review(catalog: Catalog, verdict: Verdict, changed: Changed | None) -> ReviewView:
    """Of a proposal what it *changed*; else every case that is not on the site, and every call that has an error."""
    found = _by_owner(verdict.diagnostics)
    wanted = [
        submission
        for submission in catalog.submissions
        if (
            submission.id in changed.case_ids
            if changed
            else submission.id in verdict.withheld or not catalog.shows(submission)
        )
    ]
    sheets = sheets_of(dataclasses.replace(catalog, submissions=tuple(wanted)))
    rows = [_case_row(sheet, catalog, verdict, found.get(sheet.id, ())) for sheet in sheets]
    gone = sorted(changed.case_ids - catalog.by_id.keys()) if changed else []
    return ReviewView(
        is_of_proposal=changed is not None,
        touches_shared=changed is not None and changed.touches_shared,
        cases=(*rows, *(_row(case_id, case_id, "目录已删除") for case_id in gone)),
        others=tuple(_others(catalog, verdict, changed, found)),
    )


def review_page(view: ReviewView, preview: PreviewKind) -> Page:
    """The page that a preview begins with, or leads to from every other."""
    return Page(
        url=REVIEW_URL[preview],
        template="review.html",
        title="本次改动" if view.is_of_proposal else "审阅清单",
        description="",
        view=view,
    )


def _by_owner(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """What was found, by the id of a case, by that of a call, and for all else by file."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        file = diagnostic.file
        found[diagnostic.case_id or case_of(file) or call_of(file) or file].append(diagnostic)
    return found


def _case_row(sheet: CaseSheet, catalog: Catalog, verdict: Verdict, found: Sequence[Diagnostic]) -> ReviewRow:
    submission = catalog.by_id[sheet.id]
    case, campaign = submission.case, catalog.campaigns.get(submission.campaign_id)
    is_withheld = sheet.id in verdict.withheld
    has_page = not is_withheld and catalog.shows(submission, with_drafts=True)
    told = standing(case, campaign) if case and campaign else ""
    if is_withheld:
        told = "有错误，改好以前没有页面" if found else "所属活动的文件有错误，改好以前没有页面"
    return dataclasses.replace(
        _row(sheet.title or sheet.id, sheet.id, told, found),
        url=f"cases/{sheet.id}/" if has_page else "",
        lengths="；".join(
            f"{length.label} {length.count} 字（{'，'.join(bound(limit).zh for limit in length.limits)}）"
            for length in sheet.lengths
        ),
        is_withheld=is_withheld,
    )


def _others(
    catalog: Catalog, verdict: Verdict, changed: Changed | None, found: dict[str, list[Diagnostic]]
) -> Iterable[ReviewRow]:
    """Calls, then files of no case."""
    for call in catalog.calls:
        is_broken = call.id in verdict.broken_calls
        if call.id in changed.calls if changed else is_broken:
            title = call.campaign.title if call.campaign and not is_broken else call.id
            told = "有错误，改好以前它和它的案例都没有页面" if is_broken else ""
            row = _row(title, call.id, told, found.get(call.id, ()))
            yield dataclasses.replace(row, url="" if is_broken or not call.campaign else f"campaigns/{call.id}/")
    known = {call.id for call in catalog.calls}
    for call_id in sorted(changed.calls - known) if changed else ():
        yield _row(call_id, call_id, "目录已删除")
    for file in sorted(changed.files) if changed else ():
        if file.count("/") == 1:
            yield _row(file, file, "全部案例共用的文件", found.get(file, ()))


def _row(title: str, place: str, told: str, found: Sequence[Diagnostic] = ()) -> ReviewRow:
    return ReviewRow(
        title=_said(title), url="", place=_said(place), standing=told, lengths="", findings=tuple(map(_finding, found))
    )


def _finding(diagnostic: Diagnostic) -> FindingView:
    quote = f"“{diagnostic.quote}”" if diagnostic.quote else ""
    return FindingView(
        level=_LEVELS[diagnostic.severity],
        severity=diagnostic.severity.value,
        code=diagnostic.code,
        file=_said(diagnostic.file),
        line=diagnostic.line,
        message=_said(diagnostic.message.zh),
        fix=_said(diagnostic.fix.zh),
        clause=_said(f"{diagnostic.clause} {quote}"),
    )


def _said(text: str) -> str:
    """*text* on one line, without numbers of people in it: names of folders are as hostile as what lies in them."""
    return masked(one_line(printable(text)))
