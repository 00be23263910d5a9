"""An item more in a list of a front matter, and not one other byte changed: comments, order, quotes, line ends stay."""

from __future__ import annotations

import codecs
import re
from typing import Any

import yaml

from generator.catalog.document import Document, read_document
from generator.errors import ShowcaseError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_PLAIN = re.compile(r"[\u3400-\u9fffA-Za-z《“（][\u3400-\u9fff\w《》“”‘’（）、，。；！？：·—…/.〔〕-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class InsertionError(ShowcaseError):
    """The list cannot be added to without touching something else; a person must do it."""

    exit_code = 1


def scalar(text: str) -> str:
    """*text* as a value that can stand anywhere in YAML, quoted where it must be."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_item(data: bytes, key: str, item: str, comment: str = "") -> bytes:
    """The file *data* with *item*, a value in one line, at the end of the list *key* of its front matter.

    The list may be absent, empty, null, in brackets or in lines. *comment* is written behind the item where it
    gets a line of its own. What comes out is read again: every value is the old one, and the list has one more.

    Raises:
        InsertionError: the file cannot be read, the field is no list, or the front matter is written in a way
            that has no place for a line more.
    """
    before = read_document(data)
    if not before.is_readable:
        raise InsertionError(f"信息区有错，读不出来（{_problem(before)}）")
    old = before.front.get(key)
    if old is not None and not isinstance(old, list):
        raise InsertionError(f"{key} 不是列表")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode("utf-8")
    written = _inserted(text, before, key, item, f"  # {comment}" if comment else "")
    found = mark + written.encode("utf-8")
    after = read_document(found)
    wanted = {**before.front, key: [*(old or ()), _value(item)]}
    if not after.is_readable or after.front != wanted or after.body != before.body:
        raise InsertionError(f"{key} 的写法太特别，程序加不进去，请手工加上：{item}")
    return found


def _problem(document: Document) -> str:
    problem = next(problem for problem in document.problems if problem.is_fatal)
    return f"第 {problem.mark.line} 行"


def _value(item: str) -> Any:
    return read_document(f"---\nvalue: {item}\n---\n".encode()).front.get("value")


def _inserted(text: str, document: Document, key: str, item: str, comment: str) -> str:
    lines = [match.group() for match in _LINE.finditer(text)]  # with their ends, CR and LF alike
    first, closing = document.front_lines
    end = _end_of(lines[first - 2])
    front = "".join(line.rstrip("\r\n") + "\n" for line in lines[first - 1 : closing - 1])
    root: Any = yaml.compose(front, Loader=_LOADER)
    if root.flow_style:
        raise InsertionError("信息区整个写在花括号里，程序加不进去")
    node = next((value for name, value in root.value if name.value == key), None)
    new = [f"{key}:{end}", f"  - {item}{comment}{end}"]
    if node is None:
        lines[closing - 1 : closing - 1] = new
    elif isinstance(node, yaml.ScalarNode):  # empty, null or ~, which goes
        at = first - 1 + node.start_mark.line
        line = lines[at]
        lines[at] = line[: node.start_mark.column] + line[node.end_mark.column :]
        lines.insert(at + 1, new[1])
    elif node.flow_style:
        last = node.value[-1].end_mark if node.value else node.start_mark
        column = last.column + (0 if node.value else 1)
        at = first - 1 + last.line
        lines[at] = lines[at][:column] + (", " if node.value else "") + item + lines[at][column:]
    else:
        row, column = _last(node)
        after = first - 1 + row + (1 if column else 0)
        lines.insert(after, f"{' ' * node.start_mark.column}- {item}{comment}{end}")
    return "".join(lines)


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _last(node: Any) -> tuple[int, int]:
    """Line and column behind the last character of *node*: the parser ends what stands in lines where the next thing begins."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node.end_mark.line, node.end_mark.column
