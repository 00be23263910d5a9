"""DOC: can the file be read at all? One rule for each way in which real files fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.check.diagnostics import Finding, Readable, Severity, Text, rule
from generator.check.faultwords import yaml_said_in_chinese


def _unreadable(
    code: str, kind: str, why: str, *, message: Text, fix: Text, severity: Severity = Severity.ERROR
) -> Callable[..., Iterator[Finding]]:
    """Declares the rule that reports the reader's problems of one *kind*."""

    def check(readable: Readable) -> Iterator[Finding]:
        for problem in readable.document.problems:
            if problem.kind == kind:
                facts = dict(problem.facts)
                if kind == "yaml":
                    facts["said_zh"] = yaml_said_in_chinese(facts["said"])
                yield Finding(at=problem.mark, facts=facts)

    check.__doc__ = why
    return rule(code, severity, "document", message=message, fix=fix)(check)


not_utf8 = _unreadable(
    "DOC001",
    "encoding",
    "A GBK file shows as gibberish to every reader after us, and guessing wrong corrupts it for good.",
    message=Text(zh="文件不是 UTF-8 编码（像是 {guess}）", en="the file is not UTF-8 (it looks like {guess})"),
    fix=Text(zh="用记事本或 VS Code 打开，另存为 UTF-8 编码后再提交", en="open it in an editor and save it as UTF-8"),
)
empty_file = _unreadable(
    "DOC002",
    "empty",
    "An empty file is an upload that failed.",
    message=Text(zh="文件是空的", en="the file is empty"),
    fix=Text(zh="请重新上传完整的文件", en="upload the whole file again"),
)
no_front_matter = _unreadable(
    "DOC003",
    "no-front-matter",
    "Without front matter nobody knows whose case it is.",
    message=Text(zh="文件开头没有信息区（第一行应是 ---）", en="the file does not begin with front matter (---)"),
    fix=Text(
        zh="在第一行写 ---，填好标题、单位等信息，再用一行 --- 结束", en="begin the file with --- and close it with ---"
    ),
)
unclosed_front_matter = _unreadable(
    "DOC004",
    "unclosed",
    "An open front matter swallows the text.",
    message=Text(zh="信息区没有结束：缺少第二行 ---", en="the front matter is not closed by a second ---"),
    fix=Text(zh="在信息区最后一行之后、正文之前，单独写一行 ---", en="put a line --- between front matter and text"),
)
front_matter_too_large = _unreadable(
    "DOC005",
    "front-matter-too-large",
    "No real front matter comes near the bound; a huge one is a mistake or an attack.",
    message=Text(zh="信息区过大（{size} 个字符）", en="the front matter is too large ({size} characters)"),
    fix=Text(zh="把长文字移到正文，信息区只留登记项", en="move long texts to the body"),
)
file_too_large = _unreadable(
    "DOC006",
    "file-too-large",
    "A text of megabytes is a picture or an archive that was pasted in.",
    message=Text(zh="文件过大（{size} 字节）", en="the file is too large ({size} bytes)"),
    fix=Text(
        zh="图片、附件请放到 media/、attachments/ 目录，不要嵌在文字里",
        en="keep pictures and documents as files of their own",
    ),
)
not_a_regular_file = _unreadable(
    "DOC007",
    "not-regular",
    "A link or a pipe could lead the build anywhere.",
    message=Text(
        zh="{file} 不能读取：不是普通文件（链接、管道等一律不读取），或没有读取权限",
        en="{file} is not a regular file, or may not be read",
    ),
    fix=Text(zh="请提交文件本身，不要提交快捷方式或链接", en="submit the file itself, not a link to it"),
)
file_missing = _unreadable(
    "DOC008",
    "missing",
    "A folder under cases/ is a case or a call; without its text it is neither.",
    message=Text(zh="目录里没有 {file}", en="the folder has no {file}"),
    fix=Text(zh="补上 {file}，或删除这个目录", en="add {file} or remove the folder"),
)
tab_in_front_matter = _unreadable(
    "DOC009",
    "tab",
    "YAML forbids tabs for indentation; editors show them as spaces, so nobody sees the cause.",
    message=Text(zh="信息区里用了制表符（Tab）缩进", en="the front matter is indented with a tab"),
    fix=Text(zh="把 Tab 换成空格（每级两个）", en="replace the tab by two spaces"),
)
fullwidth_colon = _unreadable(
    "DOC010",
    "fullwidth-colon",
    "Chinese input methods type a full-width colon; MkDocs would print the whole front matter into the page.",
    message=Text(zh="“{key}”后面用了全角冒号（：）", en="“{key}” is followed by a full-width colon"),
    fix=Text(zh="改成半角冒号加一个空格，例如 {key}: 内容", en="write an ASCII colon and a space"),
)
unquoted_colon = _unreadable(
    "DOC011",
    "unquoted-colon",
    "A colon with a space inside a title begins a new key for YAML; MkDocs would lose the title without a word.",
    message=Text(
        zh="“{key}”的内容里有冒号加空格，没有用引号括起来", en="the value of “{key}” holds a colon and is not quoted"
    ),
    fix=Text(zh='用英文双引号把内容括起来，例如 {key}: "内容: 更多内容"', en="put the value into double quotes"),
)
open_quote = _unreadable(
    "DOC012",
    "open-quote",
    "An open quote swallows the lines after it.",
    message=Text(zh="这里的引号没有成对", en="the quote that opens here is not closed"),
    fix=Text(zh="在内容末尾补上同样的英文引号", en="close the quote"),
)
duplicate_key = _unreadable(
    "DOC013",
    "duplicate-key",
    "YAML readers silently keep one of two; nobody knows which was meant.",
    message=Text(zh="“{key}”写了两次（第一次在第 {line} 行）", en="“{key}” stands twice (first in line {line})"),
    fix=Text(zh="只保留一处", en="keep one of them"),
)
alias = _unreadable(
    "DOC014",
    "alias",
    "Aliases can blow a kilobyte up to gigabytes, and no editor needs them.",
    message=Text(
        zh="信息区里用了 YAML 锚点或引用（{name}）", en="the front matter uses a YAML anchor or alias ({name})"
    ),
    fix=Text(zh="直接写出内容；如果内容以 & 或 * 开头，请用引号括起来", en="write the value out, or quote it"),
)
tag = _unreadable(
    "DOC015",
    "tag",
    "Tags make YAML readers build objects.",
    message=Text(zh="信息区里用了 YAML 标签（{name}）", en="the front matter uses a YAML tag ({name})"),
    fix=Text(zh="删去以 ! 开头的标签；如果是内容，请用引号括起来", en="remove the tag, or quote the value"),
)
broken_yaml = _unreadable(
    "DOC016",
    "yaml",
    "What the parser cannot read, nobody may guess.",
    message=Text(zh="信息区的写法有误：{said_zh}", en="the front matter is not valid YAML: {said}"),
    fix=Text(zh="检查这一行和上一行的缩进、冒号、引号、括号", en="look at the indentation, colons and quotes here"),
)
not_a_mapping = _unreadable(
    "DOC017",
    "not-a-mapping",
    "Front matter is a list of names with values.",
    message=Text(zh="信息区应当是“名称: 内容”的列表", en="the front matter must be a mapping"),
    fix=Text(zh="每行写成“名称: 内容”，可用 showcase explain SHP001 查看必填项", en="write one “name: value” a line"),
)
control_character = _unreadable(
    "DOC018",
    "control-character",
    "Invisible characters from Word or a damaged file break search and printing.",
    message=Text(zh="文件里有不可见的控制字符 {code}", en="the file holds the control character {code}"),
    fix=Text(zh="删去这个字符（多半是从 Word 或 PDF 复制时带入的）", en="remove the character"),
)
line_ends = _unreadable(
    "DOC019",
    "line-ends",
    "Windows line ends make every line of a file look changed in a review.",
    message=Text(zh="文件使用 Windows 换行（CRLF）", en="the file has Windows line ends (CRLF)"),
    fix=Text(zh="在编辑器右下角把换行改成 LF 后保存", en="save it with LF line ends"),
    severity=Severity.WARNING,
)
too_deep = _unreadable(
    "DOC020",
    "too-deep",
    "No field is nested this deep; a deep nest is an attack on the parser.",
    message=Text(zh="信息区的层级过深", en="the front matter is nested too deep"),
    fix=Text(zh="按模板的缩进重写这一段", en="write it after the template"),
)
second_document = _unreadable(
    "DOC021",
    "second-document",
    "A second YAML document would be dropped silently.",
    message=Text(zh="信息区中间多了一行分隔符", en="the front matter holds a second document"),
    fix=Text(zh="删去多余的 --- 或 ...", en="remove the extra separator"),
)
complex_key = _unreadable(
    "DOC022",
    "complex-key",
    "A list or a mapping as a key has no meaning here.",
    message=Text(zh="这里的名称写法有误", en="a key must be a plain word"),
    fix=Text(zh="名称只写英文单词，后面跟半角冒号", en="write a plain word followed by a colon"),
)
no_blank_after_colon = _unreadable(
    "DOC023",
    "no-blank",
    "Without a blank a key and its value are one word for YAML, and the message would blame a later line.",
    message=Text(zh="“{key}:”后面缺一个空格", en="there is no blank after “{key}:”"),
    fix=Text(zh="冒号后面空一格，例如 {key}: 内容", en="write a blank after the colon"),
)
