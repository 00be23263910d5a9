"""`showcase import-list`: a county's 汇总表 → a folder with a draft for each case; what is private goes elsewhere or nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.desk import Desk, desk_of, read_list, told, write_new
from generator.errors import SettingsError
from generator.intake.skeleton import index_text
from generator.intake.slugs import slug_of
from generator.intake.summary import Known, Summary, list_labels, summary_of
from generator.terminal import explained


@click.command("import-list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--campaign", "campaign_id", required=True, metavar="ID", help="活动的目录名，例如 enshi-2023")
@click.option("--region", metavar="代码", help="单位名称里看不出县市区时用的地区代码（cases/regions.yml 的 slug）")
@click.option(
    "--private-out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="联系人、电话另存到仓库以外的这个目录",
)
@click.pass_context
def import_list(
    context: click.Context, file: Path, campaign_id: str, region: str | None, private_out: Path | None
) -> None:  # fmt: skip
    """按县市报来的汇总表 FILE（.xlsx 或 .docx）建案例目录，每行一个草稿。

    已有的案例不覆盖、不重复；联系人、电话等不进仓库。有行没有建成时退出码为 1。
    """
    with explained():
        desk = desk_of(context)
        campaign = desk.call(campaign_id)
        if region and region not in desk.catalog.regions.by_slug:
            raise SettingsError(f"没有地区代码 {region}，请在 cases/regions.yml 里查 slug")
        if private_out:
            _require_outside(private_out, desk)
        read = read_list(file, list_labels(campaign), ("title", "unit"), workers=desk.settings.workers)
        summary = summary_of(
            read,
            campaign,
            desk.catalog.regions,
            desk.catalog.vocabulary,
            [
                Known(slug=one.slug, title=one.case.title, unit=one.case.unit.name)
                for one in desk.submissions(campaign_id)
                if one.case
            ],
            taken=frozenset(one.slug for one in desk.submissions(campaign_id)),
            region=region,
        )
        for case in summary.new:
            path = desk.settings.cases_dir / campaign_id / case.folder / "index.md"
            write_new(path, index_text(case.skeleton, campaign).encode())
        kept = _keep_private(summary, private_out, f"{campaign_id}-{slug_of(file.stem) or 'list'}")
    told("新建", [f"cases/{campaign_id}/{case.folder}/　{case.skeleton.title}" for case in summary.new])
    told("已经有了，没有动", [f"{row.cells['title']} → cases/{campaign_id}/{slug}/" for row, slug in summary.present])
    told("没有建，请改好再运行", [f"第 {row.number} 行 {row.cells['title']}：{why}" for row, why in summary.refused])
    told("没有读", read.left_out)
    if kept:
        click.echo(f"{'、'.join(summary.private_labels)} 存到了 {kept}，不进仓库。")
    elif summary.private_labels:
        click.echo(f"{'、'.join(summary.private_labels)} 没有写进案例；要留底，请加 --private-out 再运行一次。")
    sys.exit(1 if summary.refused or read.left_out else 0)


def _require_outside(folder: Path, desk: Desk) -> None:
    """Raises SettingsError where *folder* lies in the project, or in whatever repository: DOMAIN, decision 4."""
    whole = folder.expanduser().resolve()
    inside = [desk.settings.root_dir.resolve(), desk.settings.cases_dir.resolve()]
    repository = any((above / ".git").exists() for above in (whole, *whole.parents))
    if repository or any(whole.is_relative_to(root) for root in inside):
        raise SettingsError(f"--private-out {folder} 在仓库里面：联系人和电话不能放进仓库，请换一个仓库以外的目录")


def _keep_private(summary: Summary, folder: Path | None, stem: str) -> Path | None:
    """Write the private columns into a new file that only its owner can read; None if there is nothing to write.

    A file that says the same already is the one: a list that is read twice leaves its telephones in one place.
    """
    from generator.pages.tables import Table, as_csv

    labels = summary.private_labels
    if folder is None or not labels:
        return None
    rows = [(case.folder, case.row) for case in summary.new] + [(slug, row) for row, slug in summary.present]
    rows.sort(key=lambda pair: pair[1].number)
    table = Table(
        columns=("案例目录", "案例名称", "所在单位", *labels),
        rows=tuple(
            (slug, row.cells["title"], row.cells["unit"], *(row.others.get(label, "") for label in labels))
            for slug, row in rows
        ),
    )
    folder = folder.expanduser()
    for number in range(1, 1_000):
        path = folder / (f"{stem}.csv" if number == 1 else f"{stem}-{number}.csv")
        try:
            write_new(path, as_csv(table), mode=0o600)
        except FileExistsError:
            if path.is_symlink() or not path.is_file() or path.read_bytes() != as_csv(table):
                continue
        return path
    raise SettingsError(f"{folder} 里已经有 {stem}.csv 等许多份，请换一个目录")
