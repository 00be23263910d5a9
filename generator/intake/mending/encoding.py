"""Bytes of a text in whatever encoding an editor's program chose → the text, and what was odd about it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text with line feeds alone; `changes` and `why_not` are Chinese, and after the second there is no text."""

    text: str = ""
    changes: tuple[str, ...] = ()
    why_not: str = ""


def decoded(data: bytes) -> Decoded:
    """The text of *data*: UTF-8, UTF-16 with its mark or with ASCII in it, or GB18030.

    UTF-8 with a few broken bytes is not taken for GB18030, which nearly any bytes can be read as.
    """
    changes: list[str] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, name = _foreign(data)
        if not name:
            return Decoded(why_not="不是 UTF-8、UTF-16 或 GBK，或者有几个字节坏了，请找原稿重新保存")
        changes.append(f"编码由 {name} 改为 UTF-8")
    else:
        if "\0" in text and (guess := _utf_16_by_noughts(data)):
            text, name = _strict(data, guess), "UTF-16"
            changes.append(f"编码由 {name} 改为 UTF-8")
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        changes += [] if changes else ["去掉开头的字节顺序标记（BOM）"]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        changes.append("换行改为 LF")
    return Decoded(text=text, changes=tuple(changes))


def _foreign(data: bytes) -> tuple[str, str]:
    """Text and name of the encoding of what is no UTF-8; two empty texts where none fits."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = _strict(data, "utf-16")
        return text, "UTF-16" if text else ""
    if b"\0" in data:
        guess = _utf_16_by_noughts(data)
        text = _strict(data, guess) if guess else ""
        return text, "UTF-16" if text else ""
    loosely = data.decode("utf-8", "replace")
    broken = loosely.count("\ufffd")
    if sum(character > "\x7f" for character in loosely) - broken > broken:
        return "", ""
    text = _strict(data, "gb18030")
    # Private characters stand for bytes that no program writes as Chinese.
    return (text, "GBK") if text and not any("\ue000" <= character <= "\uf8ff" for character in text) else ("", "")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _utf_16_by_noughts(data: bytes) -> str:
    """The byte order of UTF-16 without a mark, by where the noughts of its ASCII stand; nothing where it is none."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or min(even, odd) > max(even, odd) // 4:
        return ""
    guess = "utf-16-le" if odd > even else "utf-16-be"
    # A stray nought in UTF-8 turns the rest into rare characters; what we look for begins with a front matter.
    return guess if _strict(data, guess).lstrip("\ufeff\r\n ").startswith("---") else ""
