"""Why a notice was not taken is told in Chinese, by real services that do not take it; never with a word of the address."""

from __future__ import annotations

import http.server
import io
import logging
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from benches.ssh_server import free_port
from generator.night.notice import notices
from generator.night.summary import Message
from generator.night.untaken import reason_in

from .receivers import certificate_of, hooks

WORD = "geheim-9c1f27"


def why_not(address: str, name: str = "JSON") -> str:
    """What is said of a notice to *address*, which nobody takes."""
    found = notices(address)
    assert found.unusable == ()
    (said,) = found.send(Message(title="题", lines=("文",)), "failed")
    assert WORD not in said
    assert said.startswith(f"通知没有发到第 1 个地址（{name}）：")
    return said.partition("）：")[2]


class _Answering(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        match self.path.strip("/"):
            case "cut":
                self.close_connection = True
                return
            case "slow":
                time.sleep(3)
            case status:
                # Words of whoever answers are no reason of ours.
                self.send_response(int(status))
                self.send_header("Content-Length", "27")
                self.end_headers()
                self.wfile.write(b"certificate verify failed\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def answering(certificate: Path | None = None) -> Iterator[int]:
    """A web server on loopback that takes no notice; gives its port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (400, "没有收下，请核对地址"),
        (401, "地址里的用户名、密码或令牌不对"),
        (403, "地址里的用户名、密码或令牌不对"),
        (404, "地址不对，那里没有收通知的地方"),
        (413, "内容太长"),
        (429, "发得太频繁，过一会儿再试"),
        (503, "那边的服务出了错，过一会儿再试"),
    ],
)
def test_an_answer_is_told_with_its_number_and_what_that_means(status: int, why: str) -> None:
    with answering() as port:
        assert why_not(f"json://u:{WORD}@127.0.0.1:{port}/{status}") == f"对方回答 HTTP {status}，{why}"


def test_what_goes_wrong_on_the_way_is_told(tmp_path: Path) -> None:
    account = f"u:{WORD}@127.0.0.1"
    refused = "连接被拒绝，那边没有程序在听这个端口"
    closed = free_port()
    assert why_not(f"json://{account}:{closed}/{WORD}") == refused
    mail = f"mailto://{account}:{closed}?from=s@example.org&to=a@example.org&mode=insecure"
    assert why_not(mail, "E-Mail") == refused
    # Where no network is, nobody can say that there is no such name.
    nowhere = ("找不到这个域名", "查不了域名，多半是网络不通")
    assert why_not(f"json://u:{WORD}@no-such-host.invalid/") in nowhere
    mail = f"mailto://u:{WORD}@no-such-host.invalid?from=s@example.org&to=a@example.org"
    assert why_not(mail, "E-Mail") in nowhere
    with answering() as port:
        assert why_not(f"json://{account}:{port}/slow?rto=1") == "等了很久没有回答"
        assert why_not(f"json://{account}:{port}/cut") == "连接断了"
        assert why_not(f"jsons://{account}:{port}/200") == "没有建立起加密连接，请核对地址和端口"
    with answering(certificate_of(["localhost"], tmp_path)) as port:
        assert why_not(f"jsons://u:{WORD}@localhost:{port}/200") == "对方的证书不被信任"


def test_a_proxy_out_of_reach_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert why_not("wecombot://693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa", "WeCom Bot") == "连不上代理，请检查代理的设置"


class _Refusing:
    """A mail server that wants another password, or knows nobody of that name."""

    async def handle_RCPT(  # noqa: N802  (aiosmtpd calls it so)
        self, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
    ) -> str:
        return f"550 no such user {WORD}"


@pytest.mark.parametrize(("asks", "why"), [(True, "邮件服务器不认用户名或密码"), (False, "邮件服务器不收，回答 550")])
def test_what_a_mail_server_refuses_is_told(asks: bool, why: str) -> None:
    def nobody(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    controller = Controller(
        _Refusing(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=nobody,
        auth_required=asks,
        auth_require_tls=False,
    )
    controller.start()
    try:
        account = f"u:{WORD}@" if asks else ""
        mail = f"mailto://{account}127.0.0.1:{controller.port}?from=s@example.org&to=a@example.org&mode=insecure"
        assert why_not(mail, "E-Mail") == why
    finally:
        controller.stop()


def test_what_is_not_known_is_told_in_the_service_s_own_words_without_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_of(["open.feishu.cn"], tmp_path)
    with hooks(certificate) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        monkeypatch.delenv("NO_PROXY", raising=False)
        proxy.answer = f'{{"code": 19001, "msg": "param invalid: incoming webhook {WORD} invalid"}}'.encode()
        said = why_not(f"feishu://{WORD}", "Feishu")
    assert said.startswith("它没有收下，说的是：") and "incoming webhook *** invalid" in said


def test_words_of_one_kind_are_not_taken_for_those_of_another() -> None:
    assert reason_in("", "Feishu says: bad sign") is None
    assert reason_in("[Errno 113] No route to host", "") == "网络不通"
    assert reason_in("[Errno -4] Non-recoverable failure in name resolution", "") == "查不了域名"
    # An answer is Apprise's own word; what a library raised is none.
    assert reason_in("Max retries exceeded with url: /?error=500 [Errno 111] Connection refused", "") is not None
    assert reason_in("error=500", "") is None


def test_nothing_of_a_notice_is_logged_elsewhere() -> None:
    """What is heard of Apprise for debugging has the message and the address in it."""
    heard = io.StringIO()
    handler, level = logging.StreamHandler(heard), logging.root.level
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.DEBUG)
    try:
        why_not(f"json://u:{WORD}@127.0.0.1:{free_port()}/{WORD}")
    finally:
        logging.root.removeHandler(handler)
        logging.root.setLevel(level)
    assert WORD not in heard.getvalue() and "Payload" not in heard.getvalue()
