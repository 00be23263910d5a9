"""What the system refuses is told in Chinese, with the place and without the system's numbers."""

from __future__ import annotations

import ast
import builtins
import errno
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benches.ssh_server import free_port
from generator.errors import PublishError, SettingsError, reason_at, reason_of
from generator.publish import lock
from generator.settings import read_settings

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _raised(deed: Callable[[], object]) -> OSError:
    with pytest.raises(OSError) as caught:
        deed()
    return caught.value


def _connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=5)


def _late() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_connection(silent.getsockname()) as talk:
        talk.settimeout(0.05)
        talk.recv(1)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (lambda folder: (folder / "none").read_text(), "没有这个文件或目录"),
        (lambda folder: (folder / "file" / "x").read_text(), "路径中间有一段不是目录"),
        (lambda folder: folder.read_text(), "它是目录，不是文件"),
        (lambda folder: (folder / "file").mkdir(), "已经有同名的文件或目录"),
        (lambda folder: folder.rmdir(), "目录不是空的"),
        (lambda folder: (folder / ("长" * 200)).read_text(), "名称太长"),
        (lambda folder: (folder / "loop").read_text(), "它是一个链接，或者链接绕成了圈"),
        (lambda folder: Path("/dev/full").write_text("x"), "磁盘满了，请清理出空间"),
        (lambda folder: _connect(free_port()), "连接被拒绝，那边没有程序在听这个端口"),
        (lambda folder: _late(), "等了很久没有回答"),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese(
    deed: Callable[[Path], object], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    assert reason_of(_raised(lambda: deed(tmp_path))) == reason


def test_a_number_of_openssl_is_none_of_the_system() -> None:
    assert ssl.SSLError(errno.EPERM, "[SSL: WRONG_VERSION_NUMBER]").errno == errno.EPERM
    assert "权限" not in reason_of(ssl.SSLError(errno.EPERM, "[SSL: WRONG_VERSION_NUMBER]"))
    assert "权限" in reason_of(OSError(errno.EPERM, os.strerror(errno.EPERM)))


def test_what_is_rare_is_told_as_the_system_says_it_without_its_number() -> None:
    assert reason_of(OSError(errno.EXDEV, os.strerror(errno.EXDEV), "/x")) == os.strerror(errno.EXDEV)
    assert reason_of(OSError("一句话")) == "一句话"
    assert reason_of(ConnectionResetError("Remote end closed connection")) == "连接断了"
    assert reason_of(OSError()) == "OSError"


def test_the_place_is_told_where_the_system_names_one(tmp_path: Path) -> None:
    missing = tmp_path / "没有"
    assert reason_at(_raised(missing.read_text)) == f"没有这个文件或目录（{missing}）"
    strange = os.fsencode(tmp_path) + b"/\xc3\xfb"  # a name in GBK, which no terminal prints
    assert reason_at(_raised(lambda: open(strange))) == f"没有这个文件或目录（{tmp_path}/\\xc3\\xfb）"  # noqa: SIM115
    assert reason_at(_raised(lambda: _connect(free_port()))) == "连接被拒绝，那边没有程序在听这个端口"


def test_locks_and_settings_in_a_place_that_is_none_are_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = []
    with pytest.raises(PublishError) as caught, lock.held(tmp_path / "file" / "x" / "lock"):
        pass
    said.append(str(caught.value))
    with pytest.raises(SettingsError) as wrong:
        read_settings(tmp_path / "file" / "mkdocs.yml")
    said.append(str(wrong.value))
    with pytest.raises(SettingsError) as wrong:
        read_settings(tmp_path)
    said.append(str(wrong.value))
    assert all("[Errno" not in words for words in said)
    assert ["不是目录" in said[0], "不是目录" in said[1], "它是目录" in said[2]] == [True, True, True], said


def _sources(root: Path) -> Iterator[tuple[str, ast.ExceptHandler]]:
    """Every clause that catches what the system refuses, by its file and line."""
    for path in sorted((root / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and node.type and node.name:
                parts = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                kinds = [getattr(builtins, ast.unparse(part), None) for part in parts]
                if any(isinstance(kind, type) and issubclass(kind, OSError) for kind in kinds):
                    yield f"{path.relative_to(root)}:{node.lineno}", node


def _is_chinese(node: ast.JoinedStr) -> bool:
    return any(isinstance(part, ast.Constant) and CHINESE.search(str(part.value)) for part in node.values)


def test_no_sentence_has_an_error_of_the_system_as_it_is(root: Path) -> None:
    found, raw = 0, []
    for place, clause in _sources(root):
        found += 1
        for node in ast.walk(clause):
            if isinstance(node, ast.JoinedStr) and _is_chinese(node):
                words = {ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)}
                raw += [
                    place for word in (clause.name, f"{clause.name}.strerror", f"str({clause.name})") if word in words
                ]
    assert found > 20
    assert raw == []
