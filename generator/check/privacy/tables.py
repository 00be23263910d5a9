"""What is private for the head of its column alone: bare numbers and names below 微信, 身份证号 or 家庭住址.

A table is Markdown's: a head, a line of hyphens, and lines of cells between “|”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.check.privacy.datum import PrivateDatum, PrivateKind
from generator.check.privacy.homes import names_an_institution


@dataclass(frozen=True, slots=True)
class _Column:
    kind: PrivateKind
    head: re.Pattern[str]
    value: re.Pattern[str]


def _column(kind: PrivateKind, head: str, value: str) -> _Column:
    return _Column(kind, re.compile(head, re.IGNORECASE), re.compile(value))


_CALLED = r"(?:办公|联系|学校|单位|负责人|联系人|本人|家长|教师|监护人)?"
_COLUMNS = (
    _column(
        "landline",
        _CALLED + r"(?:电话|座机|传真|固话|联系方式)(?:号码)?",
        r"(?:0\d{2,3}[- ]?)?[2-8]\d{2,3}[- ]?\d{4}(?:[-转]\d{1,5})?",
    ),
    _column(
        "wechat",
        _CALLED + r"(?:微信|QQ/微信|微信/QQ|wechat)(?:号码?|名|ID)?",
        r"[A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{5,10}",
    ),
    _column("qq", _CALLED + r"(?:QQ|扣扣)(?:号码?|账号)", r"[1-9]\d{4,10}"),
    _column("qq", _CALLED + r"QQ", r"[1-9]\d{6,10}"),
    _column(
        "identity", r".{0,6}(?:身份证件?|证件|护照|通行证)(?:号码?|编号)?", r"[A-Z]{1,2}\d{7,8}|\d{17}[\dXx]|\d{15}"
    ),
    _column("card", r".{0,6}(?:卡号|银行卡|银行账号|银行卡账号)(?:码)?", r"\d{16,19}"),
    _column(
        "address",
        r".{0,4}(?:家庭住址|家庭地址|现?住址|居住地址?|户籍地址?)",
        r"[^|\t\n]{0,40}[镇乡村路街巷道组号栋幢室苑园庄区][^|\t\n]{0,20}",
    ),
)
_LONGEST_HEAD = 30
_RULE_ROW = re.compile(r"\n[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+\|[-:| \t]*+(?=\n)")


def in_columns(text: str) -> Iterator[PrivateDatum]:
    """What stands below a head that makes it private."""
    for rule in _RULE_ROW.finditer(text) if "|" in text else ():
        head = text[text.rfind("\n", 0, rule.start()) + 1 : rule.start()]
        columns = {i: column for i, (_, cell) in enumerate(_cells(head)) if (column := _headed(cell))}
        offset = rule.end() + 1
        while columns and offset < len(text):
            end = text.find("\n", offset)
            line = text[offset : end if end >= 0 else len(text)]
            if "|" not in line:
                break
            yield from _below(columns, line, offset)
            offset += len(line) + 1


def _cells(line: str) -> Iterator[tuple[int, str]]:
    """The cells of *line* and where each begins."""
    at = 0
    for cell in line.split("|"):
        yield at + len(cell) - len(cell.lstrip()), cell.strip()
        at += len(cell) + 1


@lru_cache(maxsize=512)  # reports of one call have the same heads
def _headed(cell: str) -> _Column | None:
    if len(cell) > _LONGEST_HEAD:
        return None
    name = re.sub(r"[\s*（(].*|\s", "", cell.strip("* "))
    return next((column for column in _COLUMNS if column.head.fullmatch(name)), None)


def _below(columns: dict[int, _Column], line: str, offset: int) -> Iterator[PrivateDatum]:
    for i, (at, cell) in enumerate(_cells(line)):
        column = columns.get(i)
        if column is None or not column.value.fullmatch(re.sub(r"(?<=\d) (?=\d)", "", cell)):
            continue
        if column.kind == "address" and (names_an_institution(cell) or len(re.findall("[\u4e00-\u9fff]", cell)) < 4):
            continue
        yield PrivateDatum(kind=column.kind, masked=f"{cell[0]}***", offset=offset + at, length=len(cell))
