"""showcase publish, rollback and releases: the site where visitors see it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from generator.commands.targets import answer_url_of, target_of
from generator.errors import PublishError
from generator.night.outcome import PublishedTold, written
from generator.publish import lock, transfer
from generator.publish.changes import Count, Rehearsal
from generator.publish.target import Target
from generator.publish.withdrawal import Purge
from generator.settings import Settings
from generator.terminal import explained, progress_shown, settings_of


@click.command()
@click.argument("target")
@click.option("--keep", default=5, show_default=True, help="保留最近几次发布")
@click.option("--dry-run", is_flag=True, help="只说会改变什么，什么也不写")
@click.option("--force", is_flag=True, help="页面少了很多、搜索不全、已撤回的案例又出现，也照样发布")
@click.option("--json", "told", type=click.Path(path_type=Path), help="把做了什么也写成 JSON，供程序读取")
@click.pass_context
def publish(context: click.Context, target: str, keep: int, dry_run: bool, force: bool, told: Path | None) -> None:
    """把已生成的网站发布到 TARGET：新版本整体就位后，一次改名切换。

    TARGET 是本机的目录，或服务器 ssh://用户@主机/路径（经 rsync）。
    """
    with explained():
        settings = settings_of(context)
        max_lost_percent = None if force else settings.options.max_lost_percent
        if dry_run:
            _rehearse(settings, target_of(context, target), keep, max_lost_percent)
            return
        place = target_of(context, target)
        with lock.held(settings.lock_file), progress_shown() as progress:
            done = transfer.publish(
                settings.site_dir,
                place,
                keep=keep,
                now=datetime.datetime.now(datetime.UTC),
                max_lost_percent=max_lost_percent,
                answer_url=answer_url_of(settings, place),
                progress=progress,
            )
        if told:
            told.write_bytes(written(_told(done)))
    release = done.release
    if release.is_new:
        click.echo(f"已发布 {release.id}：{release.files} 个文件，其中 {release.changed} 个有变化。")
    else:
        click.echo(f"没有变化，线上仍是 {release.id}。")
    if done.withdrawn:
        click.echo(f"这次撤回 {done.withdrawn} 个案例。")
    _tell_purge(done.purge, "已清除")
    if done.purge.releases and not done.has_way_back:
        click.echo("提醒：现在没有更早的版本可以切回，rollback 用不了；网站有问题，只能改好再发布。")


def _told(done: transfer.Published) -> PublishedTold:
    """What this publication did: where nothing was new, nothing has changed, whatever changed when the live release came."""
    release = done.release
    return PublishedTold(
        release=release.id, is_new=release.is_new, files=release.files, changed=release.changed if release.is_new else 0,
        withdrawn=done.withdrawn, purged=done.purge.releases,
    )  # fmt: skip


def _rehearse(settings: Settings, target: Target, keep: int, max_lost_percent: int | None) -> None:
    """Reads, takes no lock: a lock is a file. Ends as the publication would."""
    with progress_shown() as progress:
        found = transfer.rehearse(
            settings.site_dir, target, keep=keep, max_lost_percent=max_lost_percent, progress=progress
        )
    click.echo("试运行，什么也没有写。")
    _tell_changes(found)
    if found.withdrawn:
        click.echo(f"撤回 {found.withdrawn} 个案例。")
    if found.refusal is not None:
        raise PublishError(found.refusal)
    _tell_purge(found.purge, "将清除")
    if found.removed:
        click.echo(f"将删除较早的版本：{'、'.join(found.removed)}。")
    if found.purge.releases and not found.has_way_back:
        click.echo(
            "提醒：清除以后没有更早的版本可以切回，rollback 用不了；发布后有问题，只能改好再发布。请先看好要发布的网站。"
        )


def _tell_changes(found: Rehearsal) -> None:
    if not found.is_new:
        click.echo("没有变化，不会有新版本。")
        return
    for kind, change in found.changes.items():
        parts = (("新增", change.new), ("改动", change.changed), ("去掉", change.gone))
        click.echo(f"{kind}：{'，'.join(f'{word} {_count(count)}' for word, count in parts if count.files)}。")
    if not found.changes:
        click.echo("文件都与线上清单一致，但线上的文件被改动过，会重新放好。")
    click.echo(f"不变：{_count(found.unchanged)}。")


def _tell_purge(purge: Purge, word: str) -> None:
    """What went, or will go, for good."""
    if not purge.releases:
        return
    click.echo(f"{word}含有已撤回案例的旧版本 {len(purge.releases)} 个：{'、'.join(purge.releases)}。")
    click.echo(f"  撤回的案例：{'、'.join(purge.cases)}。")
    click.echo(f"  不再有任何版本用到的文件 {_count(Count(files=purge.files, bytes=purge.bytes))}。")
    click.echo("  本机缓存里的那一份，用 showcase sweep 清理。")


def _count(count: Count) -> str:
    amount = f"{count.bytes / 1_000_000:.1f} MB" if count.bytes >= 1_000_000 else f"{count.bytes / 1_000:.1f} kB"
    return f"{count.files} 个（{amount}）"


@click.command()
@click.argument("target")
@click.argument("release_id", required=False)
@click.pass_context
def rollback(context: click.Context, target: str, release_id: str | None) -> None:
    """把 TARGET 切回上一个版本，或切到 RELEASE_ID。"""
    with explained():
        release = transfer.rollback(target_of(context, target), release_id)
    click.echo(f"线上已切换到 {release.id}。")


@click.command()
@click.argument("target")
@click.pass_context
def releases(context: click.Context, target: str) -> None:
    """列出 TARGET 中保留的版本。"""
    with explained():
        for release in transfer.releases(target_of(context, target)):
            click.echo(f"{'*' if release.is_current else ' '} {release.id}  {release.files} 个文件")
