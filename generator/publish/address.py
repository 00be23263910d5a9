"""``ssh://user@host:port/path`` → an address that no tool can take for an option or a command. Values in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.errors import SettingsError

# Neither begins with a hyphen, has a blank, a quote or anything else that a shell, ssh or rsync gives a meaning to.
_ADDRESS = re.compile(
    r"ssh://(?:(?P<user>[A-Za-z_][A-Za-z0-9_.-]*)@)?(?P<host>[A-Za-z0-9][A-Za-z0-9_.-]*|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>/.*)?",
    re.DOTALL,
)
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PASSWORD = re.compile(r"([^/\s]*://)?[^/@]*:[^/]*@")
_LIKE_SCP = re.compile(r"[^/]*@[^/]*:.*", re.DOTALL)
_EXAMPLE = "应像 ssh://showcase@www.example.cn/ 或 ssh://showcase@www.example.cn:2222/srv/showcase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A folder on a server."""

    user: str  # empty: ssh's own settings say
    host: str  # a name, an IPv4 address, or an IPv6 address in brackets; a name may be one of ssh's own settings
    port: int | None  # None: ssh's own settings say
    path: str  # absolute, without "/" at its end; empty: the root, with rrsync the folder that the key may write

    @property
    def shown(self) -> str:
        """As people write it; two ways to write one address are shown alike."""
        user, port = f"{self.user}@" if self.user else "", f":{self.port}" if self.port else ""
        return f"ssh://{user}{self.host}{port}{self.path or '/'}"

    @property
    def login(self) -> str:
        """Whom ssh goes to."""
        return f"{self.user}@{self.host}" if self.user else self.host


def is_server(target: str) -> bool:
    """Whether *target* means a server, rightly written or not; anything else is a folder."""
    return "://" in target or bool(_LIKE_SCP.fullmatch(target))


def address_of(target: str) -> Address:
    """The address that *target* means.

    Raises:
        SettingsError: it is none, or has something in it that a name never needs; a password in it is not repeated.
    """
    found = _ADDRESS.fullmatch(target)
    if not found and _PASSWORD.match(target):
        raise SettingsError(f"发布地址里不能写密码：登录用密钥，见 docs/operate.md；{_EXAMPLE}")
    if not found:
        raise SettingsError(f"看不懂发布地址 {target!r}：{_EXAMPLE}")
    segments = [segment for segment in (found["path"] or "").split("/") if segment]
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            raise SettingsError(
                f"发布地址 {target!r} 的路径里有 {segment!r}：只能用英文字母、数字、下划线、点和连字符，"
                f"不以点或连字符开头；{_EXAMPLE}"
            )
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 1 <= port <= 65_535:
        raise SettingsError(f"发布地址 {target!r} 的端口应在 1 到 65535 之间")
    return Address(
        user=found["user"] or "", host=found["host"], port=port, path="".join(f"/{segment}" for segment in segments)
    )
