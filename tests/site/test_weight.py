"""A case page is light: what it needs before its pictures is counted from the files of the site."""

from __future__ import annotations

import gzip
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

MOST_BYTES = 90_000
MOST_REQUESTS = 12


class _Needs(HTMLParser):
    """The files that a browser asks for on its own, pictures and videos aside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.found.append(given["src"] or "")
        if tag == "link" and set((given.get("rel") or "").split()) & {"stylesheet", "preload", "icon", "modulepreload"}:
            self.found.append(given.get("href") or "")


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def needs(site: Path, page: Path) -> dict[str, int]:
    """The page and every file it needs, with their packed sizes."""
    parser = _Needs()
    parser.feed(page.read_text("utf-8"))
    url = f"https://site/{page.relative_to(site).as_posix()}"
    files = {urlsplit(urljoin(url, name)).path.lstrip("/") for name in parser.found}
    return {name: packed(site / name) for name in (page.relative_to(site).as_posix(), *sorted(files))}


def case_pages(site: Path) -> list[Path]:
    return [path for path in sorted((site / "cases").glob("*/*/index.html")) if path.parent.parent.name != "page"]


def test_every_case_page_weighs_at_most_90_kb_and_asks_at_most_12_times_before_media(site: Path) -> None:
    pages = case_pages(site)
    assert len(pages) >= 28
    heavy = {}
    for page in pages:
        files = needs(site, page)
        if sum(files.values()) > MOST_BYTES or len(files) > MOST_REQUESTS:
            heavy[page.parent.name] = (sum(files.values()), len(files))
    assert heavy == {}


def test_the_encoder_of_qr_codes_is_no_part_of_a_page(site: Path) -> None:
    page = case_pages(site)[0]
    assert not [name for name in needs(site, page) if "/qr." in name]
    assert "/qr." in page.read_text("utf-8")


@pytest.mark.parametrize("name", ["enshi-2023/zhouzhi-dawn-redwood-diary"])
def test_the_count_sees_styles_and_scripts(site: Path, name: str) -> None:
    """Otherwise the bounds above would hold for anything."""
    files = needs(site, site / "cases" / name / "index.html")
    assert {Path(file).name.split(".")[0] for file in files} >= {"index", "main", "site", "case", "player"}
