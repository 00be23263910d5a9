"""What a build did, as the doors tell it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.check.examine import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did."""

    verdict: Verdict
    cases: int  # public ones
    pages: int
    pages_made: int
    media: int
    media_made: int
    index_made: int
    site_dir: Path | None  # None: strict, and there were errors
    notes: tuple[str, ...] = ()  # what was left out although the settings ask for it, a sentence each

    @property
    def made_nothing(self) -> bool:
        """Whether everything was there already."""
        return self.pages_made == self.media_made == self.index_made == 0
