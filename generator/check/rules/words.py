"""SHP: are the words of the closed lists used, so that a case stands in the groups it belongs to?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from generator.catalog.marks import Loc
from generator.catalog.places import Term
from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule


def _meant(word: str, terms: Iterable[Term]) -> str:
    """The words that *word* may stand for: the one it is an alias of, else those like it, else all."""
    terms = tuple(terms)
    for term in terms:
        if word in term.aliases:
            return term.name
    names = [term.name for term in terms]
    return "、".join(difflib.get_close_matches(word, names, n=3, cutoff=0.5) or names)


def _unlisted(words: Iterable[str], terms: tuple[Term, ...], loc: Loc) -> Iterator[Finding]:
    names = {term.name for term in terms}
    for i, word in enumerate(words):
        if word not in names:
            yield Finding(at=(*loc, i), facts={"word": word, "near": _meant(word, terms)})


@rule(
    "SHP009",
    Severity.ERROR,
    "case",
    message=Text(zh="没有“{grade}”这一等次", en="there is no grade “{grade}”"),
    fix=Text(zh="从这些等次中选一个：{known}", en="choose one of {known}"),
    clause="DOMAIN 决定 7",
)
def unknown_grade(view: CaseView) -> Iterator[Finding]:
    """Award lists, counts and ratios are made of grades; one that nobody knows is in none of them."""
    for i, honor in enumerate(view.case.honors):
        if honor.grade not in view.vocabulary.grade_by_name:
            known = "、".join(view.vocabulary.grade_by_name)
            yield Finding(at=("honors", i, "grade"), facts={"grade": honor.grade, "known": known})


@rule(
    "SHP010",
    Severity.WARNING,
    "case",
    message=Text(zh="词表里没有“{word}”这一学段或学科", en="the vocabulary has no stage or subject “{word}”"),
    fix=Text(zh="改成 {near}", en="write {near}"),
)
def unknown_stage_or_subject(view: CaseView) -> Iterator[Finding]:
    """The pages of stages and subjects list only the words that they know; the case would be missing there."""
    yield from _unlisted(view.case.stage, view.vocabulary.stages, ("stage",))
    yield from _unlisted(view.case.subject, view.vocabulary.subjects, ("subject",))


@rule(
    "SHP011",
    Severity.WARNING,
    "case",
    message=Text(zh="词表里没有“{kind}”这一类支撑材料", en="the vocabulary has no kind of material “{kind}”"),
    fix=Text(zh="改成 {near}", en="write {near}"),
    clause="DOMAIN 1.5",
)
def unknown_kind_of_attachment(view: CaseView) -> Iterator[Finding]:
    """A visitor chooses a document by its kind before opening it."""
    terms = view.vocabulary.attachment_kinds
    known = {name for term in terms for name in (term.name, *term.aliases)}
    for i, attachment in enumerate(view.case.attachments):
        if attachment.kind not in known:
            facts = {"kind": attachment.kind, "near": _meant(attachment.kind, terms)}
            yield Finding(at=("attachments", i, "kind"), facts=facts)


@rule(
    "SHP013",
    Severity.WARNING,
    "case",
    message=Text(zh="词表里没有“{kind}”这一单位类型", en="the vocabulary has no kind of unit “{kind}”"),
    fix=Text(zh="改成 {known} 之一", en="choose one of {known}"),
)
def unknown_kind_of_unit(view: CaseView) -> Iterator[Finding]:
    """The statistics count units by their kind."""
    kind = view.case.unit.kind
    if kind is not None and kind not in view.vocabulary.unit_kinds:
        yield Finding(at=("unit", "kind"), facts={"kind": kind, "known": "、".join(view.vocabulary.unit_kinds)})


@rule(
    "SHP014",
    Severity.WARNING,
    "case",
    message=Text(
        zh="“{theme}”既不是本次活动的主题，也不在词表里",
        en="“{theme}” is no theme of the call and not in the vocabulary",
    ),
    fix=Text(zh="核对写法；如果是自拟的主题，写到 keywords 里", en="check its spelling, or make it a keyword"),
    clause="DOMAIN 1.3",
)
def unknown_theme(view: CaseView) -> Iterator[Finding]:
    """A theme counts towards a quota of the call; a misspelt one counts towards none."""
    known = {statement.text for statement in view.campaign.themes} | view.vocabulary.topic_by_name.keys()
    for i, theme in enumerate(view.case.themes):
        if theme not in known:
            yield Finding(at=("themes", i), facts={"theme": theme})
