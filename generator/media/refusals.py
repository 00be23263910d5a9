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
        "no-captions": ("字幕文件中没有可用的字幕", "the caption file holds no usable cue"),
        "limit": (
            "处理时超出时间或内存上限：{detail}",
            "handling it went beyond the limits of time or memory: {detail}",
        ),
        "changed": ("生成过程中源文件有变动，请再次运行", "the source changed during the run; run again"),
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
