"""The site → a folder on this machine: a complete new release beside the live one, then one rename."""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.errors import PublishError, SettingsError
from generator.publish import lock
from generator.publish.copying import copy, link_or_copy, make_folders, sync_folder, write, wrong_files
from generator.publish.release import (
    MARKER,
    Content,
    Manifest,
    Release,
    Standing,
    before,
    described,
    digest_of,
    manifest_text,
    name_after,
    refuse_strange_site,
    removable,
    unchanged,
)
from generator.publish.target import remove, remove_remains, standing_of, switch
from generator.store import digest_of_file

_CHECK_DISK = "线上网站没有变化；请检查目录、权限和磁盘空间后重试"


def publish(site_dir: Path, target_dir: Path, *, keep: int, now: datetime.datetime) -> Release:
    """Makes the site of *site_dir* the live one under *target_dir*, or changes nothing.

    The same site as the live one, and the live one undamaged: nothing is published. The last *keep* releases stay,
    the live one always among them.

    Raises:
        PublishError: it could not be done; the live site stands, unless the message says that the new one is live.
        LockedError: another run is at work on *target_dir*.
        SettingsError: *keep* is not positive.
    """
    if keep < 1:
        raise SettingsError(f"--keep 至少为 1，不能是 {keep}")
    with _explained(f"无法发布到 {target_dir}", _CHECK_DISK):
        files = _read_site(site_dir, target_dir)
        (target_dir / "releases").mkdir(parents=True, exist_ok=True)
    with lock.held(target_dir / ".lock"):
        with _explained(f"无法发布到 {target_dir}", _CHECK_DISK):
            remove_remains(target_dir)
            standing = standing_of(target_dir)
            is_new = not _is_live(target_dir, standing, files)
            if is_new:
                switch(target_dir, _make(site_dir, target_dir, files, standing, now))
        with _explained("网站已是最新，但旧版本没有删净", "请检查目录权限后再发布一次"):
            standing = standing_of(target_dir)
            for name in removable(standing, keep):
                remove(target_dir, name)
    return described(str(standing.current), standing, is_new=is_new)


def rollback(target_dir: Path, release_id: str | None) -> Release:
    """Makes a kept release the live one; None: what was live before the current one.

    Raises:
        PublishError: there is no such release, or it could not be done; the live site stands.
        LockedError: another run is at work on *target_dir*.
    """
    _refuse_missing(target_dir)
    with lock.held(target_dir / ".lock"), _explained(f"无法切换 {target_dir}", _CHECK_DISK):
        standing = standing_of(target_dir)
        name = before(standing) if release_id is None else release_id
        if name is None:
            raise PublishError(f"{target_dir} 没有更早的版本可以切回；线上网站没有变化")
        if name not in standing.manifests:
            raise PublishError(f"{target_dir} 没有版本 {name}；运行 showcase releases {target_dir} 查看保留的版本")
        if name != standing.current:
            switch(target_dir, name)
        return described(name, dataclasses.replace(standing, current=name))


def releases(target_dir: Path) -> tuple[Release, ...]:
    """The complete releases, oldest first.

    Raises:
        PublishError: *target_dir* is no folder, or cannot be read.
    """
    _refuse_missing(target_dir)
    with _explained(f"无法读取 {target_dir}", "请检查目录和权限后重试"):
        standing = standing_of(target_dir)
    return tuple(described(name, standing) for name in sorted(standing.manifests))


def _refuse_missing(target_dir: Path) -> None:
    if not target_dir.is_dir():
        raise PublishError(f"没有目录 {target_dir}；请检查路径，或先运行 showcase publish")


@contextmanager
def _explained(what: str, next_step: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(f"{what}：{error}；{next_step}") from error


def _read_site(site_dir: Path, target_dir: Path) -> dict[str, Content]:
    """Everything to publish, by path, sorted."""
    if not site_dir.is_dir():
        raise PublishError(f"没有网站目录 {site_dir}；请先运行 showcase build，再发布")
    if target_dir.resolve().is_relative_to(site_dir.resolve()):
        raise PublishError(f"发布目录 {target_dir} 在网站目录 {site_dir} 里面，下次生成会删掉它；请换一个目录")
    sizes = _sizes_under(site_dir)
    refuse_strange_site(sizes)
    return {
        path: Content(sha256=digest_of_file(site_dir / path), bytes=size_bytes)
        for path, size_bytes in sorted(sizes.items())
        if path != MARKER
    }


def _sizes_under(folder: Path) -> dict[str, int]:
    """Bytes by path. Links and pipes, which no build makes, could publish any file of this machine: refused."""
    found: dict[str, int] = {}
    left = [folder]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    left.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found[path.relative_to(folder).as_posix()] = entry.stat().st_size
                else:
                    raise PublishError(f"{path} 不是普通文件，不发布；请删掉它，再运行 showcase build")
    return found


def _is_live(target_dir: Path, standing: Standing, files: Mapping[str, Content]) -> bool:
    """Whether the current release holds *files*, and nobody has touched them."""
    manifest = standing.manifests.get(standing.current or "")
    if manifest is None or manifest.digest != digest_of(files):
        return False
    return not wrong_files(target_dir / "releases" / str(standing.current), files)


def _make(
    site_dir: Path, target_dir: Path, files: Mapping[str, Content], standing: Standing, now: datetime.datetime
) -> str:
    """A complete release beside the live one; gives its name."""
    releases_dir = target_dir / "releases"
    name = name_after(standing.names, now, digest_of(files))
    fresh_dir, previous_dir = releases_dir / f".new-{name}", releases_dir / (standing.current or "")
    same = unchanged(files, standing.manifests.get(standing.current or ""))
    try:
        folders = make_folders(fresh_dir, files)
        for path in files:
            if path in same:
                link_or_copy(previous_dir / path, site_dir / path, fresh_dir / path)
            else:
                copy(site_dir / path, fresh_dir / path)
        # A file that was changed inside the last release came along by its link: found here, and copied anew.
        spoiled = wrong_files(fresh_dir, files)
        for path in spoiled:
            (fresh_dir / path).unlink()
            copy(site_dir / path, fresh_dir / path)
        if wrong := wrong_files(fresh_dir, {path: files[path] for path in spoiled}):
            raise PublishError(f"{site_dir / wrong[0]} 在发布过程中变了；线上网站没有变化，请重新发布")
        for folder in folders:
            sync_folder(folder)
        changed = len((files.keys() - same) | set(spoiled))
        manifest = Manifest(files=files, changed=changed, previous=standing.current)
        # Before the folder gets its name: no release is ever without its manifest.
        write(releases_dir / f"{name}.json", manifest_text(manifest))
        fresh_dir.rename(releases_dir / name)
        sync_folder(releases_dir)
    finally:
        shutil.rmtree(fresh_dir, ignore_errors=True)
    return name
