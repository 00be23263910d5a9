"""The help lists every errand with its own first line, and loads none of them."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from generator.cli import ERRANDS, main


@pytest.mark.parametrize("name", ERRANDS)
def test_a_line_of_the_help_is_what_the_errand_says_of_itself(name: str) -> None:
    errand = main.get_command(click.Context(main), name)
    assert errand is not None
    assert errand.name == name
    assert errand.get_short_help_str(limit=200) == ERRANDS[name][1]


def test_the_help_lists_every_errand() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    assert [line.split()[0] for line in shown.partition("Commands:")[2].splitlines() if line] == list(ERRANDS)


def test_a_word_that_is_no_errand_is_a_fault_of_usage() -> None:
    answer = CliRunner().invoke(main, ["deploy"])
    assert answer.exit_code == 2
    assert "deploy" in answer.output


def test_the_help_loads_no_errand() -> None:
    asked = "import sys; from generator.cli import main; main(['--help'], standalone_mode=False); print('LOADED', *sys.modules)"
    child = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = child.stdout.partition("LOADED")[2].split()
    assert "click" in loaded
    assert not [
        name for name in loaded if name.startswith(("generator.commands", "generator.check", "pydantic", "mkdocs"))
    ]
