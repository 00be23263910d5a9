"""What a publication asks of the place that it goes to: a folder of this machine, or a server.

``releases/<name>/`` with ``<name>.json`` beside it, and ``current`` → ``releases/<name>``, wherever that is; ``previous`` leads to
what was live before, so that a page that was opened before a switch still finds its styles and scripts. The order of things, the guards and the names are transfer.py's, once for every kind of place.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from generator.publish.release import Standing
from generator.publish.site import Draft, Progress, Site

CURRENT, PREVIOUS = "current", "previous"
"""The links of a target."""


class ServerError(OSError):
    """A server could not be reached, or did not do what it was asked: the cause and the next step, in a sentence."""

    def __init__(self, sentence: str, *, may_have_switched: bool = False) -> None:
        super().__init__(sentence)
        self.may_have_switched = may_have_switched  # nobody can tell: the connection broke just then


class Target(Protocol):
    """A place with releases. Every function may raise ``OSError``, `ServerError` among them."""

    @property
    def shown(self) -> str:
        """What messages call it, and what stands behind ``showcase publish``."""

    def refuse_site(self, site_dir: Path) -> None:
        """Stops a site that cannot go there.

        Raises:
            PublishError: the target lies within *site_dir*.
        """

    def refuse_missing(self) -> None:
        """Stops where nothing was ever published.

        Raises:
            PublishError: there is no such place, and that can be told without reaching for it.
        """

    def held(self) -> AbstractContextManager[None]:
        """Keeps other runs away from it; makes it where it is missing.

        Raises:
            LockedError: another run is at work on it.
        """

    def remove_remains(self) -> None:
        """Removes what a run left that was broken off; only while held."""

    def standing(self) -> Standing:
        """What stands there, read anew.

        Raises:
            PublishError: *current* is something that this program did not make.
        """

    def is_sound(self, name: str, site: Site) -> bool:
        """Whether every file of *site* stands in the release of that name, by reading every byte where it lies."""

    def make(self, draft: Draft, progress: Progress) -> None:
        """A complete release beside the live one, read back; broken off, it leaves what :meth:`remove_remains` knows.

        Raises:
            PublishError: the site changed meanwhile.
        """

    def switch(self, name: str) -> None:
        """Makes the release of that name the live one by one rename: the only moment at which the live site changes."""

    def remove(self, names: Iterable[str]) -> None:
        """Removes these releases; never is one complete by its manifest and short of a file."""

    def pages(self, name: str, _paths: Iterable[str], /) -> Path:
        """A folder of this machine that has what stands at these paths in the release of that name."""
