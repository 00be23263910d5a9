"""What a run says while it works: lines people read, JSON lines for a collector, or only what is news, for cron."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Collection
from typing import Literal

from generator.errors import SettingsError

Form = Literal["", "text", "json"]
Level = Literal["info", "error"]

# An account inside an address: Git and pip show the addresses that they could not reach. To the last “@”, since a password
# may have one in it.
_ACCOUNT = re.compile(r"(?P<scheme>[A-Za-z0-9+.-]*)://(?P<account>[^/\s]+)@")
_SSH = ("ssh", "git+ssh", "ssh+git")
# What could move a terminal's cursor, or end a line of a log; names of files and messages of commits are anybody's.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def form_of(asked: str) -> Form:
    """The form that `SHOWCASE_LOG` asks for; empty for cron's.

    Raises:
        SettingsError: there is no such form.
    """
    match asked:
        case "" | "text" | "json":
            return asked
    raise SettingsError(f"SHOWCASE_LOG 只能是 text 或 json，不能是 {asked}；不设置它，就只在有事时说")


def harmless(text: str) -> str:
    """*text* without accounts in addresses and without characters that steer a terminal.

    Whom ssh goes to is no secret, and whoever reads of a key that was refused has to know it; a password with it is one.
    """
    return _ACCOUNT.sub(_without_account, _CONTROL.sub("\ufffd", text))


def _without_account(found: re.Match[str]) -> str:
    user, colon, _ = found["account"].partition(":")
    is_ssh = found["scheme"].lower() in _SSH and "@" not in user
    shown = f"{user}{':***' if colon else ''}" if is_ssh else "***"
    return f"{found['scheme']}://{shown}@"


class Log:
    """Lines of a run. In cron's form they are kept until it is clear whether anybody wants them."""

    def __init__(self, form: Form) -> None:
        """Say lines in that *form*."""
        self._form = form
        self._kept: list[tuple[str, str]] = []

    def say(self, stage: str, text: str, level: Level = "info") -> None:
        """One line of *stage*, or several, of which people see the first marked as an error; kept back in cron's form."""
        for number, line in enumerate(harmless(text).splitlines()):
            if self._form:
                mark = "错误：" if level == "error" and number == 0 else ""
                print(self._written(stage, line, level, mark), file=sys.stderr, flush=True)
            else:
                self._kept.append((stage, line))

    def show(self, stage: str, *, is_error: bool = False, but: Collection[str] = ()) -> None:
        """In cron's form: print what was kept of *stage*, once, *but* for the lines that were shown already."""
        for of, line in self._kept:
            if of == stage and line not in but:
                print(line, file=sys.stderr if is_error else sys.stdout, flush=True)
        self._kept = [(of, line) for of, line in self._kept if of != stage]

    def _written(self, stage: str, line: str, level: Level, mark: str) -> str:
        now = datetime.datetime.now(datetime.UTC)
        if self._form == "json":
            told = {"time": now.isoformat(), "stage": stage, "level": level, "text": line}
            return json.dumps(told, ensure_ascii=False)
        return f"{now.astimezone().isoformat(sep=' ', timespec='seconds')} {stage:<7} {mark}{line}"
