"""Rules and their examples as Markdown, in Chinese: one page a family, and the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.check.diagnostics import Rule, Severity
from generator.check.examine import spoken_clause
from generator.check.reports.markdown import escaped
from rulebook.example import Examples, Excerpt

FAMILIES: Mapping[str, str] = {
    "DOC": "文件能不能读",
    "SHP": "每一项写得对不对",
    "TXT": "正文和各段文字",
    "MED": "图片、视频、字幕和支撑材料",
    "LNK": "链接和地址",
    "AWD": "奖项",
    "PIL": "试点项目",
    "PPL": "撰写人员",
    "CON": "同意和原创",
    "PRV": "个人信息",
    "CAM": "活动自己的数据",
    "CAT": "案例之间",
}
"""The families of rules in the order of the index, by the letters of their codes."""

_LEVELS = {
    Severity.ERROR: "错误，案例暂不展示",
    Severity.WARNING: "警告，照常展示，最好改",
    Severity.INFO: "提示，知道就行",
}
_MADE = "<!-- 由 scripts/rule_pages.py 生成，不要手改；改规则的声明和 tests/check/rules/ 里的例子。 -->\n"
_MOST_SAID = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A row of the notices that asks for a check: its number, what it is about, the rules that carry it out, the rest.

    `why` says what no rule checks of it, and why; without any rule it must be there.
    """

    row: int
    subject: str
    asks: str
    rules: tuple[str, ...] = ()
    why: str = ""


def family_page(family: str, rules: tuple[Rule, ...], examples: Mapping[str, Examples]) -> str:
    """Every rule of *family*; the heading of each is its code alone, so that ``MED.md#med007`` leads there."""
    parts = [f"{_MADE}\n# {family}：{FAMILIES[family]}\n\n[全部规则](README.md)\n"]
    parts += ["\n" + "".join(_rule(rule, examples[rule.code])) for rule in rules]
    return "".join(parts)


def index_page(rules: tuple[Rule, ...], requirements: tuple[Requirement, ...]) -> str:
    """Every rule with its level, and every requirement of the notices with what became of it."""
    rows = [
        f"| [{rule.code}]({_address(rule.code)}) | {_LEVELS[rule.severity].split('，')[0]} | {escaped(rule.message.left_open.zh)} |\n"
        for family in FAMILIES
        for rule in rules
        if rule.code.startswith(family)
    ]
    families = [f"- [{family}]({family}.md)：{name}\n" for family, name in FAMILIES.items()]
    asked = [
        f"| {one.row} | {escaped(one.subject)} | {escaped(one.asks)} | {_rules_of(one)} | {escaped(one.why)} |\n"
        for one in requirements
    ]
    return "".join([
        f"{_MADE}\n# 检查规则\n\n",
        "提示里的代码（例如 MED007）就是规则的名字。级别是通常的级别：活动的通知写“原则上”“左右”的，按活动的条款放宽。\n\n",
        *families, "\n## 全部规则\n\n| 代码 | 级别 | 说什么 |\n| --- | --- | --- |\n", *rows,
        "\n## 通知里要查的，由哪条规则来查\n\n",
        "序号是需求表的行号。没有规则的写明为什么没有，只查一部分的写明哪一部分不查。\n\n",
        "| 序号 | 事项 | 要查什么 | 规则 | 不查的，为什么 |\n| ---: | --- | --- | --- | --- |\n", *asked,
    ])  # fmt: skip


def _address(code: str) -> str:
    return f"{code[:3]}.md#{code.lower()}"


def _rules_of(requirement: Requirement) -> str:
    return "、".join(f"[{code}]({_address(code)})" for code in requirement.rules) or "没有"


def _rule(rule: Rule, examples: Examples) -> Iterator[str]:
    yield f"## {rule.code}\n\n**{escaped(rule.message.left_open.zh)}**\n\n"
    yield f"- 级别：{_LEVELS[rule.severity]}{'；看通知的措辞' if rule.call_decides else ''}\n- 怎样改：{escaped(rule.fix.left_open.zh)}\n"
    if rule.call_decides:
        yield "- 依据：活动的通知\n"
    elif rule.clause:
        yield f"- 依据：{escaped(spoken_clause(rule.clause, {}))}\n"
    yield "\n不对的例子：\n\n"
    yield from _shown(examples.bad)
    yield "提示是：\n\n"
    for line in examples.said[:_MOST_SAID]:
        place, column, _severity, message = _parts(line)
        yield f"- `{place}` 第 {column} 个字：{escaped(message)}\n"
    if len(examples.said) > _MOST_SAID:
        yield f"- 还有 {len(examples.said) - _MOST_SAID} 处\n"
    yield "\n对的例子：\n\n"
    yield from _shown(examples.good)


def _parts(line: str) -> tuple[str, str, str, str]:
    """``path:line:column: severity: message`` in its parts, the line with its path."""
    place, severity, message = line.split(": ", 2)
    file, number, column = place.rsplit(":", 2)
    return f"{file}:{number}", column, severity, message


def _shown(excerpts: tuple[Excerpt, ...]) -> Iterator[str]:
    if not excerpts:
        yield "一般的案例就是这样。\n\n"
    for excerpt in excerpts:
        note = f"，{escaped(excerpt.note)}" if excerpt.note else ""
        yield f"`{excerpt.path}`{note}{'：' if excerpt.lines else '。'}\n\n"
        if excerpt.lines:
            yield "````text\n" + "\n".join(excerpt.lines) + "\n````\n\n"
