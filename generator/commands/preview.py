"""The errand ``preview``: pages for reviewers, of everything with drafts or of a proposal alone."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import click

from generator import pipeline
from generator.built import Built
from generator.catalog.changed import Changed, call_of, case_of
from generator.check.diagnostics import Diagnostic, Severity
from generator.check.examine import Verdict
from generator.check.reports import report
from generator.commands.changed import changed_since
from generator.errors import SettingsError
from generator.publish import lock
from generator.settings import Settings
from generator.terminal import explained, progress_shown, settings_of

_FOLDER = "preview-site"


@click.command()
@click.option(
    "--since", metavar="版本", help="只要与这个版本不同的案例和活动，例如 origin/main；得到的目录双击就能看。"
)
@click.option(
    "--output", "folder", type=click.Path(path_type=Path, file_okay=False), help=f"写到哪个目录  [default: {_FOLDER}]"
)
@click.option("--serve", "is_served", is_flag=True, help="不写目录，在本机打开；修改案例后页面自动更新。")
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="与 --serve 一起用，主机:端口")
@click.pass_context
def preview(context: click.Context, since: str | None, folder: Path | None, is_served: bool, address: str) -> None:
    """生成带草稿的预览：每页标明“预览”，搜索引擎不收录，不能发布。有错误的案例没有页面，只列出错误。"""
    with explained():
        if is_served and (since or folder):
            raise SettingsError("--serve 不写目录，也总是显示全部案例；请去掉 --since 和 --output")
        settings = settings_of(context)
        if is_served:
            from generator import plugin  # MkDocs takes half a second to import, which no other command should pay

            plugin.serve(settings.config_file, address, with_drafts=True)
            return
        folder = (folder or settings.root_dir / _FOLDER).absolute()
        _refuse_site(folder, settings)
        changed = changed_since(settings.cases_dir, since) if since else None
        with lock.held(settings.lock_file), progress_shown() as progress:
            built = pipeline.build(
                settings, progress=progress, preview=pipeline.Preview(folder=folder, changed=changed)
            )
    errors = _errors(built.verdict, changed)
    _tell(built, errors, changed)
    sys.exit(1 if errors else 0)


def _refuse_site(folder: Path, settings: Settings) -> None:
    """What goes live is never where a preview is, and a preview never among the cases."""
    inside = folder.resolve()
    for what, other in (("网站", settings.site_dir), ("案例", settings.cases_dir)):
        if inside.is_relative_to(other.resolve()) or other.resolve().is_relative_to(inside):
            raise SettingsError(f"{folder} 是{what}目录，或者在它里面、把它包在里面；请给预览换一个目录")


def _errors(verdict: Verdict, changed: Changed | None) -> tuple[Diagnostic, ...]:
    """The errors that the preview speaks of: of a proposal its own."""

    def is_wanted(diagnostic: Diagnostic) -> bool:
        if changed is None:
            return True
        file = diagnostic.file
        owner = diagnostic.case_id or case_of(file)
        return owner in changed.case_ids or call_of(file) in changed.calls or file in changed.files

    return tuple(one for one in verdict.diagnostics if one.severity is Severity.ERROR and is_wanted(one))


def _tell(built: Built, errors: tuple[Diagnostic, ...], changed: Changed | None) -> None:
    if errors:
        withheld = built.verdict.withheld & {one.case_id for one in errors}
        shown = dataclasses.replace(built.verdict, diagnostics=errors, withheld=withheld)
        click.echo(report(shown), err=True, nl=False)
    click.echo(f"预览：案例 {built.cases} 个，页面 {built.pages} 个 → {built.site_dir}")
    if changed is None:
        click.echo("在本机看：showcase preview --serve；先看页面上方的“审阅清单”。")
    else:
        click.echo(f"双击打开 {built.site_dir}/index.html，就能看到改动的页面和检查的结果。")
