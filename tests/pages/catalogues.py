"""Texts of cases/ without their media, to change and to map: what pages say needs no picture."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.catalog.reader import read_catalog
from generator.pages.cards import Shelf
from generator.pages.map import SiteMap, site_map

ROOT = Path(__file__).parent.parent.parent

OPEN_CALL = """\
id: {id}
kind: {kind}
title: {title}
short_title: {title}
year: {year}
issuer: {{unit: 示例局, level: 市级}}
status: {status}
{more}
"""


def copy_texts(folder: Path) -> Path:
    """The sample calls and cases in *folder*, only what people wrote."""
    for source in sorted((ROOT / "cases").rglob("*")):
        if source.suffix in (".yml", ".md"):
            target = folder / source.relative_to(ROOT / "cases")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return folder


def add_call(
    folder: Path,
    id: str,
    more: str = "",
    *,
    status: str = "征集中",
    kind: str = "案例遴选",
    year: int = 2026,
    title: str = "示例活动",
) -> None:
    """A further call in *folder*; *more* is YAML."""
    text = OPEN_CALL.format(id=id, status=status, kind=kind, year=year, title=title, more=more)
    (folder / id).mkdir()
    (folder / id / "campaign.yml").write_text(text, "utf-8")
    (folder / id / "notice.md").write_text("通知。\n", "utf-8")


def add_case(folder: Path, id: str, front: str) -> None:
    """A further public case; *front* is YAML."""
    (folder / id).mkdir(parents=True)
    (folder / id / "index.md").write_text(f"---\n{front}\nstatus: 已公布\n---\n\n正文。\n", "utf-8")


def mapped(folder: Path) -> SiteMap:
    """The pages of the texts in *folder*."""
    return site_map(
        read_catalog(folder),
        frozenset(),
        Shelf(),
        {},
        site_name="站",
        site_url="https://example.org/",
        site_description="",
    )


def view_of(site: SiteMap, url: str) -> object:
    """What the page at *url* shows."""
    return next(page.view for page in site.pages if page.url == url)
