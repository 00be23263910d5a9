"""What every command shares: settings, faults as sentences with their exit code, progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from generator.errors import ShowcaseError, is_disk_full, reason_at
from generator.settings import Settings, read_settings

if TYPE_CHECKING:
    from generator import mediaflow

ERR = Console(stderr=True)
"""Where everything goes that is not the answer itself."""


def settings_of(context: click.Context) -> Settings:
    """The settings of the file that the command line names.

    Raises:
        SettingsError: they are wrong.
    """
    return read_settings(context.find_root().obj)


def remind(settings: Settings) -> None:
    """What should be mended in the settings one day; on the error stream, so that reports stay what they are."""
    for sentence in settings.reminders:
        click.echo(f"提醒：{settings.config_file.name} 的{sentence}。", err=True)


@contextmanager
def explained() -> Iterator[None]:
    """What stops a run, in a sentence; its exit code."""
    try:
        yield
    except ShowcaseError as error:
        ERR.print(f"错误：{error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except Exception as error:
        # A fault of ours must not end with 1, which a nightly run reads as “done, some cases withheld”.
        if isinstance(error, OSError) and is_disk_full(error):
            ERR.print(f"错误：{reason_at(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        else:
            ERR.print_exception()
        sys.exit(3)


@contextmanager
def progress_shown() -> Iterator[mediaflow.Progress]:
    """Bars on a terminal; nothing in cron."""
    if not ERR.is_terminal:
        yield lambda _stage, _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ERR, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show
