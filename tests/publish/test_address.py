"""Addresses of servers: what they mean, and what is never handed to ssh."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis.strategies import text

from generator.cli import main
from generator.errors import SettingsError
from generator.publish.address import Address, address_of, is_server


@pytest.mark.parametrize(
    ("written", "meant", "shown"),
    [
        ("ssh://a@b.example.cn/", Address(user="a", host="b.example.cn", port=None, path=""), "ssh://a@b.example.cn/"),
        ("ssh://b", Address(user="", host="b", port=None, path=""), "ssh://b/"),
        (
            "ssh://web_1:2222/srv//site/",
            Address(user="", host="web_1", port=2222, path="/srv/site"),
            "ssh://web_1:2222/srv/site",
        ),
        (
            "ssh://a@[2001:db8::1]:22/x",
            Address(user="a", host="[2001:db8::1]", port=22, path="/x"),
            "ssh://a@[2001:db8::1]:22/x",
        ),
    ],
)
def test_an_address_is_read(written: str, meant: Address, shown: str) -> None:
    assert is_server(written)
    assert (address_of(written), address_of(written).shown) == (meant, shown)


HOSTILE = [
    "ssh://-oProxyCommand=touch$IFS/tmp/x/",
    "ssh://-oProxyCommand=x@host/",
    "ssh://a@-oProxyCommand=x/",
    "ssh://a;id@host/",
    "ssh://host`id`/",
    "ssh://ho st/",
    "ssh://host\n/",
    "ssh://host/\n",
    "ssh://a:secret@host/",
    "ssh://host:0/",
    "ssh://host:65536/",
    "ssh://host:22x/",
    "ssh://host/../etc",
    "ssh://host/srv/../../etc",
    "ssh://host/./x",
    "ssh://host/-rf",
    "ssh://host/.ssh",
    "ssh://host/a b",
    "ssh://host/$(id)",
    "ssh://host/a'b",
    "ssh://host/?x",
    "ssh://host/#x",
    "ssh://host/{a,b}",
    "ssh://host/*",
    "ssh://host/%2e%2e",
    "ssh://",
    "ssh:///srv",
    "ssh://[::1/",
    "ssh://[-oX]/",
    "SSH://host/",
    "rsync://host/x",
    "https://host/x",
    "a@host:/srv",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_what_looks_like_a_server_and_is_none_is_a_wrong_word(written: str) -> None:
    assert is_server(written)
    with pytest.raises(SettingsError):
        address_of(written)


@pytest.mark.parametrize(
    "written", ["ssh://a:geheim@host/", "ssh://a:ge@heim@host:22/", "a:geheim@host:/srv", "https://a:geheim@h/"]
)
def test_a_password_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(SettingsError, match="不能写密码") as caught:
        address_of(written)
    assert "heim" not in str(caught.value)


@given(written=text().map("ssh://".__add__))
def test_whatever_is_read_is_made_of_harmless_signs(written: str) -> None:
    try:
        found = address_of(written)
    except SettingsError:
        return
    for word in (found.login, found.path[1:]):
        assert not word.startswith("-") and word.isascii() and not set(word) & set(" \t\n'\"\\$`;|&<>(){}*?!#%=")


@pytest.mark.parametrize("words", [("publish",), ("releases",), ("rollback",), ("publish", "--dry-run"), ("doctor",)])
def test_every_command_refuses_it_before_anything_runs(words: tuple[str, ...], root: object) -> None:
    done = CliRunner().invoke(main, ["-f", f"{root}/mkdocs.yml", *words, "--", "ssh://-oProxyCommand=x/"])
    assert done.exit_code == 2
    assert "看不懂发布地址" in done.output


def test_a_folder_is_a_folder() -> None:
    assert not any(map(is_server, ("/srv/showcase", "srv/a@b", "./a@b:c", "发布", "C:/x")))
