"""Runs every rule over a catalogue: which scope in which order, and which cases are withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.catalog.document import Document, Mark
from generator.catalog.submission import Call, Catalog, Submission
from generator.check import rules
from generator.check.diagnostics import CaseView, Diagnostic, Finding, InBody, Rule, Severity
from generator.check.privacy import masked


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


def examine(catalog: Catalog, changed: frozenset[str] = frozenset()) -> Verdict:
    """Everything that the declared rules find in *catalog*; content never raises.

    Of two cases that clash, the later is blamed; one of the ids in *changed* counts as later than all others.
    """
    by_scope: dict[str, list[Rule]] = {"document": [], "case": [], "campaign": [], "site": []}
    for rule in rules.all_rules():
        by_scope[rule.scope].append(rule)
    found: list[Diagnostic] = []
    broken_calls: set[str] = set()
    for call in catalog.calls:
        before = len(found)
        found += _of_call(call, catalog, by_scope)
        if any(diagnostic.severity is Severity.ERROR for diagnostic in found[before:]):
            broken_calls.add(call.id)
    for submission in catalog.submissions:
        found += _of_case(submission, catalog, by_scope)
    files = {submission.file: submission for submission in catalog.submissions}
    # Rules of this scope go through the cases in order and find fault with whoever comes second.
    by_age = replace(catalog, submissions=tuple(sorted(catalog.submissions, key=lambda one: one.id in changed)))
    for rule in by_scope["site"]:
        for finding in rule.check(by_age):
            owner = files.get(finding.file or "")
            document = owner.document if owner else None
            found.append(_diagnostic(rule, finding, finding.file or "cases", document, finding.case_id or ""))
    withheld = {diagnostic.case_id for diagnostic in found if diagnostic.severity is Severity.ERROR}
    withheld |= {submission.id for submission in catalog.submissions if submission.campaign_id in broken_calls}
    # Two findings of one rule on one place differ by their message alone (two files that nothing names).
    once = {(diagnostic, diagnostic.message.zh): diagnostic for diagnostic in found}
    notices = {campaign.tag: campaign.notice_name for campaign in catalog.campaigns.values() if campaign.tag}
    return Verdict(
        diagnostics=tuple(replace(once[key], clause=spoken_clause(once[key].clause, notices)) for key in sorted(once)),
        withheld=frozenset(withheld - {""}),
        broken_calls=frozenset(broken_calls),
    )


def spoken_clause(clause: str, notices: Mapping[str, str]) -> str:
    """“E23 二2” → “恩施州教函〔2023〕5号 二2”: editors know notices by their names, not by our tags."""
    tag, _, place = clause.partition(" ")
    if tag == "DOMAIN":
        return "本站规则"
    return f"{notices[tag]} {place}" if tag in notices else clause


def _of_call(call: Call, catalog: Catalog, by_scope: dict[str, list[Rule]]) -> Iterator[Diagnostic]:
    for rule in by_scope["document"]:
        for finding in rule.check(call):
            yield _diagnostic(rule, finding, call.file, call.document, "")
    if call.campaign:
        for rule in by_scope["campaign"]:
            for finding in rule.check(call, catalog):
                yield _diagnostic(rule, finding, finding.file or call.file, call.document, "")


def _of_case(submission: Submission, catalog: Catalog, by_scope: dict[str, list[Rule]]) -> Iterator[Diagnostic]:
    for rule in by_scope["document"]:
        for finding in rule.check(submission):
            yield _diagnostic(rule, finding, submission.file, submission.document, submission.id)
    campaign = catalog.campaigns.get(submission.campaign_id)
    if submission.case is None or campaign is None:
        return
    view = CaseView(
        submission=submission,
        case=submission.case,
        campaign=campaign,
        regions=catalog.regions,
        vocabulary=catalog.vocabulary,
    )
    for rule in by_scope["case"]:
        for finding in rule.check(view):
            yield _diagnostic(rule, finding, submission.file, submission.document, submission.id)


def _diagnostic(rule: Rule, finding: Finding, file: str, document: Document | None, case_id: str) -> Diagnostic:
    if isinstance(finding.at, Mark):
        mark = finding.at
    elif isinstance(finding.at, InBody):
        first = document.body_line if document else 1
        mark = replace(finding.at.mark, line=finding.at.mark.line + first - 1)
    else:
        mark = document.mark(finding.at) if document else Mark(1, 1)
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
