"""The frame of every page, rendered once by MkDocs and Material with holes in it, and the files that it needs.

With `plugin.py` the only module that knows MkDocs: a change of renderer ends here and in theme/.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mkdocs.config
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.plugins import BasePlugin

from generator.errors import RenderError, reason_at
from generator.store import Store, digest_of_file, key_of

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no text of ours, Material's or an editor's
_HOLE = re.compile(f"{_OPEN}([a-z-]+){_CLOSE}")
_ASSET = re.compile(r"assets/[A-Za-z0-9_./-]+\.(?:css|js|svg|png|woff2)")

STYLES = (
    "tokens",
    "base",
    "header",
    "cards",
    "covers",
    "lists",
    "results",
    "home",
    "case",
    "share",
    "viewer",
    "player",
    "campaign",
    "data",
    "search",
    "suggest",
    "charts",
    "pilots",
    "elder",
    "print",
)
"""Style sheets of theme/assets/stylesheets/ in the order that they are joined."""

PREVIEW_STYLES: Mapping[str, tuple[str, ...]] = {"": (), "site": ("preview",), "folder": ("preview", "preview-folder")}
"""What comes behind them on the pages of each kind of preview; visitors carry none of it."""

_SUGGEST = ("search-text", "search-dom", "search-load", "suggest-rows", "suggest-box")
JOINED: Mapping[str, tuple[str, ...]] = {
    "first.js": ("first", "finder-first"),
    "site.js": ("site", "suggest-start"),
    "suggest.js": _SUGGEST,
    "search.js": (
        *_SUGGEST,
        *("search-format", "search-index", "search-results"),
        *("finder-state", "finder-card", "finder-facets", "finder", "finder-show"),
    ),
}
"""Scripts that pages get as one file, since every request counts, and their parts in theme/assets/javascripts/."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page with holes: texts and names of holes in turn, beginning and ending with a text."""

    pieces: tuple[str, ...]
    assets: Mapping[str, Path]  # address relative to the root → file
    scripts: Mapping[str, str]  # the name in theme/assets/javascripts → its address
    digest: str

    def fill(self, given: Mapping[str, str]) -> str:
        """The page with every hole filled; a hole that *given* lacks stays empty."""
        return "".join(piece if i % 2 == 0 else given.get(piece, "") for i, piece in enumerate(self.pieces))


def frame(config_file: Path, theme_dir: Path, extra: Mapping[str, Any], store: Store) -> Frame:
    """The frame after the theme and settings as they are now, remembered by both.

    *extra* is what the header and footer show (`showcase` in their templates).

    Raises:
        RenderError: a template or mkdocs.yml is broken.
    """
    sources = sorted(path for path in theme_dir.rglob("*") if path.is_file() and "templates" not in path.parts)
    key = key_of(
        [(path.relative_to(theme_dir).as_posix(), digest_of_file(path)) for path in sources],
        digest_of_file(config_file),
        digest_of_file(Path(__file__)),
        [importlib.metadata.version(name) for name in ("mkdocs", "mkdocs-material", "jinja2")],
        dict(extra),
    )
    found = store.find("frames", key, ".json")
    if found is None:
        with _quiet(), tempfile.TemporaryDirectory() as folder:
            made = _rendered(config_file, theme_dir, extra, Path(folder), store)
        found = store.keep("frames", key, json.dumps(made, ensure_ascii=False).encode(), ".json")
    kept = json.loads(found.read_bytes())
    return Frame(
        pieces=tuple(_HOLE.split(kept["html"])),
        assets={address: store.path("frames", *parts) for address, parts in kept["assets"].items()},
        scripts=kept["scripts"],
        digest=key,
    )


def scripts(folder: Path) -> dict[str, bytes]:
    """The scripts of *folder* as pages get them, by name: those of `JOINED`, and every other file that is no part of one."""
    parts = {part for joined in JOINED.values() for part in joined}
    alone = {path.name: (path.stem,) for path in sorted(folder.glob("*.js")) if path.stem not in parts}
    return {
        name: b"\n".join((folder / f"{part}.js").read_bytes() for part in joined)
        for name, joined in sorted({**alone, **JOINED}.items())
    }


def _rendered(
    config_file: Path, theme_dir: Path, extra: Mapping[str, Any], folder: Path, store: Store
) -> dict[str, Any]:
    assets: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}

    def keep(data: bytes, stem: str, suffix: str) -> str:
        digest = key_of("asset", data.hex())
        address = f"assets/{stem}.{digest[:12]}{suffix}"
        store.keep("frames", digest, data, suffix)
        assets[address] = (digest, suffix)
        return address

    styles = theme_dir / "assets" / "stylesheets"
    names_of_styles = (*STYLES, *PREVIEW_STYLES[extra["preview"]])
    joined = "\n".join((styles / f"{name}.css").read_text("utf-8") for name in names_of_styles)
    names["site.css"] = keep(_with_the_systems_scheme(joined).encode(), "site", ".css")
    for name, data in scripts(theme_dir / "assets" / "javascripts").items():
        names[name] = keep(data, name.removesuffix(".js"), ".js")
    for image in sorted((theme_dir / "assets" / "images").iterdir()):
        data = image.read_bytes()
        digest = key_of("asset", data.hex())
        store.keep("frames", digest, data, image.suffix)
        assets[f"assets/images/{image.name}"] = (digest, image.suffix)

    docs_dir, site_dir = folder / "docs", folder / "site"
    docs_dir.mkdir()
    (docs_dir / "frame.md").write_text("---\ntemplate: frame.html\n---\n", "utf-8")
    try:
        config = mkdocs.config.load_config(
            str(config_file), docs_dir=str(docs_dir), site_dir=str(site_dir), plugins=[], nav=None
        )
        config.theme.static_templates = set()  # 404.html and sitemap.xml are pages of ours
        config.plugins["showcase-frame"] = _FramePlugin(names, extra)
        build(config)
    except (SystemExit, Exception) as error:
        # MkDocs leaves by SystemExit as well as by exceptions of Jinja and its own; all mean a broken theme.
        why = reason_at(error) if isinstance(error, OSError) else error
        raise RenderError(f"页面框架生成失败：{why}。请检查 theme/ 和 mkdocs.yml") from error
    html = (site_dir / "frame" / "index.html").read_text("utf-8")
    for address in sorted(set(_ASSET.findall(html))):
        if address not in assets and (site_dir / address).is_file():
            data = (site_dir / address).read_bytes()
            data = re.sub(rb"\n?/\*# sourceMappingURL=.*?\*/|\n?//# sourceMappingURL=.*", b"", data)
            digest = key_of("asset", data.hex())
            suffix = Path(address).suffix
            store.keep("frames", digest, data, suffix)
            assets[address] = (digest, suffix)
    return {"html": _tidy(html), "assets": assets, "scripts": {n: a for n, a in names.items() if n.endswith(".js")}}


def _with_the_systems_scheme(styles: str) -> str:
    """With the dark colours once more, for browsers that run no script: `first.js` tells all others which scheme it is."""
    dark = re.search(r':root\[data-scheme="dark"\] (\{[^}]*\})', styles)
    if dark is None:
        return styles
    unscripted = f"@media screen and (prefers-color-scheme: dark) {{\n:root:not([data-scheme]) {dark[1]}\n}}"
    return styles.replace(dark[0], f"{dark[0]}\n\n{unscripted}", 1)


def _tidy(html: str) -> str:
    """Indentation and empty lines of the templates are weight that no reader sees."""
    return re.sub(r"\s*\n\s*", "\n", html)


class _FramePlugin(BasePlugin):  # type: ignore[type-arg]
    """Gives the templates their holes, and addresses that begin at a hole for the root."""

    def __init__(self, names: Mapping[str, str], extra: Mapping[str, Any]) -> None:
        super().__init__()
        self._names = names
        self._extra = extra

    def on_env(self, env: Any, **_: Any) -> Any:
        """Called by MkDocs before it renders."""
        env.filters["url"] = lambda address: Markup(f"{_OPEN}root{_CLOSE}") + address  # noqa: S704
        env.globals["hole"] = lambda name: Markup(f"{_OPEN}{name}{_CLOSE}")  # noqa: S704
        env.globals["asset"] = self._names.__getitem__
        env.globals["showcase"] = self._extra
        return env


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps MkDocs' log and Material's advertisement of its successor out of a nightly log."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    before = os.environ.get("NO_MKDOCS_2_WARNING")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    try:
        yield
    finally:
        logger.setLevel(level)
        if before is None:
            del os.environ["NO_MKDOCS_2_WARNING"]
