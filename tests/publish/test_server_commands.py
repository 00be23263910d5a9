"""The commands with a server as their target."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benches.ssh_server import Sshd
from generator.cli import main
from generator.publish.server import Server

from .conftest import HOME, MakeSite, live
from .test_rehearsal import state_of


@pytest.fixture
def at_server(
    make_site: MakeSite, server: Server, sshd: Sshd, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A project whose site is built, and whose settings lead to the server; gives its mkdocs.yml."""
    (tmp_path / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    make_site(HOME)
    monkeypatch.setenv("SHOWCASE_SSH_CONFIG", str(sshd.ssh_config))
    return tmp_path / "mkdocs.yml"


def test_publish_and_go_back_and_look(at_server: Path, sshd: Sshd, make_site: MakeSite, target_dir: Path) -> None:
    def said(*words: str, code: int = 0) -> str:
        done: Result = CliRunner().invoke(main, ["-f", str(at_server), *words])
        assert done.exit_code == code, done.output
        return done.output

    url = sshd.url()
    assert "还没有发布过" in said("doctor", url, code=1)
    assert "页面：新增 2 个" in said("publish", "--dry-run", url)
    assert "3 个文件，其中 3 个有变化" in said("publish", url)
    assert said("publish", url).startswith("没有变化")
    make_site({**HOME, "index.html": "新首页"})
    assert "其中 1 个有变化" in said("publish", "--keep", "2", url)
    rows = said("releases", url).splitlines()
    assert [row[0] for row in rows] == [" ", "*"]
    assert "线上已切换到" in said("rollback", url) and live(target_dir) == HOME
    looked = said("doctor", url, code=1)  # samples have something to be reminded of
    assert "rsync  version" in looked and f"线上是 {rows[0].split()[0]}，共保留 2 个版本" in looked
    (sshd.folder / "known_hosts").write_text("")
    assert "错误\t发布目录：127.0.0.1" in said("doctor", url, code=3).replace("known_hosts 里没有 ", "")
    assert "主机密钥" in said("publish", url, code=3)
    sshd.know()


def test_the_web_server_is_asked_where_the_settings_say_so(
    at_server: Path, sshd: Sshd, target_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, settings = sshd.url(), at_server.read_text("utf-8")
    monkeypatch.setenv("SHOWCASE_RELEASE_URL", "http://127.0.0.1:1/release.json")
    done = CliRunner().invoke(main, ["-f", str(at_server), "publish", url])
    assert done.exit_code == 3 and "网页服务器在 http://127.0.0.1:1/release.json 没有给出版本" in done.output
    monkeypatch.delenv("SHOWCASE_RELEASE_URL")
    at_server.write_text(
        settings.replace("sample: true", "sample: false").replace("showcase.example.org", "127.0.0.1:1")
    )
    done = CliRunner().invoke(main, ["-f", str(at_server), "publish", url])
    assert done.exit_code == 3 and "https://127.0.0.1:1/release.json" in done.output
    monkeypatch.setenv("SHOWCASE_RELEASE_URL", "off")
    assert CliRunner().invoke(main, ["-f", str(at_server), "publish", url]).exit_code == 0
    monkeypatch.setenv("SHOWCASE_RELEASE_URL", "file:///etc/passwd")
    assert CliRunner().invoke(main, ["-f", str(at_server), "publish", url]).exit_code == 2


def test_the_doctor_tries_the_key_and_says_that_nothing_was_written(
    at_server: Path, sshd: Sshd, target_dir: Path
) -> None:
    def row(code: int) -> str:
        before = state_of(target_dir)
        done = CliRunner().invoke(main, ["-f", str(at_server), "doctor", sshd.url()])
        assert (done.exit_code, state_of(target_dir)) == (code, before), done.output
        return next(line for line in done.output.splitlines() if line.partition("\t")[2].startswith("写服务器："))

    for _ in range(2):
        assert row(1).startswith("好\t写服务器：密钥许写许删；没有真的写") and "要到发布时才知道" in row(1)
        assert CliRunner().invoke(main, ["-f", str(at_server), "publish", sshd.url()]).exit_code == 0
    for may_not in ("-ro", "-no-del"):
        sshd.allow(target_dir, may_not)
        assert row(3).startswith("错误\t写服务器：服务器上的 rrsync 不许这样做") and "不能发布" in row(3)


def test_the_doctor_asks_the_web_server_of_a_server_at_the_address_of_the_site(
    at_server: Path, sshd: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(*more: str) -> list[str]:
        said = CliRunner().invoke(main, ["-f", str(at_server), *more, "doctor", sshd.url()]).output
        return [line for line in said.splitlines() if line.partition("\t")[2].startswith("网页服务器：")]

    assert rows() == []  # a sample
    settings = at_server.read_text("utf-8").replace("sample: true", "sample: false")
    at_server.write_text(settings.replace("https://showcase.example.org", "http://127.0.0.1:1"), "utf-8")
    assert rows()[0].startswith("提醒\t网页服务器：http://127.0.0.1:1/release.json 没有给出版本：连接被拒绝")
    monkeypatch.setenv("SHOWCASE_RELEASE_URL", "off")
    assert rows() == []
