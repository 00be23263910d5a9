"""Corridor: the editors' page of a build, where the settings ask for one and its program can be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalog.campaign import Campaign
from generator.catalog.submission import Catalog
from generator.errors import ToolError
from generator.pages.admin.config import Desk, admin_config
from generator.pages.admin.fetching import fetch_program
from generator.pages.admin.page import admin_files
from generator.pages.admin.program import find_program
from generator.pages.admin.server import PUBLIC, GitServer
from generator.settings import Admin, Settings
from generator.store import Store

_UNDER_WAY = ("征集中", "评审中", "公示中")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorsPage:
    """What of it goes into the site, and what has to be said of it."""

    files: Mapping[str, Path] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def editors_page(catalog: Catalog, settings: Settings, store: Store) -> EditorsPage:
    """The page and its program, which is fetched once; nothing where the settings ask for none.

    A site without it is whole: where the program cannot be had it is left out, and a note says why.
    """
    asked = settings.options.admin
    if asked is None:
        return EditorsPage()
    program = find_program(store)
    if program is None:
        try:
            fetch_program(store)
        except ToolError as error:
            return EditorsPage(notes=(f"没有生成编辑页 /admin/：{error}。其他页面不受影响",))
        program = find_program(store) or {}
    server = server_of(asked)
    desk = Desk(
        site_name=settings.site_name,
        site_url=settings.site_url,
        site_path=settings.site_path,
        cases=settings.options.cases_dir,
        server=server,
    )
    config = admin_config(desk, _calls(catalog), catalog.regions, catalog.vocabulary)
    templates_dir = settings.theme_dir / "templates"
    return EditorsPage(files=admin_files(config, server, settings.site_name, program, templates_dir, store))


def _calls(catalog: Catalog) -> list[Campaign]:
    """Calls that take cases or hold some: open ones first, then the newest. Others only lend their rules to these."""
    holding = {submission.campaign_id for submission in catalog.submissions}
    calls = [call for call in catalog.campaigns.values() if call.id in holding or call.status in _UNDER_WAY]
    return sorted(calls, key=lambda call: (call.status not in _UNDER_WAY, -call.year, call.id))


def server_of(asked: Admin) -> GitServer:
    """Where the page keeps what is written, with the address of a server that everybody knows filled in."""
    return GitServer(
        kind=asked.backend,
        address=(asked.server or PUBLIC.get(asked.backend, "")).rstrip("/"),
        repo=asked.repo,
        branch=asked.branch,
        app_id=asked.app_id,
        sign_in=asked.sign_in,
    )
