"""What the real nginx answers for the published sample site, with the configuration that `showcase nginx` prints."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from generator.webserver.headers import ALWAYS, FRAMED_POLICY, PAGE_POLICY, TYPES

from .server import Nginx

FOR_EVER = "public, max-age=31536000, immutable"


def one(published_dir: Path, pattern: str) -> str:
    """The address of a file of the live site that fits *pattern*, the largest one."""
    live = (published_dir / "current").resolve()
    files = sorted(live.glob(pattern), key=lambda path: path.stat().st_size)
    assert files, pattern
    return f"/{files[-1].relative_to(live).as_posix()}"


@pytest.mark.parametrize(
    ("pattern", "type_", "cache", "disposition"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache", None),
        ("cases/*/*/index.html", "text/html; charset=utf-8", "no-cache", None),
        ("assets/*.css", "text/css; charset=utf-8", FOR_EVER, None),
        ("assets/*.js", "application/javascript; charset=utf-8", FOR_EVER, None),
        ("assets/images/favicon.svg", "image/svg+xml; charset=utf-8", "no-cache", None),
        ("data/*.json", "application/json; charset=utf-8", "no-cache", None),
        ("search/c/*.json", "application/json; charset=utf-8", FOR_EVER, None),
        ("search/s/0/*.bin", "application/octet-stream", FOR_EVER, None),
        ("statistics/*.csv", "text/csv; charset=utf-8", "no-cache", "attachment"),
        ("results/*/*.xlsx", TYPES["xlsx"], "no-cache", "attachment"),
        ("media/*.docx", TYPES["docx"], FOR_EVER, "attachment"),
        ("media/*.pdf", "application/pdf", FOR_EVER, None),
        ("media/*.vtt", "text/vtt; charset=utf-8", FOR_EVER, None),
        ("media/*.mp4", "video/mp4", FOR_EVER, None),
        ("media/*.avif", "image/avif", FOR_EVER, None),
        ("media/*.webp", "image/webp", FOR_EVER, None),
        ("media/*.jpg", "image/jpeg", FOR_EVER, None),
        ("sitemap.xml", "application/xml; charset=utf-8", "no-cache", None),
        ("feeds/*/*.xml", "application/xml; charset=utf-8", "no-cache", None),
        ("robots.txt", "text/plain; charset=utf-8", "no-cache", None),
        (".well-known/security.txt", "text/plain; charset=utf-8", "no-cache", None),
    ],
)
def test_every_kind_of_file_has_its_type_its_life_and_every_header(
    nginx: Nginx, published_dir: Path, pattern: str, type_: str, cache: str, disposition: str | None
) -> None:
    path = one(published_dir, pattern)
    found = nginx.get(path)
    assert found.status == 200
    assert found.body == (published_dir / "current" / path[1:]).read_bytes()
    assert found.headers["content-type"] == type_
    assert found.headers["cache-control"] == cache
    assert found.headers.get("content-disposition") == disposition
    assert found.headers["content-security-policy"] == (FRAMED_POLICY if path.endswith(".pdf") else PAGE_POLICY)
    assert {name: found.headers[name.lower()] for name in ALWAYS} == ALWAYS
    assert found.headers["strict-transport-security"] == "max-age=31536000"
    assert found.headers["cross-origin-opener-policy"] == "same-origin"
    assert found.headers["server"] == "nginx"


def test_no_file_of_the_site_is_of_an_unknown_type(site: Path) -> None:
    endings = {path.suffix[1:] for path in site.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert endings - {"gz", "br"} <= set(TYPES)


def test_what_is_nowhere_is_answered_by_our_page_and_remembered_by_nobody(nginx: Nginx, published_dir: Path) -> None:
    ours = (published_dir / "current" / "404.html").read_bytes()
    there = sorted(path.name for path in (published_dir / "current" / "media").iterdir())
    absent = ("/nothing/", "/media/0123456789abcdef01234567.mp4", "/404.html", "/admin/", "/admin", "/admin/start.js")
    folders = ("/media/", "/assets/", "/feeds/", "/search/s/")
    private = (
        "/.showcase-site",
        "/.git/config",
        "/.well-known/",
        "/.well-known/other.txt",
        "/assets/.htaccess",
        f"/../{published_dir.name}/.lock",
        "/moved/",
    )
    manifests = [path.name for path in (published_dir / "releases").glob("*.json")]
    for path in (*absent, *folders, *private, *(f"/{name}" for name in manifests), "/releases/", "/current/"):
        found = nginx.get(path)
        assert (path, found.status in (400, 404)) == (path, True)
        assert not any(name.encode() in found.body for name in there), path
        if found.status == 404:
            assert found.body == ours, path
            assert "cache-control" not in found.headers
            assert found.headers["content-security-policy"] == PAGE_POLICY
            assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert len(manifests) == 1


def test_a_visitor_who_has_a_page_gets_304_and_what_goes_with_it(nginx: Nginx) -> None:
    first = nginx.get("/")
    again = nginx.get("/", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    assert nginx.get("/", if_none_match='"other"').status == 200


def test_a_player_gets_the_part_of_a_video_that_it_asks_for(nginx: Nginx, published_dir: Path) -> None:
    path = one(published_dir, "media/*.mp4")
    whole = (published_dir / "current" / path[1:]).read_bytes()
    part = nginx.get(path, range="bytes=1000-1999")
    assert (part.status, part.body) == (206, whole[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole)}"
    assert part.headers["cache-control"] == FOR_EVER
    assert nginx.get(path, range="bytes=-10").body == whole[-10:]
    assert nginx.get(path, range=f"bytes={len(whole)}-").status == 416


def test_text_travels_compressed_and_what_is_compressed_already_as_it_is(nginx: Nginx, published_dir: Path) -> None:
    for pattern in (
        "index.html",
        "assets/*.css",
        "assets/*.js",
        "data/*.json",
        "feeds/*/*.xml",
        "media/*.vtt",
        "statistics/*.csv",
    ):
        path = one(published_dir, pattern)
        plain, found = nginx.get(path), nginx.get(path, accept_encoding="gzip")
        is_long = len(plain.body) >= 1000
        assert (found.headers.get("content-encoding") == "gzip") == is_long, path
        assert (gzip.decompress(found.body) if is_long else found.body) == plain.body
        assert not is_long or "Accept-Encoding" in found.headers["vary"]
    for pattern in ("media/*.jpg", "media/*.mp4", "media/*.docx", "media/*.pdf"):
        assert "content-encoding" not in nginx.get(one(published_dir, pattern), accept_encoding="gzip, br").headers


def test_it_answers_by_ipv6(nginx: Nginx) -> None:
    assert nginx.get("/", host="::1").body == nginx.get("/").body


def test_an_address_without_its_stroke_leads_on_within_the_same_address(nginx: Nginx) -> None:
    found = nginx.get("/cases")
    assert (found.status, found.headers["location"]) == (301, "/cases/")


def test_every_link_of_the_home_page_answers(nginx: Nginx) -> None:
    home = nginx.get("/").body.decode()
    paths = sorted({path for path in re.findall(r'(?:href|src)="([^"#:?]+)"', home) if not path.startswith("//")})
    assert len(paths) > 20
    assert {path: nginx.get(f"/{path.removeprefix('./').lstrip('/')}").status for path in paths} == dict.fromkeys(
        paths, 200
    )
