"""The open data: every field declared, required and explained; what pages do not show is not in them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from generator.catalog.submission import Catalog
from generator.pages.cards import Shelf
from generator.pages.datapage import DataView
from generator.pages.opendata import as_json, cases_table, honours_table, records
from generator.pages.records import CHANGES, VERSION, field_rows, schema

from .sample_map import SITE_NAME, SITE_URL, catalog, mapped, page, view, with_campaign


def _file(found: Catalog) -> dict[str, Any]:
    site = mapped(found)
    data = as_json(records(site.entries, found, Shelf(), SITE_URL), SITE_NAME, SITE_URL)
    read: dict[str, Any] = json.loads(data)
    return read


def _paths(value: Any, prefix: str = "") -> set[str]:
    """The names of all fields inside *value*, as the page writes them."""
    if isinstance(value, list):
        return {path for item in value for path in _paths(item, prefix.removesuffix(".") + "[].")}
    if isinstance(value, dict):
        inner = {path for name, item in value.items() for path in _paths(item, f"{prefix}{name}.")}
        return {f"{prefix}{name}" for name in value} | inner
    return set()


def test_the_data_are_what_their_schema_says() -> None:
    address = f"{SITE_URL}data/cases.schema.json"
    told = schema(address)
    jsonschema.Draft202012Validator.check_schema(told)
    read = _file(catalog())
    jsonschema.Draft202012Validator(told, format_checker=jsonschema.FormatChecker()).validate(read)
    assert len(read["cases"]) == len(mapped().entries)
    assert told["$id"] == read["schema"] == address


@pytest.mark.parametrize("damage", [{"title": None}, {"honors": "市级"}, {"published": "2021年"}])
def test_the_schema_refuses_what_is_wrong(damage: dict[str, Any]) -> None:
    read = _file(catalog())
    read["cases"][0].update(damage)
    checker = jsonschema.FormatChecker()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("https://example.org/s"), format_checker=checker).validate(read)


def test_the_schema_misses_a_field_that_is_not_there() -> None:
    read = _file(catalog())
    del read["cases"][0]["unit"]
    with pytest.raises(jsonschema.ValidationError, match="unit"):
        jsonschema.Draft202012Validator(schema("https://example.org/s")).validate(read)


def test_the_page_explains_every_field_that_the_file_has_with_meaning_and_example() -> None:
    rows = field_rows()
    told = {row.name for row in rows}
    assert len(told) == len(rows)
    found = {path for case in _file(catalog())["cases"] for path in _paths(case)}
    assert found <= told
    assert {"honors[].level", "campaign.issuer", "partners.furong[].points"} <= told
    for row in rows:
        assert row.title, row.name
        assert row.type, row.name
        assert row.meaning, row.name
        assert row.example or "一组字段" in row.type, row.name
    assert view(mapped(), "data/", DataView).fields == rows


def test_the_version_on_the_page_is_that_of_the_file_and_the_newest_change() -> None:
    shown = view(mapped(), "data/", DataView)
    assert shown.version == VERSION == CHANGES[0][0] == _file(catalog())["version"]


def test_no_field_is_private_and_no_case_is_one_that_pages_do_not_show() -> None:
    read = _file(catalog())
    names = {path.rsplit(".", 1)[-1] for case in read["cases"] for path in _paths(case)}
    assert not {"phone", "email", "consent", "file", "source", "sha256", "aliases", "status"} & names
    assert {case["id"] for case in read["cases"]} == {entry.id for entry in mapped().entries}
    assert "yueyang-2021/linxiang-float-physics" not in {case["id"] for case in read["cases"]}


def test_pupils_and_parents_keep_their_masks() -> None:
    roles = [a for case in _file(catalog())["cases"] for a in case["authors"] if a["role"] in ("学生", "家长")]
    assert roles
    for author in roles:
        assert author["name"].endswith(("同学", "家长", "**")) or "*" in author["name"], author


def test_what_stands_open_to_objections_is_no_data_yet_and_the_page_says_so() -> None:
    found = with_campaign("yueyang-2021", status="公示中")
    read = _file(found)
    assert {case["campaign"]["id"] for case in read["cases"]} == {
        "enshi-2023",
        "hunan-2020-tkbtx",
        "yueyang-2020-pilots",
    }
    shown = view(mapped(found), "data/", DataView)
    assert [link.url for link in shown.waiting] == ["results/yueyang-2021/"]
    assert not any("yueyang-2021" in csv for _, csv, _ in shown.lists)
    assert not any(link.url.endswith("yueyang-2021.xml") for _, links in shown.feeds for link in links)


def test_tables_have_a_line_for_each_case_and_each_honour() -> None:
    site = mapped()
    found = records(site.entries, catalog(), Shelf(), SITE_URL)
    assert len(cases_table(found).rows) == len(site.entries)
    assert len(honours_table(found).rows) == sum(len(entry.case.honors) for entry in site.entries)
    for table in (cases_table(found), honours_table(found)):
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert len(set(table.columns)) == len(table.columns)


def test_the_page_of_the_data_has_its_address_and_section() -> None:
    found = page(mapped(), "data/")
    assert (found.section, found.is_indexed) == ("data", True)
