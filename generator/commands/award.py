"""`showcase award`: an award list → honours in the front matter of the cases that it names, and nothing else touched."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.catalog.values import LEVELS
from generator.check.rules.awards import DOCUMENT_NUMBER
from generator.commands.desk import Desk, desk_of, is_asking, read_list, rewrite, told
from generator.errors import SettingsError
from generator.intake.honours import LABELS, Award, Candidate, Match, matched, standing
from generator.intake.insertion import InsertionError, with_item
from generator.intake.summary import list_labels
from generator.terminal import explained


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--campaign", "campaign_id", required=True, metavar="ID", help="活动的目录名，例如 enshi-2023")
@click.option("--level", type=click.Choice(LEVELS), help="奖项的级别；不写就是活动自己的级别")
@click.option("--year", type=click.IntRange(1990, 2100), help="获奖的年份；不写就是活动的年份")
@click.option("--doc-no", metavar="文号", help="通报的文号，例如 某某〔2023〕5号")
@click.option("--yes", is_flag=True, help="存疑的不再询问，按最像的案例写入")
@click.pass_context
def award(
    context: click.Context,
    file: Path,
    campaign_id: str,
    level: str | None,
    year: int | None,
    doc_no: str | None,
    yes: bool,
) -> None:
    """把获奖名单 FILE（.xlsx 或 .docx）里的奖项登记到案例的 honors。

    拿得准的直接写入；存疑的在终端上逐个询问，不在终端上就列出来，退出码为 1。再运行一次不会重复登记。
    """
    with explained():
        desk = desk_of(context)
        campaign = desk.call(campaign_id)
        own = campaign.awards.level if campaign.awards else campaign.issuer.level
        given = Award(level=level or own, year=year or campaign.year, doc_no=doc_no)
        if given.year < campaign.year:
            raise SettingsError(f"获奖年份 {given.year} 早于活动（{campaign.year}年）")
        if doc_no and not DOCUMENT_NUMBER.fullmatch(doc_no):
            raise SettingsError(f"文号“{doc_no}”的写法不规范，应当像 某某〔2023〕5号，年份用六角括号〔〕")
        labels = {**list_labels(campaign), **LABELS}
        read = read_list(file, labels, ("title",), workers=desk.settings.workers)
        vocabulary = desk.catalog.vocabulary
        matching = matched(read, _candidates(desk, campaign_id), vocabulary)
        written: list[str] = []
        there: list[str] = []
        against: list[str] = []
        doubtful: list[str] = []
        taken: set[str] = set()  # cases that a row of this list has been taken for
        for match in matching.matches:
            state, words = standing(match, given, vocabulary)
            line = f"{match.grade}　{match.case.title} → cases/{campaign_id}/{match.case.slug}/"
            if match.certainty == "doubtful":
                line = f"第 {match.row.number} 行 {match.row.cells['title']} → {match.case.title}（{match.case.slug}）：{match.why}"
            if match.case.slug in taken or (match.certainty == "doubtful" and not (yes or _said_yes(match))):
                doubtful.append(line)
                continue
            taken.add(match.case.slug)
            if state == "there":
                there.append(line + (f"（{words}，没有改）" if words else ""))
            elif state == "against":
                against.append(f"{line}：{words}")
            else:
                _write(desk, campaign_id, match, given, written, against, line)
    told("登记", written)
    told("已经登记过", there)
    told("有矛盾，没有写，请核对通报", against)
    told("拿不准，没有写", doubtful)
    told("名单里有、案例里没有", [f"第 {row.number} 行 {row.cells['title']}：{why}" for row, why in matching.unknown])
    told("没有读", read.left_out)
    told("名单里没有的案例", [f"{case.title}（{case.slug}）" for case in matching.unnamed])
    sys.exit(1 if against or doubtful or matching.unknown or read.left_out else 0)


def _candidates(desk: Desk, campaign_id: str) -> list[Candidate]:
    """Every case with a title, among them those that lack something else; withdrawn ones are in no list."""
    found = []
    for one in desk.submissions(campaign_id):
        front = one.document.front
        unit = front.get("unit")
        honors = front.get("honors")
        if front.get("title") and front.get("status") != "已撤回":
            found.append(
                Candidate(
                    slug=one.slug,
                    title=str(front["title"]),
                    unit=str(unit.get("name", "")) if isinstance(unit, dict) else "",
                    honors=tuple(h for h in honors if isinstance(h, dict)) if isinstance(honors, list) else (),
                )
            )
    return found


def _said_yes(match: Match) -> bool:
    if not is_asking():
        return False
    click.echo(
        f"第 {match.row.number} 行：{match.row.cells['title']}　{match.row.cells.get('unit', '')}　{match.grade}"
    )
    click.echo(f"  最像：{match.case.title}　{match.case.unit}（{match.case.slug}），{match.why}")
    while True:
        answer = click.prompt("  是同一个案例吗？是/否", default="否").strip().lower()
        if answer in ("是", "y", "yes"):
            return True
        if answer in ("否", "不是", "n", "no"):
            return False
        click.echo("  请回答“是”或“否”。")


def _write(
    desk: Desk, campaign_id: str, match: Match, given: Award, written: list[str], against: list[str], line: str
) -> None:
    path = desk.settings.cases_dir / campaign_id / match.case.slug / "index.md"
    try:
        rewrite(path, with_item(path.read_bytes(), "honors", given.item(match.grade)))
    except InsertionError as error:
        against.append(f"{line}：{error}")
    else:
        written.append(line)
