"""A server as a target, through the rsync protocol alone: nothing of ours runs there, and no shell is needed.

rsync cannot rename a folder, so a release grows under its own name and is one when its manifest stands beside it; a folder
without a manifest is what a run left that was broken off. Every function raises `ServerError`; docs/adr/0009.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import LockedError, PublishError
from generator.publish.address import Address
from generator.publish.copying import write
from generator.publish.reading import READ, Manifests, Reading, reading_of
from generator.publish.receiver import Receiver
from generator.publish.release import ANSWER, Standing, answer_text, manifest_text
from generator.publish.rsync import Rsync
from generator.publish.serverlock import ServerLock
from generator.publish.site import Draft, Progress, Site
from generator.publish.ssh import Reach
from generator.publish.target import CURRENT, PREVIOUS, ServerError
from generator.store import digest_of_file


class Server:
    """A `Target` behind ssh. Below *memory_dir* it remembers manifests, so that they do not travel every night."""

    def __init__(self, address: Address, reach: Reach, memory_dir: Path) -> None:
        self._address, self._memory_dir = address, memory_dir
        self.rsync = Rsync(address, reach)
        self._receiver = Receiver(self.rsync)
        self._manifests = Manifests()
        self._read: Reading | None = None  # true until we change something there, while nobody else may
        self._is_held = False
        self._lock = ServerLock(self.rsync, address, self._lock_text)

    @property
    def shown(self) -> str:
        """Its address."""
        return self._address.shown

    def refuse_site(self, site_dir: Path) -> None:
        """A server is never within a site."""

    def refuse_missing(self) -> None:
        """Only the server itself can tell."""

    def try_key(self) -> None:
        """Whether the key may send files and remove them, by a dry run: what a disk or a folder there refuses does not show.

        Raises:
            ServerError: it may not, or the server cannot be reached.
        """
        self.rsync.delete(is_tried=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """By a file there that names this process."""
        with self.rsync.connection.kept_open():
            self._lock.take()
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False
                if not self.rsync.connection.is_cut:  # the next run sees that this process is gone
                    with suppress(ServerError, LockedError):
                        self._lock.leave()
                self._lock.forget()

    def remove_remains(self) -> None:
        """Removes releases without a manifest and manifests without a release, but for what is live."""
        found = self._reading()
        complete = {name for name in found.manifests if found.answers.get(name) == answer_text(name)}
        unfinished = found.answers.keys() - complete - {found.standing.current}
        lost = found.manifests - found.answers.keys()
        if unfinished or lost:
            self._delete(*(f"/releases/{name}.json" for name in unfinished | lost))
            self._remove_folders(unfinished)

    def standing(self) -> Standing:
        """The complete releases and the link."""
        if not self._is_held:
            self._read = None
        return self._reading().standing

    def is_sound(self, name: str, site: Site) -> bool:
        """By the checksums that the server finds in its own files."""
        if self._reading().answers.get(name) != answer_text(name):
            return False
        return not self._wrong(site, name)

    def make(self, draft: Draft, progress: Progress) -> None:
        """Unchanged files become links to those of the live release; then the server reads every file."""
        try:  # what is live stays so: `switch` need not ask again
            self._fill(draft, progress)
        except BaseException:
            if not self.rsync.connection.is_cut:  # a full disk gets its room back at once; else the next run does it
                with suppress(ServerError, LockedError):
                    self._delete(f"/releases/{draft.name}.json")
                    self._remove_folders((draft.name,))
            raise

    def _fill(self, draft: Draft, progress: Progress) -> None:
        site, name = draft.site, draft.name
        expected, sent = len(site.files) - len(draft.same), 0

        def count() -> None:
            nonlocal sent
            sent += 1
            progress("传到服务器", min(sent, expected), expected)

        basis = (
            (f"--link-dest={self._address.path}/releases/{draft.previous}", "--fsync")
            if draft.previous
            else ("--fsync",)
        )
        before, self._read = self._read, None
        is_linked = self._has_linked(draft)
        fresh = self._push_files(site.folder, name, site.files.keys() - draft.same, *basis, on_file=count)
        if draft.same and not is_linked:
            # Links where the sizes are right, since checksums of every file would be half of all that is sent. Whether
            # the contents are, the server says below, and what it says is received, not sent. Not those just sent: where
            # the size is the old one, rsync would put the old file in their place.
            fresh += self._push_files(site.folder, name, draft.same, *basis, "--size-only", on_file=count)
        if spoiled := self._wrong(site, name):
            fresh += self._push_files(site.folder, name, spoiled, "--fsync", on_file=count)
            spoiled = self._wrong(site, name)
        _refuse_changed(site, {*fresh, *spoiled})
        if spoiled:
            raise ServerError(f"{spoiled[0]} 传过去以后读回来不一样，服务器的磁盘可能坏了。请检查磁盘，再运行")
        with self._stage() as stage_dir:
            (stage_dir / "releases" / name).mkdir(parents=True)
            (stage_dir / "releases" / name / ANSWER).write_bytes(answer_text(name))
            manifest = draft.manifest(fresh)
            write(stage_dir / "releases" / f"{name}.json", manifest_text(manifest))
            # From the root on: folders on the way of a file get their rights, whatever the server's umask. Likened to
            # an older manifest, the new one takes a few kilobytes.
            paths = (f"releases/{name}/{ANSWER}", f"releases/{name}.json")
            self.rsync.push(stage_dir, "/", paths, "--fuzzy", "--fsync")
            self._remember(stage_dir, frozenset())
        if before:
            self._read = before.with_release(name, manifest, draft.spare if is_linked else None)

    def _has_linked(self, draft: Draft) -> bool:
        """Whether the server has made a link of each file that is the same, and of no other that somebody laid beside them."""
        if draft.previous is None or not draft.same:
            return False
        is_exact = self._receiver.link(draft.previous, draft.name, draft.spare, same=draft.same, other=draft.other)
        if is_exact is False:
            self._remove_folders((draft.name,))
        return bool(is_exact)

    def switch(self, name: str) -> None:
        """By a link: rsync makes it beside the old one and renames it over that."""
        before = self._reading()
        live = before.standing.current
        self._read = None
        with self._stage() as stage_dir:
            if live not in (None, name):
                (stage_dir / PREVIOUS).symlink_to(f"releases/{live}")
                self.rsync.push(stage_dir, "/", (PREVIOUS,))
            (stage_dir / CURRENT).symlink_to(f"releases/{name}")
            try:
                self.rsync.push(stage_dir, "/", (CURRENT,))
            except ServerError as error:
                self._refuse_unless_live(name, error)
                return
        self._read = before.with_current(name) if self._is_held else None

    def _refuse_unless_live(self, name: str, error: ServerError) -> None:
        """A connection that broke just then may have done its work."""
        try:
            is_live = self.standing().current == name
        except (ServerError, PublishError):
            raise ServerError(
                f"{error}。切换的那一刻断了，不知道线上是旧版本还是 {name}，两个都是完整的；再运行一次就清楚了",
                may_have_switched=True,
            ) from error
        if not is_live:
            raise error

    def remove(self, names: Iterable[str]) -> None:
        """First the manifests: broken off, it leaves what counts as unfinished."""
        gone = tuple(names)
        if gone:
            self._delete(*(f"/releases/{name}.json" for name in gone))
            self._remove_folders(gone)

    def _remove_folders(self, names: Iterable[str]) -> None:
        """Of releases whose manifests are gone."""
        gone = tuple(names)
        if gone and not self._receiver.remove(gone):
            self._delete(*(f"/releases/{name}/***" for name in gone))
        self._read = None

    def pages(self, name: str, paths: Iterable[str]) -> Path:
        """Fetched to a folder that is replaced by the next call."""
        folder = self._memory_dir / "pages"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        folders = {f"/releases/{name}/{parent}/" for path in paths for parent in Path(path).parents if parent.name}
        wanted = ["/releases/", f"/releases/{name}/", *sorted(folders), *(f"/releases/{name}/{path}" for path in paths)]
        self.rsync.pull(folder, *(f"--include={_literal(path)}" for path in wanted), "--exclude=*")
        return folder / "releases" / name

    def _push_files(
        self,
        source_dir: Path,
        name: str,
        paths: Iterable[str],
        *options: str,
        on_file: Callable[[], None] = lambda: None,
    ) -> list[str]:
        """Exactly *paths*, whatever else lies in *source_dir*."""
        found = sorted(paths)
        return self.rsync.push(source_dir, f"/releases/{name}/", found, *options, on_file=on_file) if found else []

    def _wrong(self, site: Site, name: str) -> list[str]:
        """What does not stand in the release of that name as in *site*, by what the server reads in its files; sorted."""
        if self._receiver.holds(name, site):
            return []
        there = self.rsync.compared(site.folder, f"/releases/{name}/", f"--exclude=/{ANSWER}")
        wrong = {item.path.rstrip("/") for item in there if not item.is_as_it_should_be}
        return sorted((wrong | (site.files.keys() - {item.path for item in there})) - {"."})

    def _delete(self, *patterns: str) -> None:
        self._read = None
        self.rsync.delete(*patterns)

    def _lock_text(self) -> str:
        self._read = None
        return self._reading().lock

    def _reading(self) -> Reading:
        if self._read is None:
            with self._stage() as mirror_dir:
                remembered = f"--link-dest={self._memory_dir.resolve()}"
                filters = [*(f"--include={pattern}" for pattern in READ), "--exclude=*"]
                self.rsync.pull(mirror_dir, remembered, *filters)
                self._read = reading_of(mirror_dir, self.shown, self._manifests)
                self._remember(mirror_dir, self._read.manifests)
        return self._read

    def _remember(self, mirror_dir: Path, only: frozenset[str]) -> None:
        """Keeps the manifests of *mirror_dir*; and those of *only*, if any are named, and no others."""
        kept_dir = self._memory_dir / "releases"
        kept_dir.mkdir(parents=True, exist_ok=True)
        for path in (mirror_dir / "releases").glob("*.json"):
            path.replace(kept_dir / path.name)
        for path in kept_dir.glob("*.json") if only else ():
            if path.stem not in only:
                path.unlink(missing_ok=True)

    @contextmanager
    def _stage(self) -> Iterator[Path]:
        """A folder of this machine that is gone afterwards."""
        self._memory_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".stage-", dir=self._memory_dir) as folder:
            yield Path(folder)


def _refuse_changed(site: Site, paths: Iterable[str]) -> None:
    """Stops where what was sent, or should have been, is no more what was read at first."""
    for path in paths:
        file = site.folder / path
        if path in site.files and not (file.is_file() and digest_of_file(file) == site.files[path].sha256):
            raise PublishError(f"{file} 在发布过程中变了；线上网站没有变化，请重新发布")


def _literal(path: str) -> str:
    """*path* as a pattern of rsync that fits it alone."""
    return "".join(f"\\{sign}" if sign in "*?[\\" else sign for sign in path)
