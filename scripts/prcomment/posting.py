"""The one comment: found by its marker and its author, replaced where it is there, posted where it is not."""

from __future__ import annotations

import time
from typing import Literal

from prcomment.forges import Comment, Forge, Proposal
from prcomment.report import MARKER
from prcomment.web import PassingError

_TRIES = 4

Done = Literal["posted", "replaced", "unchanged"]


def ours(forge: Forge, number: int, authors: frozenset[str]) -> Comment | None:
    """Our comment on that pull request. Anybody can write the marker; what others wrote is left alone."""
    for comment in forge.comments(number):
        if comment.author in authors and comment.body.lstrip().startswith(MARKER):
            return comment
    return None


def put(forge: Forge, proposal: Proposal, text: str, authors: frozenset[str], wait_s: float) -> Done:
    """*text* as our comment on *proposal*.

    A post whose answer got lost may have gone through: before it is tried again, the comment is looked for, so that
    there is never a second one.

    Raises:
        ForgeError: the forge refused, or stayed busy.
    """
    for left in range(_TRIES - 1, -1, -1):
        old = ours(forge, proposal.number, authors)
        if old and old.body.strip() == text.strip():
            return "unchanged"
        try:
            if old:
                forge.replace(proposal.number, old.id, text)
                return "replaced"
            forge.post(proposal.number, text)
            return "posted"
        except PassingError:
            if not left:
                raise
            time.sleep(wait_s)
    raise AssertionError  # the last try returns or raises
