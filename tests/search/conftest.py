"""A small site on 127.0.0.1 and a browser that looks at it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.search import Entry, build_index
from generator.search.grams import Scale
from generator.store import Store

from .samples import LABELS, SMALL, corpus, entry

SCRIPT = Path(__file__).parents[2] / "theme" / "assets" / "javascripts" / "search.js"
HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>&lt;b&gt;"\'“恶意”'
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>搜索</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:">
<link rel="stylesheet" href="../search.css">
<div class="finder" data-finder data-index="../{folder}/index.json" data-root="../"></div>
<script src="../search.js" defer></script></html>"""


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
    for page, scale in (("find", SMALL), ("real", Scale())):
        for address, path in build_index(cases, LABELS, store, scale=scale).files.items():
            target = folder / f"{page}-index" / address
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (folder / page).mkdir()
        (folder / page / "index.html").write_text(PAGE.format(folder=f"{page}-index"), encoding="utf-8")
    shutil.copyfile(SCRIPT, folder / "search.js")
    shutil.copyfile(SCRIPT.parents[1] / "stylesheets" / "search.css", folder / "search.css")
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
