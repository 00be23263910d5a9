"""`showcase campaign status`, `showcase campaign new`: how a call stands, and how next year's begins."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import readyflow
from generator.commands.desk import desk_of, told, write_new
from generator.commands.standing import Part, standing
from generator.errors import SettingsError
from generator.intake.nextcall import next_call
from generator.pages.tables import Table, as_csv, as_workbook
from generator.terminal import explained, progress_shown, settings_of

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.group()
def campaign() -> None:
    """征集活动：进展，以及开始下一年的活动。"""


@campaign.command()
@click.argument("campaign_id", required=False, metavar="[ID]")
@click.option("--format", "form", type=click.Choice(["table", "csv", "xlsx"]), default="table", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="文件", help="写到这个新文件；xlsx 必须写"
)
@click.pass_context
def status(context: click.Context, campaign_id: str | None, form: str, out: Path | None) -> None:
    """各地报送、要求和缺额，各类别，必报单位，奖项比例，案例还缺什么。不写 ID 就是全部活动。

    数字与网站上的一致：只数检查通过、网站收录的案例；报送数没有登记的，不推算谁还缺。
    """
    with explained():
        settings = settings_of(context)
        with progress_shown() as progress:
            examined = readyflow.check(settings, progress)
        catalog = examined.catalog
        calls = [call for call in catalog.campaigns.values() if campaign_id in (None, call.id)]
        if not calls:
            raise SettingsError(f"没有可用的活动 {campaign_id}；现有：{'、'.join(sorted(catalog.campaigns))}")
        reports = [
            (call.id, call.title, call.status, standing(call, catalog, examined.verdict.withheld)) for call in calls
        ]
        if form == "table":
            data = "\n".join(
                _shown(f"{title}（{id_}，{state}）", parts) for id_, title, state, parts in reports
            ).encode()
        else:
            table = _long([(id_, parts) for id_, _, _, parts in reports])
            title = calls[0].title if campaign_id else "征集活动进展"
            # A fixed day, so that the same numbers are the same bytes.
            day = datetime.date(max(call.year for call in calls), 1, 1)
            data = as_csv(table) if form == "csv" else as_workbook(table, title=title, address="", made_on=day)
        if out is None and form == "xlsx":
            raise SettingsError("xlsx 要写到文件里，请加 --out 文件名.xlsx")
        if out is None:
            click.echo(data, nl=False)
            return
        try:
            write_new(out, data)
        except FileExistsError as error:
            raise SettingsError(f"已经有文件 {out}，没有覆盖；请换一个名字") from error
    click.echo(f"写到了 {out}。")


def _long(reports: Sequence[tuple[str, tuple[Part, ...]]]) -> Table:
    """All parts in one table, a line for each number, so that it can be filtered and summed."""
    return Table(
        columns=("活动", "部分", "名称", "项目", "数值"),
        rows=tuple(
            (id_, part.title, str(row[0]), column, cell)
            for id_, parts in reports
            for part in parts
            for row in part.rows
            for column, cell in zip(part.columns[1:], row[1:], strict=True)
            if cell != ""
        ),
    )


def _shown(title: str, parts: Sequence[Part]) -> str:
    lines = [title, ""]
    for part in parts:
        lines += [f"【{part.title}】", *([part.note] if part.note else [])]
        if part.rows:
            table = [part.columns, *part.rows]
            widths = [max(_width(str(row[i])) for row in table) for i in range(len(part.columns))]
            lines += [
                "  ".join(
                    str(cell) + " " * (width - _width(str(cell))) for cell, width in zip(row, widths, strict=True)
                ).rstrip()
                for row in table
            ]
        lines.append("")
    return "\n".join(lines)


def _width(text: str) -> int:
    """Columns of a terminal that *text* takes."""
    return sum(2 if ord(character) > 0x2E7F or character in "“”…—" else 1 for character in text)


@campaign.command()
@click.option("--from", "from_id", required=True, metavar="ID", help="去年的活动")
@click.option("--id", "new_id", required=True, metavar="ID", help="新活动的目录名，例如 enshi-2024")
@click.option("--year", required=True, type=click.IntRange(1990, 2100))
@click.pass_context
def new(context: click.Context, from_id: str, new_id: str, year: int) -> None:
    """由去年的活动开始今年的：规则和批注照抄，日期、文号、报送数、问卷去掉，标上“待填”，状态为征集中。

    notice.md 没有放进通知全文以前，检查不会放行（CAM010），网站不会显示这个活动。
    """
    with explained():
        desk = desk_of(context)
        old = desk.call(from_id)
        if not _ID.fullmatch(new_id) or len(new_id) > 80:
            raise SettingsError(f"目录名“{new_id}”只能用小写英文字母、数字和连字符，例如 enshi-2024")
        if year <= old.year:
            raise SettingsError(f"新活动的年份 {year} 应当晚于 {from_id}（{old.year}年）")
        folder = desk.settings.cases_dir / new_id
        if folder.exists():
            raise SettingsError(f"已经有 cases/{new_id}/，没有覆盖")
        made = next_call((desk.settings.cases_dir / from_id / "campaign.yml").read_bytes(), new_id=new_id, year=year)
        write_new(folder / "campaign.yml", made.campaign.encode())
        write_new(folder / "notice.md", made.notice.encode())
    told("新建", [f"cases/{new_id}/campaign.yml", f"cases/{new_id}/notice.md"])
    told(
        "还要填", [f"campaign.yml 第 {number} 行：{words}" for number, words in made.to_fill] + ["notice.md：通知全文"]
    )
    sys.exit(0)
