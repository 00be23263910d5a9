"""Every English name of the glossary is one that the code has; no Chinese term has two rows."""

from __future__ import annotations

import re
from pathlib import Path


def _rows(root: Path) -> list[tuple[str, str]]:
    text = (root / "docs" / "glossary.md").read_text("utf-8")
    return re.findall(r"^\| ([^|`]+) \| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE)


def test_every_name_is_in_the_code(root: Path) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (root / "generator").rglob("*.py"))
    names = [name for _, names in _rows(root) for name in re.findall(r"`([^`]+)`", names)]
    assert len(names) > 80
    for name in names:
        assert re.search(rf"\b{re.escape(name)}s?\b", code), name


def test_no_term_has_two_meanings(root: Path) -> None:
    terms = [term for first, _ in _rows(root) if first not in ("中文", "---") for term in first.split("、")]
    assert sorted(terms) == sorted(set(terms))
