"""showcase check and explain: what is wrong, and why that is wrong."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import get_args

import click

from generator import checkflow
from generator.catalog.changed import Changed
from generator.check.diagnostics import Rule
from generator.check.examine import Verdict, spoken_clause
from generator.check.reports import Form, Lang, report
from generator.check.reports.phrases import level
from generator.check.rules import all_rules
from generator.check.sheets import CaseSheet
from generator.commands.staged import about_to_be_committed, as_it_is
from generator.errors import SettingsError
from generator.settings import Settings
from generator.terminal import ERR, explained, progress_shown, remind, settings_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(get_args(Form)), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--strict", is_flag=True, expose_value=False, help="与 build 相同的开关；check 从不写文件，有没有它都一样。"
)
@click.option("--since", metavar="版本", help="只报告与这个版本不同的案例和活动，例如 origin/main；用于合并请求。")
@click.option("--staged", is_flag=True, help="只检查已经 git add、即将提交的案例，不看工作目录；提交之前用。")
@click.option(
    "--files-url", default="", envvar="SHOWCASE_FILES_URL", help="markdown 里的小图从哪里取：合并请求的文件所在的网址。"
)
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: Form,
    lang: Lang,
    since: str | None,
    staged: bool,
    files_url: str,
) -> None:
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
        _require_files_url(files_url)
        if staged and since:
            raise SettingsError("--staged 和 --since 只能用一个")
        with about_to_be_committed(settings) if staged else as_it_is(settings, since) as (looked_at, changed):
            verdict, sheets = _checked(looked_at, changed)
            verdict, sheets = _narrowed(verdict, sheets, paths, looked_at)
    click.echo(report(verdict, form, lang, sheets, files_url), nl=False)
    if not staged:
        remind(settings)
    sys.exit(1 if verdict.has_errors else 0)


def _require_files_url(address: str) -> None:
    """That *address* is empty, or one that can stand in a picture's address as it is.

    Raises:
        SettingsError: it is none.
    """
    if address and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~%/-]*)?", address):
        raise SettingsError(
            f"--files-url 应是完整的网址，不带参数，例如 https://github.com/<用户>/<仓库>/raw/<提交>：{address}"
        )


def _checked(settings: Settings, changed: Changed | None) -> tuple[Verdict, tuple[CaseSheet, ...]]:
    """Everything, or what concerns a proposal; of two cases that clash the changed one is blamed."""
    with progress_shown() as progress:
        found = checkflow.check(
            settings,
            progress,
            changed=changed.case_ids if changed else frozenset(),
            only_changed=changed is not None and not changed.changes_rules,
        )
    verdict, sheets = found.verdict, found.sheets
    return _of_changed(verdict, sheets, changed, settings) if changed else (verdict, sheets)


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


@click.command()
@click.argument("code", required=False)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def explain(code: str | None, lang: str) -> None:
    """说明一条检查规则（例如 MED007）；不写代码则列出全部规则。"""
    rules = {rule.code: rule for rule in all_rules()}
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.severity:<7}  {getattr(rule.message.left_open, lang)}")
        return
    found = rules.get(code.upper())
    if found is None:
        ERR.print(f"没有规则 {code}；运行 showcase explain 查看全部", style="red", markup=False)
        sys.exit(2)
    click.echo(found.code)
    for word, row in (_rows_en(found) if lang == "en" else _rows(found)).items():
        if row:
            click.echo(f"  {word}: {row}" if lang == "en" else f"  {word}：{row}")


def _rows(rule: Rule) -> dict[str, str]:
    """What is said of a rule, by the word in front of it."""
    return {
        "级别": level(rule.severity) + ("，通常如此，看通知的措辞" if rule.call_decides else ""),
        "说明": rule.message.left_open.zh,
        "改法": rule.fix.left_open.zh,
        "依据": "活动的通知，检查时引出原文" if rule.call_decides else spoken_clause(rule.clause, {}),
        "例子": _examples(rule),
    }


def _rows_en(rule: Rule) -> dict[str, str]:
    """The same in English, with the reason, which is the rule's docstring."""
    return {
        "severity": rule.severity + (" as a rule; the words of the notice decide" if rule.call_decides else ""),
        "message": rule.message.left_open.en,
        "fix": rule.fix.left_open.en,
        "why": rule.why,
        "clause": "the call's notice, quoted with every finding" if rule.call_decides else rule.clause,
        "examples": _examples(rule),
    }


def _examples(rule: Rule) -> str:
    return f"docs/rules/{rule.code[:3]}.md#{rule.code.lower()}"
