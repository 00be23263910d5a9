"""Door: words, options, exit codes. `showcase …` and `python -m generator …`.

Exit codes: 0 done; 1 done, but content errors withhold something (with --strict nothing is written);
2 settings or usage; 3 a tool or the server failed; 4 another run holds the lock.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import get_args

import click

from generator import pipeline
from generator.check.diagnostics import Severity
from generator.check.examine import Verdict
from generator.check.reports import Form, Lang, report
from generator.check.rules import all_rules
from generator.check.sheets import CaseSheet, sheets_of
from generator.commands import award, campaign, importlist, media, new, schema
from generator.commands.changed import Changed, changed_since
from generator.commands.fix import fix
from generator.commands.importing import import_command
from generator.errors import SettingsError
from generator.media.children.isolation import isolation
from generator.publish import lock, transfer
from generator.settings import Settings
from generator.store import Store
from generator.terminal import ERR, explained, progress_shown, settings_of


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-f", "--config", "config_file", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.version_option(package_name="showcase")
@click.pass_context
def main(context: click.Context, config_file: Path) -> None:
    """岳阳市教育信息化成果交流展示网的生成器：检查案例，生成网站，发布。"""
    context.obj = config_file


def _remind(settings: Settings) -> None:
    """What should be mended in the settings one day; on the error stream, so that reports stay what they are."""
    for sentence in settings.reminders:
        click.echo(f"提醒：{settings.config_file.name} 的{sentence}。", err=True)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(get_args(Form)), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--strict", is_flag=True, expose_value=False, help="与 build 相同的开关；check 从不写文件，有没有它都一样。"
)
@click.option("--since", metavar="版本", help="只报告与这个版本不同的案例和活动，例如 origin/main；用于合并请求。")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], form: Form, lang: Lang, since: str | None) -> None:
    r"""检查全部案例和活动，或只报告 PATHS 下的问题。有错误时退出码为 1。

    \b
    text      给人看
    json      给自己的程序
    github    标在合并请求的行上
    gitlab    代码质量报告
    sarif     代码扫描、编辑器
    junit     每个案例一项测试
    markdown  合并请求里的一条评论（只有中文）
    """
    with explained():
        settings = settings_of(context)
        changed = changed_since(settings.cases_dir, since) if since else None
        with progress_shown() as progress:
            examined = pipeline.check(settings, progress, changed=changed.case_ids if changed else frozenset())
        verdict, sheets = examined.verdict, sheets_of(examined.catalog)
        if changed:
            verdict, sheets = _of_changed(verdict, sheets, changed, settings)
        verdict, sheets = _narrowed(verdict, sheets, paths, settings)
    click.echo(report(verdict, form, lang, sheets), nl=False)
    _remind(settings)
    sys.exit(1 if verdict.has_errors else 0)


def _narrowed(
    verdict: Verdict, sheets: tuple[CaseSheet, ...], paths: tuple[Path, ...], settings: Settings
) -> tuple[Verdict, tuple[CaseSheet, ...]]:
    """What concerns files under *paths*; everything without any."""
    if not paths:
        return verdict, sheets
    base = settings.cases_dir.resolve().parent
    wanted = [path.resolve() for path in paths]
    for path in wanted:
        if not path.exists() or not path.is_relative_to(base):
            raise SettingsError(f"没有这个案例目录或文件：{path}")

    def is_wanted(file: str) -> bool:
        return any((base / file).is_relative_to(path) for path in wanted)

    kept = tuple(diagnostic for diagnostic in verdict.diagnostics if is_wanted(diagnostic.file))
    withheld = verdict.withheld & {diagnostic.case_id for diagnostic in kept}
    return Verdict(diagnostics=kept, withheld=withheld), tuple(sheet for sheet in sheets if is_wanted(sheet.file))


def _of_changed(
    verdict: Verdict, sheets: tuple[CaseSheet, ...], changed: Changed, settings: Settings
) -> tuple[Verdict, tuple[CaseSheet, ...]]:
    """What concerns a proposal: its cases, and all cases of a call or of shared words that it changes."""
    if changed.touches_shared:
        return verdict, sheets
    folders = [f"{settings.cases_dir.name}/{name}/" for name in (*changed.case_ids, *changed.calls)]

    def is_concerned(file: str) -> bool:
        return file in changed.files or any(file.startswith(folder) for folder in folders)

    kept = tuple(diagnostic for diagnostic in verdict.diagnostics if is_concerned(diagnostic.file))
    withheld = verdict.withheld & {diagnostic.case_id for diagnostic in kept}
    return Verdict(diagnostics=kept, withheld=withheld), tuple(sheet for sheet in sheets if is_concerned(sheet.file))


@main.command()
@click.argument("code", required=False)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def explain(code: str | None, lang: str) -> None:
    """说明一条检查规则（例如 MED007）；不写代码则列出全部规则。"""
    rules = {rule.code: rule for rule in all_rules()}
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.severity:<7}  {getattr(rule.message, lang)}")
        return
    found = rules.get(code.upper())
    if found is None:
        ERR.print(f"没有规则 {code}；运行 showcase explain 查看全部", style="red", markup=False)
        sys.exit(2)
    rows = {"级别": found.severity, "说明": found.message.zh, "改法": found.fix.zh, "依据": found.clause}
    if lang == "en":  # the reason is the rule's docstring, which is English
        rows = {"severity": found.severity, "message": found.message.en, "fix": found.fix.en, "why": found.why}
        rows["clause"] = found.clause
    rows["例子" if lang == "zh" else "examples"] = f"docs/rules/{found.code[:3]}.md#{found.code.lower()}"
    click.echo(found.code)
    for word, row in rows.items():
        if row:
            click.echo(f"  {word}：{row}" if lang == "zh" else f"  {word}: {row}")


@main.command()
@click.option("--strict", is_flag=True, help="有内容错误就停止，不写任何文件（用于合并检查）。")
@click.pass_context
def build(context: click.Context, strict: bool) -> None:
    """检查、处理媒体、生成网站到输出目录。有错误的案例不上网站，其余照常。"""
    with explained():
        settings = settings_of(context)
        with lock.held(settings.lock_file), progress_shown() as progress:
            built = pipeline.build(settings, strict=strict, progress=progress)
    _tell(built, settings.workers)
    _remind(settings)
    sys.exit(1 if built.verdict.has_errors else 0)


def _tell(built: pipeline.Built, workers: int) -> None:
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
    if built.verdict.withheld:
        click.echo(f"暂不展示 {len(built.verdict.withheld)} 个：{'、'.join(sorted(built.verdict.withheld))}")
    if warnings:
        click.echo(f"另有 {warnings} 条提醒，运行 showcase check 查看。")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="主机:端口")
@click.pass_context
def serve(context: click.Context, address: str) -> None:
    """在本机预览网站；修改案例后页面自动更新。"""
    from generator import plugin  # MkDocs takes half a second to import, which no other command should pay

    plugin.serve(context.obj, address)


@main.command()
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
                if pipeline.build(settings, progress=progress, store=store).made_nothing:
                    break
            removed, removed_bytes = store.sweep()
    click.echo(f"清理了 {removed} 个文件，{removed_bytes / 1_000_000:.1f} MB。")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keep", default=5, show_default=True, help="保留最近几次发布")
@click.pass_context
def publish(context: click.Context, target: Path, keep: int) -> None:
    """把已生成的网站发布到 TARGET 目录：新版本整体就位后，一次改名切换。"""
    with explained():
        settings = settings_of(context)
        with lock.held(settings.lock_file):
            now = datetime.datetime.now(datetime.UTC)
            release = transfer.publish(settings.site_dir, target, keep=keep, now=now)
    if release.is_new:
        click.echo(f"已发布 {release.id}：{release.files} 个文件，其中 {release.changed} 个有变化。")
    else:
        click.echo(f"没有变化，线上仍是 {release.id}。")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("release_id", required=False)
def rollback(target: Path, release_id: str | None) -> None:
    """把 TARGET 切回上一个版本，或切到 RELEASE_ID。"""
    with explained():
        release = transfer.rollback(target, release_id)
    click.echo(f"线上已切换到 {release.id}。")


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
def releases(target: Path) -> None:
    """列出 TARGET 中保留的版本。"""
    with explained():
        for release in transfer.releases(target):
            click.echo(f"{'*' if release.is_current else ' '} {release.id}  {release.files} 个文件")


for errand in (
    fix,
    import_command,
    importlist.import_list,
    new.new,
    media.media,
    award.award,
    campaign.campaign,
    schema.schema,
):
    main.add_command(errand)
