"""What monitoring reads: last-run.json and the metrics, whole at every moment; and the lines of a log."""

from __future__ import annotations

import datetime
import json
import re
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from generator.night.files import keep, last_run, state_dir_of
from generator.night.logs import Log, harmless
from generator.night.outcome import BuiltTold, Run, read, written

from .conftest import Server
from .test_nightly import BROKEN
from .test_summary import BEGAN, FAILED, GOOD


def _metrics(server: Server) -> dict[str, float]:
    """Every sample, as Prometheus' own parser reads the file."""
    text = (server.state / "showcase.prom").read_text("utf-8")
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation and family.type == "gauge" for family in families)
    assert text.count("# HELP ") == text.count("# TYPE ") == len(families)
    samples = [sample for family in families for sample in family.samples]
    return {f"{sample.name}{''.join(sample.labels.values())}": sample.value for sample in samples}


def test_a_night_leaves_what_monitoring_asks_for_and_a_bad_one_keeps_the_last_success(server: Server) -> None:
    server.edit(*BROKEN)
    before = datetime.datetime.now(datetime.UTC)
    assert server.night().returncode == 1
    last = json.loads((server.state / "last-run.json").read_bytes())
    assert (last["version"], last["exit_code"], last["failed_stage"], last["notice"]) == (1, 1, "", "off")
    assert last["built"]["withheld"] == ["yueyang-2021/quyuan-nineteen-pupils"]
    fault = last["built"]["faults"][0]
    assert fault["file"].endswith("quyuan-nineteen-pupils/index.md") and fault["code"] and fault["fix"]
    assert (server.target / "releases" / last["published"]["release"]).is_dir()
    assert [stage["name"] for stage in last["stages"]] == ["pull", "install", "build", "publish"]
    assert re.fullmatch(r"[0-9a-f]{40}", last["commit"])
    assert all(last["versions"].values())
    ended = datetime.datetime.fromisoformat(last["ended"])
    assert before < datetime.datetime.fromisoformat(last["started"]) < ended
    assert {path.name for path in server.state.iterdir()} == {"last-run.json", "showcase.prom"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o644 for path in server.state.iterdir())

    seen = _metrics(server)
    assert seen["showcase_last_run_exit_code"] == seen["showcase_cases_withheld"] == seen["showcase_cases"] == 1
    assert seen["showcase_pages"] == last["built"]["pages"]
    assert abs(seen["showcase_last_success_timestamp_seconds"] - ended.timestamp()) < 1
    assert seen["showcase_last_run_stage_duration_secondsbuild"] > 0
    assert seen["showcase_release_is_new"] == 1
    assert seen["showcase_release_changed_files"] == last["published"]["changed"] == last["published"]["files"]

    assert server.night().returncode == 1
    again = json.loads((server.state / "last-run.json").read_bytes())["published"]
    assert again == {**last["published"], "is_new": False, "changed": 0}  # nothing of the night before is told again
    unchanged = _metrics(server)
    assert (unchanged["showcase_release_is_new"], unchanged["showcase_release_changed_files"]) == (0, 0)
    assert unchanged["showcase_release_files"] == again["files"]

    server.origin.rename(server.base / "gone.git")
    assert server.night().returncode == 3
    failed = _metrics(server)
    assert failed["showcase_last_run_exit_code"] == 3
    assert failed["showcase_last_success_timestamp_seconds"] == unchanged["showcase_last_success_timestamp_seconds"]
    assert failed["showcase_last_run_timestamp_seconds"] > unchanged["showcase_last_run_timestamp_seconds"]
    assert not {"showcase_pages", "showcase_release_changed_files"} & failed.keys()  # not found out is not 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_every_line_of_a_log_has_time_stage_and_what(server: Server, form: str) -> None:
    state = server.base / "state"
    done = server.night(SHOWCASE_LOG=form, SHOWCASE_STATE_DIR=str(state))
    assert done.returncode == 0
    assert (state / "last-run.json").is_file() and not server.state.exists()
    rows = []
    for line in done.stdout.splitlines():
        if form == "json":
            row = json.loads(line)
            assert set(row) == {"time", "stage", "level", "text"}
            rows.append((datetime.datetime.fromisoformat(row["time"]), row["stage"], row["text"]))
        else:
            day, clock, stage, text = line.split(maxsplit=3)
            rows.append((datetime.datetime.fromisoformat(f"{day} {clock}"), stage, text))
    assert [time for time, _, _ in rows] == sorted(time for time, _, _ in rows)
    assert all(time.tzinfo for time, _, _ in rows)
    assert any(stage == "build" and text.startswith("案例 2 个") for _, stage, text in rows)
    assert any(stage == "publish" and text.startswith("已发布") for _, stage, text in rows)


def test_a_failure_is_marked_once_and_names_the_command_that_begins_the_service_again(server: Server) -> None:
    (server.base / "file").write_text("")
    there = {"SHOWCASE_LOG": "text", "SHOWCASE_TARGET": str(server.base / "file")}
    done = server.night(STATE_DIRECTORY=str(server.base / "state"), **there)
    assert (done.returncode, "systemctl start showcase-nightly" in done.stdout) == (3, True), done.stdout
    said = [line.split(maxsplit=2)[2] for line in done.stdout.splitlines()]
    at = said.index("publish 错误：网站生成好了，发布没有完成。")
    assert said[at + 1].startswith("publish 错误：无法发布")  # the program's own word, not a second mark
    by_cron = server.night(**there)
    assert "systemctl" not in by_cron.stdout and "照定时任务的那一行" in by_cron.stdout


def test_a_folder_that_cannot_be_written_is_said_and_changes_no_exit_code(server: Server) -> None:
    (server.base / "file").write_text("")
    done = server.night(SHOWCASE_STATE_DIR=str(server.base / "file"))
    assert (done.returncode, "监控看到的还是上一次" in done.stdout) == (0, True)


def test_a_reader_never_finds_half_a_file(tmp_path: Path) -> None:
    long = replace(GOOD, why="长" * 100_000)
    keep(long, tmp_path)
    is_over = threading.Event()
    faults = []

    def look() -> None:
        while not is_over.is_set():
            run = last_run(tmp_path)
            if run is None or not (tmp_path / "showcase.prom").read_text().endswith("\n"):
                faults.append(run)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(200):
        keep(replace(long, why="长" * (number * 500)), tmp_path)
    is_over.set()
    reader.join()
    assert faults == []
    assert {path.name for path in tmp_path.iterdir()} == {"last-run.json", "showcase.prom"}


def test_a_run_is_read_back_as_it_was_written_also_by_an_older_program() -> None:
    assert read(Run, written(FAILED)) == FAILED
    newer = json.loads(written(GOOD)) | {"something_new": 1}
    assert read(Run, json.dumps(newer).encode()) == GOOD
    assert read(Run, written(GOOD)[:100]) is None
    assert read(BuiltTold, b"[]") is None


def test_files_stand_where_the_setting_says_else_where_systemd_does(tmp_path: Path) -> None:
    assert state_dir_of(tmp_path, {}) == tmp_path / ".showcase" / "night"
    assert state_dir_of(tmp_path, {"STATE_DIRECTORY": "/var/lib/showcase:/var/lib/b"}) == Path("/var/lib/showcase")
    both = {"STATE_DIRECTORY": "/var/lib/showcase", "SHOWCASE_STATE_DIR": "/srv/state"}
    assert state_dir_of(tmp_path, both) == Path("/srv/state")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://editor:geheim@git.example.cn/x.git", "https://***@git.example.cn/x.git"),
        ("https://geheim@git.example.cn/x.git", "https://***@git.example.cn/x.git"),  # a token
        ("https://editor:ge@heim@git.example.cn/x.git", "https://***@git.example.cn/x.git"),
        ("连不上 ssh://showcase@www.example.cn:2222/，请检查", "连不上 ssh://showcase@www.example.cn:2222/，请检查"),
        ("SSH://showcase@www.example.cn/", "SSH://showcase@www.example.cn/"),
        ("git+ssh://git@git.example.cn/x.git", "git+ssh://git@git.example.cn/x.git"),
        ("ssh://showcase:geheim@www.example.cn/", "ssh://showcase:***@www.example.cn/"),
        ("ssh://showcase:ge@heim@www.example.cn/", "ssh://showcase:***@www.example.cn/"),
        ("ssh://show@case:geheim@www.example.cn/", "ssh://***@www.example.cn/"),
    ],
)
def test_a_log_shows_whom_ssh_goes_to_and_no_other_account_and_no_password(said: str, shown: str) -> None:
    assert harmless(said) == shown


def test_a_log_shows_nothing_that_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert harmless("案例\x1b[2J\u202e\r") == "案例\ufffd[2J\ufffd\ufffd"
    log = Log("")
    log.say("build", "一\n二")
    log.say("publish", "三")
    assert capsys.readouterr().out == ""
    log.show("build", but=["一"])
    log.show("build")
    assert capsys.readouterr().out == "二\n"


def test_a_moment_is_written_so_that_every_monitor_reads_it() -> None:
    assert json.loads(written(GOOD))["started"] == "2024-03-01T17:30:00Z"
    assert BEGAN.tzinfo is datetime.UTC
