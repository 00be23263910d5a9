"""The editors' page itself: the words before its program runs, what it imports, and the policy that keeps it from every other host."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import jinja2

from generator.pages.admin.program import ENTRY, WORDS, WORDS_ASKED_FOR
from generator.pages.admin.server import GitServer
from generator.store import Store, key_of

PREFIX = "admin/"
"""Where the page stands under the site."""


def admin_files(
    config: str, server: GitServer, site_name: str, program: Mapping[str, Path], templates_dir: Path, store: Store
) -> dict[str, Path]:
    """Path under the site → file: the page, its settings, our few lines that start the program, and the program."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_dir), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("admin.html").render(
        site_name=site_name, imports=imports(), policy=policy(server), is_local=server.kind == "local"
    )
    texts = {
        "index.html": page,
        "config.json": config,
        **{name: (templates_dir / "admin" / name).read_text("utf-8") for name in ("start.js", "admin.css")},
    }
    made = {name: _kept(text, Path(name).suffix, store) for name, text in texts.items()}
    return {f"{PREFIX}{name}": path for name, path in (made | dict(program)).items()}


def imports() -> str:
    """The import map: what our lines call the program, and where it finds its Chinese words."""
    return json.dumps(
        {"imports": {"editor": f"./{ENTRY}", f"./{WORDS_ASKED_FOR}": f"./{WORDS}"}}, separators=(",", ":")
    )


def policy(server: GitServer) -> str:
    """What the page may load and whom it may speak to: itself and the Git server. The same words serve as a header.

    Styles are written into the page by the program as it runs. Clause: issue 5, “Without Git”.
    """
    git = "".join(f" {origin}" for origin in server.origins)
    digest = base64.b64encode(hashlib.sha256(imports().encode()).digest()).decode()
    rules = (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{digest}'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        f"img-src 'self' data: blob:{git}",
        "media-src 'self' blob:",
        "frame-src blob:",
        f"connect-src 'self' data: blob:{git}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _kept(text: str, suffix: str, store: Store) -> Path:
    key = key_of("admin-file", text)
    return store.find("pages", key, suffix) or store.keep("pages", key, text.encode(), suffix)
