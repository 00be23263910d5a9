"""The service and the timer under a systemd that runs: every line of theirs in force, as another user than root."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import laid_out

from .booted import CLONE, PROGRAM, PUBLISHER, TARGET, USER, CannotBootError, Machine, booted, wait_until
from .conftest import PAGE, start

pytestmark = pytest.mark.soak

NIGHTLY = "showcase-nightly.service"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One that has just come up, before its first night."""
    base = tmp_path_factory.mktemp("machine")
    base.chmod(0o755)
    (base / "work").mkdir()
    server = start(base / "work", laid_out(base / "project"))
    try:
        with booted(base, server) as up:
            yield up
    except CannotBootError as error:
        pytest.skip(str(error))


def test_a_night_publishes_in_all_its_confines_and_leaves_everything_to_its_user(machine: Machine) -> None:
    assert machine.start() == 0, machine.journal()
    said = machine.journal()
    assert machine.told("Result", "ExecMainStatus", "ActiveState") == ["success", "0", "inactive"], said
    assert re.search(r"publish +已发布 2\S+：\d+ 个文件", said)
    asked = "from generator.media.children.isolation import isolation; print(isolation().zh)"
    kind = machine.run(*PROGRAM, "-c", asked, is_user=True).stdout.strip()
    assert f"处理媒体的隔离：{kind}。" in said  # the service takes nothing of it away
    assert (machine.server.target / PAGE).is_file()
    made = (*machine.server.target.rglob("*"), *machine.server.clone.rglob("*"), *machine.home.glob("*.*"))
    assert {(path.lstat().st_uid, path.lstat().st_gid) for path in made} == {(USER, USER)}
    last = json.loads((machine.home / "last-run.json").read_bytes())
    assert (last["exit_code"], last["target"], last["published"]["is_new"]) == (0, TARGET, True)
    assert "showcase_last_run_exit_code 0.0" in (machine.home / "showcase.prom").read_text()


def test_a_broken_case_is_no_failure_of_the_service_and_stands_in_the_journal(machine: Machine) -> None:
    broken = machine.server.editors / "cases/yueyang-2021/broken"
    broken.mkdir()
    (broken / "index.md").write_text("---\ntitel: 写错的一项\n---\n\n正文。\n", "utf-8")
    machine.server.push()
    assert machine.start() == 0, machine.journal()
    assert machine.told("Result", "ExecMainStatus") == ["success", "1"]
    assert "cases/yueyang-2021/broken/index.md 第 2 行：" in machine.journal()
    shutil.rmtree(broken)
    machine.server.push()
    assert machine.start() == 0
    assert machine.told("ExecMainStatus") == ["0"]


def test_while_one_runs_a_second_start_joins_it_and_a_run_by_hand_ends_with_4(machine: Machine) -> None:
    by_hand = ("env", f"SHOWCASE_TARGET={TARGET}", f"{CLONE}/scripts/nightly")
    with machine.at_work():
        (run,) = machine.told("InvocationID")
        second = machine.run(*by_hand, is_user=True, check=False)
        assert (second.returncode, "另一个任务正在进行（进程号" in second.stdout + second.stderr) == (4, True)
        machine.run("systemctl", "start", "--no-block", "showcase-nightly")
    assert machine.start() == 0  # waits for the one at work
    assert machine.told("InvocationID", "ExecMainStatus") == [run, "0"]


def test_a_service_that_is_told_to_end_says_so_and_leaves_nobody_behind(machine: Machine) -> None:
    with machine.at_work():
        machine.run("systemctl", "stop", "--no-block", "showcase-nightly")
    wait_until(lambda: machine.told("ActiveState") == ["failed"])
    assert "运行被叫停了（SIGTERM）" in machine.journal()
    assert machine.run("pgrep", "--uid", str(USER), check=False).stdout == ""


def test_a_host_that_cannot_be_reached_is_a_failed_unit_with_a_readable_journal(machine: Machine) -> None:
    config = machine.server.clone / ".git/config"
    before, live = config.read_text(), machine.server.live
    config.write_text(re.sub(r"url = .*", "url = ssh://git@127.0.0.1:9/cases.git", before))
    assert machine.start() == 1
    config.write_text(before)
    assert machine.told("Result", "ExecMainStatus", "ActiveState") == ["exit-code", "3", "failed"]
    said = machine.journal()
    assert "ssh: connect to host 127.0.0.1 port 9: Connection refused；没有生成，线上的网站没有变化" in said
    assert "处理好以后不用等到明晚，请管理员运行 systemctl start showcase-nightly。" in said
    assert machine.server.live == live


def test_the_timer_begins_the_service_at_its_hour(machine: Machine) -> None:
    drop_in = machine.etc / "systemd/system/showcase-nightly.timer.d/hour.conf"
    (before,) = machine.told("InvocationID")
    at = time.strftime("%H:%M:%S", time.gmtime(time.time() + 3))
    drop_in.write_text(f"[Timer]\nOnCalendar=\nOnCalendar=*-*-* {at}\nRandomizedDelaySec=0\nAccuracySec=1s\n")
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "restart", "showcase-nightly.timer")
    wait_until(lambda: machine.told("InvocationID") != [before], 30)
    assert machine.start() == 0  # waits for the one at work
    assert "没有变化，线上仍是" in machine.journal()


def test_it_publishes_to_a_server_as_somebody_who_may_write_one_folder(machine: Machine) -> None:
    """By rrsync, from a user that is not root to another one."""
    machine.run("systemctl", "start", "web-sshd")
    (machine.etc / "showcase").mkdir()
    (machine.etc / "showcase/environment").write_text("SHOWCASE_TARGET=ssh://web@127.0.0.1/\n")
    assert machine.start() == 0, machine.journal()
    assert "已发布 2" in machine.journal()
    web: Path = machine.etc.parent / "web"
    assert (web / PAGE).is_file()
    assert {path.lstat().st_uid for path in web.rglob("*")} == {PUBLISHER}
    assert machine.start() == 0 and "没有变化，线上仍是" in machine.journal()
