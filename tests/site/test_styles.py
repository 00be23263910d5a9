"""No rule of the style sheets is for something that no page has."""

from __future__ import annotations

import re
from pathlib import Path

COMPOSED = ("cover--", "finding--", "status--")
"""Beginnings of classes that templates put together from values: not every value is on the sample site."""


def _styled(root: Path) -> dict[str, str]:
    """Every class that a style sheet names, and which."""
    found: dict[str, str] = {}
    for sheet in sorted((root / "theme" / "assets" / "stylesheets").glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        for selector in re.findall(r"([^{}]+)\{", text):
            found |= dict.fromkeys(re.findall(r"\.(-?[A-Za-z_][\w-]*)", selector), sheet.name)
    return found


def test_every_class_that_is_styled_is_on_a_page_or_made_by_a_script(root: Path, site: Path) -> None:
    shown = {
        name
        for page in site.rglob("*.html")
        for names in re.findall(r'class="([^"]*)"', page.read_text("utf-8"))
        for name in names.split()
    }
    sources = [*(root / "theme").rglob("*.html"), *(root / "theme").rglob("*.js"), *(root / "generator").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    styled = _styled(root)
    assert len(styled) > 300
    unused = {
        f"{sheet}: .{name}"
        for name, sheet in styled.items()
        if name not in shown
        and not name.startswith(COMPOSED)
        and not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    }
    assert unused == set()
