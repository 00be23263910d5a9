"""Files of a site → files of a release: linked or copied, read back, safe on the disk."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.publish.release import Content
from generator.store import digest_of_file

_FILE_MODE = 0o644  # the web server is another user, whatever the umask of a night job
_FOLDER_MODE = 0o755


def make_folders(root_dir: Path, paths: Iterable[str]) -> tuple[Path, ...]:
    """Makes *root_dir* and every folder below it that *paths* need; gives them, parents first."""
    folders = {root_dir, *(folder for path in paths for folder in (root_dir / path).parents)}
    ours = sorted(folder for folder in folders if folder.is_relative_to(root_dir))
    for folder in ours:
        folder.mkdir()
        folder.chmod(_FOLDER_MODE)
    return tuple(ours)


def link_or_copy(previous: Path, source: Path, path: Path) -> None:
    """*path* becomes a link to *previous*, or else a copy of *source*; whether *previous* is sound shows afterwards."""
    try:
        os.link(previous, path, follow_symlinks=False)
    except OSError:
        # No links on this disk, too many, or the file is gone from the last release: a copy serves as well.
        copy(source, path)


def copy(source: Path, path: Path) -> None:
    """*path* becomes a copy of *source*, safe on the disk.

    Never a link to the site, whose files are links into the store: someone who edits a page on the server would edit
    the store, and every later build would carry the edit. Its time is now, so that a browser that asks whether a page
    has changed since is never told no.
    """
    with source.open("rb") as reading, path.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 1 << 20)
        writing.flush()
        os.fchmod(writing.fileno(), _FILE_MODE)
        os.fsync(writing.fileno())


def write(path: Path, text: str) -> None:
    """*path* becomes *text*, safe on the disk."""
    with path.open("wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))
        file.flush()
        os.fchmod(file.fileno(), _FILE_MODE)
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """The names in *folder* are safe on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def wrong_files(folder: Path, files: Mapping[str, Content]) -> tuple[str, ...]:
    """The paths of *files* that do not stand in *folder* as they should, by reading every byte; in the order given."""
    return tuple(path for path, content in files.items() if not _holds(folder / path, content))


def _holds(path: Path, content: Content) -> bool:
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    # Kind and size first: to open a pipe would wait for ever.
    is_likely = found.st_mode == stat.S_IFREG | _FILE_MODE and found.st_size == content.bytes
    return is_likely and digest_of_file(path) == content.sha256
