"""How long the texts of a case are, and what its call asks of each. Counted as Word counts (DOMAIN: decision 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.demands import Limit, Target
from generator.catalog.submission import Submission
from generator.check.limits import is_breached, limits_on
from generator.check.wordcount import count_words

_LABELS: tuple[tuple[Target, str], ...] = (
    ("title", "标题"),
    ("summary", "摘要"),
    ("body", "正文"),
    ("self_review", "自评"),
    ("intro", "案例简介"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A text of a case: 字数, and the limits of its call on it, in the call's order; at least one."""

    target: Target
    label: str
    count: int
    limits: tuple[Limit, ...]

    @property
    def breached(self) -> tuple[Limit, ...]:
        """The limits that it does not keep."""
        return tuple(limit for limit in self.limits if is_breached(limit, self.count))


def is_unwritten(submission: Submission, case: Case, campaign: Campaign) -> bool:
    """Whether the case is a draft (草稿) that awaits its text: no more than headings of its template stand there.

    A row of a county's list begins so; what it lacks is its text, and not so many characters or parts of one. A video
    whose call limits no text stands by itself.
    """
    if case.status != "草稿" or is_award_without_text(submission, case) or submission.body.images:
        return False
    if case.videos and not any(limits_on(campaign, case, "body")):
        return False
    lines = filter(None, submission.body.text.split("\n"))
    return {section.heading for section in campaign.template}.issuperset(lines)


def is_without_text(submission: Submission, case: Case, campaign: Campaign) -> bool:
    """Whether there is no text to ask anything of: none was handed in, or it is not written yet."""
    return is_award_without_text(submission, case) or is_unwritten(submission, case, campaign)


def is_award_without_text(submission: Submission, case: Case) -> bool:
    """Whether the case is a winner that handed in no text; nothing is asked of a text that is not there."""
    return bool(case.honors) and not submission.body.text.strip()


def lengths_of(submission: Submission, case: Case, campaign: Campaign) -> Iterator[Length]:
    """The texts that *campaign* limits, as long as they are; a field that nobody wrote is not among them.

    The body is, even when it is empty, unless the case has no text at all, or not yet.

    Clause: Y21 附件 四(二)1, E23 二1.
    """
    for target, label in _LABELS:
        is_body = target == "body"
        text = submission.body.text if is_body else getattr(case, target)
        # Nobody has to write a field that the template leaves free: only the body breaches a bound by its absence.
        if (is_body and is_without_text(submission, case, campaign)) or (not is_body and not text.strip()):
            continue
        limits = tuple(limit for limit in limits_on(campaign, case, target) if limit.unit == "字")
        if limits:
            yield Length(target=target, label=label, count=count_words(text), limits=limits)
