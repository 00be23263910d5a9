"""Who is told what, and when: real mail, real posts, whole nights; and the addresses, which are secrets, nowhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.night.notice import hidden, notices
from generator.night.summary import Message

from .conftest import CASE, Server
from .receivers import Hooks, Mailbox, certificate_of, hooks, mailbox
from .test_nightly import BROKEN

WORD = "geheim-9c1f27"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hooks]:
    with hooks() as found:
        yield found


def _mailto(box: Mailbox) -> str:
    return f"mailto://127.0.0.1:{box.port}?from=showcase@example.org&to=ops@example.org&mode=insecure"


def _everything_said(server: Server) -> str:
    return "".join(path.read_text("utf-8") for path in server.state.iterdir())


def test_nights_are_quiet_but_for_what_is_news(server: Server, box: Mailbox, hook: Hooks) -> None:
    addresses = server.base / "notify"
    addresses.write_text(
        f"# 运维的邮箱\n{_mailto(box)}\n\njson://showcase:{WORD}@127.0.0.1:{hook.server_port}/{WORD}\n"
    )
    addresses.chmod(0o600)
    # A program of the night: whoever starts it hands it this environment.
    showcase = server.clone / ".venv/bin/showcase"
    kept = showcase.read_text()
    showcase.write_text(kept.replace("#!/bin/sh\n", f'#!/bin/sh\n[ "$1" = nightly ] || env >>{server.base}/seen\n', 1))

    def night(code: int) -> str:
        box.came.clear()
        hook.posts.clear()
        done = server.night("--force", SHOWCASE_NOTIFY=str(addresses))  # of two cases one is many
        assert done.returncode == code, done.stdout
        assert WORD not in done.stdout + _everything_said(server)
        assert len(box.came) == len(hook.posts) <= 1
        assert all(post.path == f"/{WORD}" for post in hook.posts)
        told = [*box.texts, *hook.texts]
        assert all(_same(text) == _same(told[0]) for text in told)
        return hook.texts[0] if told else ""

    assert night(0) == ""  # the first night, and something new went out
    assert night(0) == ""  # nothing new

    server.edit(*BROKEN)
    told = night(1)
    assert told.startswith("展示网夜间发布：完成，暂不展示 1 个案例\n")
    for words in (
        f"{CASE} 第 2 行：",
        "（SHP",
        "线上版本：2",
        "数量：案例 1 个，页面",
        "退出码 1",
        "用时：",
        "生成网站 ",
    ):
        assert words in told
    assert box.came[0]["to"] == "ops@example.org"
    assert night(1) == ""  # as last night

    server.origin.rename(server.base / "gone.git")
    assert "没有完成，停在“取回案例”" in night(3)
    assert "git fetch 失败" in night(3)  # every failure
    (server.base / "gone.git").rename(server.origin)
    assert "上次没有完成，这次好了" in night(1)
    assert night(1) == ""

    server.edit("titel:", "title:")
    assert night(0).startswith("展示网夜间发布：恢复正常\n")
    assert night(0) == ""
    seen = (server.base / "seen").read_text()
    assert "SHOWCASE_TARGET" in seen and "SHOWCASE_NOTIFY" not in seen


def _same(text: str) -> str:
    """Without what a mail does to its ends of lines."""
    return " ".join(text.split())


def test_a_notice_that_fails_is_said_changes_no_exit_code_and_is_tried_again(server: Server, hook: Hooks) -> None:
    server.edit(*BROKEN)
    hook.status = 500
    asked = f"json://u:{WORD}@127.0.0.1:{hook.server_port}/{WORD} mailto://u:{WORD}@127.0.0.1:9?from=s@example.org&to=a@example.org&mode=insecure"
    failed = server.night(SHOWCASE_NOTIFY=asked)
    assert failed.returncode == 1, failed.stdout
    assert "通知没有发到第 1 个地址（JSON）：对方回答 HTTP 500，" in failed.stdout
    assert "通知没有发到第 2 个地址（E-Mail）：连接被拒绝，" in failed.stdout
    assert WORD not in failed.stdout + _everything_said(server)
    assert json.loads((server.state / "last-run.json").read_bytes())["notice"] == "failed"
    assert "\nshowcase_notice_failed 1.0\n" in (server.state / "showcase.prom").read_text()

    hook.status, hook.posts[:] = 200, []
    again = server.night(SHOWCASE_NOTIFY=asked)  # nobody knows of it yet
    assert (again.returncode, len(hook.posts)) == (1, 1)
    assert json.loads((server.state / "last-run.json").read_bytes())["notice"] == "sent"
    assert server.night(SHOWCASE_NOTIFY=asked).stdout == ""


def test_wrong_addresses_and_open_files_are_told_without_a_word_of_them(tmp_path: Path, hook: Hooks) -> None:
    good = f"json://127.0.0.1:{hook.server_port}/"
    asked = notices(f"wecombot:// no-such-service://{WORD} {good}")
    assert ["第 1 个地址写得不对" in asked.unusable[0], "第 2 个地址写得不对" in asked.unusable[1]] == [True, True]
    assert WORD not in "".join(asked.unusable)
    assert asked.send(Message(title="题", lines=("文",)), "failed") == ()  # the good one is used
    assert hook.posts[0].body["type"] == "failure"

    file = tmp_path / "notify"
    file.write_text(good)
    for mode, is_used in ((0o600, True), (0o400, True), (0o640, False), (0o604, False), (0o644, False)):
        file.chmod(mode)
        found = notices(str(file))
        assert (len(found.services), bool(found.unusable)) == ((1, False) if is_used else (0, True)), oct(mode)
    assert "chmod 600" in notices(str(file)).unusable[0]
    file.chmod(0o440)  # as systemd leaves it, in a folder that is its own
    assert len(notices(str(file), str(tmp_path)).services) == 1
    assert notices(str(tmp_path / "none")).unusable[0].endswith("读不了：没有这个文件或目录；没有发通知")
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert notices(str(tmp_path / "pipe")).unusable  # and does not wait for a writer


def test_what_a_service_says_of_its_fault_has_no_part_of_the_address() -> None:
    address = f"mailto://operator%40example.org:{WORD}%21@smtp.example.org/?key={WORD}2"
    said = f"ConnectionError: {address}\n refused for operator@example.org with {WORD}! and {WORD}2"
    told = hidden(said, address)
    assert WORD not in told and "operator" not in told
    assert told.startswith("ConnectionError: ") and "refused for" in told


def test_what_wecom_dingtalk_and_feishu_are_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their hosts cannot be chosen; so a proxy stands in their place, with a certificate that this run trusts."""
    hosts = ["qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"]
    certificate = certificate_of(hosts, tmp_path)
    text = Message(
        title="展示网夜间发布：没有完成", lines=tuple(f"第 {number} 行，说明一件事。" for number in range(200))
    )
    with hooks(certificate) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        monkeypatch.delenv("NO_PROXY", raising=False)
        found = notices("wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa dingtalk://abcdef123456 feishu://f00f-1234")
        assert found.unusable == ()
        assert found.send(text, "failed") == ()
    wecom, dingtalk, feishu = proxy.posts
    assert [post.host for post in proxy.posts] == hosts
    assert wecom.path == "/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
    assert dingtalk.path.startswith("/robot/send?access_token=abcdef123456")
    assert feishu.path.startswith("/open-apis/bot/v2/hook/f00f-1234")
    said = (wecom.body["text"]["content"], dingtalk.body["text"]["content"], feishu.body["content"]["text"])
    for words in said:
        assert words.startswith("展示网夜间发布：没有完成") and "第 0 行" in words
    assert len(said[0].encode()) <= 2048  # what WeCom takes
    assert "太长，其余见运行记录" in said[0]
    assert "第 199 行" in said[1] and "第 199 行" in said[2]


def test_a_trial_reaches_its_addresses_and_says_so(server: Server, box: Mailbox) -> None:
    tried = server.night("--test-notice", SHOWCASE_NOTIFY=_mailto(box))
    assert tried.returncode == 0, tried.stdout
    assert "发出 1 条，没有发出 0 条" in tried.stdout
    assert "试验通知" in box.texts[0]
    assert not server.target.exists()
    assert server.night("--test-notice", SHOWCASE_NOTIFY="").returncode == 2
    assert server.night("--test-notice", SHOWCASE_NOTIFY="json://127.0.0.1:9/").returncode == 3
