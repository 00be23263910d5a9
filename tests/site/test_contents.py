"""The site holds every public case under each of its groups, and none that is not public."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog, Submission
from generator.pages.groups import category_slug, lineage, topic_slugs, unit_slug
from generator.pages.leaving import way_out

ROOT = Path(__file__).parent.parent.parent


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


def public() -> list[Submission]:
    return [s for s in catalog().submissions if s.case and s.case.status == "已公布" and s.case.honors]


def listed(site: Path, url: str) -> set[str]:
    """The cases that a list links to over all its pages, with JavaScript or without."""
    found: set[str] = set()
    page = 1
    while (path := site / url / (f"page/{page}" if page > 1 else "") / "index.html").is_file():
        text = path.read_text("utf-8")
        found |= set(re.findall(r'<h3 class="card__title"><a href="(?:\.\./)*cases/([a-z0-9-]+/[a-z0-9-]+)/"', text))
        page += 1
    return found


def test_there_are_at_least_28_cases_over_four_calls() -> None:
    assert len(public()) >= 28
    assert {s.campaign_id for s in public()} == {
        "enshi-2023",
        "hunan-2020-tkbtx",
        "yueyang-2020-pilots",
        "yueyang-2021",
    }


@pytest.mark.parametrize("case_id", [s.id for s in public()])
def test_a_public_case_has_its_page_and_stands_in_each_of_its_groups(site: Path, case_id: str) -> None:
    submission = catalog().by_id[case_id]
    case, campaign = submission.case, catalog().campaigns[submission.campaign_id]
    assert case
    page = (site / "cases" / case_id / "index.html").read_text("utf-8")
    assert case.unit.name in page
    vocabulary, regions = catalog().vocabulary, catalog().regions
    levels = {level.name: level.slug for level in vocabulary.levels}
    stages = {stage.name: stage.slug for stage in vocabulary.stages}
    groups = {group.name: group.slug for group in vocabulary.groups}
    category = campaign.category(case.category)
    assert category
    wanted = {
        "cases",
        *(f"level/{levels[honor.level]}" for honor in case.honors),
        *(f"grade/{vocabulary.grade_by_name[honor.grade].slug}" for honor in case.honors),
        f"category/{groups[category.group]}",
        f"category/{category_slug(campaign, case.category)}",
        f"year/{campaign.year}",
        *(f"region/{slug}" for slug in lineage(case.unit.region, regions)),
        *(f"stage/{stages[name]}" for name in case.stage),
        *(f"topic/{slug}" for slug in topic_slugs(case, vocabulary)),
        f"unit/{unit_slug(case.unit.name)}",
    }
    assert {url for url in wanted if case_id not in listed(site, url)} == set()
    awarded = (site / "results" / submission.campaign_id / "index.html").read_text("utf-8")
    assert f'id="{submission.slug}"' in awarded


def test_lists_hold_no_case_that_is_not_public(site: Path) -> None:
    known = {s.id for s in public()}
    for kind in ("level", "grade", "category", "year", "region", "stage", "topic", "unit"):
        for folder in sorted((site / kind).iterdir()):
            assert listed(site, f"{kind}/{folder.name}") <= known
    assert listed(site, "cases") == known


def test_lists_are_paged_at_24(site: Path) -> None:
    first = (site / "cases" / "index.html").read_text("utf-8")
    assert first.count('class="card"') == 24
    assert (site / "cases" / "page" / "2" / "index.html").is_file()


def test_every_call_has_its_page_with_notice_limits_clauses_and_surveys(site: Path) -> None:
    for call in catalog().calls:
        assert call.campaign
        page = (site / "campaigns" / call.id / "index.html").read_text("utf-8")
        assert "通知原文" in page
        assert page.count("<cite>") >= len(call.campaign.limits)
        for survey in call.campaign.surveys:
            assert survey.url in page
            assert (f'href="../../{way_out(survey.url)}"' in page) is not survey.closed
    amended = (site / "campaigns" / "hunan-2020-tkbtx" / "index.html").read_text("utf-8")
    assert '<s class="was">2020年2月15日</s>' in amended


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(given["id"] or "")
        for name in ("href", "src", "action", "poster", "data-index"):
            if given.get(name):
                self.targets.append(given[name] or "")
        for candidate in (given.get("srcset") or "").split(","):
            if candidate.strip():
                self.targets.append(candidate.split()[0])


def test_every_address_on_every_page_is_answered_by_a_file_and_none_loads_from_elsewhere(site: Path) -> None:
    pages: dict[Path, _Links] = {}
    for path in site.rglob("*.html"):
        parser = _Links()
        parser.feed(path.read_text("utf-8"))
        pages[path.resolve()] = parser
    dead = []
    for path, parser in pages.items():
        for target in parser.targets:
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue  # an external link, or the canonical address; loads from elsewhere are counted in a browser
            base = site if parts.path.startswith("/") else path.parent
            file = (base / unquote(parts.path.lstrip("/"))).resolve() if parts.path else path
            if file.is_dir():
                file = file / "index.html"
            if not file.is_file() or (parts.fragment and file in pages and parts.fragment not in pages[file].ids):
                dead.append((path.relative_to(site.resolve()), target))
    assert dead == []


def test_no_page_has_an_inline_script_or_style(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r'<script(?![^>]*\bsrc=|\stype="application/ld\+json">)[^>]*>', text), path
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text), path
