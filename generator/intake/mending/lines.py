"""A front matter that cannot be read, mended line by line: colons, quotes around names, values that YAML takes for more.

Only lines on which an entry begins are touched; what belongs to a value that began before is prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.catalog.document import read_data
from generator.check.fieldnames import is_private

_ENTRY = re.compile(
    r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<open>[“”‘’\"']?)(?P<key>[^\s:：“”‘’\"'#\-\[\]{},&*!|>%@`][^:：“”‘’\"'{}\[\],#]{0,30}?)"
    r"(?P<close>[“”‘’\"']?)(?P<colon>[:：])(?P<value>.*)"
)
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?")
_FLOW_KEY = re.compile(r"(?P<before>[{,][ ]*)[“”]?(?P<key>[A-Za-z_]+)[“”]?：[ \u3000]*")
_COMMENT = re.compile(r"\s+#.*$")
_ITEM = re.compile(r"[ ]*-(?:[ ]|$)")
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Fields:
    """The names that a case has: all of them, and those that hold one text."""

    all: frozenset[str]
    texts: frozenset[str]


def mended_lines(front: str, fields: Fields) -> tuple[str, tuple[str, ...]]:
    """*front* with what can be mended, and in Chinese what was, each kind once with the names of its fields."""
    lines = front.split("\n")
    changes: dict[str, list[str]] = {}
    i = 0
    while i < len(lines):
        entry = _ENTRY.fullmatch(lines[i])
        key = entry["key"].strip() if entry else ""
        if entry and (key in fields.all or is_private(key)):
            lines[i] = _mended_key(entry, changes)
            entry = _ENTRY.fullmatch(lines[i])
        if entry is None:
            i += 1
            continue
        end = _end_of_value(lines, i, entry)
        if key in fields.texts and (quoted := _quoted(lines[i:end], entry)):
            lines[i:end] = quoted
            changes.setdefault("给内容加上引号", []).append(key)
        i = end
    return "\n".join(lines), tuple(f"{what}：{'、'.join(dict.fromkeys(keys))}" for what, keys in changes.items())


def _mended_key(entry: re.Match[str], changes: dict[str, list[str]]) -> str:
    opening, closing, value, key = entry["open"], entry["close"], entry["value"], entry["key"].strip()
    if opening in "“”‘’" or closing in "“”‘’":
        if opening or closing:
            changes.setdefault("去掉名称外的中文引号", []).append(key)
        opening = closing = ""
    if entry["colon"] == "：":
        changes.setdefault("中文冒号改为英文冒号", []).append(key)
        value = value.lstrip("\u3000")
    if value and value[0] not in " \t":
        if entry["colon"] == ":":
            changes.setdefault("冒号后面加空格", []).append(key)
        value = " " + value
    if value.lstrip()[:1] in ("{", "["):
        value = _mended_flow(value, changes)
    return f"{entry['lead']}{opening}{key}{closing}:{value}"


def _mended_flow(value: str, changes: dict[str, list[str]]) -> str:
    """Names inside braces, outside quotes."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", value)
    for i in range(0, len(parts), 2):
        for found in _FLOW_KEY.finditer(parts[i]):
            changes.setdefault("中文冒号改为英文冒号", []).append(found["key"])
        parts[i] = _FLOW_KEY.sub(r"\g<before>\g<key>: ", parts[i])
    return "".join(parts)


def _column(entry: re.Match[str]) -> int:
    return len(entry["lead"])


def _end_of_value(lines: list[str], i: int, entry: re.Match[str]) -> int:
    """The line after the value of *entry*, which begins on line *i*; the next line where others are inside it."""
    value = entry["value"].strip()
    if not value or value.startswith("#"):
        return i + 1
    end = i + 1
    if value[0] in "[{\"'" and not _BLOCK.fullmatch(value):
        for last in range(i + 1, min(i + _MOST_LINES, len(lines)) + 1):
            if _is_readable(lines[i:last], entry):
                return last
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > _column(entry)):
        if not _BLOCK.fullmatch(value) and _begins_something(lines[end]):
            break
        end += 1
    while end > i + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _begins_something(line: str) -> bool:
    """Whether a deeper line is no more of a text, but an item or a name with a blank behind its colon."""
    entry = _ENTRY.fullmatch(line)
    is_name = bool(entry and entry["key"].isascii() and entry["value"][:1] in ("", " "))
    return bool(_ITEM.match(line)) or is_name or line.lstrip().startswith("#")


def _is_readable(lines: list[str], entry: re.Match[str]) -> bool:
    first = " " * _column(entry) + lines[0][_column(entry) :]
    return read_data("\n".join([first, *lines[1:]]).encode("utf-8", "surrogatepass")).is_readable


def _quoted(lines: list[str], entry: re.Match[str]) -> list[str] | None:
    """The lines of an entry with its text in quotes; None where it can be read, or cannot even then."""
    value = entry["value"].strip()
    if not value or _BLOCK.fullmatch(value) or _is_readable(lines, entry):
        return None
    is_open_quote = value[0] in "\"'" and value.count(value[0]) == 1
    is_list = value[0] in "[{" and not re.match(r"[\[{][^\]}]*[\]}]\s*[^\s#,]", value)
    if is_open_quote or is_list:
        return None
    body = [lines[0][entry.start("value") :], *lines[1:]]
    tail = found.group() if (found := _COMMENT.search(body[-1])) else ""
    body[-1] = body[-1].removesuffix(tail)
    blank = body[0][: len(body[0]) - len(body[0].lstrip())] or " "
    body[0] = body[0].lstrip()
    body[-1] = body[-1].rstrip()
    text = "\n".join(body)
    sign = "'" if '"' in text or "\\" in text else '"'
    text = text.replace("'", "''") if sign == "'" else text
    new = (lines[0][: entry.start("value")] + blank + sign + text + sign + tail).split("\n")
    return new if _is_readable(new, entry) else None
