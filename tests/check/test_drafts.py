"""A draft that awaits its text is not blamed for it, under no call; its headings are no copy of another draft's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.catalog.campaign import Campaign
from generator.catalog.reader import read_catalog
from generator.check.diagnostics import Diagnostic, Severity
from generator.check.examine import Verdict, examine
from generator.check.sheets import sheets_of
from generator.intake.skeleton import Skeleton, index_text

CASES = Path(__file__).resolve().parents[2] / "cases"
CALLS = read_catalog(CASES).campaigns


def _handed_in(campaign: Campaign, folder: Path, ending: str = "") -> Verdict:
    """What is said of two new cases of every category, of which no more is known than their titles and units."""
    cases = folder / "cases"
    cases.mkdir()
    for name in ("regions.yml", "vocabulary.yml"):
        shutil.copy(CASES / name, cases / name)
    for call in CALLS:
        (cases / call).mkdir()
        for name in ("campaign.yml", "notice.md"):
            shutil.copy(CASES / call / name, cases / call / name)
    region = "enshi-city" if campaign.id.startswith("enshi") else "yunxi"
    for at, category in enumerate(campaign.categories):
        for slug in (f"one-{at}", f"two-{at}"):
            skeleton = Skeleton(title=f"示例案例 {slug}", unit="示例小学", region=region, category=category.code)
            (cases / campaign.id / slug).mkdir()
            text = index_text(skeleton, campaign) + ending
            (cases / campaign.id / slug / "index.md").write_text(text, "utf-8")
    return examine(read_catalog(cases))


def _of_text(verdict: Verdict) -> list[Diagnostic]:
    return [one for one in verdict.diagnostics if one.code in ("TXT001", "TXT003", "TXT008", "CAT002", "CAT004")]


@pytest.mark.parametrize("call", sorted(CALLS))
def test_a_list_of_new_drafts_can_be_proposed_under_every_call(call: str, tmp_path: Path) -> None:
    verdict = _handed_in(CALLS[call], tmp_path)
    assert [one for one in verdict.diagnostics if one.severity is Severity.ERROR] == []
    assert _of_text(verdict) == []
    awaiting = [one for one in verdict.diagnostics if one.code == "TXT009"]
    assert len(awaiting) == 2 * len(CALLS[call].categories)


def test_with_its_first_sentence_a_draft_is_checked_whole(tmp_path: Path) -> None:
    verdict = _handed_in(CALLS["enshi-2023"], tmp_path, "\n我们学校有三间多媒体教室。\n")
    assert {"TXT001", "TXT003"} & {one.code for one in _of_text(verdict)}
    assert "TXT009" not in {one.code for one in verdict.diagnostics}


def test_the_table_of_a_report_counts_no_characters_of_headings(tmp_path: Path) -> None:
    _handed_in(CALLS["enshi-2023"], tmp_path)
    sheets = sheets_of(read_catalog(tmp_path / "cases"))
    assert sheets
    assert {length.target for sheet in sheets for length in sheet.lengths} <= {"title"}
