"""Which addresses lead out of the site, and by which page."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis.strategies import text

from generator.pages.leaving import host_of, way_out
from generator.pages.marks import register_marks


def test_a_way_out_is_named_by_the_hash_of_its_whole_address() -> None:
    address = "http://www.eszedu.com"
    assert way_out(address) == f"leave/{hashlib.sha256(address.encode()).hexdigest()[:10]}/"
    assert way_out(address) != way_out(address + "/")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.org/a?b=1#c", "example.org"),
        ("HTTPS://Example.ORG:8443/", "example.org:8443"),
        ("http://jyj.yueyang.gov.cn", "jyj.yueyang.gov.cn"),
        ("https://教育.example.org/目录", "教育.example.org"),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org/a",
        "http://",
        "https:///path",
        "https://www.gov.cn@example.org/",
        "https://example.org\\@www.gov.cn/",
        "https://example.org/a b",
        "java\nscript:alert(1)",
        "https://[::1",
        "https://example.org:99999999/",
        "attachments/x.pdf",
        "",
    ],
)
def test_what_is_no_plain_address_of_another_host_leads_nowhere(address: str) -> None:
    assert way_out(address) == host_of(address) == ""


@given(text())
def test_any_text_has_a_way_out_or_none(address: str) -> None:
    assert re.fullmatch(r"leave/[0-9a-f]{10}/|", way_out(address))


def test_marks_lead_to_their_registers_and_empty_ones_are_left_out() -> None:
    assert register_marks("", "") == ()
    icp, police = register_marks("湘ICP备00000000号-1", "湘公网安备 00000000000000号")
    assert (icp.text, icp.url) == ("湘ICP备00000000号-1", "https://beian.miit.gov.cn/")
    assert police.url.endswith("?code=00000000000000")
    (wordy,) = register_marks("", "办理中")
    assert (wordy.text, wordy.url) == ("办理中", "")
