"""What pydantic says of a wrong value, and YAML's parser of a text, in words for an editor."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.catalog.submission import ShapeFault

_BY_KIND: Mapping[str, str] = {
    "string_type": "应当是文字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "int_from_float": "应当是整数",
    "float_type": "应当是数字",
    "float_parsing": "应当是数字",
    "bool_type": "应当是 true 或 false",
    "bool_parsing": "应当是 true 或 false",
    "date_type": "应当是日期，例如 2021-10-18",
    "date_parsing": "应当是日期，例如 2021-10-18",
    "date_from_datetime_parsing": "应当是日期，例如 2021-10-18",
    "date_from_datetime_inexact": "应当是日期，例如 2021-10-18",
    "tuple_type": "应当是列表，例如 [甲, 乙]",
    "model_type": "应当是一组“名称: 内容”",
    "model_attributes_type": "应当是一组“名称: 内容”",
    "dict_type": "应当是一组“名称: 内容”",
}
# A part of each pattern of the model, and what it asks for.
_BY_PATTERN: tuple[tuple[str, str], ...] = (
    (r"^https?://", "应当是 http:// 或 https:// 开头的网址"),
    (r"^\d{4}(", "应当写成 2021、2021-03 或 2021-03-15"),
    (r"^[^\r\n]", "应当是一行文字"),
    (r"^[^\\", "文件路径里不能有反斜杠和控制字符"),
    (r"^[a-z0-9-]+/", "应当写成“活动目录/案例目录”"),
    (r"^/?[a-z0-9", "只能用小写英文字母、数字和连字符，各级之间一个斜线"),
    (r"^[a-z0-9", "只能用小写英文字母、数字和连字符"),
)
_BOUNDS: Mapping[str, str] = {
    "string_too_short": "至少 {} 个字符",
    "string_too_long": "至多 {} 个字符",
    "too_short": "至少 {} 项",
    "too_long": "至多 {} 项",
    "greater_than_equal": "不能小于 {}",
    "less_than_equal": "不能大于 {}",
}


def said_in_chinese(fault: ShapeFault) -> str:
    """The reason of *fault* in Chinese; where there are no words for its kind yet, what pydantic says."""
    if fault.kind == "literal_error":
        return "可选 " + "、".join(re.findall("'([^']*)'", fault.said))
    if fault.kind == "value_error":
        return fault.said.removeprefix("Value error, ")
    if fault.kind in _BOUNDS and (number := re.search(r"\d+", fault.said)):
        return _BOUNDS[fault.kind].format(number.group())
    if fault.kind == "string_pattern_mismatch":
        return next((words for part, words in _BY_PATTERN if f"'{part}" in fault.said), "写法不符合要求")
    return _BY_KIND.get(fault.kind, fault.said)


# A part of what the parser says, of libyaml's words and of PyYAML's own, and what the editor did.
_OF_YAML: tuple[tuple[str, str], ...] = (
    ("expected ',' or ']'", "方括号 [ ] 没有成对，或两项之间少了逗号"),
    ("expected ',' or '}'", "花括号 { } 没有成对，或两项之间少了逗号"),
    ("could not find expected ':'", "这一行不是“名称: 内容”，或上一行的内容没有写完"),
    ("expected '-' indicator", "这一行与上面的列表没有对齐，或少了开头的“- ”"),
    ("expected key", "缩进与上面几行没有对齐，或引号、括号后面还有文字"),
    ("expected <block end>", "缩进与上面几行没有对齐，或引号、括号后面还有文字"),
    ("sequence entries are not allowed", "列表的“- ”要另起一行，不能写在这里"),
    ("mapping keys are not allowed", "名称要另起一行，不能写在这里"),
    ("cannot start any token", "内容以 @、`、% 这样的符号开头，要用英文引号括起来"),
    ("escape", "双引号里不能用反斜杠 \\，改用单引号"),
    ("hexdecimal", "双引号里不能用反斜杠 \\，改用单引号"),
    ("chomping or indentation indicators", "竖线 | 或大于号 > 后面不能有别的文字"),
    ("alphabetic or numeric character", "内容以 & 或 * 开头，要用英文引号括起来"),
    ("block scalar", "竖线 | 或大于号 > 后面不能有别的文字"),
    ("comment or line break", "竖线 | 或大于号 > 后面不能有别的文字"),
    ("document", "信息区中间有多余的 --- 或 ..."),
    ("directive", "行首的 % 要用英文引号括起来"),
)


def yaml_said_in_chinese(said: str) -> str:
    """What YAML's parser *said*, as the editor would see it; of what it never said before, that it cannot be read."""
    return next((words for part, words in _OF_YAML if part in said), "程序读不懂这里的写法")
