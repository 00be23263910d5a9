"""`showcase schema`: what editors complete front matter by, printed or written."""

from __future__ import annotations

from pathlib import Path

import click

from generator.catalog.reader import read_catalog
from generator.catalog.schema import case_schema
from generator.errors import SettingsError
from generator.terminal import explained, settings_of


@click.command()
@click.argument("campaign", required=False)
@click.option("--write", "folder", type=click.Path(path_type=Path, file_okay=False), help="写出每个活动的 <活动>.json")
@click.pass_context
def schema(context: click.Context, campaign: str | None, folder: Path | None) -> None:
    """输出案例信息区的 JSON Schema，供编辑器补全；写上 CAMPAIGN 就只列它的类别、选题和等次。"""
    with explained():
        catalog = read_catalog(settings_of(context).cases_dir)
        calls = catalog.campaigns
        if campaign is not None and campaign not in calls:
            raise SettingsError(f"没有活动 {campaign}，可选：{'、'.join(calls)}")
        if folder is None:
            chosen = calls[campaign] if campaign else None
            click.echo(case_schema(chosen, catalog.regions, catalog.vocabulary), nl=False)
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in [campaign] if campaign else calls:
            text = case_schema(calls[name], catalog.regions, catalog.vocabulary)
            (folder / f"{name}.json").write_text(text, "utf-8")
            click.echo(folder / f"{name}.json")
