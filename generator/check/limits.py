"""The bounds of a call, as they apply to one case. Every number comes from the call's own data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.demands import Limit, Target, When
from generator.catalog.marks import Loc
from generator.check.diagnostics import Finding, InBody, Severity, Text

_UNITS: Mapping[str, str] = {
    "字": "characters",
    "人": "people",
    "项": "items",
    "张": "pictures",
    "所": "schools",
    "字节": "bytes",
    "像素": "pixels",
    "份": "files",
}


def applies(when: When, case: Case) -> bool:
    """Whether a rule that is bound to *when* speaks of *case*; a case with a video is of the medium video."""
    medium = "video" if case.videos else "text"
    return (not when.category or case.category in when.category) and when.media in (None, medium)


def limits_on(campaign: Campaign, case: Case, *targets: Target) -> Iterator[Limit]:
    """The limits on any of *targets* that speak of *case*, in the order of the call."""
    return (limit for limit in campaign.limits if limit.target in targets and applies(limit.when, case))


def is_breached(limit: Limit, amount: int) -> bool:
    """Whether *amount* lies outside the limit; `about` gives way by its tolerance, and bounds themselves are allowed."""
    if limit.op == "max":
        return amount > limit.value
    if limit.op == "min":
        return amount < limit.value
    return abs(amount - limit.value) > limit.value * limit.tolerance


def bound(limit: Limit) -> Text:
    """The limit in words; bytes are said as MB, and a notice that can be read in two ways says so."""
    size = megabytes(limit.value)
    amount = Text(f"{limit.value} {limit.unit}", f"{limit.value} {_UNITS[limit.unit]}")
    if limit.unit == "字节":
        amount = Text(f"{size} MB", f"{size} MB")
    zh, en = {
        "max": (f"不超过 {amount.zh}", f"at most {amount.en}"),
        "min": (f"不少于 {amount.zh}", f"at least {amount.en}"),
        "about": (f"在 {amount.zh}左右", f"about {amount.en}"),
    }[limit.op]
    if limit.ambiguous:
        zh, en = f"{zh}（通知原文有歧义，仅供对照）", f"{en} (the notice can be read in two ways)"
    return Text(zh, en)


def megabytes(size_bytes: int) -> str:
    """*size_bytes* as MB of a million bytes, cut and not rounded up: one decimal where there is one, more below 0.1."""
    for decimals in (1, 3, 6):
        if cut := size_bytes * 10**decimals // 1_000_000:
            return f"{cut / 10**decimals:.{decimals}f}".rstrip("0").rstrip(".")
    return "0"


def breach(limit: Limit, at: Loc | InBody, **facts: Any) -> Finding:
    """The finding that *limit* is not kept: with its words (`bound`, `bound_en`), severity and source."""
    words = bound(limit)
    return Finding(
        at=at,
        facts={**facts, "bound": words.zh, "bound_en": words.en},
        severity=Severity(limit.severity),
        source=limit.source,
    )
