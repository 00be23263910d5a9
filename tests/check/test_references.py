"""Where targets lead, and what a misspelt or private field was meant to be."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from generator.catalog.campaign import Campaign
from generator.catalog.case import Case
from generator.catalog.submission import ShapeFault
from generator.check.faultwords import said_in_chinese
from generator.check.fieldnames import is_private, known_names, nearest
from generator.check.references import lead_of
from generator.check.rules.people import is_masked
from generator.check.rules.template import bare_heading


@pytest.mark.parametrize(
    ("target", "kind", "path"),
    [
        ("media/a.jpg", "file", "media/a.jpg"),
        ("./media/../media/a.jpg", "file", "media/a.jpg"),
        ("media/%E7%85%A7%E7%89%87%201.jpg", "file", "media/照片 1.jpg"),
        ("attachments/a.pdf#page=2", "file", "attachments/a.pdf"),
        ("../b/a.jpg", "outside", "../b/a.jpg"),
        ("%2E%2E/b", "outside", "../b"),
        ("/cases/", "site", ""),
        ("//example.org/a.jpg", "host", ""),
        ("https://example.org", "web", ""),
        ("HTTP://example.org", "web", ""),
        ("mailto:a@example.org", "mail", ""),
        ("C:/a.jpg", "scheme", ""),
        ("data:image/png;base64,AA", "scheme", ""),
        ("#fn-1", "anchor", ""),
        ("", "nothing", ""),
    ],
)
def test_a_target_leads_where_it_says(target: str, kind: str, path: str) -> None:
    lead = lead_of(target)
    assert (lead.kind, lead.path) == (kind, path)


@pytest.mark.parametrize(
    "name",
    "phone Phone leader_mobile officeTel e-mail email wechat qq id_card homeAddress 联系电话 手机号码 电子邮箱 联系人 负责人"
    " 身份证号 家庭住址 QQ号".split(),
)
def test_private_names_are_known_as_such(name: str) -> None:
    assert is_private(name)


@pytest.mark.parametrize("name", [*Case.model_fields, "hotel", "telescope", "mobility", "标题", "单位", "summry"])
def test_other_names_are_not_private(name: str) -> None:
    assert not is_private(name)


def test_names_are_known_at_every_depth() -> None:
    assert known_names(Case, ("period",)) == ("from", "to")
    assert known_names(Case, ("honors", 0)) == ("level", "grade", "year", "doc_no")
    assert known_names(Case, ("partners", "furong", 1)) == ("name", "points")
    assert "value" in known_names(Campaign, ("limits", 3))
    assert known_names(Case, ("nothing", "here")) == ()


@pytest.mark.parametrize(
    ("name", "meant"), [("titel", "title"), ("标题", "title"), ("self-review", "self_review"), ("摘要", "summary")]
)
def test_the_nearest_name_is_offered_first(name: str, meant: str) -> None:
    assert nearest(name, known_names(Case, ()))[0] == meant


def test_nothing_is_offered_for_a_name_like_no_other() -> None:
    assert nearest("xyzzy", known_names(Case, ())) == ()


@pytest.mark.parametrize(
    "name", ["王同学", "李妈妈", "欧阳同学", "李**", "李*明", "张某某", "王小同学", "周家长", "＊＊"]
)
def test_masked_names_are_taken(name: str) -> None:
    assert is_masked(name)


@pytest.mark.parametrize("name", ["王小明", "王小明同学", "李小明*", "王小明（学生）", "张同学会"])
def test_open_names_are_not(name: str) -> None:
    assert not is_masked(name)


@pytest.mark.parametrize(
    "heading",
    [
        "一、实施背景",
        "（一）实施背景",
        "(1) 实施背景",
        "1. 实施背景",
        "1.2、实施背景",
        "第一部分 实施背景",
        "第二章：实施背景",
        "二、（三）实施 背景",
        "① 实施背景",
    ],
)
def test_numbers_before_a_heading_do_not_count(heading: str) -> None:
    assert bare_heading(heading) == "实施背景"


@pytest.mark.parametrize("heading", ["一体化建设", "三个课堂", "第一课堂", "100所学校"])
def test_words_that_begin_with_a_number_stay_whole(heading: str) -> None:
    assert bare_heading(heading) == heading


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ({"title": "联"}, "至少 2 个字符"),
        ({"status": "发布"}, "可选 草稿、已公布、已撤回"),
        ({"original": "maybe"}, "应当是 true 或 false"),
        ({"published": "去年"}, "应当是日期，例如 2021-10-18"),
        ({"keywords": "词"}, "应当是列表，例如 [甲, 乙]"),
        ({"unit": "示例小学"}, "应当是一组“名称: 内容”"),
        ({"honors": [{"level": "市级", "grade": "一等奖", "year": 1900}]}, "不能小于 1990"),
        ({"honors": [{"level": "市级", "grade": "一等奖", "year": "去年"}]}, "应当是整数"),
        ({"cover": "../a.jpg"}, "必须是案例目录内的相对路径，例如 media/class.jpg"),
        ({"cover": "media\\a.jpg"}, "文件路径里不能有反斜杠和控制字符"),
        ({"links": [{"title": "甲", "url": "www.example.org"}]}, "应当是 http:// 或 https:// 开头的网址"),
        ({"period": {"from": "2021年"}}, "应当写成 2021、2021-03 或 2021-03-15"),
        ({"related": ["甲"]}, "应当写成“活动目录/案例目录”"),
        ({"aliases": ["旧地址"]}, "只能用小写英文字母、数字和连字符，各级之间一个斜线"),
        ({"subtitle": "甲\n乙"}, "应当是一行文字"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_in_chinese(front: dict[str, Any], said: str) -> None:
    right = {"title": "示例", "unit": {"name": "示例小学", "region": "north"}, "category": "C"}
    with pytest.raises(ValidationError) as caught:
        Case.model_validate(right | front)
    (row,) = caught.value.errors()
    assert said_in_chinese(ShapeFault(loc=row["loc"], kind=row["type"], said=row["msg"])) == said


def test_a_heading_that_is_a_number_alone_stays_one() -> None:
    assert bare_heading("1.") == "1"
