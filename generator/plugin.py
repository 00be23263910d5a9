"""Door: MkDocs' events. `mkdocs build` and `mkdocs serve` walk the same corridor as `showcase build`.

MkDocs itself is left with nothing to write: its pages, theme files and templates are taken away, and its
output folder is a scratch one, since it empties that folder before anybody could object.
"""

from __future__ import annotations

import datetime
import logging
import tempfile
from pathlib import Path
from typing import Any

import mkdocs.commands.serve
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator import pipeline
from generator.errors import ShowcaseError
from generator.publish import lock
from generator.settings import Settings

_log = logging.getLogger("mkdocs.plugins.showcase")
_DRAFTS = "showcase-drafts"  # set by `serve` alone: what MkDocs serves is in a folder of its own


class Options(Config):
    """Handed on as written: `generator.settings` checks them for both doors."""

    cases_dir = Type(str, default="cases")
    var_dir = Type(str, default=".showcase")
    sample = Type(bool, default=False)
    organiser = Type(str, default="")
    undertaker = Type(str, default="")
    contact = Type(str, default="")
    correction = Type(str, default="")
    icp = Type(str, default="")
    police = Type(str, default="")
    site_code = Type(str, default="")
    security_contact = Type(str, default="")
    security_expires = Optional(Type((datetime.date, str)))
    share_cards = Type(bool, default=False)
    workers = Optional(Type(int))
    admin = Type((dict, str), default="")
    originals = Type((list, str), default=[])
    max_lost_percent = Type(int, default=10)
    release_url = Type(str, default="")
    ssh_config = Type(str, default="")


class ShowcasePlugin(BasePlugin[Options]):
    """The plugin named in mkdocs.yml."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Takes MkDocs' own output away, and remembers where ours goes."""
        self._site_dir = Path(config.site_dir)
        self._scratch = tempfile.TemporaryDirectory(prefix="showcase-mkdocs-")
        config.site_dir = self._scratch.name
        config.theme.static_templates = set()
        return config

    def on_files(self, files: Files, **_: Any) -> Files:
        """Nothing of MkDocs' is rendered or copied."""
        return Files([file for file in files if False])

    def on_post_build(self, config: MkDocsConfig) -> None:
        """The corridor. A strict build with content errors stops before it writes."""
        self._scratch.cleanup()
        written = {
            "site_name": config.site_name,
            "site_description": config.site_description,
            "site_url": config.site_url,
            "site_dir": str(self._site_dir),
            "docs_dir": config.docs_dir,
            "theme": {"custom_dir": config.theme.custom_dir},
        }
        try:
            settings = Settings.of(Path(config.config_file_path), written, dict(self.config))
            preview = pipeline.Preview(folder=settings.site_dir) if config.extra.get(_DRAFTS) else None
            with lock.held(settings.lock_file):
                built = pipeline.build(settings, strict=config.strict, preview=preview)
        except ShowcaseError as error:
            raise PluginError(str(error)) from error
        for diagnostic in built.verdict.diagnostics:
            if diagnostic.severity == "error":
                _log.warning(f"{diagnostic.file}:{diagnostic.line} {diagnostic.code} {diagnostic.message.zh}")
        if built.site_dir is None:
            raise PluginError("案例有错误，严格模式下不输出任何文件")
        for sentence in settings.reminders:
            _log.info(f"提醒：{sentence}")  # a warning would end `mkdocs build --strict`
        for sentence in built.notes:
            _log.info(sentence)
        _log.info(f"{built.cases} cases, {built.pages} pages ({built.pages_made} made)")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Edits of cases show themselves too."""
        server.watch(str(Path(config.config_file_path).parent / self.config.cases_dir))
        return server


def serve(config_file: Path, address: str, *, with_drafts: bool = False) -> None:
    """Builds, serves on *address* (host:port), and builds again at every change, until interrupted."""
    mkdocs.commands.serve.serve(str(config_file), livereload=True, dev_addr=address, extra={_DRAFTS: with_drafts})
