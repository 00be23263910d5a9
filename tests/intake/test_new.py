"""A new case is asked for in Chinese, within what its call allows, and begins as a draft that check understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog.reader import read_catalog
from generator.check.examine import examine

from .conftest import Run, tree

GIVEN = {
    "--campaign": "yueyang-2020-pilots",
    "--title": "午间三分钟: 示例",
    "--unit": "岳阳楼区示例小学",
    "--region": "岳阳楼区",
    "--category": "中小学校",
    "--topic": "平战融合教学模式、数字校园",
    "--stage": "小学",
    "--folder": "",
}


def _words(**changed: str | None) -> list[str]:
    words = {**GIVEN, **{f"--{key}": value for key, value in changed.items()}}
    return [word for key, value in words.items() if value is not None for word in (key, value)]


def test_with_every_question_answered_by_an_option_nothing_is_asked(run: Run, project: Path) -> None:
    before = tree(project)
    done = run("new", *_words())
    assert done.exit_code == 0, done.output
    assert "？" not in done.output
    (name,) = tree(project).keys() - before.keys()
    assert name == "cases/yueyang-2020-pilots/yueyanglou-wu-jian-san-fen/index.md"
    assert all(tree(project)[old] == data for old, data in before.items())
    assert (
        (project / name).read_text("utf-8")
        == """---
title: "午间三分钟: 示例"
unit:
  name: 岳阳楼区示例小学
  region: yueyanglou
category: 中小学校
topics: [平战融合教学模式, 数字校园]
stage: [小学]
status: 草稿
---

## 一、概述

## 二、试点项目立项必要性及可行性分析

## 三、试点工作实施方案

## 四、试点工作效益及风险分析
"""
    )
    errors = [
        d for d in examine(read_catalog(project / "cases")).diagnostics if name in d.file and d.severity == "error"
    ]
    assert errors == []


def test_nonsense_is_refused_with_a_sentence_and_asked_again(run: Run, project: Path) -> None:
    answers = [
        "mars-2030", "yueyang-2020-pilots",  # call
        "", "短", "联系13800138000", "午间三分钟的示例",  # title
        "小学", "岳阳楼区示例小学",  # unit
        "长沙市", "",  # region: the one that the unit's name tells
        "高校", "中小学校",  # category
        "5G应用", "数字校园", "平战融合教学模式",  # topics: one of another category; without the required one
        "大学", "小学，初中",  # stages
        "Noon_Broadcast", "yueyanglou-noon",
    ]  # fmt: skip
    done = run("new", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    for sentence in (
        "没有活动“mars-2030”",
        "这一项要填。",
        "标题有 1 个字",
        "标题里有电话、邮箱一类的内容",
        "单位写全称",
        "没有地区“长沙市”",
        "本次活动没有类别“高校”",
        "没有选题“5G应用”",
        "这一类必须选“平战融合教学模式”",
        "没有学段“大学”",
        "只能用小写英文字母",
    ):
        assert done.output.count(sentence) == 1, sentence
    case = read_catalog(project / "cases").by_id["yueyang-2020-pilots/yueyanglou-noon"].case
    assert case is not None
    assert (case.unit.region, case.stage, case.topics) == ("yueyanglou", ("小学", "初中"), ("平战融合教学模式",))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"category": "高校"}, "本次活动没有类别"),
        ({"campaign": "exhibition-9"}, "没有活动"),
        ({"region": "恩施市"}, "没有地区"),
        ({"title": None}, "没有回答“标题”"),
        ({"folder": "../x"}, "只能用小写英文字母"),
    ],
)
def test_an_option_that_makes_no_sense_makes_nothing(
    changed: dict[str, str | None], said: str, run: Run, project: Path
) -> None:
    before = tree(project)
    done = run("new", *_words(**changed))
    assert (done.exit_code, tree(project)) == (2, before)
    assert said in done.stderr


def test_a_folder_that_is_there_is_not_written_into(run: Run, project: Path) -> None:
    assert run("new", *_words()).exit_code == 0
    before = tree(project)
    again = run("new", *_words(folder="yueyanglou-wu-jian-san-fen"))
    assert (again.exit_code, tree(project)) == (2, before)
    assert run("new", *_words()).exit_code == 0  # the next name that is free
    assert (project / "cases" / "yueyang-2020-pilots" / "yueyanglou-wu-jian-san-fen-2" / "index.md").is_file()
