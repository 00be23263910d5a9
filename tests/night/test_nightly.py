"""scripts/nightly as cron runs it: a real clone, the real build, real releases."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROOT, git
from generator.publish import lock
from generator.publish.folder import Folder
from generator.publish.transfer import releases

from .conftest import CASE, PAGE, Server

BROKEN = ("title:", "titel:")


def test_what_editors_push_is_live_the_next_morning_and_a_quiet_night_says_nothing(server: Server) -> None:
    first = server.night()
    assert first.returncode == 0, first.stdout
    assert first.stdout.startswith("已发布 2") and first.stdout.count("\n") == 1
    again = server.night()
    assert (again.returncode, again.stdout) == (0, "")

    case = server.editors / CASE
    case.write_text(case.read_text("utf-8") + "\n一句夜里才上线的话。\n", "utf-8")
    (server.editors / "scripts/nightly").write_text("exit 99\n")  # a pull that replaces the running script
    server.push()
    later = server.night("--keep", "1")
    assert later.returncode == 0, later.stdout
    assert later.stdout.startswith("已发布 2")
    assert "一句夜里才上线的话" in (server.target / PAGE).read_text("utf-8")
    assert len(releases(Folder(server.target))) == 1


def test_what_the_disk_refuses_the_night_itself_is_told_in_chinese_with_the_place(server: Server) -> None:
    for name in ("next", "last"):  # as a night leaves them that was killed in its pull
        git(server.clone, "update-ref", f"refs/showcase/{name}", "HEAD")
    (server.clone / ".git" / "index.lock").mkdir()
    done = server.night()
    assert done.returncode == 3
    assert f"它是目录，不是文件（{server.clone}/.git/index.lock）" in done.stdout, done.stdout
    assert "程序出错了" not in done.stdout and "[Errno" not in done.stdout


def test_a_broken_case_stays_off_the_site_is_told_once_and_its_mending_is_told_too(server: Server) -> None:
    server.edit(*BROKEN)
    result = server.night()
    assert result.returncode == 1
    assert "● yueyang-2021/quyuan-nineteen-pupils" in result.stdout
    assert f"{CASE} 第 2 行：" in result.stdout and "（SHP" in result.stdout
    assert "已发布 2" in result.stdout
    assert not (server.target / PAGE).exists()
    assert (server.target / "current/cases/hunan-2020-tkbtx/huaihua-village-loudspeaker/index.html").exists()
    again = server.night()
    assert (again.returncode, again.stdout) == (1, "")  # the same as last night: known, not news

    server.edit("titel:", "title:")
    mended = server.night()
    assert mended.returncode == 0
    assert "恢复正常" in mended.stdout and "已经改好：yueyang-2021/quyuan-nineteen-pupils" in mended.stdout
    assert (server.target / PAGE).exists()


def test_another_broken_case_is_news_beside_a_known_one(server: Server) -> None:
    server.edit(*BROKEN)
    assert server.night().returncode == 1
    other = "cases/hunan-2020-tkbtx/huaihua-village-loudspeaker/index.md"
    server.edit(*BROKEN, file=other)
    told = server.night("--force").stdout
    assert "暂不展示 2 个案例" in told and other in told


def test_whatever_fails_is_told_and_leaves_the_live_site(server: Server) -> None:
    assert server.night().returncode == 0
    live = server.live
    case = server.editors / CASE
    case.write_text(case.read_text("utf-8") + "\n新的一段。\n", "utf-8")
    server.push()
    came = server.clone / CASE

    with lock.held(server.clone / ".showcase/lock"):
        busy = server.night()
    assert (busy.returncode, f"进程号 {os.getpid()}" in busy.stdout) == (4, True)
    assert "新的一段" not in came.read_text("utf-8")  # a build at work does not see its cases change

    (server.origin).rename(server.base / "gone.git")
    no_network = server.night()
    assert (no_network.returncode, "git fetch" in no_network.stdout) == (3, True)
    (server.base / "gone.git").rename(server.origin)

    file = server.base / "file"
    file.write_text("")
    blocked = server.night(SHOWCASE_TARGET=str(file))
    assert (blocked.returncode, "无法发布" in blocked.stdout) == (3, True)
    assert "停在“发布”" in blocked.stdout

    without_target = server.night(SHOWCASE_TARGET="")
    assert (without_target.returncode, "SHOWCASE_TARGET" in without_target.stdout) == (2, True)

    unknown_form = server.night(SHOWCASE_LOG="xml")
    assert (unknown_form.returncode, "text 或 json" in unknown_form.stdout) == (2, True)
    assert server.live == live


def test_settings_that_were_broken_by_a_push_are_mended_by_the_next_one(server: Server) -> None:
    assert server.night().returncode == 0
    live = server.live
    server.edit("site_url:", "site_ulr:", file="mkdocs.yml")
    broken = server.night()
    assert (broken.returncode, "site_url 应是" in broken.stdout) == (2, True)
    assert server.live == live
    server.edit("site_ulr:", "site_url:", file="mkdocs.yml")
    mended = server.night()
    assert mended.returncode == 0
    assert "上次没有完成，这次好了" in mended.stdout


def test_an_installation_that_fails_is_told_and_tried_again(server: Server) -> None:
    (server.editors / "requirements.lock").write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64 + "\n")
    server.push()
    failed = server.night(PIP_INDEX_URL=f"file://{server.base}/nowhere")
    assert (failed.returncode, "依赖没有装好" in failed.stdout) == (3, True)
    assert not (server.target / "current").exists()


def test_a_second_run_says_who_is_at_work_before_it_fetches_anything(server: Server) -> None:
    server.edit("title:", "title: ")
    head = server.clone / ".git/refs/heads/main"
    before = head.read_text()
    with lock.held(server.clone / ".showcase/night.lock"):
        second = server.night()
    assert second.returncode == 4
    assert f"进程号 {os.getpid()}" in second.stdout
    assert head.read_text() == before
    assert not (server.clone / ".git/FETCH_HEAD").exists()
    assert not server.state.exists()  # what monitoring sees is the run at work


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_takes_its_build_along_and_says_so(server: Server, number: signal.Signals) -> None:
    assert server.night().returncode == 0
    live = server.live
    slow = server.clone / ".venv/bin/showcase"
    text = slow.read_text()
    mark = f"sleeper-{os.getpid()}-{number}"
    slow.write_text(text.replace("#!/bin/sh\n", f'#!/bin/sh\n[ "$1" != build ] || exec -a {mark} sleep 300\n', 1))
    slow.write_text(slow.read_text().replace("#!/bin/sh", "#!/bin/bash"))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(server.base), "SHOWCASE_TARGET": str(server.target)}
    child = subprocess.Popen(
        [server.clone / "scripts/nightly"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    until = time.monotonic() + 180
    while not _running(mark) and time.monotonic() < until:
        time.sleep(0.1)
    assert _running(mark)
    child.send_signal(number)
    said, _ = child.communicate(timeout=120)
    assert child.returncode == 3, said
    assert "运行被叫停了" in said
    assert not _running(mark)
    last = json.loads((server.state / "last-run.json").read_bytes())
    assert (last["exit_code"], last["failed_stage"]) == (3, "build")
    assert server.live == live


def _running(mark: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if path.read_bytes().startswith(mark.encode()):
                return True
    return False


def test_a_program_that_a_push_broke_is_told_of_and_mended_by_the_next_push(server: Server) -> None:
    """The program itself comes from the clone here, as on a server."""
    _with_own_program(server)
    assert server.night().returncode == 0
    live = server.live
    broken, whole = server.editors / "generator/errors.py", (server.editors / "generator/errors.py").read_text()
    broken.write_text("this is no Python\n")
    server.push()
    first = server.night()  # runs on with what it had loaded
    assert (first.returncode, "停在“生成网站”" in first.stdout) == (3, True)
    assert "SyntaxError" in first.stdout
    second = server.night()  # cannot begin
    assert (second.returncode, "程序还是运行不了" in second.stdout) == (3, True)
    assert not list((server.clone / ".venv").glob(".installed-*"))  # it tried to install anew
    assert server.live == live
    broken.write_text(whole)
    case = server.editors / CASE
    case.write_text(case.read_text("utf-8") + "\n修好以后的一段。\n", "utf-8")
    server.push()
    third = server.night()
    assert third.returncode == 0, third.stdout
    assert "修好以后的一段" in (server.target / PAGE).read_text("utf-8")


def test_a_clone_that_cannot_be_installed_is_told_why_and_not_to_ask_a_developer(server: Server) -> None:
    """As on a Debian without python3-venv, the first night of all."""
    (server.clone / ".venv/bin/showcase").unlink()
    python = server.base / "python"
    python.write_text(f'#!/bin/sh\n[ "$2" != venv ] || exit 1\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = server.night(PYTHON=str(python))
    assert (done.returncode, "apt-get install python3-venv" in done.stdout) == (3, True), done.stdout
    assert "程序还是运行不了" in done.stdout and "开发同事" not in done.stdout
    assert "No such file" not in done.stdout  # of the door's own


def _with_own_program(server: Server) -> None:
    shutil.copytree(ROOT / "generator", server.editors / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (server.editors / ".gitignore").write_text("/.venv/\n/.showcase\n/site/\n/.site.*\n__pycache__\n")
    # What there is to install is there; a real installation would reach for this very environment.
    (server.editors / "scripts/install").write_text("#!/bin/sh\necho installed >>.showcase/installed\n")
    server.push()
    git(server.clone, "pull", "--quiet")
    showcase = server.clone / ".venv/bin/showcase"
    showcase.write_text(f'#!/bin/sh\nPYTHONPATH="{server.clone}" exec "{sys.executable}" -m generator "$@"\n')
