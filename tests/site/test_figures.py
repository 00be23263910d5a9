"""Statistics and home say what plain counting over cases/ gives; every table equals its chart and its file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.catalog.case import Case
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog, Submission

ROOT = Path(__file__).parent.parent.parent
KINDS = ("year", "level", "grade", "category", "region", "stage", "topic")
LEVELS = ("国家级", "省级", "市级", "县级")


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


@cache
def public() -> tuple[Submission, ...]:
    return tuple(s for s in catalog().submissions if s.case and s.case.status == "已公布" and s.case.honors)


def words(kind: str, submission: Submission) -> set[str]:
    """Under which words of a kind a case is counted, worked out anew from its front matter."""
    case, vocabulary = submission.case, catalog().vocabulary
    assert case
    campaign = catalog().campaigns[submission.campaign_id]
    if kind == "year":
        return {f"{campaign.year}年"}
    if kind == "level":
        return {honor.level for honor in case.honors}
    if kind == "grade":
        return {honor.grade for honor in case.honors}
    if kind == "category":
        group = next(category.group for category in campaign.categories if category.code == case.category)
        return {"试点项目" if group == "试点" else f"{group}案例"}
    if kind == "region":
        return {catalog().regions.by_slug[case.unit.region].name}
    if kind == "stage":
        return set(case.stage)
    synonyms = {name: topic.name for topic in vocabulary.topics for name in (topic.name, *topic.aliases)}
    return {synonyms[name] for name in (*case.topics, *case.themes) if name in synonyms}


def highest(case: Case) -> str:
    return min((honor.level for honor in case.honors), key=LEVELS.index)


def rows(site: Path, name: str) -> list[dict[str, str]]:
    data = (site / "statistics" / f"{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class _Page(HTMLParser):
    """Tables cell by cell, and charts by label and number."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.charts: dict[str, list[tuple[str, str]]] = {}
        self._section = ""
        self._cell: list[str] | None = None
        self._kind = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section":
            self._section = given.get("aria-labelledby", "")
        elif tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        elif tag in ("th", "td", "text"):
            self._cell, self._kind = [], given.get("class", "")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._cell is None or tag not in ("th", "td", "text"):
            return
        text = "".join(self._cell).strip()
        drawn = self.charts.setdefault(self._section, [])
        if tag != "text":
            self.tables[self._section][-1].append(text)
        elif self._kind == "chart__label":
            drawn.append((text, ""))
        elif self._kind == "chart__number":
            drawn[-1] = (drawn[-1][0], text)
        self._cell = None


@pytest.fixture(scope="module")
def page(site: Path) -> _Page:
    return _Page((site / "statistics" / "index.html").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_number_is_what_plain_counting_gives(site: Path, kind: str) -> None:
    counted = Counter(word for submission in public() for word in words(kind, submission))
    table = rows(site, kind)
    name = next(iter(table[0]))
    assert {row[name]: int(row["案例数"]) for row in table if row["案例数"] != "0"} == counted
    for row in table:
        members = [s.case for s in public() if row[name] in words(kind, s) and s.case]
        assert [int(row[f"最高荣誉{level}"]) for level in LEVELS] == [
            sum(1 for case in members if highest(case) == level) for level in LEVELS
        ]
        exact = Decimal(100 * len(members)) / len(public())
        assert row["占比"] == f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def test_a_prefecture_has_a_column_that_includes_its_counties(site: Path) -> None:
    table = {row["地区"]: row for row in rows(site, "region")}
    of_yueyang = [row for row in table.values() if row["所属市州"] == "岳阳市"]
    assert int(table["岳阳市"]["含下辖"]) == int(table["岳阳市"]["案例数"]) + sum(
        int(row["案例数"]) for row in of_yueyang
    )
    assert sum(int(row["案例数"]) for row in table.values()) == len(public())


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_its_file_cell_for_cell(site: Path, page: _Page, kind: str) -> None:
    table = rows(site, kind)
    above, levels, *shown = page.tables[kind]
    assert [*above[:-1], *(f"{above[-1]}{level}" for level in levels)] == list(table[0])
    assert shown == [list(row.values()) for row in table]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_draws_the_numbers_of_its_table(site: Path, page: _Page, kind: str) -> None:
    table = rows(site, kind)
    name = next(iter(table[0]))
    numbers = {row[name]: row["案例数"] for row in table if row["案例数"] != "0"}
    drawn = page.charts[kind]
    assert drawn
    for label, number in drawn:
        word = re.sub(r"^[★☆◆◇] ", "", label)
        word = {"岳阳（未分县市区）": "岳阳市"}.get(word, word)
        assert numbers[word] == number
    assert len(drawn) == min(len(numbers), 12 if kind == "topic" else 99)


def test_handed_in_and_awarded_by_place_are_what_the_calls_registered_and_the_cases_say(site: Path) -> None:
    table = rows(site, "places")
    for campaign in catalog().campaigns.values():
        mine = [row for row in table if row["征集活动"] == campaign.title]
        registered = sum(row.count for row in campaign.received)
        told = [row["报送数"] for row in mine if row["报送数"] != "报送数未登记"]
        assert sum(map(int, told)) == registered
        assert len(told) == len({row.region for row in campaign.received})
        cases = [s for s in public() if s.campaign_id == campaign.id]
        assert sum(int(row["获奖数（试点为已公布项目数）"]) for row in mine) == len(cases)


def test_home_shows_the_counts_of_its_groups(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    shown = dict(re.findall(r'<span class="links__text">(.*?)</span> <span class="count">(\d+)</span>', text))
    for kind in ("year", "level", "category", "stage"):
        for word, count in Counter(word for s in public() for word in words(kind, s)).items():
            assert shown[word] == str(count)


def test_the_site_map_names_the_statistics(site: Path) -> None:
    assert 'href="../statistics/"' in (site / "sitemap" / "index.html").read_text("utf-8")
