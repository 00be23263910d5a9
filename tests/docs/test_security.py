"""The threat model names what is there: every claim its module and a test, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CLAIM = re.compile(
    r"^\| .+ \| .+ \| `(?P<module>[^`]+)` \| `(?P<file>tests/(?:[^`:]+/)?test_\w+\.py)::(?P<test>test_\w+)` \|$"
)
TABLES = ("A pull request", "A case reaches", "A case does", "What is private", "The server and the editors")
"""How the tables of claims begin; who takes one away takes it away here, too."""


def claims(root: Path) -> list[str]:
    """The rows of all tables below “Claims”, without heads and rules."""
    text = (root / "docs" / "security.md").read_text("utf-8")
    part = text.partition("\n## Claims\n")[2].partition("\n## What remains\n")[0]
    rows = [line for line in part.splitlines() if line.startswith("|") and not line.startswith("| ---")]
    return [row for row in rows if not row.endswith("| module | test |")]


def test_every_claim_names_a_module_and_a_test_that_exist(root: Path) -> None:
    rows = claims(root)
    assert len(rows) > 35
    defined: dict[str, set[str]] = {}
    for row in rows:
        found = CLAIM.match(row)
        assert found, f"no module or no test: {row}"
        assert (root / found["module"]).is_file(), row
        if found["file"] not in defined:
            tree = ast.parse((root / found["file"]).read_text("utf-8"))
            defined[found["file"]] = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert found["test"] in defined[found["file"]], row


def test_every_table_of_claims_has_rows(root: Path) -> None:
    text = (root / "docs" / "security.md").read_text("utf-8").partition("\n## Claims\n")[2].partition("\n## ")[0]
    parts = text.split("\n### ")[1:]
    assert [next((head for head in TABLES if part.startswith(head)), part) for part in parts] == list(TABLES)
    assert all(sum(bool(CLAIM.match(line)) for line in part.splitlines()) >= 5 for part in parts)


def marks(file: Path, test: str) -> str:
    """What is put on a test, and on all of its file."""
    body = ast.parse(file.read_text("utf-8")).body
    own = [
        mark for node in body if isinstance(node, ast.FunctionDef) and node.name == test for mark in node.decorator_list
    ]
    of_file = [
        node.value for node in body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
    ]
    return "\n".join(map(ast.unparse, (*own, *of_file)))


def test_no_claim_rests_on_what_the_daily_tests_leave_out(root: Path) -> None:
    for row in claims(root):
        found = CLAIM.match(row)
        assert found
        assert not re.search(r"mark\.(soak|skip|xfail)\b", marks(root / found["file"], found["test"])), row


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_number_of_packages_is_the_one_that_is_locked(root: Path, lock: str) -> None:
    build, more = (int(number) for number in re.findall(r"(\d+) packages build the site, (\d+) more test it",
                   (root / "docs" / "security.md").read_text("utf-8"))[0])  # fmt: skip
    count = len(re.findall(r"^[a-z].*==", (root / lock).read_text("utf-8"), re.MULTILINE))
    assert count == (build if lock == "requirements.lock" else build + more)


def test_other_files_that_it_names_are_there(root: Path) -> None:
    text = (root / "docs" / "security.md").read_text("utf-8")
    for name in re.findall(r"`((?:scripts|generator|theme|tests|\.github)/[^`: ]+)", text):
        assert (root / name).exists(), name
