"""Makes docs/rules from the declarations of the rules, their examples in tests/check/rules, and docs/rules/requirements.yml.

scripts/rule_pages.py            writes the pages, and removes those of families that are gone
scripts/rule_pages.py --check    writes nothing; fails when a page is not what would be written
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from generator.check.rules import all_rules
from rulebook.example import examples_of
from rulebook.pages import FAMILIES, Requirement, family_page, index_page

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "check"
PAGES = ROOT / "docs" / "rules"


def requirements(path: Path = PAGES / "requirements.yml") -> tuple[Requirement, ...]:
    """The rows of the notices that ask for a check, in their order."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    return tuple(Requirement(**{**row, "rules": tuple(row.get("rules", ()))}) for row in rows)


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    rules = all_rules()
    examples = {rule.code: examples_of(EXAMPLES / "rules" / rule.code, EXAMPLES / "base") for rule in rules}
    made = {"README.md": index_page(rules, requirements())}
    for family in FAMILIES:
        of_family = tuple(rule for rule in rules if rule.code.startswith(family))
        made[f"{family}.md"] = family_page(family, of_family, examples)
    return made


def stale(folder: Path, made: Mapping[str, str]) -> tuple[str, ...]:
    """The names of pages in *folder* that are missing, other than *made*, or none of them."""
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return tuple(name for name in sorted(found.keys() | made.keys()) if found.get(name) != made.get(name))


def main(words: list[str]) -> int:
    """Run with the command line's *words*; 1 when --check finds a page that is not up to date."""
    parser = argparse.ArgumentParser(description="Make docs/rules.")
    parser.add_argument("--check", action="store_true", help="compare; write nothing")
    given = parser.parse_args(words)
    made = pages()
    old = stale(PAGES, made)
    for name in old:
        print(f"docs/rules/{name}")
        if not given.check and name in made:
            (PAGES / name).write_text(made[name], "utf-8")
        elif not given.check:
            (PAGES / name).unlink()
    return 1 if given.check and old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
