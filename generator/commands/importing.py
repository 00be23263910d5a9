"""`showcase import`: a Word file from an e-mail → a case folder, a report of what was lost, and a check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import readyflow
from generator.catalog.reader import read_catalog
from generator.check.diagnostics import Severity
from generator.check.examine import Verdict
from generator.check.reports import report
from generator.store import Store
from generator.terminal import explained, progress_shown, settings_of


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--campaign", "campaign_id", required=True, metavar="活动", help="案例属于哪个活动，如 yueyang-2021")
@click.option("--category", metavar="类别", help="案例的类别；不写则从文件里找")
@click.option("--slug", metavar="目录名", help="案例的目录名（小写英文、数字和连字符）；不写则由地名和标题的拼音组成")
@click.option(
    "--private-out", "private_dir", type=click.Path(path_type=Path, file_okay=False), metavar="目录",
    help="联系人、电话等不公开的信息写到这个目录，必须在仓库外面；不写则不保存",
)  # fmt: skip
@click.pass_context
def import_command(
    context: click.Context,
    files: tuple[Path, ...],
    campaign_id: str,
    category: str | None,
    slug: str | None,
    private_dir: Path | None,
) -> None:
    """把一个案例的 Word 文件（.docx）变成案例目录。

    FILES 可以是一个 Word 文件（同一目录里的图片、视频、支撑材料一起带上）、推荐表和正文两个文件、一个目录或一个 .zip。
    最后列出没有导入的内容，并检查这个案例。
    """
    from generator.intake.importing import import_case  # only here: what reads Word comes with it

    with explained():
        settings = settings_of(context)
        store = Store(settings.store_dir)
        done = import_case(
            files, campaign_id, read_catalog(settings.cases_dir), settings.cases_dir, store,
            workers=settings.workers, private_dir=private_dir, slug=slug, category=category,
        )  # fmt: skip
        click.echo(done.told(settings.root_dir), nl=False)
        with progress_shown() as progress:
            verdict = readyflow.check(settings, progress, store).verdict
    case_id = f"{campaign_id}/{done.folder.name}"
    own = tuple(one for one in verdict.diagnostics if one.case_id == case_id)
    click.echo("\n检查：")
    click.echo(report(Verdict(diagnostics=own, withheld=verdict.withheld & {case_id})), nl=False)
    sys.exit(1 if any(one.severity is Severity.ERROR for one in own) else 0)
