"""The site → the live one: a complete new release beside it, then one rename. Wherever the target lies."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import PublishError, SettingsError, reason_at
from generator.publish.answer import refuse_other_answer
from generator.publish.changes import Rehearsal, changes
from generator.publish.copying import wrong_files
from generator.publish.guards import newly_withdrawn, reference, refuse_returned, refuse_short_index, refuse_shrunken
from generator.publish.release import Release, Standing, before, described, digest_of, name_after, removable, without
from generator.publish.site import Draft, Progress, Site, read_site
from generator.publish.target import ServerError, Target
from generator.publish.withdrawal import Purge, purge_of, refuse_withdrawn

_STANDS = "线上网站没有变化"
_CHECK_DISK = "请检查目录、权限和磁盘空间后重试"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication did."""

    release: Release  # the live one now
    purge: Purge  # releases that went since they held a case that is withdrawn now
    withdrawn: int  # cases that were live until now
    has_way_back: bool  # a release to go back to is left


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def publish(
    site_dir: Path,
    target: Target,
    *,
    keep: int,
    now: datetime.datetime,
    max_lost_percent: int | None,
    answer_url: str | None = None,
    progress: Progress = _silent,
) -> Published:
    """Makes the site of *site_dir* the live one of *target*, or changes nothing.

    The same site as the live one, and the live one undamaged: nothing is published. Releases with a case that the site
    calls withdrawn go, whatever *keep* says; of the others the last *keep* stay, the live one always among them.
    *max_lost_percent* is how much of its pages a site may lose; None: no guard stops it (`--force`). At *answer_url* the
    web server has to answer with the new release, or what was live before is live again; None: nobody asks it.

    Raises:
        PublishError: it could not be done; the live site stands, unless the message says that the new one is live.
        LockedError: another run is at work on *target*.
        SettingsError: *keep* is not positive.
    """
    with _explained(f"无法发布到 {target.shown}", _CHECK_DISK):
        site = _read(site_dir, target, keep, progress)
        with target.held():
            return _publish(site, target, keep, now, max_lost_percent, answer_url, progress)


def _publish(
    site: Site,
    target: Target,
    keep: int,
    now: datetime.datetime,
    max_lost_percent: int | None,
    answer_url: str | None,
    progress: Progress,
) -> Published:
    target.remove_remains()
    standing = target.standing()
    withdrawn = len(newly_withdrawn(site.census, reference(standing)))
    is_new = not _is_live(target, standing, site)
    if is_new:
        _guard(site, standing, max_lost_percent)
        name = name_after(standing.names, now, digest_of(site.files))
        target.make(Draft.of(name, site, standing, _spare(standing, site, keep)), progress)
        target.switch(name)
    if answer_url:
        _ask(answer_url, target, standing, name if is_new else None)
    with _explained("网站已是最新，但旧版本没有删净", "请检查目录权限后再发布一次", stands=""):
        standing = target.standing()
        purge = purge_of(standing, site.census.withdrawn)
        gone = (*purge.releases, *removable(without(standing, purge.releases), keep))
        target.remove(gone)
        _refuse_unknown(target, standing, site)
    release = described(str(standing.current), standing, is_new=is_new)
    has_way_back = before(without(standing, gone)) is not None
    return Published(release=release, purge=purge, withdrawn=withdrawn, has_way_back=has_way_back)


def _spare(standing: Standing, site: Site, keep: int) -> str | None:
    """The newest release that is one too many when *site* is live; neither what is live now nor where that leads back to.

    Nor one with a withdrawn case: what is purged is told, file by file.
    """
    purged = purge_of(standing, site.census.withdrawn).releases
    gone = set(removable(without(standing, purged), keep - 1)) - {standing.current, before(standing)}
    return max(gone, default=None)


def _ask(answer_url: str, target: Target, standing: Standing, new: str | None) -> None:
    """Lets the web server say which release it shows; *standing* is what stood before *new* was switched to.

    Raises:
        PublishError: it says another one, or nothing.
    """
    try:
        refuse_other_answer(answer_url, new or str(standing.current))
    except PublishError as error:
        if new is None:
            raise PublishError(f"没有新内容要发布，但{error}") from error
        if standing.current not in standing.manifests:
            raise PublishError(f"新版本 {new} 已放好，但{error}；没有可以切回的版本，没有切回") from error
        with _explained("新版本已切换，网页服务器却没有给出它，切回也失败了", "请运行 showcase rollback", stands=""):
            target.switch(str(standing.current))
        with suppress(OSError):  # it would be kept as one that never served; the next publication may remove it
            target.remove((new,))
        raise PublishError(f"{error}；已切回 {standing.current}，新版本 {new} 没有发布") from error


def rehearse(
    site_dir: Path, target: Target, *, keep: int, max_lost_percent: int | None, progress: Progress = _silent
) -> Rehearsal:
    """What `publish` would do; nothing is written, no lock is taken, *target* need not exist.

    Raises:
        PublishError: the site or the target cannot be read.
        SettingsError: *keep* is not positive.
    """
    with _explained(f"无法读取 {site_dir} 或 {target.shown}", "请检查目录和权限后重试", stands="什么也没有写"):
        site = _read(site_dir, target, keep, progress)
        standing = target.standing()
        is_new = not _is_live(target, standing, site)
    refusal = None
    try:
        if is_new:
            _guard(site, standing, max_lost_percent)
    except PublishError as error:
        refusal = str(error)
    live = standing.manifests.get(standing.current or "")
    told, same = changes(site.files, live)
    purge = purge_of(standing, site.census.withdrawn, site.files if is_new else None)
    removed = removable(without(standing, purge.releases), keep - is_new)
    left = without(standing, (*purge.releases, *removed))
    return Rehearsal(
        changes=told,
        unchanged=same,
        purge=purge,
        withdrawn=len(newly_withdrawn(site.census, reference(standing))),
        removed=removed,
        is_new=is_new,
        # All that is left is older than a new release.
        has_way_back=bool(left.manifests) if is_new else before(left) is not None,
        refusal=refusal,
    )


def _read(site_dir: Path, target: Target, keep: int, progress: Progress) -> Site:
    if keep < 1:
        raise SettingsError(f"--keep 至少为 1，不能是 {keep}")
    site = read_site(site_dir, progress)
    target.refuse_site(site_dir)
    return site


def _guard(site: Site, standing: Standing, max_lost_percent: int | None) -> None:
    if max_lost_percent is None:
        return
    live = reference(standing)
    refuse_returned(site.census, live)
    refuse_short_index(site.census, site.indexed)
    refuse_shrunken(site.files, site.census, live, max_lost_percent=max_lost_percent)


def _refuse_unknown(target: Target, standing: Standing, site: Site) -> None:
    """A release without its manifest is not ours to remove, and nobody can say that it is free of withdrawn cases."""
    pages = {
        page: site.files[page] for address in site.census.withdrawn if (page := f"{address}index.html") in site.files
    }
    for name in sorted(standing.names - standing.manifests.keys()) if pages else ():
        folder = target.pages(name, pages)
        held = [page for page in wrong_files(folder, pages) if (folder / page).exists()]
        if held:
            raise PublishError(
                f"网站已是最新，但 {target.shown} 的 releases/{name} 没有清单，"
                f"里面可能还有已撤回的案例（{held[0]}）；请把这个目录删掉"
            )


def rollback(target: Target, release_id: str | None) -> Release:
    """Makes a kept release the live one; None: what was live before the current one.

    Raises:
        PublishError: there is no such release, or it could not be done; the live site stands.
        LockedError: another run is at work on *target*.
    """
    target.refuse_missing()
    with _explained(f"无法切换 {target.shown}", _CHECK_DISK), target.held():
        standing = target.standing()
        name = before(standing) if release_id is None else release_id
        if name is None:
            raise PublishError(f"{target.shown} 没有更早的版本可以切回；{_STANDS}")
        if name not in standing.manifests:
            raise PublishError(f"{target.shown} 没有版本 {name}；运行 showcase releases {target.shown} 查看保留的版本")
        refuse_withdrawn(standing, name)
        if name != standing.current:
            target.switch(name)
        return described(name, dataclasses.replace(standing, current=name))


def releases(target: Target) -> tuple[Release, ...]:
    """The complete releases, oldest first.

    Raises:
        PublishError: *target* is no folder, or cannot be read.
    """
    target.refuse_missing()
    with _explained(f"无法读取 {target.shown}", "请检查目录和权限后重试", stands=""):
        standing = target.standing()
    return tuple(described(name, standing) for name in sorted(standing.manifests))


@contextmanager
def _explained(what: str, next_step: str, *, stands: str = _STANDS) -> Iterator[None]:
    """A server says itself what to do; of a disk *next_step* says it."""
    try:
        yield
    except ServerError as error:
        raise PublishError(
            "；".join(filter(None, (f"{what}：{error}", "" if error.may_have_switched else stands)))
        ) from error
    except OSError as error:
        raise PublishError("；".join(filter(None, (f"{what}：{reason_at(error)}", stands, next_step)))) from error


def _is_live(target: Target, standing: Standing, site: Site) -> bool:
    """Whether the current release is *site*, and nobody has touched its files."""
    manifest = standing.manifests.get(standing.current or "")
    if manifest is None or manifest.digest != digest_of(site.files) or manifest.census != site.census:
        return False
    return target.is_sound(str(standing.current), site)
