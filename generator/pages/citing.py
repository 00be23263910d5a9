"""A case as others cite it, after GB/T 7714 and for BibTeX."""

from __future__ import annotations

from generator.pages.groups import Entry
from generator.pages.views import Citation

_MOST_NAMED = 3  # GB/T 7714-2015, 8.1.2: three names, then “等”
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "&%$#_{}"} | {"~": " ", "^": " ", "\\": " "})


def citation(entry: Entry, site_name: str, address: str) -> Citation:
    """How *entry* is cited by its *address*, which is whole."""
    return Citation(gb7714=_gb7714(entry, site_name), bibtex=_bibtex(entry, site_name, address))


def _gb7714(entry: Entry, site_name: str) -> str:
    """Who, what, where it stands, when it was published. Clause: GB/T 7714-2015 8.9."""
    names = ", ".join(_authors(entry)[:_MOST_NAMED]) + (", 等" if len(_authors(entry)) > _MOST_NAMED else "")
    changed = entry.case.updated or entry.case.published
    return f"{names}. {_title(entry)}[EB/OL]. {site_name}, {_year(entry)}{f'({changed})' if changed else ''}"


def _bibtex(entry: Entry, site_name: str, address: str) -> str:
    """Names stand in braces of their own, so that nobody takes the first character for a given name."""
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in _authors(entry)),
        "title": f"{{{_escaped(_title(entry))}}}",
        "organization": _escaped(entry.case.unit.name),
        "howpublished": _escaped(site_name),
        "year": _year(entry),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    return "".join((f"@misc{{{entry.campaign.id}-{entry.slug},\n", *lines))


def _authors(entry: Entry) -> list[str]:
    return [author.name for author in entry.case.authors] or [entry.case.unit.name]


def _title(entry: Entry) -> str:
    return f"{entry.case.title}：{entry.case.subtitle}" if entry.case.subtitle else entry.case.title


def _year(entry: Entry) -> str:
    return str(entry.case.published.year if entry.case.published else entry.campaign.year)


def _escaped(text: str) -> str:
    """*text* without what TeX would take for a command."""
    return text.translate(_SPECIAL)
