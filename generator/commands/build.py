"""showcase build, serve and sweep: the site on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator import pipeline
from generator.built import Built
from generator.check.diagnostics import Severity
from generator.check.examine import Verdict
from generator.check.reports import report
from generator.media.children.isolation import isolation
from generator.night.outcome import BuiltTold, Fault, written
from generator.pages.admin.program import find_program
from generator.publish import lock
from generator.store import Store
from generator.terminal import explained, progress_shown, remind, settings_of


@click.command()
@click.option("--strict", is_flag=True, help="有内容错误就停止，不写任何文件（用于合并检查）。")
@click.option("--json", "told", type=click.Path(path_type=Path), help="把做了什么也写成 JSON，供程序读取。")
@click.pass_context
def build(context: click.Context, strict: bool, told: Path | None) -> None:
    """检查、处理媒体、生成网站到输出目录。有错误的案例不上网站，其余照常。"""
    with explained():
        settings = settings_of(context)
        with lock.held(settings.lock_file), progress_shown() as progress:
            built = pipeline.build(settings, strict=strict, progress=progress)
        if told:
            told.write_bytes(written(_told(built)))
    _tell(built, settings.workers)
    remind(settings)
    sys.exit(1 if built.verdict.has_errors else 0)


def _told(built: Built) -> BuiltTold:
    faults = (one for one in built.verdict.diagnostics if one.severity is Severity.ERROR)
    return BuiltTold(
        cases=built.cases,
        pages=built.pages,
        media=built.media,
        withheld=tuple(sorted(built.verdict.withheld)),
        faults=tuple(
            Fault(file=one.file, line=one.line, code=one.code, message=one.message.zh, fix=one.fix.zh, case=one.case_id)
            for one in faults
        ),
    )


def _tell(built: Built, workers: int) -> None:
    """A few lines on what was built and what was withheld."""
    errors = [diagnostic for diagnostic in built.verdict.diagnostics if diagnostic.severity is Severity.ERROR]
    if errors:
        shown = Verdict(diagnostics=tuple(errors), withheld=built.verdict.withheld)
        click.echo(report(shown), err=True, nl=False)
    if built.site_dir is None:
        click.echo("严格模式：有错误，没有写任何文件。", err=True)
        return
    warnings = sum(1 for diagnostic in built.verdict.diagnostics if diagnostic.severity is Severity.WARNING)
    click.echo(f"案例 {built.cases} 个，页面 {built.pages} 个，媒体文件 {built.media} 个 → {built.site_dir}")
    if built.made_nothing:
        click.echo("没有变化：没有处理媒体，没有渲染页面，没有重建索引。")
    else:
        click.echo(
            f"本次处理媒体 {built.media_made} 个，渲染页面 {built.pages_made} 个，索引文件 {built.index_made} 个。"
        )
    if built.media_made:
        way = isolation().zh if workers else "没有（workers 为 0，在生成器进程内处理，只宜用来查找问题）"
        click.echo(f"处理媒体的隔离：{way}。")
    for note in built.notes:
        click.echo(f"{note}。")
    if built.verdict.withheld:
        click.echo(f"暂不展示 {len(built.verdict.withheld)} 个：{'、'.join(sorted(built.verdict.withheld))}")
    if warnings:
        click.echo(f"另有 {warnings} 条提醒，运行 showcase check 查看。")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="主机:端口")
@click.option("--admin", "with_admin", is_flag=True, help="带上编辑页 /admin/，用表单改本机上的案例。")
@click.pass_context
def serve(context: click.Context, address: str, with_admin: bool) -> None:
    """在本机预览网站；修改案例后页面自动更新。"""
    from generator import plugin  # MkDocs takes half a second to import, which no other command should pay

    if with_admin:
        os.environ["SHOWCASE_ADMIN"] = "local"  # MkDocs reads mkdocs.yml anew at every build: this reaches all of them
    plugin.serve(context.obj, address)


@click.command()
@click.pass_context
def sweep(context: click.Context) -> None:
    """清理当前网站不再用到的缓存文件。"""
    with explained():
        settings = settings_of(context)
        with lock.held(settings.lock_file), progress_shown() as progress:
            store = Store(settings.store_dir)
            # The second pass makes nothing, so every file it needs is asked for here and none in a worker.
            for _ in range(2):
                store = Store(settings.store_dir)
                if pipeline.build(settings, progress=progress, store=store, anew=True).made_nothing:
                    break
            find_program(store)  # named, so that it stays: a machine may have no network to fetch it again
            removed, removed_bytes = store.sweep()
    click.echo(f"清理了 {removed} 个文件，{removed_bytes / 1_000_000:.1f} MB。")
