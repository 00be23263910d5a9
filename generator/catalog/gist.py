"""What cases beside each other need to know of one another, so that no rule between cases holds ten thousand texts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generator.catalog.case import Status
from generator.catalog.shingles import shingles
from generator.catalog.submission import Submission

_SHORTEST_COPY_BYTES = 180
"""Sixty characters of Chinese. A shorter text (“详见附件。”) may stand in two cases by chance."""

_WHITE = b" \t\n\r\x0b\x0c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """A case in brief. Of a case that could not be read there is its text alone."""

    id: str
    campaign_id: str
    file: str
    title: str = ""
    status: Status | None = None  # None: unreadable
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    text_digest: str = ""  # of the body as written, without white space; "" for one too short to be a copy
    unit: str = ""
    samples: tuple[int, ...] = ()  # of the body as written: see `shingles`

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody will read it: handing it in again is no copy."""
        return self.status == "已撤回"


def gist_of(submission: Submission) -> Gist:
    """The gist of a case as read."""
    case, text = submission.case, submission.document.body
    return Gist(
        id=submission.id,
        campaign_id=submission.campaign_id,
        file=submission.file,
        title=case.title if case else "",
        status=case.status if case else None,
        aliases=case.aliases if case else (),
        related=case.related if case else (),
        text_digest=text_digest(text),
        unit=case.unit.name if case else "",
        samples=shingles(text),
    )


def text_digest(body: str) -> str:
    """What two bodies have alike that are the same but for white space; "" of one too short to be a copy."""
    text = body.replace("\u3000", "").encode("utf-8", "surrogatepass").translate(None, _WHITE)
    return hashlib.sha256(text).hexdigest() if len(text) >= _SHORTEST_COPY_BYTES else ""
