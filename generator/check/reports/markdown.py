"""Diagnostics as one comment on a pull request, in Chinese: for editors who never see a log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.check.diagnostics import Diagnostic
from generator.check.examine import Verdict
from generator.check.limits import bound
from generator.check.reports.phrases import counted, level, one_line, printable
from generator.check.sheets import CaseSheet

MARKER = "<!-- showcase-check -->"
"""The first line. Whoever posts the comment finds its last one by it and replaces that."""

MOST_CHARACTERS = 60_000
"""GitHub takes 65,536 in a comment; what a host puts around it needs the rest."""

_LONGEST_CELL = 500
_ROOM_FOR_THE_END = 400
_HEAD = "| 行 | 级别 | 问题 | 怎样改 | 依据 |\n| ---: | --- | --- | --- | --- |\n"
_CLEAN_HEAD = "| 案例 | 字数 |\n| --- | --- |\n"
_SHOWN_HEAD = "| 案例 | 字数 | 图片 |\n| --- | --- | --- |\n"
_MOST_PICTURES = 3
_PICTURE_PX = 160
_LONGEST_ALT = 80

# As entities these are never markup, in any dialect. What hosts make links, mentions and pictures of is text, and is
# broken by a blank of no width.
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\\`*_[]{}|~$^#"}
_NO_WIDTH = "&#8203;"
_REFERENCE = re.compile(r"(&#(?:35|36|38|126);|[@!%:])(?=[\w/+-])")


def report(verdict: Verdict, sheets: tuple[CaseSheet, ...], files_url: str = "") -> str:
    """*verdict* and what the texts of *sheets* use of their limits, at most `MOST_CHARACTERS` long.

    It begins with `MARKER` and a heading that says whether the check was passed. For each case with findings comes a
    table of them, then one of the cases without; where the length is used up, a sentence says how many rows are left.
    With *files_url*, an http(s) address below which the files of the proposal lie, the first pictures of a case are shown.
    """
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in verdict.diagnostics:
        by_file[diagnostic.file].append(diagnostic)
    of_file = {sheet.file: sheet for sheet in sheets}
    text = f"{MARKER}\n{_verdict(verdict)}"
    rows_left = 0
    for file, found in by_file.items():
        before = _about(file, of_file.get(file), files_url)
        text, left = _filled(text, before, [_row(diagnostic) for diagnostic in found], is_closed=rows_left > 0)
        rows_left += left
    clean = [sheet for sheet in sheets if sheet.file not in by_file]
    cases_left = 0
    if clean:
        words = f"### 没有问题的案例 {len(clean)} 个" if verdict.diagnostics else f"检查了 {len(clean)} 个案例。"
        before = f"\n{words}\n\n{_SHOWN_HEAD if files_url else _CLEAN_HEAD}"
        rows = [_clean_row(sheet, files_url) for sheet in clean]
        text, cases_left = _filled(text, before, rows, is_closed=rows_left > 0)
    if rows_left:
        text += f"\n篇幅有限，还有 {rows_left} 处问题没有列出；运行 `showcase check` 可以看到全部。\n"
    elif cases_left:
        text += f"\n篇幅有限，还有 {cases_left} 个没有问题的案例没有列出。\n"
    return text


def escaped(text: str, longest: int = _LONGEST_CELL) -> str:
    """*text* on one line, cut to *longest* characters, so that Markdown shows its letters and makes nothing of them."""
    text = one_line(printable(text))
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = _REFERENCE.sub(rf"\1{_NO_WIDTH}", text.translate(_MARKUP))
    return re.sub(r"(?i)(www)(?=\.)", rf"\1{_NO_WIDTH}", text)


def _verdict(verdict: Verdict) -> str:
    if not verdict.diagnostics:
        return "## 检查通过，没有发现问题\n"
    if not verdict.has_errors:
        return f"## 检查通过，另有提醒\n\n{counted(verdict)}。案例照常展示，最好改一改。\n"
    text = f"## 检查没有通过\n\n{counted(verdict)}。"
    if verdict.withheld:
        text += f"暂不发布 {len(verdict.withheld)} 个案例，改好错误以后照常展示。"
    return text + "\n"


def _filled(text: str, before: str, rows: Iterable[str], *, is_closed: bool) -> tuple[str, int]:
    """*text* with *before* and as many of *rows* as there is room for, and how many are left; none when it is closed."""
    left = 0
    for row in rows:
        is_closed = is_closed or len(text) + len(before) + len(row) > MOST_CHARACTERS - _ROOM_FOR_THE_END
        if is_closed:
            left += 1
        else:
            text, before = text + before + row, ""
    return text, left


def _about(file: str, sheet: CaseSheet | None, files_url: str) -> str:
    """What stands above the table of one file."""
    title = sheet.title if sheet else ""
    lines = [f"### {escaped(title)}\n\n文件：{escaped(file)}"] if title else [f"### {escaped(file)}"]
    if sheet and sheet.lengths:
        lines.append(f"字数：{_lengths(sheet)}")
    if sheet and (pictures := _pictures(sheet, files_url)):
        lines.append(pictures)
    return "\n" + "\n\n".join(lines) + "\n\n" + _HEAD


def _lengths(sheet: CaseSheet) -> str:
    return "；".join(_used(sheet))


def _used(sheet: CaseSheet) -> Iterator[str]:
    for length in sheet.lengths:
        bounds = "，".join(bound(limit).zh for limit in length.limits)
        words = f"{length.label} {length.count} 字（{escaped(bounds)}）"
        yield f"**{words}**" if length.breached else words


def _row(diagnostic: Diagnostic) -> str:
    quote = f"“{one_line(printable(diagnostic.quote))}”" if diagnostic.quote else ""
    cells = (
        str(diagnostic.line),
        f"{level(diagnostic.severity)} {escaped(diagnostic.code)}",
        escaped(diagnostic.message.zh),
        escaped(diagnostic.fix.zh),
        escaped(f"{diagnostic.clause} {quote}"),
    )
    return f"| {' | '.join(cells)} |\n"


def _clean_row(sheet: CaseSheet, files_url: str) -> str:
    cells = [escaped(sheet.title or sheet.file), _lengths(sheet) or "没有限制"]
    if files_url:
        cells.append(_pictures(sheet, files_url))
    return f"| {' | '.join(cells)} |\n"


def _pictures(sheet: CaseSheet, files_url: str) -> str:
    """The first pictures, small; nothing without an address below which they lie."""
    if not files_url:
        return ""
    shown = []
    for picture in sheet.pictures[:_MOST_PICTURES]:
        # A name may hold any byte: everything but letters, digits and “-._~/” is written as %XX.
        address = f"{files_url.rstrip('/')}/{quote(picture.file, safe='/', errors='surrogateescape')}"
        alt = escaped(picture.alt, _LONGEST_ALT).replace('"', "&#34;")
        shown.append(f'<img src="{address}" width="{_PICTURE_PX}" alt="{alt}">')
    return " ".join(shown)
