"""What the site offers beside its pages: every file is there, is what it says it is, and leads back to the site."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import feedparser
import jsonschema
import pytest

from generator.catalog.reader import read_catalog
from generator.settings import read_settings

ROOT = Path(__file__).parent.parent.parent
CALLS = ("enshi-2023", "hunan-2020-tkbtx", "yueyang-2020-pilots", "yueyang-2021")
WITHDRAWN = "linxiang-float-physics"


@cache
def address() -> str:
    return read_settings(ROOT / "mkdocs.yml").site_url


def lines(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel reads Chinese only after a byte order mark"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def data(site: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((site / "data" / "cases.json").read_text("utf-8"))
    return read


def addresses(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {a for item in value.values() for a in addresses(item)}
    if isinstance(value, list):
        return {a for item in value for a in addresses(item)}
    return {value} if isinstance(value, str) and value.startswith(address()) else set()


def test_the_published_data_are_what_the_published_schema_says(site: Path) -> None:
    schema = json.loads((site / "data" / "cases.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(data(site))
    assert len(data(site)["cases"]) >= 28


def test_every_address_of_the_site_in_the_data_is_answered_by_a_file(site: Path) -> None:
    found = addresses(data(site))
    assert sum("/media/" in a for a in found) > 40
    base = urlsplit(address()).path
    for each in found:
        file = site / urlsplit(each).path.removeprefix(base)
        assert file.is_file() or (file / "index.html").is_file(), each


def test_no_name_of_an_original_and_nothing_of_a_withdrawn_case_is_in_any_file(site: Path) -> None:
    whole = [site / "data" / name for name in ("cases.json", "cases.csv", "results.csv")]
    files = [*whole, *site.glob("feeds/**/*.xml"), *site.glob("results/*/results.csv")]
    originals = {
        path for s in read_catalog(ROOT / "cases").submissions for path, _ in s.referenced if not path.endswith(".vtt")
    }
    assert originals
    for file in files:
        text = file.read_text("utf-8")
        assert WITHDRAWN not in text, file
        for original in originals:
            assert original not in text, (file, original)


def test_the_workbook_the_csv_and_the_page_of_a_list_agree(site: Path) -> None:
    for call in CALLS:
        page = (site / "results" / call / "index.html").read_text("utf-8")
        shown = re.findall(r'class="results__title"><a href="[^"]*">([^<]+)<', page)
        rows = lines(site / "results" / call / "results.csv")
        assert [row["名称"] for row in rows] == shown
        assert [int(row["序号"]) for row in rows] == list(range(1, len(shown) + 1))
        package = zipfile.ZipFile(site / "results" / call / "results.xlsx")
        strings = package.read("xl/sharedStrings.xml").decode()
        assert all(title in strings for title in shown)
        for row in rows:
            assert row["网址"].startswith(f"{address()}cases/{call}/")


def test_the_table_of_honours_has_each_once(site: Path) -> None:
    rows = lines(site / "data" / "results.csv")
    wanted = [(case["url"], h["level"], h["grade"]) for case in data(site)["cases"] for h in case["honors"]]
    assert [(row["网址"], row["级别"], row["等次"]) for row in rows] == wanted


def test_the_table_of_cases_has_each_once(site: Path) -> None:
    assert [row["代号"] for row in lines(site / "data" / "cases.csv")] == [case["id"] for case in data(site)["cases"]]


def test_every_feed_that_the_page_names_is_read_without_a_fault(site: Path) -> None:
    page = (site / "data" / "index.html").read_text("utf-8")
    named = set(re.findall(r'href="\.\./(feeds/[^"]+)"', page))
    made = {path.relative_to(site).as_posix() for path in site.glob("feeds/**/*.xml")}
    assert named == made
    assert {"feeds/all.xml", *(f"feeds/campaign/{call}.xml" for call in CALLS)} <= made
    for name in sorted(made):
        read = feedparser.parse((site / name).read_bytes())
        assert not read.bozo, name
        assert read.entries, name


def test_the_page_of_the_data_leads_to_every_file_and_tells_version_terms_and_changes(site: Path) -> None:
    page = (site / "data" / "index.html").read_text("utf-8")
    for file in ("cases.json", "cases.csv", "results.csv", "cases.schema.json"):
        assert f'href="../data/{file}"' in page
    for call in CALLS:
        assert f'href="../results/{call}/results.csv"' in page
        assert f'href="../results/{call}/results.xlsx"' in page
    assert f"<strong>{data(site)['version']}</strong>" in page
    assert "使用约定" in page
    assert "版本与变更" in page
    assert "<code>honors[].level</code>" in page


@pytest.mark.parametrize("call", ["enshi-2023", "yueyang-2021", "yueyang-2020-pilots", "exhibition-4-2021"])
def test_the_template_of_a_call_opens_and_its_page_offers_it(site: Path, call: str) -> None:
    page = (site / "campaigns" / call / "index.html").read_text("utf-8")
    assert f'href="../../campaigns/{call}/template.docx"' in page
    document = docx.Document(str(site / "campaigns" / call / "template.docx"))
    assert document.core_properties.author == ""
    assert len(document.paragraphs) > 10


def test_sections_of_a_call_come_in_the_order_in_which_people_ask(site: Path) -> None:
    page = (site / "campaigns" / "enshi-2023" / "index.html").read_text("utf-8")
    order = [
        "who",
        "timeline",
        "materials",
        "limits",
        "formats",
        "template",
        "categories",
        "topics",
        "quotas",
        "stages",
    ]
    places = [page.index(f' id="{anchor}"') for anchor in [*order, "awards", "notice"]]
    assert places == sorted(places)
    for anchor in re.findall(r'<li><a href="#([a-z]+)">', page):
        assert f' id="{anchor}"' in page


def test_the_use_of_a_quota_is_said_in_figures_and_drawn_in_cells(site: Path) -> None:
    page = (site / "campaigns" / "yueyang-2020-pilots" / "index.html").read_text("utf-8")
    row = page[page.index(">平江县<") :]
    row = row[: row.index("</tr>")]
    assert "<strong>1</strong> / 2" in row
    assert row.count("<rect") == 2
    assert row.count('class="cells__used"') == 1
