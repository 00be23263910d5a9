"""Drafts in which nobody has written yet, made of a county's list or by `showcase new`: which of them a Word file fills, and what stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.catalog.submission import Submission
from generator.intake.folding import counts_alike, is_same_unit, likeness
from generator.intake.summary import SAME_TITLE


def is_untouched(submission: Submission) -> bool:
    """Whether a draft has headings and no text, and no files. Its front matter may have been completed."""
    document = submission.document
    lines = (line.strip() for line in document.body.split("\n"))
    is_empty = document.is_readable and all(not line or line.startswith("#") for line in lines)
    return is_empty and document.front.get("status") == "草稿" and not submission.files


def to_fill(submissions: Sequence[Submission], *, slug: str | None, title: str, unit: str) -> Submission | None:
    """The untouched draft among those of one call that a Word file belongs to: that of *slug*, or the one that its title and
    unit mean; None where there is none, or more than one.
    """
    drafts = [one for one in submissions if is_untouched(one)]
    if slug:
        return next((one for one in drafts if one.slug == slug), None)
    found = [one for one in drafts if _is_meant(title, unit, one.document.front)]
    return found[0] if len(found) == 1 else None


def _is_meant(title: str, unit: str, front: Mapping[str, Any]) -> bool:
    """By the values as they stand: a draft that is half completed may have faults, and is the same case."""
    drafted, place = str(front.get("title", "")), front.get("unit")
    drafted_unit = str(place.get("name", "")) if isinstance(place, Mapping) else ""
    alike = likeness(title, drafted) >= SAME_TITLE and counts_alike(title, drafted)
    return alike and (not unit or is_same_unit(unit, drafted_unit))


def filled(said: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter of what a Word file *said*, and where it said nothing, of what the draft had.

    Of the unit a file says the name alone; where it is and what kind of unit are guesses, and those of the draft go before.
    """
    merged = {key: value if value not in (None, "", [], {}) else kept.get(key) for key, value in said.items()}
    merged |= {key: value for key, value in kept.items() if key not in said}
    unit, drafted = said.get("unit"), kept.get("unit")
    if unit and isinstance(drafted, Mapping):
        merged["unit"] = {**unit, **drafted, "name": unit["name"]}
    return merged
