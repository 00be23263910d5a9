"""The site → a folder on this machine: a complete new release beside the live one, then one rename."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PublishError, SettingsError
from generator.publish import lock
from generator.publish.changes import Rehearsal, changes
from generator.publish.copying import copy, link_or_copy, make_folders, sync_folder, write, wrong_files
from generator.publish.guards import newly_withdrawn, reference, refuse_returned, refuse_short_index, refuse_shrunken
from generator.publish.release import (
    Manifest,
    Release,
    Standing,
    before,
    described,
    digest_of,
    manifest_text,
    name_after,
    removable,
    unchanged,
    without,
)
from generator.publish.site import Progress, Site, read_site
from generator.publish.target import remove, remove_remains, standing_of, switch
from generator.publish.withdrawal import Purge, purge_of, refuse_withdrawn

_CHECK_DISK = "线上网站没有变化；请检查目录、权限和磁盘空间后重试"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication did."""

    release: Release  # the live one now
    purge: Purge  # releases that went since they held a case that is withdrawn now
    withdrawn: int  # cases that were live until now


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def publish(
    site_dir: Path,
    target_dir: Path,
    *,
    keep: int,
    now: datetime.datetime,
    max_lost_percent: int | None,
    progress: Progress = _silent,
) -> Published:
    """Makes the site of *site_dir* the live one under *target_dir*, or changes nothing.

    The same site as the live one, and the live one undamaged: nothing is published. Releases with a case that the site
    calls withdrawn go, whatever *keep* says; of the others the last *keep* stay, the live one always among them.
    *max_lost_percent* is how much of its pages a site may lose; None: no guard stops it (`--force`).

    Raises:
        PublishError: it could not be done; the live site stands, unless the message says that the new one is live.
        LockedError: another run is at work on *target_dir*.
        SettingsError: *keep* is not positive.
    """
    with _explained(f"无法发布到 {target_dir}", _CHECK_DISK):
        site = _read(site_dir, target_dir, keep, progress)
        (target_dir / "releases").mkdir(parents=True, exist_ok=True)
    with lock.held(target_dir / ".lock"):
        with _explained(f"无法发布到 {target_dir}", _CHECK_DISK):
            remove_remains(target_dir)
            standing = standing_of(target_dir)
            withdrawn = len(newly_withdrawn(site.census, reference(standing)))
            is_new = not _is_live(target_dir, standing, site)
            if is_new:
                _guard(site, standing, max_lost_percent)
                switch(target_dir, _make(site, target_dir, standing, now, progress))
        with _explained("网站已是最新，但旧版本没有删净", "请检查目录权限后再发布一次"):
            standing = standing_of(target_dir)
            purge = purge_of(standing, site.census.withdrawn)
            for name in (*purge.releases, *removable(without(standing, purge.releases), keep)):
                remove(target_dir, name)
            _refuse_unknown(target_dir, standing, site)
    release = described(str(standing.current), standing, is_new=is_new)
    return Published(release=release, purge=purge, withdrawn=withdrawn)


def rehearse(
    site_dir: Path, target_dir: Path, *, keep: int, max_lost_percent: int | None, progress: Progress = _silent
) -> Rehearsal:
    """What `publish` would do; nothing is written, no lock is taken, *target_dir* need not exist.

    Raises:
        PublishError: the site or the target cannot be read.
        SettingsError: *keep* is not positive.
    """
    with _explained(f"无法读取 {site_dir} 或 {target_dir}", "什么也没有写；请检查目录和权限后重试"):
        site = _read(site_dir, target_dir, keep, progress)
        standing = standing_of(target_dir)
        is_new = not _is_live(target_dir, standing, site)
    refusal = None
    try:
        if is_new:
            _guard(site, standing, max_lost_percent)
    except PublishError as error:
        refusal = str(error)
    live = standing.manifests.get(standing.current or "")
    told, same = changes(site.files, live)
    purge = purge_of(standing, site.census.withdrawn, site.files if is_new else None)
    return Rehearsal(
        changes=told,
        unchanged=same,
        purge=purge,
        withdrawn=len(newly_withdrawn(site.census, reference(standing))),
        removed=removable(without(standing, purge.releases), keep - is_new),
        is_new=is_new,
        refusal=refusal,
    )


def _read(site_dir: Path, target_dir: Path, keep: int, progress: Progress) -> Site:
    if keep < 1:
        raise SettingsError(f"--keep 至少为 1，不能是 {keep}")
    site = read_site(site_dir, progress)
    if target_dir.resolve().is_relative_to(site_dir.resolve()):
        raise PublishError(f"发布目录 {target_dir} 在网站目录 {site_dir} 里面，下次生成会删掉它；请换一个目录")
    return site


def _guard(site: Site, standing: Standing, max_lost_percent: int | None) -> None:
    if max_lost_percent is None:
        return
    live = reference(standing)
    refuse_returned(site.census, live)
    refuse_short_index(site.census, site.indexed)
    refuse_shrunken(site.files, site.census, live, max_lost_percent=max_lost_percent)


def _refuse_unknown(target_dir: Path, standing: Standing, site: Site) -> None:
    """A release without its manifest is not ours to remove, and nobody can say that it is free of withdrawn cases."""
    pages = [path for address in site.census.withdrawn if (path := f"{address}index.html") in site.files]
    for name in sorted(standing.names - standing.manifests.keys()):
        folder = target_dir / "releases" / name
        held = [page for page in pages if (folder / page).exists() and wrong_files(folder, {page: site.files[page]})]
        if held:
            raise PublishError(
                f"网站已是最新，但 {folder} 没有清单，里面可能还有已撤回的案例（{held[0]}）；请把这个目录删掉"
            )


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
        refuse_withdrawn(standing, name)
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


def _is_live(target_dir: Path, standing: Standing, site: Site) -> bool:
    """Whether the current release is *site*, and nobody has touched its files."""
    manifest = standing.manifests.get(standing.current or "")
    if manifest is None or manifest.digest != digest_of(site.files) or manifest.census != site.census:
        return False
    return not wrong_files(target_dir / "releases" / str(standing.current), site.files)


def _make(site: Site, target_dir: Path, standing: Standing, now: datetime.datetime, progress: Progress) -> str:
    """A complete release beside the live one; gives its name."""
    releases_dir = target_dir / "releases"
    files = site.files
    name = name_after(standing.names, now, digest_of(files))
    fresh_dir, previous_dir = releases_dir / f".new-{name}", releases_dir / (standing.current or "")
    same = unchanged(files, standing.manifests.get(standing.current or ""))
    try:
        folders = make_folders(fresh_dir, files)
        for number, path in enumerate(files, 1):
            if path in same:
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
        for folder in folders:
            sync_folder(folder)
        changed = len((files.keys() - same) | set(spoiled))
        manifest = Manifest(files=files, changed=changed, previous=standing.current, census=site.census)
        # Before the folder gets its name: no release is ever without its manifest.
        write(releases_dir / f"{name}.json", manifest_text(manifest))
        fresh_dir.rename(releases_dir / name)
        sync_folder(releases_dir)
    finally:
        shutil.rmtree(fresh_dir, ignore_errors=True)
    return name
