"""The bench of pages: a server like the city's, and rows that say which audit cost points."""

from __future__ import annotations

import gzip
import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benches import pages
from benches.pages_server import serving
from generator.webserver.headers import PAGE_POLICY


@pytest.fixture
def site_dir(tmp_path: Path) -> Path:
    for name, text in (("index.html", "首页" * 500), ("404.html", "没有"), ("assets/site.0123abcd.css", "a{}" * 300)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_server_compresses_keeps_connections_and_says_what_may_be_kept(site_dir: Path) -> None:
    with serving(site_dir) as address:
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        line.request("GET", "/", headers={"Accept-Encoding": "gzip"})
        home = line.getresponse()
        assert (home.status, home.version, home.headers["Content-Encoding"]) == (200, 11, "gzip")
        assert gzip.decompress(home.read()).decode() == "首页" * 500
        assert (home.headers["Cache-Control"], home.headers["Content-Security-Policy"]) == ("no-cache", PAGE_POLICY)
        line.request("GET", "/assets/site.0123abcd.css")  # on the same connection
        style = line.getresponse()
        assert style.read() == b"a{}" * 300 and style.headers["Content-Encoding"] is None
        assert "immutable" in style.headers["Cache-Control"]
        line.request("GET", "/nothing/")
        assert line.getresponse().status == 404
        line.close()


def test_nothing_beside_the_site_is_served(site_dir: Path) -> None:
    (site_dir.parent / "secret.txt").write_text("x")
    with serving(site_dir) as address:
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        line.request("GET", "/../secret.txt")
        assert line.getresponse().status == 404
        line.close()


def test_a_page_is_judged_by_its_medians_and_a_missed_bound_names_the_audits() -> None:
    figures = {bound.name: 100.0 for bound in pages.BOUNDS} | dict.fromkeys(pages._TOLD, 900.0)

    def one(performance: float, shift: float) -> dict[str, object]:
        own = figures | {"performance": performance, "cumulative-layout-shift": shift}
        return {"figures": own, "failed": {"performance": ["unused-css-rules"]}}

    rows = {row.measure: row for row in pages._rows("home", [one(99, 0.0), one(80, 0.01), one(90, 0.3)])}
    missed = rows["home: performance"]
    assert (missed.figure, missed.is_kept, missed.note) == (90, False, "unused-css-rules")
    assert rows["home: cumulative-layout-shift"].is_kept
    assert rows["home: seo"].is_kept and rows["home: seo"].note == ""
    assert rows["home: total-byte-weight"].figure == 0.9
