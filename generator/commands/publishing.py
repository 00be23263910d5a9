"""showcase publish, rollback and releases: the site where visitors see it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from generator.publish import lock, transfer
from generator.terminal import explained, settings_of


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keep", default=5, show_default=True, help="保留最近几次发布")
@click.pass_context
def publish(context: click.Context, target: Path, keep: int) -> None:
    """把已生成的网站发布到 TARGET 目录：新版本整体就位后，一次改名切换。"""
    with explained():
        settings = settings_of(context)
        with lock.held(settings.lock_file):
            now = datetime.datetime.now(datetime.UTC)
            release = transfer.publish(settings.site_dir, target, keep=keep, now=now)
    if release.is_new:
        click.echo(f"已发布 {release.id}：{release.files} 个文件，其中 {release.changed} 个有变化。")
    else:
        click.echo(f"没有变化，线上仍是 {release.id}。")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("release_id", required=False)
def rollback(target: Path, release_id: str | None) -> None:
    """把 TARGET 切回上一个版本，或切到 RELEASE_ID。"""
    with explained():
        release = transfer.rollback(target, release_id)
    click.echo(f"线上已切换到 {release.id}。")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def releases(target: Path) -> None:
    """列出 TARGET 中保留的版本。"""
    with explained():
        for release in transfer.releases(target):
            click.echo(f"{'*' if release.is_current else ' '} {release.id}  {release.files} 个文件")
