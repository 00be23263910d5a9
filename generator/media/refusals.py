"""Why a submitted file cannot be used: every reason once, with words for the author in both languages."""

from __future__ import annotations

from types import MappingProxyType

from generator.catalog.facts import Refusal

_WORDS = MappingProxyType(
    {
        "not-regular": (
            "不是普通文件（可能是快捷方式、符号链接或管道），请放入文件本身",
            "not a regular file; put the file itself here, not a link",
        ),
        "missing": ("找不到文件，请检查文件名", "there is no such file; check its name"),
        "bad-name": (
            "文件名的编码不对（不是 UTF-8），请改名后重新提交",
            "the file's name is not in UTF-8; rename it",
        ),
        "empty": ("文件是空的（0 字节），请重新上传", "the file is empty; upload it again"),
        "lfs-pointer": (
            "这是 Git LFS 的指针，不是文件本身；请运行 git lfs pull",
            "this is a Git LFS pointer, not the file; run git lfs pull",
        ),
        "truncated": ("文件不完整（传输中断？），请重新上传", "the file is cut short; upload it again"),
        "too-large": ("文件超出处理上限：{detail}", "the file is beyond what is handled: {detail}"),
        "too-long": ("视频太长：{detail}", "the video is too long: {detail}"),
        "wrong-content": (
            "文件内容是 {detail}，与扩展名不符，不能使用",
            "the content is {detail}, whatever its name says",
        ),
        "playlist": (
            "这是播放列表或清单，不是视频本身；请放入视频文件",
            "this is a playlist that points elsewhere, not a video; put the video itself here",
        ),
        "unsupported": ("不支持的格式：{detail}", "a format that is not handled: {detail}"),
        "unreadable": (
            "文件打不开（{detail}），请检查后重新导出",
            "the file does not open ({detail}); export it again",
        ),
        "encrypted": ("文件有密码或已加密，请取消密码后重新保存", "the file is encrypted; save it without a password"),
        "macro": ("文件含有宏，请另存为不含宏的格式（.docx、.xlsx）", "the file carries macros; save it without them"),
        "legacy-office": (
            "旧版 Office 格式，请另存为 .docx、.xlsx、.pptx 或 PDF",
            "an old Office format; save it as .docx, .xlsx, .pptx or PDF",
        ),
        "unclean": (
            "文件里的隐藏信息（{detail}）清除不掉，没有公开；请重新导出，或在 Word、WPS 里“检查文档”后再保存",
            "what it holds beside its pages ({detail}) cannot be removed; export it again",
        ),
        "revisions": (
            "修订中删去了表格的行、单元格或脚注，程序不能替您接受；请在 Word、WPS 里“接受所有修订”后再保存",
            "tracked changes delete rows, cells or notes; accept all changes and save it again",
        ),
        "no-captions": ("字幕文件中没有可用的字幕", "the caption file holds no usable cue"),
        "limit": (
            "处理时超出时间或内存上限：{detail}",
            "handling it went beyond the limits of time or memory: {detail}",
        ),
        "changed": ("生成过程中源文件有变动，请再次运行", "the source changed during the run; run again"),
        "fetch-not-allowed": (
            "地址不在网站设置 originals 列出的范围内",
            "its address is not below one that the setting “originals” lists",
        ),
        "fetch-led-elsewhere": (
            "服务器把请求转到了 {detail}，不在网站设置 originals 列出的范围内",
            "the server sends on to {detail}, which the setting “originals” does not list",
        ),
        "fetch-unreachable": ("连接不上服务器", "the server cannot be reached"),
        "fetch-untrusted": (
            "和服务器建立不了可信的加密连接（证书过期、不可信，或那里不是 https）",
            "no trusted connection with the server: its certificate is not valid, or it does not speak https",
        ),
        "fetch-stalled": ("服务器太久没有发来数据", "the server sent too little for too long"),
        "fetch-interrupted": ("传输中断", "the transfer broke off"),
        "fetch-missing": ("那里没有这个文件", "there is no such file there"),
        "fetch-forbidden": ("服务器不许读取（{detail}）", "the server does not let it be read ({detail})"),
        "fetch-answered": ("服务器回答 {detail}", "the server answered {detail}"),
        "fetch-too-large": ("超出上限 {detail}", "it is larger than {detail}"),
        "fetch-unknown-scheme": (
            "本机不能读取 {detail}:// 地址（没有安装相应的程序包）",
            "addresses of {detail}:// cannot be read here; a package is missing",
        ),
        "fetch-failed": ("下载失败（{detail}）", "fetching it failed ({detail})"),
        "fetch-disk": ("写不进本机的磁盘（{detail}）", "it cannot be written to the disk here ({detail})"),
        "fetch-wrong-hash": (
            "取到的文件与登记的 sha256 不符（登记的 ≠ 取到的：{detail}）",
            "what came has another sha256 than the case states ({detail})",
        ),
        "tool-failed": ("工具处理失败：{detail}", "a tool failed on it: {detail}"),
    }
)

REASONS = frozenset(_WORDS)
"""Every code that a `Refusal` from this room can carry."""


def refusal(reason: str, detail: str = "") -> Refusal:
    """The refusal of that code; *detail* goes into its words where they have a place for it.

    Raises:
        KeyError: no such code.
    """
    zh, en = _WORDS[reason]
    return Refusal(reason=reason, zh=zh.replace("{detail}", detail), en=en.replace("{detail}", detail))


class UnusableError(Exception):
    """Carries a refusal from where it was found to the edge of this room; never leaves the room."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.refusal = refusal(reason, detail)


class ToolFailedError(Exception):
    """A tool failed for a reason that is not known to be the file's own fault; never leaves the room."""
