"""The last build of a folder, remembered under all that it was made from: where nothing changed, nothing is read anew.

A night on which nobody edited anything, and an edit that was taken back, cost a look at how files lie.
"""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.built import Built
from generator.catalog.states import FolderState, state_of_folder
from generator.catalog.submission import Catalog
from generator.check.examine import Verdict
from generator.media.derivatives import Outcome
from generator.media.probe import is_passing
from generator.media.tools import ffmpeg
from generator.settings import Settings
from generator.store import Store, digest_of_file, key_of

_ROOM = "built"
_DEEPEST = 8
"""Folders below cases/: the reader goes into three of a case."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBuild:
    """A site that was built: its files, and what the build said."""

    inputs: str  # the key of all that it was made from
    ffmpeg: str  # the version that made some of it; empty: none did
    files: dict[str, str]  # path under the site → path below the store
    told: str  # of the site, to who publishes it
    verdict: Verdict
    cases: int
    pages: int
    media: int

    def built_in(self, site_dir: Path) -> Built:
        """What a build says that recalls it."""
        return Built(
            verdict=self.verdict,
            cases=self.cases,
            pages=self.pages,
            pages_made=0,
            media=self.media,
            media_made=0,
            index_made=0,
            site_dir=site_dir,
        )


class BuildMemory:
    """What one build may recall, and will keep. It looks at its inputs when it is made: before the build reads them."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._store = store
        self._site_dir = settings.site_dir
        self._slot = key_of("built", str(settings.site_dir.absolute()))  # one for each folder: only the last is of use
        # A commit can make a link of it: the reader will say so, and until then nobody looks where it leads.
        is_link = settings.cases_dir.is_symlink()
        cases = FolderState((), is_settled=False) if is_link else state_of_folder(settings.cases_dir, _DEEPEST)
        self._is_settled = cases.is_settled
        self._inputs = _inputs(settings, cases)

    def recalled(self) -> tuple[Built, dict[str, Path], str] | None:
        """The build that was made from the same, its files, all of which are there, and what it told; None: there is none."""
        told = self._store.read(_ROOM, self._slot, ".json")
        if told is None:
            return None
        try:
            known = _KNOWN.decode(told)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        if known.inputs != self._inputs or (known.ffmpeg and known.ffmpeg != ffmpeg().version):
            return None
        root = f"{self._store.root}{os.sep}"
        files = {path: Path(root + place) for path, place in known.files.items()}
        if not all(map(os.path.isfile, files.values())):
            return None
        return known.built_in(self._site_dir), files, known.told

    def keep(
        self, catalog: Catalog, outcomes: Iterable[Outcome], files: Mapping[str, Path], told: str, built: Built
    ) -> None:
        """Remembers a build, unless the next one has to try something again, or nobody can tell whether its inputs hold still."""
        made = tuple(outcomes)
        facts = (facts for submission in catalog.submissions for facts in submission.facts.values())
        if (
            not self._is_settled
            or built.notes
            or any(one.state == "failed" for one in made)
            or any(map(is_passing, facts))
        ):
            return
        try:
            places = {path: self._below(str(source)) for path, source in files.items()}
            known = KnownBuild(
                inputs=self._inputs,
                ffmpeg=ffmpeg().version if any("ffmpeg " in one.job.tool for one in made) else "",
                files=places,
                told=told,
                verdict=built.verdict,
                cases=built.cases,
                pages=built.pages,
                media=built.media,
            )
            self._store.keep(_ROOM, self._slot, msgspec.json.encode(known), ".json")
        except (ValueError, UnicodeEncodeError):
            return  # a file that is not of the store, half a character in a message: such a build is made anew each time

    def _below(self, path: str) -> str:
        # Text, not Path: there are a hundred thousand.
        root = f"{self._store.root}{os.sep}"
        if not path.startswith(root):
            raise ValueError(path)
        return path[len(root) :]


_KNOWN = msgspec.json.Decoder(KnownBuild)


def _inputs(settings: Settings, cases: FolderState) -> str:
    """The key of everything that a build reads: cases, pages, theme and settings, our sources, what is installed beside them.

    Files of cases as they lie, since there are tens of thousands; of all else the contents.
    """
    installed = sorted(
        {path.name for kind in ("purelib", "platlib") for path in Path(sysconfig.get_path(kind)).iterdir()}
    )
    folders = (settings.pages_dir, settings.theme_dir, _HERE)
    return key_of(
        settings.model_dump(mode="json"),
        _digest(settings.config_file),
        cases.rows,
        [_contents(folder) for folder in folders],
        [sysconfig.get_python_version(), installed],
    )


def _contents(folder: Path) -> str:
    """The key of every file below *folder*, but of what Python writes there; no link is followed."""
    rows: list[tuple[object, ...]] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():  # not opened, since it may lead anywhere
            rows.append((name, os.fsencode(path.readlink()).hex(), _lies(path)))
        elif path.is_file() and "__pycache__" not in path.parts:
            rows.append((name, _digest(path)))
    return key_of(rows)


def _lies(link: Path) -> tuple[int, ...]:
    """How the file lies that a link leads to."""
    try:
        status = link.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _digest(path: Path) -> str:
    try:
        return digest_of_file(path)
    except OSError:
        return hashlib.sha256(b"").hexdigest()
