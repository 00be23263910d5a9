"""Telling people by e-mail, WeCom, DingTalk, Feishu and the rest of what Apprise knows; addresses are secrets."""

from __future__ import annotations

import logging
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import reason_of
from generator.night.summary import Message, News
from generator.night.untaken import reason_in

if TYPE_CHECKING:
    from apprise import NotifyBase

_LARGEST = 64 * 1024
_TITLE_ROOM = 16
_END = "\x00"  # of what is logged at once, which may be several lines
_RAISED = "Socket Exception: "
_KINDS: dict[News, str] = {"failed": "failure", "withheld": "warning", "recovered": "success"}  # Apprise's words


@dataclass(frozen=True, slots=True)
class Notices:
    """Where summaries go; ready before anything is fetched, so that no update can spoil it."""

    services: tuple[tuple[NotifyBase, str], ...] = ()  # with the address, which nothing may print
    unusable: tuple[str, ...] = ()  # a sentence for each part of the setting that cannot be used, without it

    def send(self, message: Message, news: News) -> tuple[str, ...]:
        """Sends *message* to every address; gives a sentence for each that did not take it, without the address."""
        sent = ((number, service, _why_not(service, address, message, news))
                for number, (service, address) in enumerate(self.services, 1))  # fmt: skip
        return tuple(
            f"通知没有发到第 {number} 个地址（{service.service_name}）：{why}"
            for number, service, why in sent
            if why is not None
        )


def notices(asked: str, credentials_dir: str = "") -> Notices:
    """What `SHOWCASE_NOTIFY` asks for: addresses with blanks between, or a file with one on each line.

    The file must be readable by its user alone; one that systemd hands over (below *credentials_dir*) is guarded by it.
    What cannot be used takes nothing away from the rest.
    """
    try:
        addresses = _in_file(Path(asked), credentials_dir) if asked.startswith("/") else asked.split()
    except _UnusableError as error:
        return Notices(unusable=(str(error),))
    if not addresses:
        return Notices()
    # Half a second, which a night without addresses need not pay; here, so that it is loaded before anything is fetched.
    from apprise import Apprise, NotifyBase
    from apprise.logger import LOGGER_NAME

    # What Apprise says of an address that it cannot read is the address.
    logging.getLogger(LOGGER_NAME).addHandler(logging.NullHandler())
    logging.getLogger(LOGGER_NAME).propagate = False
    found = [(number, Apprise.instantiate(address), address) for number, address in enumerate(addresses, 1)]
    return Notices(
        services=tuple((service, address) for _, service, address in found if isinstance(service, NotifyBase)),
        unusable=tuple(
            f"SHOWCASE_NOTIFY 的第 {number} 个地址写得不对，没有用它；写法见 docs/operate.md 的 Notices 一节"
            for number, service, _ in found
            if not isinstance(service, NotifyBase)
        ),
    )


class _UnusableError(Exception):
    """The file of addresses cannot be used."""


def _in_file(path: Path, credentials_dir: str) -> list[str]:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            status = os.fstat(file.fileno())
            is_guarded = bool(credentials_dir) and path.is_relative_to(credentials_dir)
            is_own = status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o077
            if not stat.S_ISREG(status.st_mode) or not (is_guarded or is_own):
                raise _UnusableError(
                    f"SHOWCASE_NOTIFY 指的文件 {path} 别人也能读，没有用它；请运行 chmod 600 {path}，"
                    "并让它归运行的用户所有"
                )
            text = file.read(_LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise _UnusableError(f"SHOWCASE_NOTIFY 指的文件 {path} 读不了：{reason}；没有发通知") from None
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _why_not(service: NotifyBase, address: str, message: Message, news: News) -> str | None:
    """Why *service* did not take *message*, in Chinese as far as it is known; None: it did."""
    from apprise.logger import LogCapture

    # What was raised is logged for debugging alone; so are the message and the address, which go no further than here.
    with LogCapture(level=logging.DEBUG, fmt=f"%(levelname)s %(message)s{_END}") as said:
        try:
            # Less than there is room for, since some put the title into the body.
            body = message.within(int(service.body_maxlen) - len(message.title.encode()) - _TITLE_ROOM)
            if service.notify(body=body, title=message.title, notify_type=_KINDS.get(news, "info")):
                return None
            logged = [entry.lstrip("\n").partition(" ") for entry in said.getvalue().split(_END)]
        except OSError as error:
            return hidden(reason_of(error), address)
        except Exception as error:  # a service's own fault must not end the night
            return f"发送的程序出错了（{hidden(f'{type(error).__name__}: {error}', address)}）"
    raised = "\n".join(text for level, _, text in logged if level == "DEBUG" and text.startswith(_RAISED))
    warned = "\n".join(text for level, _, text in logged if level != "DEBUG")
    if why := reason_in(raised, warned):
        return why
    words = hidden(warned, address)
    return f"它没有收下，说的是：{words}" if words else "它没有收下，也没有说明"


def hidden(said: str, address: str) -> str:
    """What Apprise says, on one line, without any part of the address that could be a secret."""
    for part in sorted(re.split(r"[:/@?&=\s]+", f"{address} {unquote(address)}"), key=len, reverse=True):
        if len(part) > 3:
            said = said.replace(part, "***")
    return " ".join(said.split())[:300]
