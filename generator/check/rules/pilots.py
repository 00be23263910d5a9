"""PIL: what a pilot project must bring along: its partners and its obligatory topics. Clause: Y20 二."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule
from generator.check.lengths import is_unwritten
from generator.check.limits import breach, is_breached, limits_on


@rule(
    "PIL001",
    Severity.ERROR,
    "case",
    message=Text(
        zh="“{school}”结对 {count} 所（个），要求{bound}",
        en="“{school}” has {count} partners; the call asks for {bound_en}",
    ),
    fix=Text(zh="核对 partners 中登记的学校", en="correct the schools under partners"),
    call_decides=True,
)
def wrong_number_of_partners(view: CaseView) -> Iterator[Finding]:
    """The call fixes how many schools a lead school, and how many points each of them, can really carry."""
    partners = view.case.partners
    if partners is None:
        return
    for limit in limits_on(view.campaign, view.case, "partners.furong"):
        if is_breached(limit, len(partners.furong)):
            yield breach(limit, ("partners", "furong"), school=partners.lead, count=len(partners.furong))
    for limit in limits_on(view.campaign, view.case, "partners.points"):
        for i, school in enumerate(partners.furong):
            if is_breached(limit, len(school.points)):
                loc = ("partners", "furong", i, "points")
                yield breach(limit, loc, school=school.name, count=len(school.points))


@rule(
    "PIL002",
    Severity.ERROR,
    "case",
    message=Text(zh="缺少必选的选题“{topic}”", en="the obligatory topic “{topic}” is missing"),
    fix=Text(
        zh="在 topics 里加上“{topic}”，并在方案中写明怎样开展", en="add {topic} to topics, and say how it is done"
    ),
)
def required_topic_missing(view: CaseView) -> Iterator[Finding]:
    """Some topics are no choice: every project of the category has to carry them out.

    A draft that awaits its text is only reminded of them: a county's list names no topics.
    """
    awaits_text = is_unwritten(view.submission, view.case, view.campaign)
    canonical = view.vocabulary.topic_by_name
    chosen = {canonical[name].name if name in canonical else name for name in view.case.topics}
    for topic in view.campaign.topics:
        if topic.required and (not topic.category or view.case.category in topic.category):
            name = canonical[topic.name].name if topic.name in canonical else topic.name
            if name not in chosen:
                severity = Severity.WARNING if awaits_text else None
                yield Finding(at=("topics",), facts={"topic": topic.name}, severity=severity, source=topic.source)


@rule(
    "PIL003",
    Severity.WARNING,
    "case",
    message=Text(zh="“{category}”类没有登记结对学校（partners）", en="a case of {category} without its partners"),
    fix=Text(zh="登记牵头学校、芙蓉学校和各校的教学点", en="add the lead school, the schools and their points"),
)
def partners_missing(view: CaseView) -> Iterator[Finding]:
    """Who is tied to whom is what the project is about; without it the page cannot draw the union."""
    if view.case.partners is not None:
        return
    for limit in limits_on(view.campaign, view.case, "partners.furong", "partners.points"):
        if limit.when.category:
            yield Finding(at=("category",), facts={"category": view.case.category}, source=limit.source)
            return
