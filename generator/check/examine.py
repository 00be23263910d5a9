"""Runs every rule over a catalogue: which scope in which order, and which cases are withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from generator.catalog.document import Document
from generator.catalog.gist import Gist, gist_of
from generator.catalog.marks import Loc, Mark
from generator.catalog.submission import Call, Catalog, Submission
from generator.check import rules
from generator.check.diagnostics import (
    CaseView,
    Diagnostic,
    Finding,
    InBody,
    Overview,
    Rule,
    Scope,
    Severity,
    TextStart,
)
from generator.check.lengths import is_unwritten
from generator.check.privacy import masked
from generator.check.references import beginning
from generator.check.sheets import CaseSheet, sheet_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found, sorted by file, line, column and code; and the cases that an error keeps off the site."""

    diagnostics: tuple[Diagnostic, ...]
    withheld: frozenset[str]  # ids of submissions
    broken_calls: frozenset[str] = frozenset()  # ids of calls whose own files have errors: no page shows them

    @property
    def has_errors(self) -> bool:
        """Whether anything is withheld or a call is broken."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of one case by itself: worth remembering, for it holds none of its texts."""

    gist: Gist
    sheet: CaseSheet | None = None  # None: it only stands beside others, and nothing is said of it by itself
    diagnostics: tuple[Diagnostic, ...] = ()


def judged(submission: Submission, frame: Catalog) -> Judged:
    """What the rules say of *submission* by itself; of *frame* only what is no case is looked at."""
    return Judged(
        gist=gist_in(submission, frame),
        sheet=sheet_of(submission, frame.campaigns.get(submission.campaign_id)),
        diagnostics=tuple(_of_case(submission, frame)),
    )


def gist_in(submission: Submission, frame: Catalog) -> Gist:
    """The case in brief; of a draft that awaits its text the headings are its call's, and no copy of another's."""
    gist = gist_of(submission)
    case, campaign = submission.case, frame.campaigns.get(submission.campaign_id)
    if case and campaign and is_unwritten(submission, case, campaign):
        return replace(gist, text_digest="", samples=())
    return gist


def verdict_on(
    cases: Iterable[Judged],
    frame: Catalog,
    document_of: Callable[[str], Document],
    changed: frozenset[str] = frozenset(),
) -> Verdict:
    """What is found in all *cases*, in their order, in the calls of *frame*, and in cases beside each other.

    *document_of* gives the document of a case by its file; it is asked for cases that clash with others, or look alike, only.
    Of two cases that clash, the later is blamed; one of the ids in *changed* counts as later than all others.
    """
    cases = tuple(cases)
    found: list[Diagnostic] = []
    broken_calls: set[str] = set()
    for call in frame.calls:
        before = len(found)
        found += _of_call(call, frame)
        if any(diagnostic.severity is Severity.ERROR for diagnostic in found[before:]):
            broken_calls.add(call.id)
    for case in cases:
        found += case.diagnostics
    found += _of_all(tuple(case.gist for case in cases), frame, document_of, changed)
    withheld = {diagnostic.case_id for diagnostic in found if diagnostic.severity is Severity.ERROR}
    withheld |= {case.gist.id for case in cases if case.gist.campaign_id in broken_calls}
    # Two findings of one rule on one place differ by their message alone (two files that nothing names).
    once = {(diagnostic, diagnostic.message.zh): diagnostic for diagnostic in found}
    notices = {campaign.tag: campaign.notice_name for campaign in frame.campaigns.values() if campaign.tag}
    return Verdict(
        diagnostics=tuple(replace(once[key], clause=spoken_clause(once[key].clause, notices)) for key in sorted(once)),
        withheld=frozenset(withheld - {""}),
        broken_calls=frozenset(broken_calls),
    )


def examine(catalog: Catalog, changed: frozenset[str] = frozenset()) -> Verdict:
    """Everything that the declared rules find in *catalog*; content never raises. *changed* is as in `verdict_on`."""
    documents = {submission.file: submission.document for submission in catalog.submissions}
    cases = [judged(submission, catalog) for submission in catalog.submissions]
    return verdict_on(cases, catalog, documents.__getitem__, changed)


def spoken_clause(clause: str, notices: Mapping[str, str]) -> str:
    """“E23 二2” → “恩施州教函〔2023〕5号 二2”: editors know notices by their names, not by our tags."""
    tag, _, place = clause.partition(" ")
    if tag == "DOMAIN":
        return "本站规则"
    return f"{notices[tag]} {place}" if tag in notices else clause


@cache
def _rules(scope: Scope) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules.all_rules() if rule.scope == scope)


def _of_call(call: Call, frame: Catalog) -> Iterator[Diagnostic]:
    for rule in _rules("document"):
        for finding in rule.check(call):
            yield _diagnostic(rule, finding, call.file, call.document, "")
    if call.campaign:
        for rule in _rules("campaign"):
            for finding in rule.check(call, frame):
                yield _diagnostic(rule, finding, finding.file or call.file, call.document, "")


def _of_case(submission: Submission, frame: Catalog) -> Iterator[Diagnostic]:
    for rule in _rules("document"):
        for finding in rule.check(submission):
            yield _diagnostic(rule, finding, submission.file, submission.document, submission.id)
    campaign = frame.campaigns.get(submission.campaign_id)
    if submission.case is None or campaign is None:
        return
    view = CaseView(
        submission=submission,
        case=submission.case,
        campaign=campaign,
        regions=frame.regions,
        vocabulary=frame.vocabulary,
    )
    for rule in _rules("case"):
        for finding in rule.check(view):
            yield _diagnostic(rule, finding, submission.file, submission.document, submission.id)


def _of_all(
    gists: tuple[Gist, ...], frame: Catalog, document_of: Callable[[str], Document], changed: frozenset[str]
) -> Iterator[Diagnostic]:
    files = {gist.file for gist in gists}
    # Rules of this scope go through the cases in order and find fault with whoever comes second.
    by_age = tuple(sorted(gists, key=lambda one: one.id in changed))
    overview = Overview(cases=by_age, calls=frame.calls, document_of=document_of, strays=frame.strays)
    for rule in _rules("site"):
        for finding in rule.check(overview):
            document = document_of(finding.file) if finding.file in files else None
            yield _diagnostic(rule, finding, finding.file or "cases", document, finding.case_id or "")


def _place(at: Loc | Mark | InBody | TextStart, document: Document | None) -> Mark:
    if isinstance(at, Mark):
        return at
    if document is None:
        return at.mark if isinstance(at, InBody) else Mark(1, 1)
    if isinstance(at, TextStart):
        at = beginning(document)
    if isinstance(at, InBody):
        return replace(at.mark, line=at.mark.line + document.body_line - 1)
    return document.mark(at)


def _diagnostic(rule: Rule, finding: Finding, file: str, document: Document | None, case_id: str) -> Diagnostic:
    mark = _place(finding.at, document)
    # Reports are public: what a message repeats of the author's words never carries a number or an address.
    facts = {name: masked(fact) if isinstance(fact, str) else fact for name, fact in finding.facts.items()}
    return Diagnostic(
        file=file,
        line=mark.line,
        column=mark.column,
        code=rule.code,
        severity=finding.severity or rule.severity,
        message=rule.message.filled(facts),
        fix=rule.fix.filled(facts),
        clause=finding.source.clause if finding.source else rule.clause,
        quote=finding.source.quote if finding.source else "",
        case_id=case_id,
    )
