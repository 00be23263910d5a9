"""What stands on the target: reads it, switches it, removes from it.

``<target>/releases/<name>/`` with ``<name>.json`` beside it, and ``<target>/current`` → ``releases/<name>``. What is
not finished or on its way out has a name that starts with a dot. Every function lets ``OSError`` through.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from generator.errors import PublishError
from generator.publish.copying import sync_folder
from generator.publish.release import Manifest, Standing, is_release_name, manifest_from


def standing_of(target_dir: Path) -> Standing:
    """The complete releases and the link.

    A folder without a readable manifest is not ours: never listed, never removed.

    Raises:
        PublishError: *current* is something that this program did not make.
    """
    releases_dir = target_dir / "releases"
    names = sorted(path.name for path in releases_dir.iterdir()) if releases_dir.is_dir() else []
    folders = [name for name in names if is_release_name(name) and (releases_dir / name).is_dir()]
    read = {name: _manifest(releases_dir / f"{name}.json") for name in folders}
    current = _current(target_dir)
    return Standing(
        manifests={name: manifest for name, manifest in read.items() if manifest},
        current=current,
        names=frozenset({*folders, *([current] if current else [])}),
    )


def _manifest(path: Path) -> Manifest | None:
    return manifest_from(path.read_text("utf-8", "surrogateescape")) if path.is_file() else None


def _current(target_dir: Path) -> str | None:
    link = target_dir / "current"
    if not os.path.lexists(link):
        return None
    if link.is_symlink():
        release_dir = target_dir / link.readlink()  # an operator may have set it by hand, with an absolute path
        if is_release_name(release_dir.name) and release_dir.parent.resolve() == (target_dir / "releases").resolve():
            return release_dir.name
    raise PublishError(f"{link} 不是指向 releases/ 下某个版本的链接，不敢替换；请把它移走后重新发布")


def switch(target_dir: Path, name: str) -> None:
    """Makes the release of that name the live one: the only moment at which the live site changes."""
    link = target_dir / f".current-{secrets.token_hex(4)}"
    link.symlink_to(f"releases/{name}")
    link.replace(target_dir / "current")
    sync_folder(target_dir)


def remove(target_dir: Path, name: str) -> None:
    """Removes a release; broken off, it leaves what :func:`remove_remains` knows for rubbish, never half a release."""
    releases_dir = target_dir / "releases"
    rubbish_dir = releases_dir / f".old-{name}"
    (releases_dir / name).rename(rubbish_dir)
    (releases_dir / f"{name}.json").unlink(missing_ok=True)
    shutil.rmtree(rubbish_dir)


def remove_remains(target_dir: Path) -> None:
    """Removes what a run left that was broken off. Call it with the lock held, so that nobody is at work on it."""
    releases_dir = target_dir / "releases"
    for link in target_dir.glob(".current-*"):
        link.unlink()
    for folder in (*releases_dir.glob(".new-*"), *releases_dir.glob(".old-*")):
        shutil.rmtree(folder)
    for manifest in releases_dir.glob("*.json"):
        if is_release_name(manifest.stem) and not (releases_dir / manifest.stem).exists():
            manifest.unlink()
