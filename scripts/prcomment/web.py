"""Asking a forge over HTTPS: with patience, within bounds, and without ever showing the token."""

from __future__ import annotations

import ipaddress
import json
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode, urlsplit

_MOST_ANSWER_BYTES = 50_000_000
_TIMEOUT_S = 30
_TRIES = 5
_LONGEST_WAIT_S = 60.0


class ForgeError(Exception):
    """The forge refused, or could not be reached; in words for the maintainer."""


class PassingError(ForgeError):
    """It may go well later: the forge is overloaded or broken at the moment."""


class RefusedError(ForgeError):
    """The forge said no, with *status*."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class AddressError(Exception):
    """Not an address that a token may be sent to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, as JSON; *has_next*: whether the forge says that a further page follows, None: it says nothing."""

    value: Any
    has_next: bool | None


def _opener() -> urllib.request.OpenerDirector:
    """What opens http and https, and follows no redirect: that would carry the token to wherever it leads."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def require_safe(address: str) -> str:
    """*address* without a slash at its end.

    Raises:
        AddressError: it is not https (on this machine itself, http will do), or carries a name, a query or a fragment.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressError(f"不是网址：{address}") from error
    is_plain = parts.username is None and parts.password is None and not parts.query and not parts.fragment
    if not host or not is_plain or port == 0 or re.search(r"[\s\x00-\x1f]", address):
        raise AddressError("接口地址应当像 https://git.example.cn/api/v1，不带账号和参数")
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)):
        return address.rstrip("/")
    raise AddressError(f"接口地址必须是 https://，否则令牌会在路上被人看见：{host}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, kw_only=True)
class Web:
    """A forge's API below *base*. *wait_s*: how long to pause before the second try; it doubles."""

    base: str
    token: str
    headers: dict[str, str]  # with the token
    wait_s: float

    def ask(self, method: str, path: str, query: dict[str, object] | None = None, sent: object = None) -> Answer:
        """What the forge answers; tried again when it is busy, except that a POST that may have gone through is not.

        Raises:
            PassingError: it stayed busy, broken or out of reach.
            RefusedError: it said no.
        """
        wait_s = self.wait_s
        for left in range(_TRIES - 1, -1, -1):
            try:
                return self._once(method, path, query, sent)
            except _BusyError as busy:
                if not left or (method == "POST" and busy.may_have_gone_through):
                    raise PassingError(str(busy)) from None
                time.sleep(min(max(wait_s, busy.retry_after_s), _LONGEST_WAIT_S))
                wait_s *= 2
        raise AssertionError  # the last try returns or raises

    def _once(self, method: str, path: str, query: dict[str, object] | None, sent: object) -> Answer:
        address = f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")
        data = None if sent is None else json.dumps(sent).encode()
        headers = {"User-Agent": "showcase-pr-comment", "Content-Type": "application/json", **self.headers}
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with _opener().open(request, timeout=_TIMEOUT_S) as response:
                body = response.read(_MOST_ANSWER_BYTES + 1)
                if len(body) > _MOST_ANSWER_BYTES:
                    raise ForgeError(f"{method} {path}：回答太长")
                return Answer(value=json.loads(body) if body else None, has_next=_has_next(response.headers))
        except urllib.error.HTTPError as error:
            raise self._refusal(method, path, error) from None
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise _BusyError(f"{method} {path}：连不上（{self._shown(str(error))}）") from None
        except ValueError as error:
            raise ForgeError(f"{method} {path}：回答不是 JSON") from error

    def _refusal(self, method: str, path: str, error: urllib.error.HTTPError) -> Exception:
        with error:
            told = self._shown(error.read(2_000).decode("utf-8", "replace"))
        words = f"{method} {path}：{error.code} {told}".rstrip()
        after = error.headers.get("Retry-After", "")
        retry_after_s = float(after) if after.isdigit() else 0.0
        is_limited = error.code == 429 or (
            error.code == 403 and (bool(after) or error.headers.get("X-RateLimit-Remaining") == "0")
        )
        if is_limited:
            return _BusyError(words, retry_after_s, may_have_gone_through=False)
        if error.code >= 500:
            return _BusyError(words, retry_after_s)
        if error.code in (301, 302, 303, 307, 308):
            return RefusedError(f"{words}\n接口把请求转到别处去了；请把接口地址写成它现在的地址", error.code)
        hint = {401: "令牌不对或过期了", 403: "令牌没有写评论的权限", 404: "没有这个地址，或令牌看不到它"}.get(
            error.code
        )
        return RefusedError(f"{words}\n{hint}" if hint else words, error.code)

    def _shown(self, words: str) -> str:
        """*words* on one short line, the token blotted out."""
        words = words.replace(self.token, "***") if self.token else words
        return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words).split())[:300]


class _BusyError(Exception):
    def __init__(self, words: str, retry_after_s: float = 0.0, *, may_have_gone_through: bool = True) -> None:
        super().__init__(words)
        self.retry_after_s = retry_after_s
        self.may_have_gone_through = may_have_gone_through


def _has_next(headers: Message) -> bool | None:
    if headers.get("X-Next-Page") is not None:  # GitLab: empty on the last page
        return bool(headers["X-Next-Page"].strip())
    link = headers.get("Link")
    return None if link is None else 'rel="next"' in link
