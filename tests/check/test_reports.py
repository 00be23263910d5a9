"""Reports, word for word."""

from __future__ import annotations

import dataclasses
import json

import pytest

from generator.check.diagnostics import Diagnostic, Severity, Text
from generator.check.examine import Verdict
from generator.check.reports import Lang, report

VIDEO = Diagnostic(
    file="cases/enshi-2023/lichuan-cloud-class/index.md",
    line=14,
    column=12,
    code="MED012",
    severity=Severity.ERROR,
    message=Text(
        "视频 media/class.mp4 是 1280×720，本次活动要求不低于 1080P", "media/class.mp4 is 1280×720: below 1080P"
    ),
    fix=Text("请换成 1080P 或更高的原片", "hand in an original of 1080P"),
    clause="E23 二2",
    quote="分辨率不低于\n1080P",
    case_id="enshi-2023/lichuan-cloud-class",
)
ALIAS = Diagnostic(
    file="cases/a,b/100%/index.md",
    line=3,
    column=1,
    code="LNK003",
    severity=Severity.INFO,
    message=Text("50% 的链接\r\n是 http", "50% of the links\r\nare http"),
    fix=Text("改成 https", "write https"),
)
VERDICT = Verdict(diagnostics=(ALIAS, VIDEO), withheld=frozenset({"enshi-2023/lichuan-cloud-class"}))


def test_text_names_place_severity_code_clause_and_way_out() -> None:
    assert report(VERDICT) == (
        "cases/a,b/100%/index.md:3:1: info LNK003: 50% 的链接 是 http\n"
        "    改成 https\n"
        "cases/enshi-2023/lichuan-cloud-class/index.md:14:12: error MED012: "
        "视频 media/class.mp4 是 1280×720，本次活动要求不低于 1080P\n"
        "    依据：E23 二2 “分辨率不低于 1080P”\n"
        "    请换成 1080P 或更高的原片\n"
        "错误 1 处，警告 0 处，提示 1 处；暂不发布 1 个案例：enshi-2023/lichuan-cloud-class\n"
    )


def test_text_in_english() -> None:
    assert report(VERDICT, lang="en").splitlines()[2:] == [
        "cases/enshi-2023/lichuan-cloud-class/index.md:14:12: error MED012: media/class.mp4 is 1280×720: below 1080P",
        "    clause: E23 二2 “分辨率不低于 1080P”",
        "    hand in an original of 1080P",
        "1 errors, 0 warnings, 1 infos; withheld: enshi-2023/lichuan-cloud-class",
    ]


def test_a_clause_without_its_words_is_named_alone() -> None:
    bare = dataclasses.replace(VIDEO, quote="")
    assert report(Verdict(diagnostics=(bare,), withheld=frozenset())).splitlines()[1] == "    依据：E23 二2"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "错误 0 处，警告 0 处，提示 0 处；没有暂缓发布的案例\n"),
        ("en", "0 errors, 0 warnings, 0 infos; nothing is withheld\n"),
    ],
)
def test_nothing_found_is_said_in_one_line(lang: Lang, line: str) -> None:
    assert report(Verdict(diagnostics=(), withheld=frozenset()), "text", lang) == line


def test_json_holds_every_field_of_every_diagnostic() -> None:
    text = report(VERDICT, "json")
    assert "视频" in text  # readable as it stands
    assert json.loads(text) == {
        "version": 1,
        "diagnostics": [
            {
                "file": "cases/a,b/100%/index.md",
                "line": 3,
                "column": 1,
                "code": "LNK003",
                "severity": "info",
                "message": "50% 的链接\r\n是 http",
                "fix": "改成 https",
                "clause": "",
                "quote": "",
                "case": "",
            },
            {
                "file": "cases/enshi-2023/lichuan-cloud-class/index.md",
                "line": 14,
                "column": 12,
                "code": "MED012",
                "severity": "error",
                "message": "视频 media/class.mp4 是 1280×720，本次活动要求不低于 1080P",
                "fix": "请换成 1080P 或更高的原片",
                "clause": "E23 二2",
                "quote": "分辨率不低于\n1080P",
                "case": "enshi-2023/lichuan-cloud-class",
            },
        ],
        "summary": {"errors": 1, "warnings": 0, "infos": 1, "withheld": ["enshi-2023/lichuan-cloud-class"]},
    }


def test_github_commands_stay_on_one_line_with_their_signs_escaped() -> None:
    assert report(VERDICT, "github", "en") == (
        "::notice file=cases/a%2Cb/100%25/index.md,line=3,col=1,title=LNK003::"
        "50%25 of the links%0D%0Aare http%0Awrite https\n"
        "::error file=cases/enshi-2023/lichuan-cloud-class/index.md,line=14,col=12,title=MED012::"
        "media/class.mp4 is 1280×720: below 1080P%0Aclause: E23 二2 “分辨率不低于 1080P”%0Ahand in an original of 1080P\n"
    )
