"""Addresses of originals: what can be read in two ways is refused, and a prefix holds for whole segments only."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import characters, lists, sampled_from, text

from generator.catalog.outside import Address, is_sha256, read_address, read_prefix
from generator.catalog.reader import read_catalog
from generator.catalog.submission import FileEntry, Submission

PREFIX = "https://media.example.cn/yueyang/"


def is_allowed(address: str, prefix: str = PREFIX) -> bool:
    found, below = read_address(address), read_prefix(prefix)
    assert isinstance(below, Address)
    return isinstance(found, Address) and found.is_below(below)


@pytest.mark.parametrize(
    "address",
    [
        "https://media.example.cn/yueyang/class.mp4",
        "https://media.example.cn/yueyang/2023/class.mp4",
        "https://MEDIA.example.cn:443/yueyang/class.mp4",
        "HTTPS://media.example.cn/yueyang/课堂.mp4",
        "https://media.example.cn/yueyang/%E8%AF%BE%E5%A0%82%201.mp4",
    ],
)
def test_what_lies_below_a_prefix_is_allowed(address: str) -> None:
    assert is_allowed(address)
    assert is_allowed(address, PREFIX.rstrip("/"))


@pytest.mark.parametrize(
    "address",
    [
        "http://media.example.cn/yueyang/class.mp4",
        "https://media.example.cn:8443/yueyang/class.mp4",
        "https://media.example.cn.evil.example/yueyang/class.mp4",
        "https://media.example.cn./yueyang/class.mp4",
        "https://evil.example/media.example.cn/yueyang/class.mp4",
        "https://media.example.cn/yueyang-2/class.mp4",
        "https://media.example.cn/Yueyang/class.mp4",
        "https://media.example.cn/yueyang",
        "https://media.example.cn/yueyang/",
        "https://media.example.cn/class.mp4",
        "https://media.example.cn/%E5%B2%B3/yueyang/class.mp4",
    ],
)
def test_what_does_not_lie_below_it_is_not(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "form"),
        ("class.mp4", "form"),
        ("https:/media.example.cn/yueyang/a.mp4", "form"),
        ("https://media.example.cn", "form"),
        ("https:///yueyang/a.mp4", "form"),
        ("https://mëdia.example.cn/yueyang/a.mp4", "form"),
        ("https://media.example.cn:x/yueyang/a.mp4", "form"),
        ("https://media.example.cn/yueyang/a.mp4#t=3", "form"),
        ("https://media.example.cn/yueyang/a b.mp4", "form"),
        ("https://media.example.cn/yueyang/a\u200bb.mp4", "form"),
        ("https://media.example.cn/yueyang/a\n.mp4", "form"),
        ("https://media.example.cn\\@evil.example/yueyang/a.mp4", "form"),
        ("file://host/srv/a.mp4", "form"),
        ("https://u:p@media.example.cn/yueyang/a.mp4", "secret"),
        ("https://media.example.cn@evil.example/yueyang/a.mp4", "secret"),
        ("https://media.example.cn/yueyang/a.mp4?token=x", "secret"),
        ("https://media.example.cn/yueyang/a.mp4?", "secret"),
        ("simplecache::https://media.example.cn/yueyang/a.mp4", "chain"),
        ("zip://a.mp4::https://media.example.cn/yueyang/a.zip", "chain"),
        ("https://media.example.cn/yueyang/../a.mp4", "steps"),
        ("https://media.example.cn/yueyang/./a.mp4", "steps"),
        ("https://media.example.cn/yueyang//a.mp4", "steps"),
        ("https://media.example.cn/yueyang/..\\a.mp4", "steps"),
        ("file:///srv/../etc/passwd", "steps"),
        ("https://media.example.cn/yueyang/%2e%2e/a.mp4", "encoded"),
        ("https://media.example.cn/yueyang/%2E./a.mp4", "encoded"),
        ("https://media.example.cn/yueyang/..%2fa.mp4", "encoded"),
        ("https://media.example.cn/yueyang/%252e%252e/a.mp4", "encoded"),
        ("https://media.example.cn/yueyang/%5c..%5ca.mp4", "encoded"),
        ("https://media.example.cn/yueyang/a%00.mp4", "encoded"),
        ("https://media.example.cn/yueyang/a%0d%0aHost:%20x", "encoded"),
        ("https://media.example.cn/yueyang/%C0%AE%C0%AE/a.mp4", "encoded"),
        ("https://media.example.cn/yueyang/100%", "encoded"),
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_none(address: str, fault: str) -> None:
    assert read_address(address) == fault


@given(
    text(alphabet=characters(), max_size=60)
    | lists(
        sampled_from(
            ["https", "file", "://", "::", "/", "..", ".", "%2e", "@", "?", "a", "é", "[::1]", ":80", "\\", " "]
        )
    ).map("".join)
)
def test_whatever_is_written_is_an_address_or_a_fault_and_never_leads_up(written: str) -> None:
    found = read_address(written)
    if isinstance(found, Address):
        assert not {"", ".", ".."} & set(found.segments)
        assert not any("/" in segment or "\\" in segment for segment in found.segments)
        assert "@" not in found.place
        assert found == read_address(written)
    else:
        assert found in ("form", "secret", "chain", "steps", "encoded")
    assert isinstance(read_prefix(written), Address | str)


def test_a_whole_machine_or_bucket_can_be_a_prefix() -> None:
    assert is_allowed("https://media.example.cn/a.mp4", "https://media.example.cn")
    assert is_allowed("https://[2001:db8:0:0:0:0:0:1]/a.mp4", "https://[2001:DB8:0:0:0:0:0:1]/")
    assert is_allowed("s3://bucket/a.mp4", "s3://bucket/")
    assert is_allowed("file:///srv/media/a.mp4", "file:///srv/media")
    assert not is_allowed("file:///srv/media-2/a.mp4", "file:///srv/media")


@pytest.mark.parametrize(
    ("written", "is_one"), [("a3F1" * 16, True), ("a3f1" * 15, False), ("g3f1" * 16, False), ("", False)]
)
def test_a_hash_has_sixty_four_hexadecimal_digits(written: str, is_one: bool) -> None:
    assert is_sha256(written) is is_one


CASE = """---
title: 一节课
unit: {name: 示例小学, region: yueyanglou}
category: 学校
cover: media/a.jpg
pictures:
  - {file: media/a.jpg, alt: 甲, source: "https://media.example.cn/a.jpg", sha256: SHA}
  - {file: media/a.jpg, alt: 乙}
videos:
  - {file: media/b.mp4, title: 乙, source: "https://media.example.cn/b.mp4", sha256: 12}
attachments:
  - {file: attachments/c.pdf, title: 丙, kind: 工作方案, source: "s3://bucket/c.pdf", sha256: SHA}
---
""".replace("SHA", "A3F1" * 16)


@pytest.fixture
def submission(tmp_path: Path, root: Path) -> Submission:
    cases = tmp_path / "cases"
    folder = cases / "call" / "one"
    (folder / "attachments").mkdir(parents=True)
    (folder / "index.md").write_text(CASE, "utf-8")
    for name in ("regions.yml", "vocabulary.yml"):
        (cases / name).write_bytes((root / "cases" / name).read_bytes())
    return read_catalog(cases).submissions[0]


def test_a_case_tells_which_originals_lie_elsewhere_and_where_it_says_so(submission: Submission) -> None:
    assert submission.case, submission.faults
    assert [(one.path, one.source, one.at) for one in submission.outside] == [
        ("media/a.jpg", "https://media.example.cn/a.jpg", ("pictures", 0, "source")),
        ("attachments/c.pdf", "s3://bucket/c.pdf", ("attachments", 0, "source")),
    ]
    assert {one.sha256 for one in submission.outside} == {"a3f1" * 16}
    assert [claim.path for claim in submission.claims] == ["media/a.jpg", "media/b.mp4", "attachments/c.pdf"]
    assert submission.present == {"media/a.jpg", "media/b.mp4", "attachments/c.pdf"}


def test_a_file_in_the_folder_is_not_fetched_whatever_the_text_says(submission: Submission) -> None:
    lying_there = FileEntry(path="attachments/c.pdf", bytes=1, is_regular=True)
    assert [one.path for one in dataclasses.replace(submission, files=(lying_there,)).outside] == ["media/a.jpg"]
