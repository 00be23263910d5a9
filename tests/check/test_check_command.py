"""`showcase check` in every form: what it prints is the form alone, and only of the paths that were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

READING, PUPILS = "yueyang-2021/nanhu-reading-pavilion", "yueyang-2021/quyuan-nineteen-pupils"
Run = Callable[..., Result]


@pytest.fixture
def run(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Checks two cases, of which the second has a category that its call does not know."""
    project = make_project(READING, PUPILS)
    index = project / "cases" / PUPILS / "index.md"
    text = index.read_text("utf-8")
    assert "category: 学校" in text
    index.write_text(text.replace("category: 学校", "category: 乙类"), "utf-8")
    monkeypatch.setenv("SHOWCASE_WORKERS", "0")

    def run(*words: str) -> Result:
        paths = [str(project / word) if word.startswith("cases/") else word for word in words]
        return CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check", *paths])

    return run


def test_every_form_is_printed_alone_and_the_exit_code_is_the_same(run: Run) -> None:
    assert {result.exit_code for result in map(run, ("--format=text", "--format=junit"))} == {1}
    (issue,) = json.loads(run("--format", "gitlab").stdout)
    assert issue["check_name"] == "SHP008"
    (sarif,) = json.loads(run("--format", "sarif").stdout)["runs"]
    assert [result["ruleId"] for result in sarif["results"]] == ["SHP008"]
    (suite,) = ElementTree.fromstring(run("--format", "junit").stdout)
    assert [(test.get("name"), len(test)) for test in suite] == [(READING, 0), (PUPILS, 1)]
    comment = run("--format", "markdown").stdout
    assert comment.startswith("<!-- showcase-check -->\n## 检查没有通过\n")
    assert "### 没有问题的案例 1 个" in comment


def test_a_case_alone_is_told_of_alone(run: Run) -> None:
    clean = run("--format", "markdown", f"cases/{READING}")
    assert clean.exit_code == 0
    assert "检查通过，没有发现问题" in clean.stdout
    assert "检查了 1 个案例。" in clean.stdout
    (suite,) = ElementTree.fromstring(run("--format", "junit", f"cases/{PUPILS}").stdout)
    assert [test.get("name") for test in suite] == [PUPILS]


def test_pictures_come_from_the_address_that_is_given_or_stands_in_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = run("--format", "markdown", "--files-url", "https://forge.example/raw/0123").stdout
    assert f'<img src="https://forge.example/raw/0123/cases/{PUPILS}/media/' in given
    monkeypatch.setenv("SHOWCASE_FILES_URL", "https://forge.example/raw/0123")
    assert run("--format", "markdown").stdout == given


@pytest.mark.parametrize(
    "address", ["javascript:x", "//forge.example", 'https://a"b', "https://a/?x", "https://a/<b>", "a b"]
)
def test_what_is_no_plain_address_is_refused(run: Run, address: str) -> None:
    refused = run("--format", "markdown", "--files-url", address)
    assert refused.exit_code == 2
    assert "--files-url" in refused.stderr
