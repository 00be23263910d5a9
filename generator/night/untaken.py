"""What Apprise said of a notice that was not taken → the cause in Chinese. Text in, text out."""

from __future__ import annotations

import os
import re

from generator.errors import reason_of

# The first that fits counts, for all of these: from the plainest to what a whole hundred means.
_STATUS = (
    ((401, 403), "地址里的用户名、密码或令牌不对"),
    ((404, 405, 410), "地址不对，那里没有收通知的地方"),
    ((413,), "内容太长"),
    ((429,), "发得太频繁，过一会儿再试"),
    (range(500, 600), "那边的服务出了错，过一会儿再试"),
)
_KNOWN = (
    (r"certificate verify failed|doesn't match", "对方的证书不被信任"),
    (r"SSLError\(|\[SSL\b", "没有建立起加密连接，请核对地址和端口"),
    (r"ProxyError\(", "连不上代理，请检查代理的设置"),
    (r"(STARTTLS|SMTP AUTH) extension not supported", "邮件服务器不支持要求的登录或加密方式"),
    (r"\((530|534|535|538), ", "邮件服务器不认用户名或密码"),
    (r"\((?P<smtp>[45][0-9]{2}), ", "邮件服务器不收，回答 {smtp}"),
)
_NUMBER = re.compile(r"\[Errno (-?[0-9]+)\]")
_LATE = re.compile(r"timed out", re.IGNORECASE)
_CUT = re.compile(r"Remote end closed|Connection aborted|unexpectedly closed")
_ANSWERED = re.compile(r"\berror=([0-9]{3})\b")


def reason_in(raised: str, warned: str) -> str | None:
    """Why a service did not take a notice; None: nothing that is known here.

    *raised* is what Apprise says of the exceptions that its libraries raised, *warned* what it says itself: the one names
    faults of the way, the other the answer at its end.
    """
    for pattern, words in _KNOWN:
        if found := re.search(pattern, raised):
            return words.format(**found.groupdict())
    if found := _NUMBER.search(raised):
        number = int(found[1])
        return reason_of(OSError(number, os.strerror(number) if number > 0 else "查不了域名"))
    if _LATE.search(raised):
        return reason_of(TimeoutError())
    if _CUT.search(raised):
        return reason_of(ConnectionResetError())
    if found := _ANSWERED.search(warned):
        return _answer(int(found[1]))
    return None


def _answer(status: int) -> str:
    words = next((words for statuses, words in _STATUS if status in statuses), "没有收下，请核对地址")
    return f"对方回答 HTTP {status}，{words}"
