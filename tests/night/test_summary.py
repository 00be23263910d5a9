"""What people are told of a run, and when they are told nothing."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, text

from generator.night.outcome import BuiltTold, Fault, PublishedTold, Run, Stage, Told
from generator.night.summary import Message, message, news, now_told

BEGAN = datetime.datetime(2024, 3, 1, 17, 30, tzinfo=datetime.UTC)
GOOD = Run(
    started=BEGAN,
    ended=BEGAN + datetime.timedelta(seconds=80),
    exit_code=0,
    commit_before="a" * 40,
    commit="b" * 40,
    built=BuiltTold(cases=63, pages=400, media=900, withheld=(), faults=()),
    published=PublishedTold(release="20240301T173000Z-3f9c2a7be01d", is_new=True, files=1500, changed=3),
    stages=(Stage(name="pull", duration_s=2.0), Stage(name="build", duration_s=70.4)),
)


def _fault(case: str, code: str = "SHP001", line: int = 3) -> Fault:
    return Fault(file=f"cases/{case}/index.md", line=line, code=code, message="缺少标题", fix="补上", case=case)


def _broken(*faults: Fault) -> Run:
    withheld = tuple(sorted({fault.case for fault in faults if fault.case}))
    return replace(GOOD, exit_code=1, built=BuiltTold(cases=62, pages=390, media=900, withheld=withheld, faults=faults))


FAILED = replace(GOOD, exit_code=3, failed_stage="pull", why="取不到最新的案例；请看看网络", built=None, published=None)
KNOWN = now_told(_broken(_fault("c/a")), Told())


@pytest.mark.parametrize(
    ("run", "told", "expected"),
    [
        (GOOD, Told(), ""),
        (replace(GOOD, published=None), Told(), ""),
        (_broken(_fault("c/a")), Told(), "withheld"),
        (_broken(_fault("c/a")), KNOWN, ""),
        (_broken(_fault("c/a", line=9)), KNOWN, ""),
        (_broken(_fault("c/a", "TXT001")), KNOWN, "withheld"),
        (_broken(_fault("c/a"), _fault("c/b")), KNOWN, "withheld"),
        (_broken(_fault("c/b")), KNOWN, "withheld"),
        (GOOD, KNOWN, "recovered"),
        (FAILED, Told(), "failed"),
        (FAILED, Told(has_failed=True), "failed"),
        (replace(FAILED, exit_code=4), Told(), "failed"),
        (GOOD, Told(has_failed=True), "recovered"),
        (_broken(_fault("c/a")), replace(KNOWN, has_failed=True), "recovered"),
    ],
)
def test_only_failures_and_changes_are_news(run: Run, told: Told, expected: str) -> None:
    assert news(run, told) == expected


def test_a_failed_run_does_not_forget_which_cases_were_told_of() -> None:
    known = now_told(FAILED, KNOWN)
    assert known == Told(has_failed=True, faults=KNOWN.faults)
    assert now_told(_broken(_fault("c/a")), known) == KNOWN


def test_a_message_names_case_file_line_reason_fix_and_everything_an_operator_asks() -> None:
    told = message(_broken(_fault("c/a"), _fault("c/b"), _fault("c/a", "TXT001", 7)), KNOWN, "web1")
    assert told.title == "展示网夜间发布：完成，暂不展示 2 个案例"
    assert told.lines[:2] == (
        "结果：已发布新版本，退出码 1。",
        "暂不展示 2 个案例，其余照常。请把下面几条转给编辑，改好合并，当晚就会放上去：",
    )
    assert told.lines[2:7] == (
        "● c/a",
        "  cases/c/a/index.md 第 3 行：缺少标题。补上。（SHP001）",
        "  cases/c/a/index.md 第 7 行：缺少标题。补上。（TXT001）",
        "● c/b",
        "  cases/c/b/index.md 第 3 行：缺少标题。补上。（SHP001）",
    )
    assert told.lines[7:-1] == (
        "线上版本：20240301T173000Z-3f9c2a7be01d（新的，1500 个文件，其中 3 个有变化）。",
        "数量：案例 62 个，页面 390 个，媒体文件 900 个。",
        "提交：aaaaaaaa → bbbbbbbb。",
        "用时：1 分 20 秒（取回案例 2 秒，生成网站 1 分 10 秒）。",
    )
    assert told.lines[-1].startswith("机器：web1，2024-03-0")


def test_a_failure_comes_first_with_its_reason() -> None:
    told = message(FAILED, Told(), "web1")
    assert told.title == "展示网夜间发布：没有完成，停在“取回案例”"
    assert told.lines[:4] == (
        "结果：没有完成，停在“取回案例”，退出码 3。",
        "线上的网站没有变化。",
        "原因和办法：",
        "取不到最新的案例；请看看网络",
    )


def test_an_error_of_a_call_is_told_though_it_withholds_no_case_of_its_own() -> None:
    fault = Fault(file="cases/c/campaign.yml", line=1, code="CAM001", message="缺少编号", fix="补上")
    run = replace(GOOD, exit_code=1, built=BuiltTold(cases=63, pages=400, media=900, withheld=(), faults=(fault,)))
    assert news(run, Told()) == "withheld"
    assert "  cases/c/campaign.yml 第 1 行：缺少编号。补上。（CAM001）" in message(run, Told(), "web1").lines


def test_what_was_mended_is_named() -> None:
    both = now_told(_broken(_fault("c/a"), _fault("c/b")), Told())
    assert "已经改好：c/b。" in message(_broken(_fault("c/a")), both, "web1").lines
    assert message(GOOD, both, "web1").title == "展示网夜间发布：恢复正常"


@given(lists(text(max_size=80), min_size=1, max_size=40), integers(120, 3000))
def test_a_text_never_has_more_bytes_than_its_service_takes(lines: list[str], most: int) -> None:
    cut = Message(title="题", lines=tuple(lines)).within(most)
    assert len(cut.encode("utf-8", "surrogatepass")) <= most
    if len("\n".join(lines).encode("utf-8", "surrogatepass")) <= most:
        assert cut == "\n".join(lines)
