"""A small site on 127.0.0.1, made of the theme's own finder, and a browser that looks at it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
import pytest
from playwright.sync_api import Browser, Page

from generator.pages.chrome import STYLES, scripts
from generator.pages.facets import FacetValue, FacetView
from generator.search import Entry, Suggestion, build_index
from generator.search.grams import Scale
from generator.store import Store

from .samples import LABELS, SMALL, corpus, entry

THEME = Path(__file__).parents[2] / "theme"
HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>&lt;b&gt;"\'“恶意”'
PAGE = """<!doctype html><html lang="zh-CN" class="no-js"><meta charset="utf-8"><title>搜索</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:">
<link rel="stylesheet" href="../../site.css"><script src="../../first.js"></script>
<main class="page">{finder}</main><script src="../../search.js" defer></script>
<script src="../../site.js" defer data-suggest-script="../../suggest.js"></script></html>"""


@dataclass
class Site:
    """The pages and what was asked of them."""

    address: str
    folder: Path
    cases: list[Entry]
    asked: list[str] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)  # parts of paths that answer 503


def _handler(site: Site) -> type[http.server.SimpleHTTPRequestHandler]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            if any(part in self.path for part in site.failing):
                self.send_error(503)
            else:
                super().do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def finder(cases: Sequence[Entry]) -> str:
    """The finder as the search page has it, with the facets of *cases*."""
    counts = Counter((facet, slug) for case in cases for facet, slugs in case.facets for slug in slugs)
    facets = [
        FacetView(
            kind=kind,
            label=kind,
            values=tuple(
                FacetValue(slug=slug, text=text, url=f"{kind}/{slug}/", count=counts[kind, slug]) for slug, text in rows
            ),
        )
        for kind, rows in LABELS.items()
    ]
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(THEME / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return str(templates.get_template("finder.html").module.finder(facets, "../"))  # type: ignore[attr-defined]


def suggestions(cases: Sequence[Entry]) -> list[Suggestion]:
    """The titles of *cases*."""
    return [Suggestion(kind="case", text=case.title, url=case.url) for case in cases]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """300 cases, indexed at the size of tests under /find/ and at the real one under /real/; case 298 is long, case 299 hostile."""
    folder = tmp_path_factory.mktemp("site")
    cases = corpus(298)
    long_body = "填充文字不相干" * 700 + "。尾声里才有学习空间四个字。"
    cases.append(entry(298, title="独角兽", unit="某校", authors=(), keywords=(), summary="摘要", body=long_body))
    cases.append(
        entry(299, title=f"恶意标题{HOSTILE}", unit=HOSTILE, summary=HOSTILE, body=HOSTILE, keywords=(HOSTILE,))
    )
    store = Store(tmp_path_factory.mktemp("store"))
    page = PAGE.format(finder=finder(cases))
    for name, scale in (("find", SMALL), ("real", Scale())):
        index = build_index(cases, LABELS, store, suggestions=suggestions(cases), scale=scale)
        for address, path in index.files.items():
            target = folder / name / "search" / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (folder / name / "all").mkdir()
        (folder / name / "all" / "index.html").write_text(page, encoding="utf-8")
    for name, data in scripts(THEME / "assets" / "javascripts").items():
        (folder / name).write_bytes(data)
    styles = THEME / "assets" / "stylesheets"
    (folder / "site.css").write_bytes(b"".join((styles / f"{name}.css").read_bytes() for name in STYLES))
    made = Site(address="", folder=folder, cases=cases)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_handler(made), directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A desk 1440 px wide. A breach of the policy or an error of the script fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    made = context.new_page()
    complaints: list[str] = []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    site.asked.clear()
    site.failing.clear()
    yield made
    context.close()
    assert complaints == []
