"""A small catalogue for rules: the base, with the files and facts of an example laid over it.

An example is a folder. Its files replace those of the base, by path; two of its files are not files of the catalogue:

- ``facts.json``: path → fields of `Facts`, so that rules about media need no media. A file named there and
  not present is made, with a few bytes, unless ``"is_outside": true`` says that it lies outside the repository.
- ``files.json``: path → what no repository carries well: ``{"text": …, "encoding": "gbk"}``, ``{"symlink": …}``,
  ``{"repeat": ["x", 1000]}``, ``{"delete": true}``.

``EXPECT`` in a bad example holds what its rule must say, one finding a line:
``<path under cases/>:<line>:<column>: <severity>: <message in Chinese>``. Folders whose names begin with
``bad-`` or ``good-`` are further examples of the same rule.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from generator.catalog.facts import CaptionFacts, DocumentFacts, Facts, PictureFacts, Refusal, VideoFacts
from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog

HERE = Path(__file__).parent
BASE = HERE / "base"
EXAMPLES = HERE / "rules"
_NOT_CATALOGUE = ("facts.json", "files.json", "EXPECT")


def catalog_of(example: Path | None, folder: Path) -> Catalog:
    """The base, with *example* laid over it in *folder*, read, with its facts in place."""
    cases = folder / "cases"
    shutil.copytree(BASE / "cases", cases)
    facts = json.loads((BASE / "facts.json").read_text("utf-8"))
    if example:
        shutil.copytree(example, cases, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOT_CATALOGUE))
        facts |= _json(example / "facts.json")
        for path, recipe in _json(example / "files.json").items():
            _make(cases / path, recipe)
    for path, fields in facts.items():
        if fields.pop("is_outside", False):
            continue
        if not (cases / path).exists() and not (cases / path).is_symlink():
            (cases / path).parent.mkdir(parents=True, exist_ok=True)
            (cases / path).write_bytes(b"stand-in")
    catalog = read_catalog(cases)
    of_case: dict[str, dict[str, Facts]] = defaultdict(dict)
    for path, fields in facts.items():
        call, slug, inner = path.split("/", 2)
        of_case[f"{call}/{slug}"][inner] = _facts(inner, fields)
    return dataclasses.replace(
        catalog,
        submissions=tuple(dataclasses.replace(one, facts=of_case[one.id]) for one in catalog.submissions),
    )


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _make(path: Path, recipe: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.unlink()
    if "symlink" in recipe:
        path.symlink_to(recipe["symlink"])
    elif "text" in recipe:
        path.write_bytes(recipe["text"].encode(recipe.get("encoding", "utf-8")))
    elif "repeat" in recipe:
        before, piece, times, after = recipe["repeat"]
        path.write_text(before + piece * times + after, "utf-8")


def _facts(path: str, fields: dict[str, Any]) -> Facts:
    given = dict(fields)
    for name, kind in (("picture", PictureFacts), ("video", VideoFacts), ("refusal", Refusal)):
        if name in given:
            given[name] = kind(**given[name])
    if "document" in given:
        document = given["document"]
        pairs = tuple((name, value) for name, value in document.pop("properties", {}).items())
        given["document"] = DocumentFacts(properties=pairs, **document)
    if "caption" in given:
        caption = given["caption"]
        given["caption"] = CaptionFacts(dropped=tuple(caption.pop("dropped", ())), **caption)
    return Facts(path=path, sha256="0" * 64, **given)
