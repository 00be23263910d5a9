"""Whether cases, plans and files name each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sample_drawing.plan import Entry, files_of

IN_BODY = re.compile(r"!\[[^\]]*\]\(\s*([^)\s]+)")


def named_files(index: Path) -> set[str]:
    """The files that the front matter and the body of a case name, relative to its folder."""
    _, head, body = index.read_text(encoding="utf-8").split("---\n", 2)
    front: dict[str, Any] = yaml.safe_load(head)
    named = {front["cover"]} if front.get("cover") else set()
    for group in ("pictures", "videos", "attachments"):
        for item in front.get(group) or ():
            named |= {item[key] for key in ("file", "captions", "poster") if item.get(key)}
    return named | {path for path in IN_BODY.findall(body) if "://" not in path}


def complaints(cases: Path, entries: Iterable[Entry]) -> list[str]:
    """A line for every file that is named and absent, present and not named, or planned and not named; sorted."""
    named: set[str] = set()
    present: set[str] = set()
    for index in cases.glob("*/*/index.md"):
        folder = index.parent
        prefix = folder.relative_to(cases).as_posix()
        named |= {f"{prefix}/{path}" for path in named_files(index)}
        present |= {
            path.relative_to(cases).as_posix() for path in folder.rglob("*") if path.is_file() and path != index
        }
    planned = {path for entry in entries for path in files_of(entry)}
    found = [f"{path}: named by its case and not there" for path in named - present]
    found += [f"{path}: there and not named by its case" for path in present - named]
    found += [f"{path}: planned and not named by its case" for path in planned - named]
    found += [f"{path}: named by its case and not planned" for path in named - planned]
    return sorted(found)
