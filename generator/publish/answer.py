"""Which release the web server shows, asked as a visitor would."""

from __future__ import annotations

import http.client
import time
import urllib.request

from generator.errors import PublishError
from generator.publish.release import answered

_TIMEOUT_S = 10
_TRIES = 3
_PAUSE_S = 1
_MOST_BYTES = 10_000  # a page that stands in the way may be long


def refuse_other_answer(url: str, name: str) -> None:
    """Stops where *url* (http or https) does not answer with the release of that *name*, three times in a row.

    Raises:
        PublishError: it does not; says what it answers, and where to look.
    """
    for turn in range(_TRIES):
        if turn:
            time.sleep(_PAUSE_S)
        found = _answer(url, name)
        if not found:
            return
    raise PublishError(
        f"网页服务器在 {url} 没有给出版本 {name}：{found}。请检查 nginx 的 root 是不是发布目录下的 current、"
        "网址是不是这台服务器；不由 site_url 访问的，在 mkdocs.yml 里写 release_url"
    )


def _answer(url: str, name: str) -> str:
    """What is wrong with it; nothing where all is well."""
    # The name keeps caches on the way from answering with what they have.
    asked = f"{url}?{name}"
    try:
        with urllib.request.urlopen(asked, timeout=_TIMEOUT_S) as answer:  # noqa: S310 (the settings take http alone)
            found = answered(answer.read(_MOST_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return str(error) or type(error).__name__
    if found == name:
        return ""
    return f"它给出的是 {found}" if found else "它给出的不是本程序发布的网站"
