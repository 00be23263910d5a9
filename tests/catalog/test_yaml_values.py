"""The quick reading of front matter and the careful one, which knows every place, are the same reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from media.mutations import few, mutations

from generator.catalog import yamlvalues
from generator.catalog.marks import UnreadableError

from .test_any_text import YAML_PIECES

_NOTHING = "nothing came of it"


def _quick(text: str) -> Any:
    try:
        return yamlvalues._values(text)
    except (yamlvalues._DoubtError, yaml.YAMLError):
        return _NOTHING


def _careful(text: str) -> Any:
    try:
        return yamlvalues._built(text, 1).result
    except UnreadableError:
        return _NOTHING


@few
@given(YAML_PIECES)
@example("---\n---\n")
@example("a: 1\na: 2\n")
@example("a: &x 1\n")
@example("? [b]\n: 1\n")
@example("a: !!str 1\n")
@example("a: 1\n---\nb: 2\n")
@example("[[[[[[[[[[[[[1]]]]]]]]]]]]]")
def test_what_is_read_quickly_is_read_so_with_care_too(text: str) -> None:
    assert _quick(text) in (_NOTHING, _careful(text))  # where the quick reading gives nothing, the careful one is asked


@pytest.mark.parametrize("depth", [yamlvalues._DEEPEST, yamlvalues._DEEPEST + 1])
def test_both_stop_at_the_same_depth(depth: int) -> None:
    text = "[" * depth + "]" * depth
    assert (_quick(text) == _NOTHING) is (_careful(text) == _NOTHING) is (depth > yamlvalues._DEEPEST)


SAMPLES = sorted((Path(__file__).parents[2] / "cases").glob("*/*/index.md"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_the_samples_are_read_quickly(sample: Path) -> None:
    text = sample.read_text("utf-8").split("---\n")[1]
    assert _quick(text) == _careful(text) != _NOTHING


@few
@given(st.sampled_from(SAMPLES), mutations())
def test_a_spoilt_sample_is_read_quickly_as_with_care_or_not_at_all(
    sample: Path, spoil: Callable[[bytes], bytes]
) -> None:
    text = spoil(sample.read_bytes().split(b"---\n")[1]).decode("utf-8", "replace")
    assert _quick(text) in (_NOTHING, _careful(text))
