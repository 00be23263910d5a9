"""This year's call → the file that next year's begins as: rules and comments stay, what belongs to one year goes and is marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.catalog.campaign import Campaign
from generator.catalog.document import read_data
from generator.catalog.marks import Loc
from generator.errors import ShowcaseError

TO_FILL = "待填"
"""Stands in every line that somebody must complete."""

_GONE = ("doc_no", "issued", "tag", "received", "surveys")  # of one year alone
_WHY = {
    "doc_no": "新通知的文号",
    "issued": "新通知的发文日期",
    "tag": "新通知的代号，一个大写字母加两位数字",
    "received": "报送数，报送以后登记",
    "surveys": "问卷的新地址",
}
_DATES = ("from", "to", "was")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCall:
    """The two files of the new call, and what is to be filled in."""

    campaign: str
    notice: str
    to_fill: tuple[tuple[int, str], ...]  # lines of campaign.yml, from 1, with what they ask for


def next_call(data: bytes, *, new_id: str, year: int) -> NextCall:
    """The call of *data*, a campaign.yml, made that of *year*.

    Every comment and every rule stays, with its source, which still quotes the old notice and says so on top.
    A call that amended another follows it instead: what it takes over stays, and the older one is not changed again.

    Raises:
        ShowcaseError: a date stands where it cannot be taken out of its line.
    """
    document = read_data(data)
    old = Campaign.model_validate(document.front)
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").splitlines()
    _set(lines, document.marks[("id",)].line, "id", new_id)
    _set(lines, document.marks[("year",)].line, "year", str(year))
    _set(lines, document.marks[("status",)].line, "status", "征集中")
    for key in ("title", "short_title"):
        at = document.marks[(key,)].line - 1
        lines[at] = lines[at].replace(str(old.year), str(year))
    for loc, mark in document.marks.items():
        if _is_date(loc) and isinstance(_at(document.front, loc), str):
            lines[mark.line - 1] = _without_date(lines[mark.line - 1], str(loc[-1]), str(_at(document.front, loc)))
    if old.amends:
        at = document.marks[("amends",)].line - 1
        lines[at] = (
            f"# {TO_FILL}：原来修改 {old.amends}，是否还要修改别的活动" if old.parent else f"parent: {old.amends}"
        )
    starts = {str(loc[0]): mark.line - 1 for loc, mark in document.marks.items() if len(loc) == 1}
    for key in sorted((key for key in _GONE if key in document.front), key=lambda key: -starts[key]):
        end = _end(lines, starts[key])
        lines[starts[key] : end] = [f"# {TO_FILL} {key}：{_WHY[key]}"]
    title = f"# {TO_FILL}：由 {old.id} 复制。逐条对照新通知核对；标题、数字和 source 的出处、引文还是{old.year}年的。"
    text = "\n".join([title, *lines]) + "\n"
    _require_clean(text, new_id, year)
    found = tuple((i, line.strip().lstrip("# ")) for i, line in enumerate(text.split("\n"), 1) if TO_FILL in line)
    notice = f"【{TO_FILL}】把{year}年通知的全文放在这里，去掉联系人、电话和邮箱，再删掉这一行。\n"
    return NextCall(campaign=text, notice=notice, to_fill=found)


def _is_date(loc: Loc) -> bool:
    return loc[-1] in _DATES and (loc[0] == "timeline" or loc[0] == "publication") and len(loc) > 1


def _at(front: object, loc: Loc) -> object:
    for step in loc:
        front = front[step]  # type: ignore[index]
    return front


def _set(lines: list[str], number: int, key: str, value: str) -> None:
    lines[number - 1] = re.sub(rf"^{key}:\s*(\"[^\"]*\"|'[^']*'|[^#\s]\S*)", f"{key}: {value}", lines[number - 1])


def _without_date(line: str, key: str, date: str) -> str:
    """*line* without the date at *key*, and a word that it is to be filled in where it stood, or behind a flow mapping."""
    quoted = rf"[\"']?{re.escape(date)}[\"']?"
    alone = re.match(rf"^(\s*){key}:\s*{quoted}\s*(#.*)?$", line)
    if alone:
        return f"{alone.group(1)}# {TO_FILL} {key}（原来是 {date}）{'  ' + alone.group(2) if alone.group(2) else ''}"
    shorter = re.sub(rf"(?:,\s*{key}:\s*{quoted}(?=\s*[,}}])|(?<={{){key}:\s*{quoted},?\s*)", "", line, count=1)
    asked = f"{TO_FILL} {key}（原来是 {date}）"
    return line if shorter == line else f"{shorter}、{asked}" if TO_FILL in line else f"{shorter}  # {asked}"


def _end(lines: list[str], start: int) -> int:
    """The line behind the last of the field that begins at *start*; blank lines and comments before the next stay."""
    end = start + 1
    for i in range(start + 1, len(lines)):
        if lines[i].startswith((" ", "-", "\t")):
            end = i + 1
        elif lines[i].strip() and not lines[i].startswith("#"):
            break
    return end


def _require_clean(text: str, new_id: str, year: int) -> None:
    document = read_data(text.encode())
    problem = next((one for one in document.problems if one.is_fatal), None)
    if problem:
        raise ShowcaseError(
            f"原活动的 campaign.yml 写法太特别，改不成新活动（新文件第 {problem.mark.line} 行），请手工复制"
        )
    new = Campaign.model_validate(document.front)
    dated = [m.what for m in new.timeline if m.from_ or m.to or m.was]
    if new.publication and (new.publication.from_ or new.publication.to):
        dated.append("公示")
    if dated or (new.id, new.year, new.status) != (new_id, year, "征集中"):
        raise ShowcaseError(f"原活动的 campaign.yml 写法太特别，“{'、'.join(dated) or new_id}”改不了，请手工复制")
