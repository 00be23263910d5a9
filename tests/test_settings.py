"""Wrong settings end with a sentence and exit code 2, whatever the command; both ways to write plugins are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import MakeProject
from generator.cli import main
from generator.settings import read_settings


def written(project: Path, pattern: str, instead: str) -> Path:
    path = project / "mkdocs.yml"
    text, count = re.subn(pattern, instead, path.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("pattern", "instead", "says"),
    [
        (r"^site_url: .*$", "", "site_url"),
        (r"^site_url: .*$", "site_url: example.org/sub", "site_url"),
        (r"^site_url: .*$", "site_url: 5", "site_url"),
        (r"custom_dir: theme", "custom_dir: thema", "thema"),
        (r"^docs_dir: .*$", "docs_dir: nowhere", "nowhere"),
        (r"cases_dir: cases", "case_dir: cases", "case_dir"),
        (r"^site_name: .*$", "", "site_name"),
    ],
)
def test_a_wrong_setting_is_named_and_ends_with_two(
    make_project: MakeProject, pattern: str, instead: str, says: str
) -> None:
    path = written(make_project(), pattern, instead)
    done = CliRunner().invoke(main, ["-f", str(path), "build"])
    assert done.exit_code == 2, done.output
    assert says in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("text", ["- a\n- b\n", "word", "site_name: x\n"])
def test_a_file_that_is_no_settings_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert CliRunner().invoke(main, ["-f", str(tmp_path / "mkdocs.yml"), "check"]).exit_code == 2


def test_plugins_written_as_a_mapping_keep_their_options(make_project: MakeProject) -> None:
    path = written(make_project(), r"^  - showcase:$", "  showcase:")
    assert read_settings(path).options.sample


def test_a_path_that_is_not_there_is_not_sound(make_project: MakeProject) -> None:
    project = make_project()
    done = CliRunner().invoke(main, ["-f", str(project / "mkdocs.yml"), "check", str(project / "cases" / "nosuch")])
    assert done.exit_code == 2
    assert "nosuch" in done.output
