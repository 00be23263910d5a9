"""What is compressed beforehand: the same text again, the same bytes each time, and what nginx sends."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest

from generator.store import Store
from generator.webserver.compressed import LEAST_BYTES, compressed_files
from generator.webserver.headers import NAMED_BY_CONTENT, can_be_compressed

from .server import BROTLI, Nginx, free_port, listening, made, running

LONG = b".card { color: #123456 }\n" * 100


def stored(store: Store, files: dict[str, bytes]) -> dict[str, Path]:
    return {
        name: store.keep("pages", f"{i:02}{'a' * 62}", data, f".{name.rpartition('.')[2]}")
        for i, (name, data) in enumerate(files.items())
    }


def test_text_that_never_changes_and_is_long_enough_is_made_smaller_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "assets/site.0123abcd.css": LONG,
        "search/c/0-0123abcd.json": LONG,
        "media/0123456789abcdef01234567.vtt": LONG,
        "assets/short.0123abcd.css": b"a" * (LEAST_BYTES - 1),
        "media/0123456789abcdef01234567.jpg": LONG,
        "search/x/b1/b160b21850c73a.json": LONG,
        "index.html": LONG,
        "data/cases.json": LONG,
        "assets/images/favicon.svg": LONG,
    }
    store = Store(tmp_path)
    made_files = compressed_files(stored(store, files), store)
    smaller = list(files)[:3]
    assert list(made_files) == [f"{name}{ending}" for name in smaller for ending in (".gz", ".br")]
    for name, path in made_files.items():
        data = path.read_bytes()
        assert (gzip.decompress(data) if name.endswith(".gz") else brotli.decompress(data)) == LONG
        assert len(data) < len(LONG) / 2


def test_it_is_made_once_and_the_same_elsewhere(tmp_path: Path) -> None:
    here, there = Store(tmp_path / "here"), Store(tmp_path / "there")
    files = {"assets/site.0123abcd.css": LONG}
    first = compressed_files(stored(here, files), here)
    times = [path.stat().st_mtime_ns for path in first.values()]
    again = compressed_files(stored(here, files), here)
    assert (again, [path.stat().st_mtime_ns for path in again.values()]) == (first, times)
    elsewhere = compressed_files(stored(there, files), there)
    assert [path.read_bytes() for path in elsewhere.values()] == [path.read_bytes() for path in first.values()]
    assert first["assets/site.0123abcd.css.gz"].read_bytes()[4:8] == bytes(4)  # no time
    assert {str(path) for path in first.values()} <= here.named  # no sweep takes them


def test_the_site_has_the_forms_of_all_its_lasting_texts_and_each_is_that_text(site: Path) -> None:
    texts = [
        path
        for path in site.rglob("*")
        if path.is_file()
        and re.match(NAMED_BY_CONTENT, path.relative_to(site).as_posix())
        and can_be_compressed(path.name)
        and not path.relative_to(site)
        .as_posix()
        .startswith("search/x/")  # one case's words, read by few: see compressed.py
        and path.stat().st_size >= LEAST_BYTES
    ]
    assert len(texts) > 20
    for path in texts:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
    forms = [path for path in site.rglob("*") if path.suffix in (".gz", ".br")]
    assert len(forms) == 2 * len(texts)


@pytest.mark.skipif(not BROTLI.is_file(), reason="请安装 libnginx-mod-http-brotli-static")
def test_nginx_sends_the_form_that_the_browser_knows(
    root: Path, published_dir: Path, nginx: Nginx, tmp_path: Path
) -> None:
    live, port = published_dir / "current", free_port()
    name = next((live / "assets").glob("*.css")).relative_to(live).as_posix()
    text = made(root / "mkdocs.yml", published_dir, "--brotli", *listening(port))
    with running(tmp_path / "nginx", text, port, with_brotli=True) as with_brotli:
        for server, asked, sent in (
            (with_brotli, "gzip, deflate, br", "br"),
            (with_brotli, "gzip", "gzip"),
            (with_brotli, "identity", None),
            (nginx, "gzip, deflate, br", "gzip"),
        ):
            found = server.get(f"/{name}", accept_encoding=asked)
            assert found.headers.get("content-encoding") == sent
            ending = {"br": ".br", "gzip": ".gz", None: ""}[sent]
            assert found.body == (live / f"{name}{ending}").read_bytes()
            assert found.headers["content-type"] == "text/css; charset=utf-8"
            assert "immutable" in found.headers["cache-control"]
            assert found.headers["vary"] == "Accept-Encoding"
        page = with_brotli.get("/", accept_encoding="br, gzip")
        assert page.headers["content-encoding"] == "gzip"
