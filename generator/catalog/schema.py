"""The JSON Schema of a case's front matter, narrowed to the words of its call: what editors complete and underline by.

It is drawn from the model, so that it allows every field that the reader takes and no other. It is for writing;
what is right is for `showcase check` to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.fieldwords import FIELD_WORDS
from generator.catalog.places import Regions, Term, Vocabulary

_KEPT = (
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "format",
    "enum",
    "required",
    "additionalProperties",
)
"""What of the model's own schema stands in ours; lengths and patterns speak of texts alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Words to choose from, each with what it means; open: another word is allowed, too."""

    words: Mapping[str, str]
    is_open: bool = False


def case_schema(campaign: Campaign | None, regions: Regions, vocabulary: Vocabulary) -> str:
    """The schema as JSON, ending in a line feed; without a call, with what every call allows."""
    return json.dumps(schema_tree(campaign, regions, vocabulary), ensure_ascii=False, indent=2) + "\n"


def schema_tree(campaign: Campaign | None, regions: Regions, vocabulary: Vocabulary) -> dict[str, Any]:
    """The same as a tree, for whoever makes something else of it: the form of the editors' page.

    Categories, regions, kinds, stages, subjects and grades are closed lists, as for the rules SHP007 to SHP011 and SHP013;
    topics of the guide and themes are proposed.
    """
    drawn = Case.model_json_schema(by_alias=True)
    choices = dict(_shared_choices(regions, vocabulary)) | dict(_choices_of(campaign, vocabulary))
    title = f"{campaign.title}：案例的信息区" if campaign else "案例的信息区"
    whole = _narrowed("", drawn, drawn["$defs"], choices)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **whole, "title": title}


def _shared_choices(regions: Regions, vocabulary: Vocabulary) -> Iterator[tuple[str, _Choice]]:
    yield "unit.region", _Choice(words={region.slug: region.name for region in regions.regions})
    yield "unit.kind", _Choice(words=dict.fromkeys(vocabulary.unit_kinds, ""))
    yield "stage", _Choice(words=_names(vocabulary.stages))
    yield "subject", _Choice(words=_names(vocabulary.subjects))
    kinds = vocabulary.attachment_kinds
    aliases = {alias: f"即“{kind.name}”" for kind in kinds for alias in kind.aliases}
    yield "attachments.kind", _Choice(words=_names(kinds) | aliases)


def _choices_of(campaign: Campaign | None, vocabulary: Vocabulary) -> Iterator[tuple[str, _Choice]]:
    topics, themes = _names(vocabulary.topics), _names(vocabulary.topics)
    grades = vocabulary.grades
    if campaign:
        if campaign.categories:
            words = {one.code: _sentence(one.name, one.description) for one in campaign.categories}
            yield "category", _Choice(words=words)
        guide = {topic.name: topic.description for topic in campaign.topics}
        of_categories = {topic: f"{one.code} 类的选题" for one in campaign.categories for topic in one.topics}
        topics = guide | of_categories | topics | of_categories | guide  # the call's first, and in its words
        stressed = {statement.text: "本次活动的主题" for statement in campaign.themes}
        themes = stressed | themes | stressed
        is_pilot = campaign.kind == "试点项目"
        grades = tuple(grade for grade in grades if (grade.kind == "试点") == is_pilot or grade.kind == "称号")
    yield "topics", _Choice(words=topics, is_open=True)
    yield "themes", _Choice(words=themes, is_open=True)
    yield "honors.grade", _Choice(words={grade.name: grade.kind for grade in grades})


def _names(terms: Iterable[Term]) -> dict[str, str]:
    return {term.name: f"也作：{'、'.join(term.aliases)}" if term.aliases else "" for term in terms}


def _sentence(name: str, description: str) -> str:
    return f"{name}：{description}" if description else name


def _narrowed(
    name: str, node: Mapping[str, Any], defs: Mapping[str, Any], choices: Mapping[str, _Choice]
) -> dict[str, Any]:
    """The schema of the field *name* as we write it: no references, Chinese words, the choices of the call."""
    allows_null = False
    if "anyOf" in node:  # the model's way to say that a field may be left empty
        (inner,) = (one for one in node["anyOf"] if one.get("type") != "null")
        node, allows_null = inner, True
    if "$ref" in node:
        node = defs[node["$ref"].rsplit("/", 1)[-1]]
    made = _described(name) | {key: node[key] for key in _KEPT if key in node}
    kind = node.get("type", "string")
    if kind == "array":
        made["items"] = _narrowed(name, node["items"], defs, choices)
        for word in ("title", "description"):
            made["items"].pop(word, None)
    elif kind == "object":
        below = f"{name}." if name else ""
        made["properties"] = {
            key: _narrowed(f"{below}{key}", one, defs, choices) for key, one in node["properties"].items()
        }
    elif choice := choices.get(name):
        return _described(name) | _offered(choice, allows_null=allows_null)
    # A number without quotes is a text to the reader (`from: 2021`); dates are not.
    kinds = ["string", "number"] if kind == "string" and "enum" not in made and "format" not in made else [kind]
    kinds += ["null"] if allows_null else []
    if allows_null and "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made | {"type": kinds[0] if len(kinds) == 1 else kinds}


def _offered(choice: _Choice, *, allows_null: bool) -> dict[str, Any]:
    listed: dict[str, Any] = {"enum": list(choice.words), "enumDescriptions": list(choice.words.values())}
    if choice.is_open:
        return {"anyOf": [listed, {"type": ["string", "number"]}]}
    if allows_null:
        listed = {"enum": [*listed["enum"], None], "enumDescriptions": [*listed["enumDescriptions"], "不填"]}
    return listed


def _described(name: str) -> dict[str, Any]:
    words = FIELD_WORDS.get(name)
    if words is None:
        return {}
    return {"title": words.title} | ({"description": words.description} if words.description else {})
