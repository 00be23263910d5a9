"""Every rule with its two examples: the bad one is found where it says, the good one is left alone."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.catalog.campaign import Campaign
from generator.check.diagnostics import Severity, declared_rules, rule
from generator.check.diagnostics import Text as Words
from generator.check.examine import Verdict, examine
from generator.check.rules import all_rules

from .overlay import EXAMPLES, catalog_of

RULES = {one.code: one for one in all_rules()}
BAD = sorted(EXAMPLES.glob("*/bad*"))
GOOD = sorted(EXAMPLES.glob("*/good*"))


def _name(example: Path) -> str:
    return f"{example.parent.name}-{example.name}"


@cache
def verdict_on(example: Path | None) -> Verdict:
    """What all rules say of *example*; a verdict is a value and outlives the folder it was made from."""
    with TemporaryDirectory() as folder:
        return examine(catalog_of(example, Path(folder)))


def test_the_base_is_clean() -> None:
    assert verdict_on(None).diagnostics == ()


def test_before_the_probe_nothing_is_said_about_media(tmp_path: Path) -> None:
    catalog = catalog_of(None, tmp_path)
    unprobed = tuple(dataclasses.replace(one, facts={}) for one in catalog.submissions)
    assert examine(dataclasses.replace(catalog, submissions=unprobed)).diagnostics == ()


def test_every_rule_has_its_examples_and_every_example_its_rule() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} == RULES.keys()
    for code in RULES:
        assert {"bad", "good"} <= {folder.name for folder in (EXAMPLES / code).iterdir()}
    for example in BAD:
        assert (example / "EXPECT").read_text("utf-8").strip(), example
    for example in GOOD:
        assert any(path.is_file() for path in example.rglob("*")), example


@pytest.mark.parametrize("example", BAD, ids=_name)
def test_the_bad_example_is_found_where_it_says_in_these_words(example: Path) -> None:
    code = example.parent.name
    verdict = verdict_on(example)
    found = [
        f"{one.file.removeprefix('cases/')}:{one.line}:{one.column}: {one.severity}: {one.message.zh}"
        for one in verdict.diagnostics
        if one.code == code
    ]
    assert found == (example / "EXPECT").read_text("utf-8").splitlines()


@pytest.mark.parametrize("example", GOOD, ids=_name)
def test_the_good_example_is_left_alone(example: Path) -> None:
    verdict = verdict_on(example)
    assert example.parent.name not in {one.code for one in verdict.diagnostics}


@pytest.mark.parametrize("example", BAD, ids=_name)
def test_words_are_complete_in_both_languages(example: Path) -> None:
    for one in verdict_on(example).diagnostics:
        for words in (one.message, one.fix):
            assert words.zh.strip()
            assert words.en.strip()
            assert "{" not in words.zh + words.en


def test_every_rule_says_why_in_a_whole_sentence() -> None:
    for one in RULES.values():
        assert one.why.splitlines()[0].endswith((".", "?")), one.code
        assert one.why[0].isupper() or one.why[0].isdigit(), one.code


@pytest.mark.parametrize(
    ("example", "fix"),
    [
        ("SHP002/bad-call", ["改成 字段说明里的名称，或删去这一项", "改成 rate，或删去这一项"]),
        ("SHP002/bad", ["改成 name / region / kind / tags，或删去这一项", "改成 summary，或删去这一项"]),
        ("SHP010/bad", ["改成 小学", "改成 数学"]),
        ("TXT005/bad", [f"核对原文；多半应为“{word}”" for word in "的 择优 进行 术 账号 登录".split()]),
    ],
)
def test_the_way_out_names_what_was_meant(example: str, fix: list[str]) -> None:
    code = example.split("/")[0]
    verdict = verdict_on(EXAMPLES / example)
    assert [one.fix.zh for one in verdict.diagnostics if one.code == code] == fix


def test_english_names_a_field_as_a_program_would() -> None:
    verdict = verdict_on(EXAMPLES / "SHP002" / "bad")
    assert [one.message.en for one in verdict.diagnostics if one.code == "SHP002"] == [
        "there is no field “unit.lable”",
        "there is no field “summry”",
    ]


def test_an_error_withholds_its_case_and_a_warning_does_not() -> None:
    for code, withheld in (("MED012", {"call-2023/good-case"}), ("MED004", set())):
        verdict = verdict_on(EXAMPLES / code / "bad")
        assert verdict.withheld == withheld


def test_an_error_of_a_call_withholds_every_case_of_it() -> None:
    verdict = verdict_on(EXAMPLES / "CAM006" / "bad")
    assert verdict.withheld == {"call-2023/good-case"}


def test_a_code_cannot_be_declared_twice() -> None:
    before = declared_rules()
    declare = rule("MED012", Severity.ERROR, "case", message=Words("", ""), fix=Words("", ""))
    with pytest.raises(ValueError, match="declared twice"):
        declare(RULES["MED012"].check)
    assert declared_rules() == before


def test_a_rule_without_a_reason_is_no_rule() -> None:
    declare = rule("XXX001", Severity.ERROR, "case", message=Words("", ""), fix=Words("", ""))
    with pytest.raises(ValueError, match="does not say why"):
        declare(lambda view: iter(()))
    assert "XXX001" not in {one.code for one in declared_rules()}


def test_a_finding_speaks_with_the_words_and_the_severity_of_its_call() -> None:
    verdict = verdict_on(EXAMPLES / "MED012" / "bad")
    (finding,) = [one for one in verdict.diagnostics if one.code == "MED012"]
    assert (finding.clause, finding.quote) == ("二6", "分辨率不低于1080P")
    assert finding.message.zh == "视频 media/lesson.mp4 是 1280×720，本次活动要求不低于 1080P"
    (warning,) = [one for one in verdict_on(EXAMPLES / "MED010" / "bad").diagnostics if one.code == "MED010"]
    assert warning.severity is Severity.WARNING
    assert "0.5 MB" in warning.message.zh
    assert "歧义" in warning.message.zh


def test_no_rule_speaks_for_a_notice_that_may_not_be_the_case_s_own() -> None:
    assert {one.clause.partition(" ")[0] for one in RULES.values()} <= {"", "DOMAIN"}


def test_a_rule_says_that_the_call_decides_where_the_call_s_own_severity_is_what_it_reports(tmp_path: Path) -> None:
    deciding = set()
    for code in RULES:
        catalog = catalog_of(EXAMPLES / code / "bad", tmp_path / code)
        calls = tuple(dataclasses.replace(one, campaign=_all_mild(one.campaign)) for one in catalog.calls)
        found = examine(dataclasses.replace(catalog, calls=calls)).diagnostics
        given = [one.severity for one in verdict_on(EXAMPLES / code / "bad").diagnostics if one.code == code]
        if [one.severity for one in found if one.code == code] != given:
            deciding.add(code)
    assert deciding == {code for code, one in RULES.items() if one.call_decides}


def _all_mild(campaign: Campaign | None) -> Campaign | None:
    """The call, had its notice said 原则上 of everything that it bounds."""
    if campaign is None:
        return None
    limits = tuple(limit.model_copy(update={"severity": "info"}) for limit in campaign.limits)
    formats = tuple(form.model_copy(update={"severity": "info"}) for form in campaign.formats)
    return campaign.model_copy(update={"limits": limits, "formats": formats})


@pytest.mark.parametrize(
    ("example", "clause"),
    [
        ("CON002/bad", "二7"),
        ("CON002/bad-unstated", "本站规则"),
        ("CAT002/bad", "二7"),
        ("CAT004/bad", "二7"),
        ("CAM005/bad", "本站规则"),
        ("MED015/bad", "本站规则"),
    ],
)
def test_a_clause_is_one_of_the_case_s_own_call_or_the_site_s(example: str, clause: str) -> None:
    code = example.split("/")[0]
    verdict = verdict_on(EXAMPLES / example)
    assert {one.clause for one in verdict.diagnostics if one.code == code} == {clause}


@pytest.mark.parametrize("code", ["PRV001", "PRV002", "PRV003", "PRV004", "PRV005", "PRV007", "SHP003"])
def test_no_report_repeats_a_private_datum(code: str) -> None:
    secrets = ("13812345678", "138 1234 5678", "13912345678", "zhang.san@example.org", "11010519491231002X", "8881234")
    for one in verdict_on(EXAMPLES / code / "bad").diagnostics:
        said = one.message.zh + one.message.en + one.fix.zh + one.fix.en
        assert not [secret for secret in secrets if secret in said]
