"""Names under which a person is reached: e-mail addresses, WeChat and QQ.

A WeChat name or a QQ number looks like any other word or number, so it counts beside its word alone. Public accounts,
mini programs and channels speak for a school and are left alone. So is the number of a QQ group: it belongs to no
person, its keeper decides who comes in, and calls for joint research name theirs to be found.
All functions take a text with ASCII letters and digits.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from generator.check.privacy.datum import PrivateDatum, datum

# Spam is avoided by “#” for “@” with these hosts alone; elsewhere it is a hashtag.
HASHED_HOST = r"(?=(?:qq|163|126|139|sina|sohu|yeah|foxmail)\.)"
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\s?(?:@|[(（\[]at[)）\]]|#" + HASHED_HOST + r")\s?"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_EMAIL_SIGN = re.compile(r"@|#|[(（\[][Aa][Tt][)）\]]")

CHAT_WORD = re.compile(
    r"[微薇扣QqＱｑVvＶｖWwＷｗ](?:(?<=[微薇VvＶｖ])信|(?<=扣)扣|(?<=[QqＱｑ])[QqＱｑ]|(?<=[VvＶｖWwＷｗ])[XxＸｘ]"
    r"|(?<=加[VvＶｖ])|(?<=[Ww])[Ee][Ii][Xx][Ii][Nn]|(?<=[Ww])[Ee][Cc][Hh][Aa][Tt])"
)
"""What a text with a WeChat name or a QQ number holds, in whatever width; begins with one class, to be found fast."""

_LINK = r"[\s:：是为|=(（“\"]{0,4}"
_WECHAT = re.compile(
    r"(?:微信|薇信|(?<![A-Za-z0-9_./-])(?:[Vv]信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|WECHAT|[Ww]ei[Xx]in)(?![A-Za-z])|加[Vv])"
    rf"(?:/(?:QQ|qq|电话|手机))?((?:号码?|账号|[Ii][Dd]|同号)?{_LINK})"
    r"([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{5,10})(?![A-Za-z0-9_-]|[.@][A-Za-z0-9])"
)
_WECHAT_MACHINE = re.compile(r"(?<![A-Za-z0-9_])wxid_[a-z0-9]{8,20}(?![A-Za-z0-9_])")
_SAID_TO_BE_A_NAME = re.compile(r"[号:：是为“\"]|[Ii][Dd]")
_QQ = re.compile(
    r"(?<![A-Za-z0-9@#._/-])(?:[Qq]{2}|扣扣)(?:/(?:微信|[Vv][Xx]|电话))?"
    rf"((?:号码?|账号|[Ii][Dd])?{_LINK})([1-9]\d{{4,10}})(?![\dA-Za-z_@]|\.\d|\s?[万亿元个人次条名篇首字位步级年月日%％])"
)


def emails(text: str) -> Iterator[PrivateDatum]:
    """E-mail addresses, with “@”, “(at)” or, at the great hosts, “#”."""
    if not _EMAIL_SIGN.search(text):
        return
    for match in _EMAIL.finditer(text):
        host = _EMAIL_SIGN.split(match.group())[-1].strip()
        yield datum("email", f"{match.group()[0]}***@{host}", match)


def wechats(text: str) -> Iterator[PrivateDatum]:
    """WeChat names behind a word for WeChat; behind the bare word, only what no English word looks like."""
    for match in _WECHAT.finditer(text):
        link, name = match.group(1), match.group(2)
        if _SAID_TO_BE_A_NAME.search(link) or (name[0].isalpha() and re.search(r"[\d_-]", name)):
            yield datum("wechat", f"{name[0]}***", match, 2)
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
