"""Which release the web server shows, asked as a visitor would."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from generator.errors import PublishError, reason_of
from generator.publish.release import answered

_TIMEOUT_S = 10
_TRIES = 3
_PAUSE_S = 1
_MOST_BYTES = 10_000  # a page that stands in the way may be long


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a web server says of the release that it shows."""

    release: str | None  # None: it names none
    fault: str = ""  # and why, in Chinese


def ask(url: str, mark: str) -> Answer:
    """What *url* (http or https) answers; *mark* keeps caches on the way from answering with what they have."""
    try:
        with urllib.request.urlopen(f"{url}?{mark}", timeout=_TIMEOUT_S) as answer:  # noqa: S310 (the settings take http alone)
            release = answered(answer.read(_MOST_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(release=None, fault=why_unanswered(error))
    return Answer(release=release, fault="" if release else "它给出的不是本程序发布的网站")


def refuse_other_answer(url: str, name: str) -> None:
    """Stops where *url* (http or https) does not answer with the release of that *name*, three times in a row.

    Raises:
        PublishError: it does not; says what it answers, and where to look.
    """
    for turn in range(_TRIES):
        if turn:
            time.sleep(_PAUSE_S)
        answer = ask(url, name)
        if answer.release == name:
            return
    found = answer.fault or f"它给出的是 {answer.release}"
    raise PublishError(
        f"网页服务器在 {url} 没有给出版本 {name}：{found}。请检查 nginx 的 root 是不是发布目录下的 current、"
        "网址是不是这台服务器；不由 site_url 访问的，在 mkdocs.yml 里写 release_url"
    )


def why_unanswered(error: Exception) -> str:
    """Why a web server gave no answer, of what was raised when it was asked."""
    match error:
        case urllib.error.HTTPError():
            return f"它回答 HTTP {error.code}"
        case urllib.error.URLError() if isinstance(error.reason, OSError):
            return why_unanswered(error.reason)
        case ssl.SSLCertVerificationError():
            return f"证书不被信任（{error.verify_message}）"
        case ssl.SSLError():
            return "没有建立起加密连接，那个端口也许不是 HTTPS"
        case OSError():
            return reason_of(error)
        case http.client.HTTPException():
            return "它的回答不是 HTTP"
    return "网址写得不对"
