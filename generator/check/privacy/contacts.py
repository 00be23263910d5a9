"""Names under which a person is reached: e-mail addresses, WeChat and QQ.

A WeChat name or a QQ number looks like any other word or number, so it counts beside its word alone. Public accounts,
mini programs and channels speak for a school and are left alone. So is the number of a QQ group: it belongs to no
person, its keeper decides who comes in, and calls for joint research name theirs to be found.
All functions take a text put plainly.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from generator.check.privacy.datum import PrivateDatum, datum

# Spam is avoided by “#” for “@” with these hosts alone; elsewhere it is a hashtag.
_HASHED_HOST = r"(?=(?:qq|163|126|139|sina|sohu|yeah|foxmail)\.)"
_AT = r"[(（\[【{<《「]\s?(?:at|艾特)\s?[)）\]】}>》」]"
MAIL_SIGN = re.compile(rf"@|#{_HASHED_HOST}|{_AT}|[A-Za-z0-9]\s+at\s+[A-Za-z0-9]|QQ邮箱", re.IGNORECASE)
"""What a text with an e-mail address holds."""

_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}\s?(?:@|{_AT}|#{_HASHED_HOST})\s?"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SPELT = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{2,64}\s+at\s+([A-Za-z0-9-]{1,63}(?:\s+dot\s+[A-Za-z]{2,24}){1,3})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_QQ_MAIL = re.compile(
    r"QQ\s?邮箱(?:号码?|账号|地址)?[:：是为|\s]{0,4}([1-9]\d{4,10})(?![\dA-Za-z@]|\.\d)", re.IGNORECASE
)
_EMAIL_SIGN = re.compile(rf"@|#|{_AT}", re.IGNORECASE)
_MACHINES = re.compile(r"git\s?@[^\s:]+:", re.IGNORECASE)  # where a repository lies, not who reads letters

CHAT_WORD = re.compile(
    r"[微薇威扣鹅QqVvWw](?:(?<=[微薇威Vv])\s?信|(?<=扣)扣|(?<=鹅)号|(?<=[Qq])\s?[Qq]|(?<=[VvWw])[Xx]"
    r"|(?<=[加➕][VvQq])|(?<=[加➕] [VvQq])|(?<=[Ww])[Ee][Ii][Xx][Ii][Nn]|(?<=[Ww])[Ee][Cc][Hh][Aa][Tt])"
)
"""What a text with a WeChat name or a QQ number holds; begins with one class, to be found fast."""

_LINK = r"[\s:：是为即|=(（“\"❤♥💚]{0,4}"
_NAME = r"([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{5,10})(?![A-Za-z0-9_-]|[.@][A-Za-z0-9])"
_WECHAT = re.compile(
    r"(?:微\s?信|薇信|威信(?=[:：号])|(?<![A-Za-z0-9_./-])(?:[Vv]信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|WECHAT|[Ww]ei[Xx]in)(?![A-Za-z])"
    r"|[加➕]\s?[Vv](?![A-Za-z]))"
    rf"(?:/(?:QQ|qq|电话|手机))?(\s?(?:号码?|账号|_?[Ii][Dd]|同号|搜索?|名)?{_LINK}){_NAME}"
)
# “VXzhang2020” without anything between. Virtual LANs and the like go on in capitals or are no name.
_JOINED = re.compile(
    rf"(?<![A-Za-z0-9_./-])(?:VX(?=[a-z])|(?<=[加➕])vx(?=[a-z])|(?<=[:：，、])vx(?=[a-z]+[\d_]))(?!(?:lan|works)\b){_NAME}"
)
_WECHAT_MACHINE = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{8,20}(?![A-Za-z0-9_])")
_SAID_TO_BE_A_NAME = re.compile(r"[号:：是为“\"]|[Ii][Dd]")
_QQ = re.compile(
    r"(?:(?<![A-Za-z0-9@#._/-])(?:[Qq]\s?[Qq]|[加➕]\s?[Qq](?![Qq]))|扣扣|企鹅(?=号))(?:/(?:微信|[Vv][Xx]|电话))?"
    rf"((?:号码?|账号|[Ii][Dd])?{_LINK})([1-9]\d{{4,10}}|[1-9]\d{{3,4}} \d{{4,6}})"
    r"(?![\dA-Za-z_@]|\.\d|\s?[万亿元个人次条名篇首字位步级年月日%％])"
)


def emails(text: str) -> Iterator[PrivateDatum]:
    """E-mail addresses, with “@”, “(at)”, “at … dot” or, at the great hosts, “#”; and numbers said to be of QQ mail."""
    for match in _EMAIL.finditer(text):
        host = _EMAIL_SIGN.split(match.group())[-1].strip()
        if not _MACHINES.match(text, match.start()):
            yield datum("email", f"{match.group()[0]}***@{host}", match)
    for match in _SPELT.finditer(text):
        host = re.sub(r"\s+dot\s+", ".", match.group(1), flags=re.IGNORECASE)
        yield datum("email", f"{match.group()[0]}***@{host}", match)
    for match in _QQ_MAIL.finditer(text):
        yield datum("email", f"{match.group(1)[0]}***@qq.com", match, 1)


def wechats(text: str) -> Iterator[PrivateDatum]:
    """WeChat names behind a word for WeChat; behind the bare word, only what no English word looks like."""
    for match in _WECHAT.finditer(text):
        link, name = match.group(1), match.group(2)
        if _SAID_TO_BE_A_NAME.search(link) or (name[0].isalpha() and re.search(r"[\d_-]", name)):
            yield datum("wechat", f"{name[0]}***", match, 2)
    for match in _JOINED.finditer(text):
        yield datum("wechat", f"{match.group(1)[0]}***", match, 1)
    for match in _WECHAT_MACHINE.finditer(text):
        yield datum("wechat", "w***", match)


def qqs(text: str) -> Iterator[PrivateDatum]:
    """QQ numbers behind a word for QQ; a day (20190315) only where it is said to be a number."""
    for match in _QQ.finditer(text):
        if _SAID_TO_BE_A_NAME.search(match.group(1)) or not _is_day(match.group(2)):
            yield datum("qq", f"{match.group(2)[0]}***", match, 2)


def _is_day(digits: str) -> bool:
    if len(digits) != 8:
        return False
    try:
        return 1990 <= datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False
