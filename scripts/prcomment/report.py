"""A report as a comment's text: whoever wrote it, nothing in it calls anybody, links anywhere or hides what follows.

A report may come out of a run of somebody else's code. So only what `showcase check --format markdown` itself writes stays
markup: headings, bold words, tables, and small pictures of the commit in question. A genuine report passes unchanged.
"""

from __future__ import annotations

import re

MARKER = "<!-- showcase-check -->"
"""The first line of a report, by which its comment is found again."""

MOST_BYTES = 1_000_000

_HEAD_MARK = re.compile(r"<!-- showcase-head ([0-9a-f]{40,64}) -->")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
# What stays: a heading's signs, entities that are never a letter or “@”, bold, the one command that a report names.
_KEPT = re.compile(
    r"^#{2,3} |&#(?:34|35|36|38|42|60|62|91|92|93|94|95|96|123|124|125|126|8203);|\*\*|(?<!`)`showcase check`(?!`)"
)
_MARKUP = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\\`*_[]{}~$^#"}
_REFERENCE = re.compile(r"(&#(?:35|36|38|126);|[@!%:]|\bGH-)(?=[\w/+-])", re.IGNORECASE)
_WWW = re.compile(r"(?i)(www)(?=\.)")
# GitLab takes a line that begins with a slash for a command, and runs it as whoever owns the token. A report has no lists,
# no rules and no code by indentation.
_BEGINNING = re.compile(r"^(?=[-+=/]|\d+[.)])")
_NO_WIDTH = "&#8203;"
_CUT = "\n篇幅有限，后面还有 {left} 个案例没有列出；在自己的电脑上运行检查可以看到全部。\n"
_ROOM_FOR_THE_END = 200


class UnfitReportError(Exception):
    """What was handed over is no report; in words for the maintainer."""


def comment_text(raw: bytes, *, head_sha: str, files_url: str, pages_url: str, longest: int) -> str:
    """The comment of a report, at most *longest* characters, ending in which commit it is of and where its pages are.

    Pictures are kept when they lie below *files_url*; without one none is.

    Raises:
        UnfitReportError: *raw* is too large, no UTF-8, or does not begin with `MARKER`.
    """
    if len(raw) > MOST_BYTES:
        raise UnfitReportError(f"报告有 {len(raw):,} 字节，超过 {MOST_BYTES:,}，不是检查写出来的")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnfitReportError("报告不是 UTF-8 文字") from error
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    if first != MARKER:
        raise UnfitReportError(f"报告的第一行不是 {MARKER}")
    end = _end(head_sha, pages_url)
    body = "\n".join(neutral(line, files_url) for line in rest.rstrip("\n").split("\n"))
    return _cut(f"{MARKER}\n{body}\n", longest - len(end)) + end


def head_of(comment: str) -> str:
    """The commit that a comment of ours is of; nothing where it does not say."""
    marks = _HEAD_MARK.findall(comment)
    return marks[-1] if marks else ""


def neutral(line: str, files_url: str) -> str:
    """*line* with the markup of a report, and everything else as the letters that it is."""
    if not files_url:
        return _letters(line)
    picture = re.compile(
        rf'(<img src="{re.escape(files_url)}/(?!\S*\.\.)[A-Za-z0-9._~%/-]+" width="160" alt=")([^"<>]*)(">)'
    )
    parts: list[str] = []
    at = 0
    for found in picture.finditer(line):
        parts += [
            _letters(line[at : found.start()], begins=at == 0),
            found[1],
            _letters(found[2], begins=False),
            found[3],
        ]
        at = found.end()
    return "".join(parts) + _letters(line[at:], begins=at == 0)


def _letters(text: str, *, begins: bool = True) -> str:
    """*text* without markup other than a report's; *begins*: whether it stands at the beginning of its line."""
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.lstrip() if begins else text)
    made, at = "", 0
    for kept in _KEPT.finditer(text):
        word = kept[0] if begins or not kept[0].startswith("#") else kept[0].translate(_MARKUP)
        made += text[at : kept.start()].translate(_MARKUP) + word
        at = kept.end()
    made += text[at:].translate(_MARKUP)
    made = _WWW.sub(rf"\1{_NO_WIDTH}", _REFERENCE.sub(rf"\1{_NO_WIDTH}", made))
    return _BEGINNING.sub(_NO_WIDTH, made) if begins else made


def _cut(text: str, longest: int) -> str:
    """*text* with as many whole cases as fit; where not even one does, as many whole lines."""
    if len(text) <= longest:
        return text
    cases = re.split(r"(?m)(?=^### )", text)
    kept, room = "", longest - _ROOM_FOR_THE_END
    for index, case in enumerate(cases):
        if len(kept) + len(case) <= room:
            kept += case
            continue
        if index <= 1:
            lines = (kept + case)[:room].split("\n")
            kept = "\n".join(lines[:-1]) + "\n"
        return kept + _CUT.format(left=len(cases) - index)
    return kept


def _end(head_sha: str, pages_url: str) -> str:
    pages = f"页面预览（标有“预览”）在[这次检查的附件]({pages_url})里。" if pages_url else ""
    return f"\n---\n\n检查的提交：{head_sha[:10]}。{pages}改好以后再推送，这条评论会自己更新。\n<!-- showcase-head {head_sha} -->\n"
