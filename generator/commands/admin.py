"""`showcase admin`: the program of the editors' page, fetched beforehand, and the header that a web server sends with the page."""

from __future__ import annotations

import click

from generator.adminflow import server_of
from generator.pages.admin.fetching import fetch_program
from generator.pages.admin.page import policy
from generator.pages.admin.program import PACKAGE, VERSION, find_program
from generator.publish import lock
from generator.store import Store
from generator.terminal import explained, settings_of


@click.command()
@click.pass_context
def admin(context: click.Context) -> None:
    """取来编辑页 /admin/ 的程序并核对指纹；设置了编辑页的，给出网页服务器要发的安全策略。"""
    with explained():
        settings = settings_of(context)
        store = Store(settings.store_dir)
        with lock.held(settings.lock_file):
            if find_program(store) is None:
                fetch_program(store)
                click.echo(f"取来了 {PACKAGE} {VERSION}，指纹相符，以后不用联网。")
            else:
                click.echo(f"{PACKAGE} {VERSION} 已经在缓存里，不用再取。")
    asked = settings.options.admin
    if asked is None:
        click.echo(f"{settings.config_file.name} 没有设置 admin，网站不带编辑页。")
        return
    click.echo(f"Content-Security-Policy: {policy(server_of(asked))}; frame-ancestors 'none'")
