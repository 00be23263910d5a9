"""The pages of the rules are what the generator makes, show both examples, and answer for every row of the notices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rule_pages import EXAMPLES, PAGES, pages, requirements, stale

from generator.check.privacy import scan
from generator.check.rules import all_rules
from generator.cli import main
from rulebook.example import MOST_LINES, examples_of
from rulebook.pages import FAMILIES

# The rows of the requirements' table that are marked V.
ASKED = (
    6, 15, 17, 18, 22, 25, 26, 39, 41, 47, 48, 49, 51, *range(57, 72), 76, 78, 81, 85, 86, 101, 102, 106,
)  # fmt: skip

CODES = {rule.code for rule in all_rules()}


def test_the_committed_pages_are_those_that_are_made() -> None:
    assert stale(PAGES, pages()) == ()


def test_a_page_that_was_edited_or_left_over_is_told(tmp_path: Path) -> None:
    (tmp_path / "MED.md").write_text("改过", "utf-8")
    (tmp_path / "OLD.md").write_text("", "utf-8")
    assert stale(tmp_path, {"MED.md": "原样", "TXT.md": ""}) == ("MED.md", "OLD.md", "TXT.md")


def test_every_rule_has_its_heading_with_words_way_out_and_both_examples() -> None:
    for rule in all_rules():
        page = (PAGES / f"{rule.code[:3]}.md").read_text("utf-8")
        (section,) = re.findall(
            rf"^## {rule.code}\n(.*?)(?=^## [A-Z]{{3}}\d{{3}}\n|\Z)", page, re.MULTILINE | re.DOTALL
        )
        bad, good = section.split("\n对的例子：\n\n")
        for words in ("- 级别：", "- 怎样改：", "不对的例子：", "提示是：\n\n- `"):
            assert words in bad, (rule.code, words)
        assert good.strip(), rule.code
        assert "````" in bad or "。" in bad.split("不对的例子：")[1], rule.code


def test_nothing_private_stands_in_an_example() -> None:
    found = [(name, datum.masked) for name, text in pages().items() for datum in scan(text)]
    assert found == []
    assert "139****78" in pages()["PRV.md"]


def test_an_example_shows_where_it_differs_and_no_more() -> None:
    shown = examples_of(EXAMPLES / "rules" / "TXT001", EXAMPLES / "base")
    (bad,), (good,) = shown.bad, shown.good
    assert any(line.startswith("summary: 联校的课表") for line in bad.lines)
    assert "intro: 太短" in bad.lines
    assert not any(word in line for line in (*bad.lines, *good.lines) for word in ("region:", "cover:"))
    (facts,) = examples_of(EXAMPLES / "rules" / "MED012", EXAMPLES / "base").bad
    assert facts.lines == ("video.width_px = 1280", "video.height_px = 720")
    for code in CODES:
        one = examples_of(EXAMPLES / "rules" / code, EXAMPLES / "base")
        assert one.bad, code
        for excerpt in (*one.bad, *one.good):
            assert len([line for line in excerpt.lines if line != "…"]) <= MOST_LINES


def test_every_row_that_asks_for_a_check_is_answered_with_a_rule_or_a_reason() -> None:
    answered = requirements()
    assert [one.row for one in answered] == list(ASKED)
    for one in answered:
        assert set(one.rules) <= CODES, one.row
        assert one.rules or len(one.why) >= 10, one.row
        assert one.asks.strip(), one.row
        assert not one.why.endswith("。"), one.row


def test_the_index_leads_to_every_rule_and_tells_every_row() -> None:
    text = (PAGES / "README.md").read_text("utf-8")
    for code in CODES:
        assert f"| [{code}]({code[:3]}.md#{code.lower()}) |" in text
    rows = re.findall(r"^\| (\d+) \|.*\|$", text, re.MULTILINE)
    assert [int(row) for row in rows] == list(ASKED)
    assert {code[:3] for code in CODES} == FAMILIES.keys()


def test_explain_says_where_the_examples_are() -> None:
    said = CliRunner().invoke(main, ["explain", "med007"]).stdout
    (target,) = re.findall(r"例子：(\S+)#med007", said)
    assert "## MED007" in (PAGES.parent.parent / target).read_text("utf-8")


def test_explain_leaves_open_what_each_case_fills_in_and_speaks_as_reports_do() -> None:
    for lang in ("zh", "en"):
        said = "".join(
            CliRunner().invoke(main, ["explain", *code, "--lang", lang]).stdout for code in ([], ["TXT001"], ["PRV007"])
        )
        assert not re.search(r"\{\w+\}", said)
    assert "依据：本站规则" in CliRunner().invoke(main, ["explain", "CON002"]).stdout
    said = CliRunner().invoke(main, ["explain", "TXT001"]).stdout
    assert "说明：…有 … 字，要求…\n" in said
    assert "级别：错误，通常如此，看通知的措辞\n" in said
    assert "看通知的措辞" not in CliRunner().invoke(main, ["explain", "TXT005"]).stdout


@pytest.mark.parametrize("code", ["DOC018", "DOC019"])
def test_what_nobody_sees_is_named(code: str) -> None:
    page = pages()["DOC.md"]
    section = page.split(f"## {code}\n")[1].split("\n## ")[0]
    assert re.search(r"〔(U\+[0-9A-F]{4}|CR)〕", section)
