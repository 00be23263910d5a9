"""Front matter as text: keys in the order of the guides, every value so that YAML reads back what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_WIDTH = 10_000  # a line of Chinese has no blanks at which it could be folded well


class _Dumper(yaml.SafeDumper):
    """Lists of words in one line, texts of several lines as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Lists stand under their key with a step of two, as in the guides."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_long = "\n" in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_long else None)


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    is_short = all(isinstance(item, str) and "\n" not in item for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_short)


def _mapping(dumper: yaml.SafeDumper, fields: dict[str, Any]) -> yaml.MappingNode:
    is_short = len(fields) <= 2 and all(isinstance(value, str) and len(value) < 40 for value in fields.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", fields.items(), flow_style=is_short)


class _Field(dict[str, Any]):
    """One key of the front matter and its value: never in one line with others."""


def _field(dumper: yaml.SafeDumper, field: _Field) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", field.items(), flow_style=False)


_Dumper.add_representer(_Field, _field)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)


def front_matter(fields: Mapping[str, Any]) -> str:
    """*fields* between its two lines of strokes, in the order given; empty values are left out."""
    said = {key: value for key, value in fields.items() if value not in (None, "", [], {})}
    pieces = [
        yaml.dump(
            _Field({key: value}),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=_WIDTH,
            default_flow_style=False,
        )
        for key, value in said.items()
    ]
    return f"---\n{''.join(pieces)}---\n"
