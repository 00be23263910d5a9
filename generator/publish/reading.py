"""What stands on a server, read from a mirror of its few small files: links, manifests, what releases say of themselves."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PublishError
from generator.publish.folder import standing_of
from generator.publish.release import ANSWER, Manifest, Standing, answer_text, is_release_name, manifest_from
from generator.publish.serverlock import LOCK
from generator.publish.target import CURRENT, ServerError

READ = (f"/{CURRENT}", f"/{LOCK}", "/releases/", "/releases/*.json", "/releases/*/", f"/releases/*/{ANSWER}")
"""What is fetched, as patterns of rsync."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one connection found there."""

    standing: Standing
    answers: Mapping[str, bytes]  # what each release folder says of itself; empty: nothing
    manifests: frozenset[str]  # names of all manifests, readable or not
    lock: str

    def with_release(self, name: str, manifest: Manifest, gone: str | None) -> Reading:
        """What is there once a release was made, perhaps of the folder of one that is *gone*."""
        before = self.standing
        held = {**before.manifests, name: manifest}
        answers = {**self.answers, name: answer_text(name)}
        for found in (held, answers) if gone else ():
            found.pop(str(gone), None)
        standing = dataclasses.replace(before, manifests=held, names=(before.names | {name}) - {gone or ""})
        return dataclasses.replace(
            self, standing=standing, answers=answers, manifests=(self.manifests | {name}) - {gone or ""}
        )

    def with_current(self, name: str) -> Reading:
        """What is there once *name* is live."""
        return dataclasses.replace(self, standing=dataclasses.replace(self.standing, current=name))


class Manifests:
    """Manifests that were read once already: each has a row for every file, and they are fetched after every change."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, Manifest | None]] = {}  # name → digest of the text, what it says

    def read(self, path: Path) -> Manifest | None:
        """The same as `manifest_at`."""
        if not path.is_file():
            return None
        text = path.read_bytes()
        digest = hashlib.sha256(text).digest()
        known = self._known.get(path.name)
        if known is None or known[0] != digest:
            known = self._known[path.name] = (digest, manifest_from(text))
        return known[1]


def reading_of(mirror_dir: Path, shown: str, manifests: Manifests) -> Reading:
    """What lies in *mirror_dir*, fetched from the server at *shown*.

    Raises:
        ServerError: its link is not one of ours.
    """
    _straighten(mirror_dir / CURRENT)
    releases_dir = mirror_dir / "releases"
    folders = [path for path in releases_dir.glob("*") if path.is_dir() and is_release_name(path.name)]
    lock = mirror_dir / LOCK
    try:
        standing = standing_of(mirror_dir, manifests.read)
    except PublishError as error:
        raise ServerError(f"{shown} 里的 current 不是本程序做的链接，不敢替换；请把它移走，再运行") from error
    return Reading(
        standing=standing,
        answers={path.name: _bytes_of(path / ANSWER) for path in folders},
        manifests=frozenset(path.stem for path in releases_dir.glob("*.json") if is_release_name(path.stem)),
        lock=lock.read_text("utf-8", "replace") if lock.is_file() and not lock.is_symlink() else "",
    )


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def _straighten(link: Path) -> None:
    """An operator may have set *current* by hand, with the server's absolute path, which means nothing here."""
    if link.is_symlink() and link.readlink().is_absolute():
        folder = link.readlink()
        if folder.parent.name == "releases":
            link.unlink()
            link.symlink_to(f"releases/{folder.name}")
