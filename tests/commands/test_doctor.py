"""The doctor says what is wrong with this machine, and how to mend it; it changes nothing."""

from __future__ import annotations

import datetime
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import MakeProject, git
from generator.publish.release import Manifest, answer_text, manifest_text

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    """A clone with a commit of its own, and a target to publish to."""
    folder = make_project()
    (folder / ".gitignore").write_text(".showcase\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    return folder


@pytest.fixture
def ask(project: Path, root: Path, tmp_path: Path) -> Ask:
    """Asks; gives the exit code and what was said."""
    (tmp_path / "srv").mkdir()

    def run(*words: str, **more: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "doctor", *(words or (str(tmp_path / "srv"),))],
            cwd=project, env={**os.environ, "PYTHONPATH": str(root), **more}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stderr == ""
        assert re.fullmatch(r"(?:(好|提醒|错误)\t[^：]+：.+\n)+", done.stdout), done.stdout
        return done.returncode, done.stdout

    return run


def line(said: str, thing: str) -> list[str]:
    return [row for row in said.splitlines() if row.partition("\t")[2].startswith(f"{thing}：")]


def test_a_machine_that_can_do_it_is_told_so_and_nothing_is_written(ask: Ask, project: Path, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts)
    code, said = ask()
    assert code == 1, said  # the samples, the user, or the target that nothing was published to
    for thing in ("Python", "ffmpeg", "Git", "项目目录", "时钟", "项目目录的磁盘", "发布目录的磁盘"):
        assert line(said, thing)[0].startswith("好"), said
    assert "还没有发布过" in line(said, "发布目录")[0]
    assert "错误" not in said
    assert sorted(path for path in tmp_path.rglob("*") if ".git" not in path.parts) == before


@pytest.mark.parametrize(
    ("wrong", "state", "says"),
    [
        ("an edit in the clone", "提醒", "没有提交的改动"),
        ("no commit", "提醒", "不是克隆"),
        ("a commit of tomorrow", "错误", "比最近一次提交"),
        ("a release of next century", "错误", "比最近一个版本"),
        ("a release without a manifest", "提醒", "没有清单"),
        ("a target that is a file", "错误", "不能写"),
        ("a current that leads away", "错误", "current"),
        ("a live release that is gone", "错误", "不见了"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(
    ask: Ask, project: Path, tmp_path: Path, wrong: str, state: str, says: str
) -> None:
    target = tmp_path / "srv"
    match wrong:
        case "an edit in the clone":
            (project / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text("utf-8") + "# x\n", "utf-8")
        case "no commit":
            (project / ".git").rename(tmp_path / "away")
        case "a commit of tomorrow":
            subprocess.run(
                ["git", "-c", "user.name=e", "-c", "user.email=e@localhost", "commit", "-q", "--allow-empty", "-m", "x"],
                cwd=project, env={**os.environ, "GIT_COMMITTER_DATE": "2037-01-01T00:00:00 +0000"}, check=True,
            )  # fmt: skip
        case "a release of next century" | "a release without a manifest":
            year = "2999" if "century" in wrong else "2020"
            (target / "releases" / f"{year}0101T000000Z-0123456789ab").mkdir(parents=True)
        case "a target that is a file":
            target.rmdir()
            target.write_text("")
        case "a current that leads away":
            (target / "current").symlink_to("/etc")
        case _:
            (target / "current").symlink_to("releases/20200101T000000Z-0123456789ab")
    code, said = ask()
    rows = [row for row in said.splitlines() if says in row]
    assert len(rows) == 1, said
    assert rows[0].startswith(state) and rows[0].count("。") >= 1
    assert code == {"提醒": 1, "错误": 3}[state]


def test_the_target_may_stand_in_the_environment(ask: Ask, tmp_path: Path) -> None:
    assert str(tmp_path / "srv") in ask("--", SHOWCASE_TARGET=str(tmp_path / "srv"))[1]
    assert "没有说是哪一个" in ask("--", SHOWCASE_TARGET="")[1]


def test_a_lock_that_was_not_installed_is_told(ask: Ask, project: Path) -> None:
    (project / "requirements.lock").write_text("# nothing\n")
    (project / "pyproject.toml").write_text("")
    assert line(ask()[1], "依赖")[0].startswith("提醒")


def _certificate(folder: Path, days: int, host: str = "localhost") -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={host}", "-days", str(days),
         "-addext", f"subjectAltName=DNS:{host}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate


@contextmanager
def serving(key: Path, certificate: Path) -> Iterator[int]:
    """A TLS server on loopback; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(30)

        def answer() -> None:
            try:
                connection, _ = listening.accept()
                with context.wrap_socket(connection, server_side=True):
                    pass
            except OSError:
                pass  # the client refused the certificate

        thread = threading.Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def _opened(project: Path, site_url: str) -> None:
    """The site is no sample any more and stands at *site_url*."""
    text = (project / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"site_url: .*", f"site_url: {site_url}", text)
    (project / "mkdocs.yml").write_text(re.sub(r" +sample: true.*\n", "", text), "utf-8")


@pytest.mark.parametrize(
    ("days", "host", "is_known", "state", "says"),
    [
        (90, "localhost", True, "好", r"还有 (89|90) 天"),
        (5, "localhost", True, "提醒", r"还有 [45] 天到期。请检查自动续期"),
        (90, "elsewhere.example", True, "错误", "浏览器不认"),
        (90, "localhost", False, "错误", "浏览器不认"),
    ],
)
def test_the_certificate_is_looked_at_as_a_browser_would(
    ask: Ask, project: Path, tmp_path: Path, days: int, host: str, is_known: bool, state: str, says: str
) -> None:
    key, certificate = _certificate(tmp_path, days, host)
    with serving(key, certificate) as port:
        _opened(project, f"https://localhost:{port}/")
        said = ask(**({"SSL_CERT_FILE": str(certificate)} if is_known else {}))[1]
    row = line(said, "证书")[0]
    assert row.startswith(state) and re.search(says, row)


def test_a_server_that_does_not_answer_is_told(ask: Ask, project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    _opened(project, f"https://localhost:{port}/")
    code, said = ask()
    assert line(said, "证书")[0].startswith("提醒") and code == 1
    assert "（连接被拒绝，那边没有程序在听这个端口）" in line(said, "证书")[0]


LIVE, OTHER = "20240301T183000Z-0123456789ab", "20240229T173000Z-0123456789ab"


def _release(target: Path) -> None:
    """A release that is live, as far as its manifest says."""
    (target / "releases" / LIVE).mkdir(parents=True)
    (target / "releases" / f"{LIVE}.json").write_text(manifest_text(Manifest(files={}, changed=0, previous=None)))
    (target / "current").symlink_to(f"releases/{LIVE}")


@contextmanager
def showing(code: int, body: bytes) -> Iterator[str]:
    """A web server that answers so to everything; gives the address of its release.json."""

    class Showing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Showing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/release.json"
        server.shutdown()


@pytest.mark.parametrize(
    ("code", "body", "is_published", "state", "says"),
    [
        (200, answer_text(LIVE), True, "好", f"给出 {LIVE}，和发布目录里线上的一样"),
        (200, answer_text(OTHER), True, "错误", f"给出 {OTHER}，发布目录里线上的是 {LIVE}。请检查 nginx 的 root"),
        (200, b"<html>", True, "错误", "没有给出版本：它给出的不是本程序发布的网站。请检查网页服务器"),
        (404, b"", True, "错误", "没有给出版本：它回答 HTTP 404。请检查网页服务器"),
        (404, b"", False, "提醒", "没有给出版本：它回答 HTTP 404。还没有发布过"),
        (200, answer_text(LIVE), False, "错误", f"给出 {LIVE}，发布目录里还没有发布过。请检查 nginx 的 root"),
    ],
)
def test_the_web_server_is_asked_which_release_it_shows(
    ask: Ask, tmp_path: Path, code: int, body: bytes, is_published: bool, state: str, says: str
) -> None:
    if is_published:
        _release(tmp_path / "srv")
    with showing(code, body) as url:
        ended, said = ask(SHOWCASE_RELEASE_URL=url)
    (row,) = line(said, "网页服务器")
    assert row.startswith(f"{state}\t网页服务器：{url} {says}")
    assert ended == {"好": 1, "提醒": 1, "错误": 3}[state]  # samples are a thing to be reminded of


def test_a_web_server_out_of_reach_and_a_target_that_cannot_be_read_are_told_apart(ask: Ask, tmp_path: Path) -> None:
    assert line(ask()[1], "网页服务器") == []  # a folder without release_url: nobody asks
    _release(tmp_path / "srv")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (row,) = line(ask(SHOWCASE_RELEASE_URL=f"http://127.0.0.1:{port}/release.json")[1], "网页服务器")
    assert row.startswith("错误") and "没有给出版本：连接被拒绝，那边没有程序在听这个端口。" in row
    (row,) = line(ask(SHOWCASE_RELEASE_URL="http://no-such-host.invalid/release.json")[1], "网页服务器")
    assert row.startswith("错误") and "域名" in row
    (tmp_path / "srv" / "current").unlink()
    (tmp_path / "srv" / "current").symlink_to("/etc")
    with showing(200, answer_text(LIVE)) as url:
        (row,) = line(ask(SHOWCASE_RELEASE_URL=url)[1], "网页服务器")
    assert row.startswith(f"提醒\t网页服务器：{url} 给出 {LIVE}，发布目录读不了，没法比")


@pytest.mark.parametrize(
    ("days", "state", "says"), [(-1, "提醒", "已经过期"), (29, "提醒", "到期"), (300, "好", "到期")]
)
def test_the_end_of_the_contact_for_holes_is_told_a_month_before(ask: Ask, days: int, state: str, says: str) -> None:
    end = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=days)
    found = line(ask(SHOWCASE_SECURITY_EXPIRES=end.isoformat())[1], "漏洞联系方式")
    assert len(found) == 1 and found[0].startswith(state) and f"{end} {says}" in found[0]
