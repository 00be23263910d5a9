"""The word after `showcase publish` → the place that it means."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from generator.publish.address import address_of, is_server
from generator.publish.folder import Folder
from generator.publish.release import ANSWER
from generator.publish.server import Server
from generator.publish.ssh import Reach
from generator.publish.target import Target
from generator.settings import Settings
from generator.terminal import settings_of


def target_of(context: click.Context, word: str) -> Target:
    """A server, or a folder of this machine, for which no settings are needed: the way back is open when they are broken.

    Raises:
        SettingsError: *word* looks like a server and is written wrongly; or the settings are wrong.
    """
    if not is_server(word):
        return Folder(Path(word))
    address, settings = address_of(word), settings_of(context)
    memory_dir = settings.servers_dir / hashlib.sha256(address.shown.encode()).hexdigest()[:16]
    return Server(address, Reach(ssh_config=settings.ssh_config_file), memory_dir)


def answer_url_of(settings: Settings, target: Target) -> str | None:
    """Where the web server of *target* says which release it shows; None: it is not asked.

    A folder may be looked at by nobody, and samples have no address: they are asked only where the settings say so.
    """
    written = settings.options.release_url
    if written:
        return None if written == "off" else written
    is_asked = isinstance(target, Server) and not settings.options.sample
    return settings.site_url + ANSWER if is_asked else None
