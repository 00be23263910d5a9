"""Every rule, one module a family (the large families in two or three); importing this package declares them all."""

from generator.check.diagnostics import Rule, declared_rules
from generator.check.rules import (
    awards,
    calls,
    catalogue,
    consent,
    copies,
    document,
    files,
    lengths,
    links,
    media,
    outside,
    people,
    pilots,
    private,
    quotas,
    seals,
    shape,
    template,
    texts,
    words,
)

__all__ = [
    "all_rules",
    "awards",
    "calls",
    "catalogue",
    "consent",
    "copies",
    "document",
    "files",
    "lengths",
    "links",
    "media",
    "outside",
    "people",
    "pilots",
    "private",
    "quotas",
    "seals",
    "shape",
    "template",
    "texts",
    "words",
]


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return declared_rules()
