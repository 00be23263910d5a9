"""The schema of a case's front matter → the fields of a form: which control, which words to choose from, which bounds.

The same tree that completes front matter in editors (`catalog.schema`), so that a field added to the model is in the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalog.fieldwords import FIELD_WORDS

Field = dict[str, Any]
"""A field as Sveltia CMS reads it."""

LEFT_OUT = frozenset(
    {"allow", "aliases", "related", "updated", "original", "source", "sha256", "hidden", "unit.tags", "consent.scope"}
)
"""What the form does not ask for: rare, or for people who write front matter. Saving keeps them where a file has them.

``original`` is among them because a switch cannot be left alone: the program would write that a case is not original
into every file that does not say so.
"""

_PICTURES, _FILES = "media", "attachments"
_UPLOADS: Mapping[str, tuple[str, str, str]] = {
    "cover": ("image", _PICTURES, "image/jpeg,image/png,image/webp"),
    "pictures.file": ("image", _PICTURES, "image/jpeg,image/png,image/webp"),
    "videos.poster": ("image", _PICTURES, "image/jpeg,image/png,image/webp"),
    "videos.file": ("file", _PICTURES, "video/mp4,video/quicktime,.mp4,.mov"),
    "videos.captions": ("file", _PICTURES, ".vtt,.srt,.ass"),
    "attachments.file": ("file", _FILES, ".pdf,.docx,.xlsx,.pptx"),
}
"""Fields that hold a file: control, folder inside the case's own, and what the picker offers."""

_SUMMARIES: Mapping[str, str] = {
    "authors": "{{name}} {{unit}}",
    "pictures": "{{caption}}",
    "videos": "{{title}}",
    "attachments": "{{title}}",
    "links": "{{title}}",
    "honors": "{{year}} {{level}} {{grade}}",
    "partners.furong": "{{name}}",
}
"""What a folded entry of a list shows."""

_FROM_LENGTH_ON = 2_000
"""Texts that may be longer get a box of several lines."""


_ANY_LINE = (1, 300)
"""Bounds that nobody meets by accident: no counter stands under those fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a call adds to the form: by the field, with a dot before a field of a part."""

    labels: Mapping[str, Mapping[str, str]]  # what a choice is called, where its value is a code
    bounds: Mapping[str, str]  # the call's own bounds, as sentences
    most: Mapping[str, int]  # how many entries a list may have at most, where the call allows no more


def form_fields(schema: Mapping[str, Any], words: Words) -> list[Field]:
    """The fields of a form for *schema*, the object that `catalog.schema.schema_tree` gives, in the order of the model."""
    return _fields_of("", schema, words)


def _fields_of(above: str, schema: Mapping[str, Any], words: Words) -> list[Field]:
    required = schema.get("required", ())
    fields = []
    for key, node in schema["properties"].items():
        name = f"{above}.{key}" if above else key
        if name in LEFT_OUT or key in LEFT_OUT:
            continue
        fields.append(
            {"name": key, "label": _label(name), "required": key in required}
            | _hint(name, words)
            | _control(name, node, words)
        )
    return fields


def _label(name: str) -> str:
    words = FIELD_WORDS[name]
    return words.asked or words.title


def _hint(name: str, words: Words) -> Field:
    said = FIELD_WORDS[name]
    hint = said.description if said.hint is None else said.hint
    whole = "。".join(part for part in (hint, words.bounds.get(name, "")) if part)
    return {"hint": whole} if whole else {}


def _control(name: str, node: Mapping[str, Any], words: Words) -> Field:
    kind = _type_of(node)
    if name in _UPLOADS:
        return _upload(*_UPLOADS[name])
    if "enum" in node:
        return {"widget": "select", "options": _options(name, node, words)}
    if kind == "array":
        return _list(name, node["items"], words)
    if kind == "object":
        return {"widget": "object", "collapsed": "auto", "fields": _fields_of(name, node, words)}
    if kind == "boolean":
        return {"widget": "boolean"}
    if kind == "integer":
        return {"widget": "number", "value_type": "int", "min": node["minimum"], "max": node["maximum"]}
    if node.get("format") == "date":
        return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
    return _text(name, node)


def _type_of(node: Mapping[str, Any]) -> str:
    kinds = node.get("type", "string")
    return kinds if isinstance(kinds, str) else kinds[0]


def _options(name: str, node: Mapping[str, Any], words: Words) -> list[dict[str, str]]:
    labels = words.labels.get(name, {})
    return [{"label": labels.get(value, value), "value": value} for value in node["enum"] if value is not None]


def _list(name: str, items: Mapping[str, Any], words: Words) -> Field:
    most = {"max": words.most[name]} if name in words.most else {}
    if items.get("type") == "object":
        shown = {"summary": _SUMMARIES[name], "collapsed": "auto", "minimize_collapsed": "auto"}
        return {
            "widget": "list",
            "label_singular": _label(name),
            **shown,
            **most,
            "fields": _fields_of(name, items, words),
        }
    if "enum" in items:
        return {"widget": "select", "multiple": True, "options": _options(name, items, words), **most}
    return {"widget": "list", **most}


def _upload(widget: str, folder: str, accept: str) -> Field:
    # Relative to the case: the same words that front matter has.
    return {"widget": widget, "media_folder": folder, "public_folder": folder, "accept": accept, "choose_url": False}


def _text(name: str, node: Mapping[str, Any]) -> Field:
    if "pattern" not in node and node.get("maxLength", 0) >= _FROM_LENGTH_ON:
        return {"widget": "text"}
    made: Field = {"widget": "string"}
    if "minLength" in node and (node["minLength"], node["maxLength"]) != _ANY_LINE:
        made |= {"minlength": node["minLength"], "maxlength": node["maxLength"]}
    if "pattern" in node:
        made["pattern"] = [node["pattern"], _wrong(name)]
    return made


def _wrong(name: str) -> str:
    said = FIELD_WORDS[name]
    right = said.hint or said.description
    return f"“{_label(name)}”写得不对：{right}" if right else f"“{_label(name)}”要写成一行字"
