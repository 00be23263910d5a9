"""What `showcase nginx` prints for each choice of an operator, told to the real nginx; and what it refuses to print."""

from __future__ import annotations

import http.client
import ssl
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.webserver.headers import EDITOR_POLICY, PAGE_POLICY

from .server import BROTLI, free_port, listening, made, prepared, running, said_of

SITE = {
    "index.html": "首页",
    "404.html": "没有",
    "admin/index.html": "编辑案例",
    "admin/start.js": "1",
    "a.pdf": "%PDF",
}


@pytest.fixture
def target_dir(tmp_path: Path) -> Path:
    """A target with a small site, the editors' page among it."""
    live = tmp_path / "srv" / "current"
    for path, text in SITE.items():
        (live / path).parent.mkdir(parents=True, exist_ok=True)
        (live / path).write_text(text, "utf-8")
    return live.parent


def test_the_editors_page_is_off_unless_asked_for(root: Path, tmp_path: Path, target_dir: Path) -> None:
    port = free_port()
    with running(tmp_path / "off", made(root / "mkdocs.yml", target_dir, *listening(port)), port) as nginx:
        assert [nginx.get(path).status for path in ("/admin", "/admin/", "/admin/start.js", "/")] == [
            404,
            404,
            404,
            200,
        ]
        assert "x-robots-tag" not in nginx.get("/").headers


def test_the_editors_page_has_its_own_policy_and_no_other(root: Path, tmp_path: Path, target_dir: Path) -> None:
    port = free_port()
    with running(tmp_path / "on", made(root / "mkdocs.yml", target_dir, "--admin", *listening(port)), port) as nginx:
        for path in ("/admin/", "/admin/start.js"):
            found = nginx.get(path)
            assert (found.status, found.headers["content-security-policy"]) == (200, EDITOR_POLICY)
            assert found.headers["x-robots-tag"] == "noindex, nofollow"
            assert "cross-origin-opener-policy" not in found.headers
            assert found.headers["x-content-type-options"] == "nosniff"
        page = nginx.get("/")
        assert page.headers["content-security-policy"] == PAGE_POLICY
        assert page.headers["cross-origin-opener-policy"] == "same-origin"
        assert "x-robots-tag" not in page.headers


def test_with_a_certificate_it_speaks_https_and_http2_and_leads_there(
    root: Path, tmp_path: Path, target_dir: Path
) -> None:
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=showcase.example.org",
        "-days",
        "2",
    ]
    subprocess.run([*words, "-keyout", str(key), "-out", str(chain)], check=True, capture_output=True)
    files = ("--certificate", str(chain), "--certificate-key", str(key))
    port, plain_port = free_port(), free_port()
    # The ports of the whole world are not ours to take: the same text on two others.
    text = made(root / "mkdocs.yml", target_dir, *files)
    for standard, ours in (("443", port), ("80", plain_port)):
        for before in (f"listen {standard}", f"listen [::]:{standard}"):
            assert before in text
        text = text.replace(f"listen {standard}", f"listen 127.0.0.1:{ours}").replace(
            f"listen [::]:{standard}", f"listen [::1]:{ours}"
        )
    with running(tmp_path / "nginx", text, port) as nginx:
        unverified = ssl._create_unverified_context()
        unverified.set_alpn_protocols(["h2", "http/1.1"])
        for host in ("127.0.0.1", "::1"):
            connection = http.client.HTTPSConnection(host, port, timeout=20, context=ssl._create_unverified_context())
            connection.request("GET", "/", headers={"Host": "showcase.example.org"})
            answer = connection.getresponse()
            assert (answer.status, answer.read().decode()) == (200, "首页")
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
            connection.close()
        http2 = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=unverified)
        http2.connect()
        assert isinstance(http2.sock, ssl.SSLSocket)
        assert http2.sock.selected_alpn_protocol() == "h2"
        http2.close()
        for host in ("127.0.0.1", "::1"):
            plain = http.client.HTTPConnection(host, plain_port, timeout=20)
            plain.request("GET", "/cases/?q=1", headers={"Host": "elsewhere.example.com"})
            answer = plain.getresponse()
            assert (answer.status, answer.headers["Location"]) == (301, "https://showcase.example.org/cases/?q=1")
            plain.close()
        assert nginx.faults == []


def test_an_address_without_https_promises_none(root: Path, tmp_path: Path, target_dir: Path) -> None:
    config_file, port = tmp_path / "mkdocs.yml", free_port()
    text = (root / "mkdocs.yml").read_text("utf-8")
    config_file.write_text(text.replace("https://showcase.example.org/", "http://showcase.example.org/"), "utf-8")
    with running(tmp_path / "nginx", made(config_file, target_dir, *listening(port)), port) as nginx:
        found = nginx.get("/").headers
        assert "strict-transport-security" not in found
        assert "cross-origin-opener-policy" not in found


def test_words_that_a_configuration_cannot_hold_are_refused(root: Path) -> None:
    for words in (
        ("--target", "/srv/a;b"),
        ("--target", "srv"),
        ("--target", "/srv/$uri"),
        ("--target", "/srv/a b"),
        ("--server-name", 'a" b'),
        ("--server-name", "a;}"),
        ("--listen", "80;"),
        ("--listen", "80 default_server"),
        ("--certificate", "/etc/x.pem"),
        ("--certificate", "/etc/x.pem", "--certificate-key", "x\n;"),
    ):
        done = CliRunner().invoke(main, ["-f", str(root / "mkdocs.yml"), "nginx", *words])
        assert (words, done.exit_code, done.stdout) == (words, 2, "")


def test_a_name_in_chinese_and_a_target_on_another_machine(root: Path) -> None:
    text = made(
        root / "mkdocs.yml", Path("/unused"), "--server-name", "案例.example.cn", "--target", "ssh://u@h/srv/site/"
    )
    assert "server_name xn--fsqx61d.example.cn;" in text
    assert 'root "/srv/site/current";' in text


def test_the_module_for_brotli_is_asked_for_only_where_it_is(root: Path, tmp_path: Path, target_dir: Path) -> None:
    ports = listening(free_port())
    assert "brotli_static on" not in made(root / "mkdocs.yml", target_dir, *ports)
    if BROTLI.is_file():
        text = made(root / "mkdocs.yml", target_dir, "--brotli", *ports)
        assert said_of(prepared(tmp_path / "nginx", text, with_brotli=True)) == ""
