"""What a private datum is, and how patterns for it are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PrivateKind = Literal["mobile", "email", "identity", "card", "landline", "qq", "wechat", "address"]
KINDS: tuple[PrivateKind, ...] = ("mobile", "email", "identity", "card", "landline", "qq", "wechat", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDatum:
    """A private datum in a text: `masked` is fit to print, `offset` counts characters from the text's first."""

    kind: PrivateKind
    masked: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        """The offset of what follows."""
        return self.offset + self.length


def pattern(text: str) -> re.Pattern[str]:
    """*text* compiled; ``~`` in it is one gap between groups of digits, as people and Word write it."""
    return re.compile(text.replace("~", "[ \u3000‐‑–—－-]"))


def datum(kind: PrivateKind, shown: str, match: re.Match[str], group: int | str = 0) -> PrivateDatum:
    """What a *group* of *match* holds, which is shown as *shown*."""
    return PrivateDatum(
        kind=kind, masked=shown, offset=match.start(group), length=match.end(group) - match.start(group)
    )
