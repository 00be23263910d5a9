"""The schema that editors complete by: it takes every sample case, refuses what the call does not know, names all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from generator.catalog.campaign import Campaign
from generator.catalog.fieldwords import FIELD_WORDS
from generator.catalog.reader import read_catalog
from generator.catalog.schema import case_schema
from generator.catalog.submission import Catalog
from generator.cli import main


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return read_catalog(root / "cases")


def schema_of(catalog: Catalog, campaign: Campaign | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case_schema(campaign, catalog.regions, catalog.vocabulary))
    jsonschema.Draft7Validator.check_schema(found)
    return found


def faults(schema: dict[str, Any], front: Any) -> list[str]:
    """Where *front* breaks *schema*."""
    return [".".join(map(str, fault.absolute_path)) for fault in jsonschema.Draft7Validator(schema).iter_errors(front)]


def front_of(catalog: Catalog, case_id: str) -> dict[str, Any]:
    """A copy of a sample's front matter, to spoil."""
    found: dict[str, Any] = json.loads(json.dumps(catalog.by_id[case_id].document.front))
    return found


def test_every_sample_case_keeps_the_schema_of_its_call(catalog: Catalog) -> None:
    assert len(catalog.submissions) > 30
    for submission in catalog.submissions:
        schema = schema_of(catalog, catalog.campaigns[submission.campaign_id])
        assert faults(schema, submission.document.front) == [], submission.id
        assert faults(schema_of(catalog, None), submission.document.front) == [], submission.id


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("category", "A1"),  # of another call
        ("unit.region", "岳阳楼区"),
        ("unit.kind", "公司"),
        ("stage.0", "小学段"),
        ("subject.0", "奥数"),
        ("attachments.0.kind", "其他"),
        ("honors.0.grade", "立项"),  # of another kind of call
        ("honors.0.level", "区级"),
        ("honors.0.year", "去年"),
        ("status", "发布"),
    ],
)
def test_a_wrong_word_is_refused_where_it_stands(catalog: Catalog, place: str, wrong: str) -> None:
    schema = schema_of(catalog, catalog.campaigns["yueyang-2021"])
    front = front_of(catalog, "yueyang-2021/junshan-migratory-birds")
    front.setdefault("attachments", [{"file": "attachments/plan.pdf", "title": "方案", "kind": "工作方案"}])
    front["unit"].setdefault("kind", "学校")
    front.setdefault("subject", ["语文"])
    front.setdefault("stage", ["小学"])
    assert faults(schema, front) == []
    *way, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    around: Any = front
    for part in way:
        around = around[part]
    around[last] = wrong
    assert faults(schema, front) == [place]


def test_an_unknown_field_and_a_missing_one_are_refused(catalog: Catalog) -> None:
    schema = schema_of(catalog, catalog.campaigns["enshi-2023"])
    front = front_of(catalog, "enshi-2023/hefeng-three-ledgers")
    assert faults(schema, {**front, "phone": "无"}) == [""]
    del front["category"]
    assert faults(schema, front) == [""]


def test_topics_of_the_guide_are_proposed_first_and_others_allowed(catalog: Catalog) -> None:
    campaign = catalog.campaigns["yueyang-2020-pilots"]
    schema = schema_of(catalog, campaign)
    proposed = schema["properties"]["topics"]["items"]["anyOf"][0]
    guide = [topic.name for topic in campaign.topics]
    assert proposed["enum"][: len(guide)] == guide
    assert proposed["enumDescriptions"][0] == campaign.topics[0].description
    assert len(proposed["enum"]) == len(set(proposed["enum"])) == len(proposed["enumDescriptions"])
    front = front_of(catalog, "yueyang-2020-pilots/pingjiang-school-union")
    assert faults(schema, {**front, "topics": ["自拟的选题"]}) == []


def test_a_category_is_offered_with_its_name_and_its_description(catalog: Catalog) -> None:
    campaign = catalog.campaigns["enshi-2023"]
    category = schema_of(catalog, campaign)["properties"]["category"]
    assert category["enum"] == [one.code for one in campaign.categories] == ["A1", "A2", "B1", "B2", "C"]
    for one, description in zip(campaign.categories, category["enumDescriptions"], strict=True):
        assert description.startswith(one.name)
        assert one.description in description


def fields(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, one in schema.get("properties", {}).items():
        yield f"{name}{key}", one
        yield from fields(one, f"{name}{key}.")
        yield from fields(one.get("items", {}), f"{name}{key}.")


def test_every_field_is_named_in_chinese(catalog: Catalog) -> None:
    found = dict(fields(schema_of(catalog, None)))
    assert found.keys() == FIELD_WORDS.keys()  # and no words for a field that is gone
    for name, one in found.items():
        assert one.get("title", "").strip(), name
        assert not one["title"].isascii(), name


def test_the_committed_schemas_are_those_that_the_command_writes(root: Path, tmp_path: Path) -> None:
    written = CliRunner().invoke(main, ["-f", str(root / "mkdocs.yml"), "schema", "--write", str(tmp_path)])
    assert written.exit_code == 0
    committed = {path.name: path.read_text("utf-8") for path in (root / "docs" / "schemas").glob("*.json")}
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == committed


def test_the_settings_of_the_editor_name_a_schema_for_every_call(root: Path, catalog: Catalog) -> None:
    settings = json.loads((root / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {
        f"docs/schemas/{name}.json": f"cases/{name}/*/index.md" for name in catalog.campaigns
    }


def test_an_unknown_call_is_a_fault_of_usage_that_names_the_known_ones(root: Path) -> None:
    done = CliRunner().invoke(main, ["-f", str(root / "mkdocs.yml"), "schema", "nowhere"])
    assert done.exit_code == 2
    printed = CliRunner().invoke(main, ["-f", str(root / "mkdocs.yml"), "schema", "enshi-2023"])
    assert json.loads(printed.stdout)["properties"]["category"]["enum"][0] == "A1"
