"""What must not be public is nowhere under the site: every file is opened. Clause: DOMAIN decisions 4, 7, 8."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import av
import pytest
from PIL import Image

from generator.catalog.reader import read_catalog
from generator.catalog.submission import Catalog

ROOT = Path(__file__).parent.parent.parent
WITHDRAWN = "yueyang-2021/linxiang-float-physics"


@cache
def catalog() -> Catalog:
    return read_catalog(ROOT / "cases")


@cache
def texts(site: Path) -> dict[str, str]:
    """Every file that is text, by path; search tables are JSON and count."""
    found = {}
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".json", ".xml", ".txt", ".vtt", ".js", ".css", ".svg"}:
            found[path.relative_to(site).as_posix()] = path.read_text("utf-8")
    return found


def test_no_original_picture_or_video_is_published(site: Path) -> None:
    originals = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "cases").glob("*/*/media/*")
        if path.suffix != ".vtt"
    }
    assert len(originals) > 30
    published = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in site.rglob("*") if path.is_file()}
    assert {path for path, digest in published.items() if digest in originals} == set()


def test_no_published_picture_has_metadata(site: Path) -> None:
    seen = 0
    for path in (site / "media").iterdir():
        if path.suffix in {".jpg", ".webp", ".avif", ".png"}:
            seen += 1
            with Image.open(path) as image:
                assert dict(image.getexif()) == {}, path
                assert not {"comment", "xmp", "icc_profile", "photoshop"} & set(image.info), path
    assert seen > 100


def test_no_published_video_has_metadata_of_its_author(site: Path) -> None:
    seen = 0
    for path in (site / "media").glob("*.mp4"):
        seen += 1
        with av.open(str(path)) as container:
            assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}, path
        assert b"\xa9xyz" not in path.read_bytes()
    assert seen >= 3


def test_no_published_office_file_names_its_author(site: Path) -> None:
    for path in (site / "media").glob("*.docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            core = package.read("docProps/core.xml").decode() if "docProps/core.xml" in package.namelist() else ""
        assert not re.search(r"<(dc:creator|cp:lastModifiedBy)>[^<]+<", core), path


@pytest.mark.parametrize("what", ["title", "unit", "keywords", "summary", "body", "authors"])
def test_nothing_of_a_withdrawn_case_is_left(site: Path, what: str) -> None:
    submission = catalog().by_id[WITHDRAWN]
    case = submission.case
    assert case
    assert case.status == "已撤回"
    needles = {
        "title": [case.title],
        "unit": [case.unit.name],
        "keywords": [word for word in case.keywords if not _said_elsewhere(word)],
        "summary": [case.summary[:30]],
        "body": [line[:40] for line in submission.body.text.split("\n") if len(line) > 60],
        "authors": [author.name for author in case.authors if not _said_elsewhere(author.name)],
    }[what]
    assert needles
    for name, text in texts(site).items():
        for needle in needles:
            assert needle not in text, (name, needle)


def _said_elsewhere(words: str) -> bool:
    """Whether another case says the same words, so that finding them proves nothing."""
    others = (s for s in catalog().submissions if s.case and s.id != WITHDRAWN)
    return any(words in s.body.text or words in str(s.document.front) for s in others)


def test_a_withdrawn_case_leaves_a_short_page_that_says_so_and_stands_in_no_list(site: Path) -> None:
    page = (site / "cases" / WITHDRAWN / "index.html").read_text("utf-8")
    assert "案例已撤回" in page
    assert 'content="noindex"' in page
    others = [name for name, text in texts(site).items() if WITHDRAWN in text]
    assert others == []


def test_the_search_index_holds_nothing_of_a_withdrawn_case(site: Path) -> None:
    submission = catalog().by_id[WITHDRAWN]
    assert submission.case
    title = submission.case.title.encode()
    for path in (site / "search").rglob("*"):
        if path.is_file():
            assert title not in path.read_bytes()
            assert WITHDRAWN.encode() not in path.read_bytes()


def test_no_phone_mail_or_identity_number_is_in_any_text(site: Path) -> None:
    pattern = re.compile(r"(?<![\dA-Za-z/.-])(1[3-9]\d{9}|\d{17}[\dXx])(?![\dA-Za-z])|[\w.]+@[\w-]+\.[a-z]{2,}")
    for name, text in texts(site).items():
        if name.startswith("search/") and name.endswith(".json"):
            continue  # postings are digits; the texts that they point to stand in the pages
        assert not pattern.search(re.sub(r'(src|href|srcset|content)="[^"]*"', "", text)), name
