"""A case is cited as GB/T 7714-2015 and BibTeX want it."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path

from generator.catalog.case import Author
from generator.catalog.reader import read_catalog
from generator.pages.citing import citation
from generator.pages.groups import Entry
from generator.pages.map import public_entries

ADDRESS = "https://showcase.example.org/cases/a/b/"


@cache
def sample() -> Entry:
    catalog = read_catalog(Path(__file__).parent.parent.parent / "cases")
    return next(e for e in public_entries(catalog, frozenset()) if e.slug == "lichuan-timetable-resources")


def cited(**changes: object) -> tuple[str, str]:
    entry = sample()
    case = entry.case.model_copy(update=changes)
    made = citation(Entry(id=entry.id, slug=entry.slug, case=case, campaign=entry.campaign), "成果展示网", ADDRESS)
    return made.gb7714, made.bibtex


def test_gb7714_names_three_writers_title_site_year_and_last_change() -> None:
    line, _ = cited(title="题名", subtitle="副题")
    assert line == "牟示例, 向示范, 冉示例. 题名：副题[EB/OL]. 成果展示网, 2023(2023-12-08)"


def test_more_than_three_writers_are_cut_short_and_without_any_the_unit_stands() -> None:
    five = tuple(Author(name=f"示例{i}") for i in range(5))
    assert cited(authors=five)[0].startswith("示例0, 示例1, 示例2, 等. ")
    assert cited(authors=())[0].startswith("利川市示例教育局. ")
    assert all(f"{{示例{i}}}" in cited(authors=five)[1] for i in range(5))


def test_without_a_date_the_year_of_the_call_stands() -> None:
    assert cited(published=None, updated=None)[0].endswith("成果展示网, 2023")
    assert cited(updated=None, published=datetime.date(2024, 1, 2))[0].endswith("2024(2024-01-02)")


def test_bibtex_is_an_entry_that_needs_only_its_brace() -> None:
    _, entry = cited(title="100%_{#1} & $x$ ~^\\")
    assert entry.startswith("@misc{enshi-2023-lichuan-timetable-resources,\n")
    assert r"title = {{100\%\_\{\#1\} \& \$x\$    }}," in entry
    assert f"url = {{{ADDRESS}}}," in entry
    whole = re.sub(r"\\.", "", entry) + "}"
    assert whole.count("{") == whole.count("}")
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in entry.splitlines()[1:])
