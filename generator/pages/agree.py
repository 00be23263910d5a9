"""A folder brought to hold just these files, as links into the store: what is right already is not touched."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

_NO_LINKS = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES)

Tree = dict[str, "Tree | Path"]
"""Names in a folder → what a folder of that name has in it, or the file of the store that stands under the name."""


def tree_of(files: Mapping[str, Path]) -> Tree:
    """*files* (path below a folder → file of the store) by their folders."""
    root: Tree = {}
    folders: dict[str, Tree] = {"": root}
    for path, source in files.items():
        above, _, name = path.rpartition("/")
        _folder(above, folders)[name] = source
    return root


def _folder(path: str, folders: dict[str, Tree]) -> Tree:
    found = folders.get(path)
    if found is None:
        above, _, name = path.rpartition("/")
        found = _folder(above, folders)[name] = folders[path] = {}
    return found


def agrees(tree: Tree, folder: Path, *, but: str) -> bool:
    """Whether *folder* holds just the files of *tree*, each a link to its source, beside the file *but* in its root.

    Raises:
        OSError: a source is not there, or *folder* cannot be read.
    """
    return next(_differences(tree, str(folder), but), None) is None


def bring(tree: Tree, folder: Path) -> None:
    """Makes *folder*, which is there, hold just the files of *tree*: as links, or as copies where the file system has none.

    A file is never written in its place: what else links to it stays as it is.

    Raises:
        OSError: a source is not there, or *folder* cannot be written.
    """
    can_link = True
    for path, source in _differences(tree, str(folder), ""):
        _clear(path)
        if isinstance(source, Path):
            can_link = _put(source, path, can_link=can_link)
        elif source is not None:
            os.mkdir(path)  # noqa: PTH102  (see `_differences`)
            bring(source, Path(path))


def _differences(tree: Tree, folder: str, but: str) -> Iterator[tuple[str, Tree | Path | None]]:
    """Each place below *folder* that is not as in *tree*, and what should be there; None: nothing.

    Text, not Path: a site of ten thousand cases has a hundred thousand names.
    """
    with os.scandir(folder) as found:
        there = {entry.name: entry for entry in found if entry.name != but}
    for name, wanted in tree.items():
        entry = there.pop(name, None)
        path = f"{folder}{os.sep}{name}"
        if isinstance(wanted, Path):
            if entry is None or not _is_link_to(entry, wanted):
                yield path, wanted
        elif entry is not None and entry.is_dir(follow_symlinks=False):
            yield from _differences(wanted, path, "")
        else:
            yield path, wanted
    for entry in there.values():
        yield entry.path, None


def _is_link_to(entry: os.DirEntry[str], source: Path) -> bool:
    here, there = entry.stat(follow_symlinks=False), os.stat(source)  # noqa: PTH116
    return (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev)


def _clear(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)  # noqa: PTH108


def _put(source: Path, path: str, *, can_link: bool) -> bool:
    """Whether the file system can link, as far as is known then."""
    if can_link:
        try:
            os.link(source, path)
        except OSError as error:
            # Another file system, one without links, or one with too few: copies serve as well.
            if error.errno not in _NO_LINKS:
                raise
            can_link = error.errno == errno.EMLINK
        else:
            return True
    shutil.copyfile(source, path)
    return can_link
