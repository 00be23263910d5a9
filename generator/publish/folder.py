"""A folder of this machine as a target: reads it, fills it, switches it, removes from it.

What is not finished or on its way out has a name that starts with a dot. Every function lets ``OSError`` through.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PublishError
from generator.publish import lock
from generator.publish.copying import copy, link_or_copy, make_folders, sync_folder, write, wrong_files
from generator.publish.release import (
    ANSWER,
    Manifest,
    Standing,
    answer_text,
    is_release_name,
    manifest_from,
    manifest_text,
)
from generator.publish.site import Draft, Progress, Site
from generator.publish.target import CURRENT, PREVIOUS


@dataclass(frozen=True, slots=True)
class Folder:
    """A `Target` on a disk of this machine."""

    path: Path

    @property
    def shown(self) -> str:
        """Its path."""
        return str(self.path)

    @property
    def _releases_dir(self) -> Path:
        return self.path / "releases"

    def refuse_site(self, site_dir: Path) -> None:
        """Stops a target that the next build would remove."""
        if self.path.resolve().is_relative_to(site_dir.resolve()):
            raise PublishError(f"发布目录 {self.path} 在网站目录 {site_dir} 里面，下次生成会删掉它；请换一个目录")

    def refuse_missing(self) -> None:
        """Stops where there is no such folder."""
        if not self.path.is_dir():
            raise PublishError(f"没有目录 {self.path}；请检查路径，或先运行 showcase publish")

    @contextmanager
    def held(self) -> Iterator[None]:
        """By a lock that its process takes along when it dies."""
        self._make_folders()
        with lock.held(self.path / ".lock"):
            yield

    def _make_folders(self) -> None:
        """Those that are missing, for everybody to read, whatever umask there is: the web server is another user."""
        wanted = (self._releases_dir, *self._releases_dir.parents)
        missing = [folder for folder in wanted if not folder.exists()]
        self._releases_dir.mkdir(parents=True, exist_ok=True)
        for folder in missing:
            folder.chmod(0o755)

    def remove_remains(self) -> None:
        """Removes what starts with a dot, and manifests without a release."""
        for link in (*self.path.glob(f".{CURRENT}-*"), *self.path.glob(f".{PREVIOUS}-*")):
            link.unlink()
        for folder in (*self._releases_dir.glob(".new-*"), *self._releases_dir.glob(".old-*")):
            shutil.rmtree(folder)
        for manifest in self._releases_dir.glob("*.json"):
            if is_release_name(manifest.stem) and not (self._releases_dir / manifest.stem).exists():
                manifest.unlink()

    def standing(self) -> Standing:
        """The complete releases and the link.

        A folder without a readable manifest is not ours: never listed, never removed.
        """
        return standing_of(self.path)

    def is_sound(self, name: str, site: Site) -> bool:
        """By reading every byte."""
        folder = self._releases_dir / name
        answer = folder / ANSWER
        return not wrong_files(folder, site.files) and answer.is_file() and answer.read_bytes() == answer_text(name)

    def make(self, draft: Draft, progress: Progress) -> None:
        """Unchanged files are links to those of the live release, the others copies, safe on the disk."""
        site, files, name = draft.site, draft.site.files, draft.name
        fresh_dir, previous_dir = self._releases_dir / f".new-{name}", self._releases_dir / (draft.previous or "")
        try:
            folders = make_folders(fresh_dir, files)
            for number, path in enumerate(files, 1):
                if path in draft.same:
                    link_or_copy(previous_dir / path, site.folder / path, fresh_dir / path)
                else:
                    copy(site.folder / path, fresh_dir / path)
                progress("写入新版本", number, len(files))
            # A file that was changed inside the last release came along by its link: found here, and copied anew.
            spoiled = wrong_files(fresh_dir, files)
            for path in spoiled:
                (fresh_dir / path).unlink()
                copy(site.folder / path, fresh_dir / path)
            if wrong := wrong_files(fresh_dir, {path: files[path] for path in spoiled}):
                raise PublishError(f"{site.folder / wrong[0]} 在发布过程中变了；线上网站没有变化，请重新发布")
            write(fresh_dir / ANSWER, answer_text(name).decode())
            for folder in folders:
                sync_folder(folder)
            # Before the folder gets its name: no release is ever without its manifest.
            write(self._releases_dir / f"{name}.json", manifest_text(draft.manifest(spoiled)))
            fresh_dir.rename(self._releases_dir / name)
            sync_folder(self._releases_dir)
        finally:
            shutil.rmtree(fresh_dir, ignore_errors=True)

    def switch(self, name: str) -> None:
        """By renaming a link over the link."""
        live = _current(self.path)
        if live not in (None, name):
            self._link(PREVIOUS, str(live))
        self._link(CURRENT, name)
        sync_folder(self.path)

    def _link(self, called: str, name: str) -> None:
        link = self.path / f".{called}-{secrets.token_hex(4)}"
        link.symlink_to(f"releases/{name}")
        link.replace(self.path / called)

    def remove(self, names: Iterable[str]) -> None:
        """Broken off, it leaves what starts with a dot, never half a release."""
        for name in names:
            rubbish_dir = self._releases_dir / f".old-{name}"
            (self._releases_dir / name).rename(rubbish_dir)
            (self._releases_dir / f"{name}.json").unlink(missing_ok=True)
            shutil.rmtree(rubbish_dir)

    def pages(self, name: str, _paths: Iterable[str]) -> Path:
        """They lie here anyway."""
        return self._releases_dir / name


def manifest_at(path: Path) -> Manifest | None:
    """The manifest in a file; None where there is none, or a damaged one."""
    return manifest_from(path.read_bytes()) if path.is_file() else None


def standing_of(target_dir: Path, read: Callable[[Path], Manifest | None] = manifest_at) -> Standing:
    """The complete releases of *target_dir*, whose manifests *read* reads, and the link.

    Raises:
        PublishError: *current* is something that this program did not make.
    """
    releases_dir = target_dir / "releases"
    names = sorted(path.name for path in releases_dir.iterdir()) if releases_dir.is_dir() else []
    folders = [name for name in names if is_release_name(name) and (releases_dir / name).is_dir()]
    found = {name: read(releases_dir / f"{name}.json") for name in folders}
    current = _current(target_dir)
    return Standing(
        manifests={name: manifest for name, manifest in found.items() if manifest},
        current=current,
        names=frozenset({*folders, *([current] if current else [])}),
    )


def _current(target_dir: Path) -> str | None:
    link = target_dir / CURRENT
    if not os.path.lexists(link):
        return None
    if link.is_symlink():
        release_dir = target_dir / link.readlink()  # an operator may have set it by hand, with an absolute path
        if is_release_name(release_dir.name) and release_dir.parent.resolve() == (target_dir / "releases").resolve():
            return release_dir.name
    raise PublishError(f"{link} 不是指向 releases/ 下某个版本的链接，不敢替换；请把它移走后重新发布")
