"""Forms for programs: what each of them asks for is there, hostile words stay words, a moved line is the same finding."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import example, given

from generator.check.diagnostics import Severity
from generator.check.reports import report
from generator.check.reports.phrases import fingerprints
from generator.check.rules import all_rules
from generator.check.sheets import CaseSheet

from .findings import HOSTILE, finding, verdict

ERROR = finding("视频是 1280×720", "请换原片", line=14, clause="E23 二2", quote="不低于\n1080P")
WARNING = finding("多了一行", line=3, code="TXT006", severity=Severity.WARNING)
INFO = finding("只有 http", code="LNK003", severity=Severity.INFO, file="cases/c/b c/index.md")
SHEETS = tuple(CaseSheet(id=f"c/{name}", file=f"cases/c/{name}/index.md") for name in ("a", "b c", "d"))

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_REGION = {
    "type": "object",
    "required": ["startLine", "startColumn"],
    "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}},
}
_RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "help", "defaultConfiguration"],
    "properties": {
        "shortDescription": _TEXT, "help": _TEXT,
        "defaultConfiguration": {"type": "object", "required": ["level"], "properties": {"level": _LEVEL}},
    },
    "additionalProperties": {"type": "string"},
}  # fmt: skip
_PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "region": _REGION,
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9%/._~-]+$"}},
                },
            },
        }
    },
}
_RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {"level": _LEVEL, "message": _TEXT, "locations": {"type": "array", "minItems": 1, "items": _PLACE}},
}
ESSENTIALS: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array", "minItems": 1, "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"const": "unicodeCodePoints"},
                    "results": {"type": "array", "items": _RESULT},
                    "tool": {"properties": {"driver": {
                        "required": ["name", "rules"],
                        "properties": {"rules": {"type": "array", "items": _RULE, "uniqueItems": True}},
                    }}},
                },
            },
        },
    },
}  # fmt: skip


def test_gitlab_has_every_field_that_code_quality_asks_for() -> None:
    issues = json.loads(report(verdict(ERROR, WARNING), "gitlab"))
    assert [{**issue, "fingerprint": len(issue["fingerprint"])} for issue in issues] == [
        {
            "description": "多了一行 改一改", "check_name": "TXT006", "fingerprint": 64, "severity": "minor",
            "location": {"path": "cases/c/a/index.md", "lines": {"begin": 3}},
        },
        {
            "description": "视频是 1280×720 依据：E23 二2 “不低于 1080P” 请换原片", "check_name": "MED012", "fingerprint": 64,
            "severity": "major", "location": {"path": "cases/c/a/index.md", "lines": {"begin": 14}},
        },
    ]  # fmt: skip
    assert report(verdict(), "gitlab") == "[]\n"


def test_a_fingerprint_outlives_moved_lines_and_another_language_and_tells_equals_apart() -> None:
    twin = dataclasses.replace(ERROR, line=20)
    first = finding("“a”写了两次（第一次在第 7 行）", code="DOC013")
    before = fingerprints((ERROR, twin, first))
    moved = tuple(dataclasses.replace(one, line=one.line + 5, column=9) for one in (ERROR, twin))
    later = finding("“a”写了两次（第一次在第 12 行）", code="DOC013")
    assert fingerprints((*moved, later)) == before
    assert len(set(before)) == 3
    other = (dataclasses.replace(ERROR, file="cases/c/b/index.md"), dataclasses.replace(ERROR, code="MED010"))
    assert not set(fingerprints((*other, WARNING))) & set(before)
    as_read = [
        {issue["fingerprint"] for issue in json.loads(report(verdict(ERROR), "gitlab", lang))} for lang in ("zh", "en")
    ]
    assert as_read[0] == as_read[1]


def test_sarif_holds_what_viewers_need() -> None:
    document = json.loads(report(verdict(ERROR, WARNING, INFO), "sarif"))
    jsonschema.validate(document, ESSENTIALS)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [one.code for one in all_rules()]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    med012 = next(one for one in rules if one["id"] == "MED012")
    assert med012["shortDescription"]["text"] == "视频 … 是 …×…，本次活动要求不低于 …P"
    assert med012["help"]["text"] == "请换成 …P 或更高的原片；不要把低清视频放大"
    assert next(one for one in rules if one["id"] == "SHP006")["help"]["text"].endswith("\n依据：本站规则")
    assert med012["defaultConfiguration"]["level"] == "error"
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {"LNK003": "note", "TXT006": "warning", "MED012": "error"}
    info = next(result for result in run["results"] if result["ruleId"] == "LNK003")
    assert info["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "cases/c/b%20c/index.md"}, "region": {"startLine": 3, "startColumn": 2},
    }  # fmt: skip


@given(HOSTILE)
@example("{0} [x](http://e.cn)")
def test_a_message_of_sarif_holds_no_link_and_no_placeholder(hostile: str) -> None:
    document = json.loads(report(verdict(finding("说：" + hostile, hostile)), "sarif"))
    jsonschema.validate(document, ESSENTIALS)
    text = document["runs"][0]["results"][0]["message"]["text"]
    assert "](" not in text
    assert "{" not in text.replace("{{", "")
    for sign in "\x07\u202e\ud800":
        assert sign not in text


def test_junit_has_one_suite_with_a_test_for_every_case_and_for_other_files_with_findings() -> None:
    call = finding("没有通知", code="CAM006", file="cases/c/notice.md")
    second = finding("也不对", line=30)
    root = ElementTree.fromstring(report(verdict(ERROR, second, WARNING, INFO, call), "junit", sheets=SHEETS))
    (suite,) = root
    assert dict(suite.attrib) == {
        "name": "showcase check",
        "tests": "4",
        "failures": "2",
        "errors": "0",
        "skipped": "0",
    }
    assert [(test.get("name"), [child.tag for child in test]) for test in suite] == [
        ("c/a", ["failure", "system-out"]),
        ("c/b c", ["system-out"]),
        ("c/d", []),
        ("cases/c/notice.md", ["failure"]),
    ]
    failure = suite[0][0]
    assert failure.get("message") == "视频是 1280×720（另有 1 处错误）"
    assert failure.get("type") == "MED012"
    assert failure.text == (
        "cases/c/a/index.md:14:2: error MED012: 视频是 1280×720\n    依据：E23 二2 “不低于 1080P”\n    请换原片\n"
        "cases/c/a/index.md:30:2: error MED012: 也不对\n    改一改"
    )


@given(HOSTILE)
def test_junit_is_xml_whatever_is_said(hostile: str) -> None:
    sheet = CaseSheet(id=f"c/{hostile}", file="cases/c/a/index.md")
    found = verdict(finding("说：" + hostile, hostile), finding(hostile, severity=Severity.INFO, line=9))
    root = ElementTree.fromstring(report(found, "junit", sheets=(sheet,)))
    assert [child.tag for child in root[0][0]] == ["failure", "system-out"]
    said = root[0][0][0].get("message", "")
    assert said.startswith("说：")
    for sign in ("<script>", "]]>", "&amp;", "{0}", "字"):
        assert (sign in said) == (sign in hostile)


@given(HOSTILE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_github_command_is_one_line_whatever_is_said(lang: Any, hostile: str) -> None:
    text = report(verdict(finding(hostile, hostile, file=f"cases/{hostile}")), "github", lang)
    assert text.startswith("::error file=")
    assert text.count("\n") == 1
    assert "\r" not in text
