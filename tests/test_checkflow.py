"""`showcase check` remembers what it said of cases that lie as they lay, and says the same as an examination of all."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from conftest import MakeProject
from generator import checkflow, readyflow
from generator.catalog import states
from generator.catalog.reader import CaseFolder, read_case, read_catalog
from generator.catalog.submission import Submission
from generator.check.examine import examine
from generator.check.sheets import sheets_of
from generator.mediaflow import probed
from generator.settings import Settings, read_settings
from generator.store import Store

CASES = (
    "enshi-2023/badong-five-question-slip",
    "hunan-2020-tkbtx/huaihua-village-loudspeaker",
    "yueyang-2020-pilots/miluo-teacher-league",
    "yueyang-2021/quyuan-nineteen-pupils",
    "yueyang-2021/yunxi-safe-chemistry",
)
BAD = "yueyang-2021/quyuan-nineteen-pupils"
GOOD = "yueyang-2021/yunxi-safe-chemistry"

Read = Counter[str]


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def settings(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A few sample cases, one of them with a fault, in a project whose files count as settled."""
    monkeypatch.setenv("SHOWCASE_WORKERS", "0")
    monkeypatch.setattr(states, "_SETTLED_NS", -(10**18))
    project = make_project(*CASES, own_store=True)
    _replace(project, BAD, "\ncategory: ", "\ncategory: 没有这一类\nsubtitle: ")
    return read_settings(project / "mkdocs.yml")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Which cases are read, and how often."""
    counted: Read = Counter()

    def counting(folder: CaseFolder, cases_dir: Path) -> Submission:
        counted[f"{folder.campaign_id}/{folder.path.name}"] += 1
        return read_case(folder, cases_dir)

    monkeypatch.setattr("generator.checkflow.read_case", counting)
    return counted


def _replace(project: Path, case: str, old: str, new: str) -> None:
    path = project / "cases" / case / "index.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _codes(checked: checkflow.Checked) -> set[tuple[str, str]]:
    return {(one.file, one.code) for one in checked.verdict.diagnostics}


def _at_once(settings: Settings) -> readyflow.Examined:
    """Every case read and examined beside all others, with nothing remembered."""
    catalog = probed(read_catalog(settings.cases_dir), settings, Store(settings.store_dir), _quiet)
    return readyflow.Examined(catalog=catalog, verdict=examine(catalog))


def test_it_says_what_an_examination_of_all_at_once_says(settings: Settings) -> None:
    examined = _at_once(settings)
    for read in (None, None, readyflow.check(settings).catalog):
        checked = checkflow.check(settings, _quiet, read=read)
        assert readyflow.check(settings).verdict == examined.verdict
        assert checked.verdict == examined.verdict
        assert [one.message for one in checked.verdict.diagnostics] == [
            one.message for one in examined.verdict.diagnostics
        ]
        assert checked.sheets == sheets_of(examined.catalog)
    assert BAD in examined.verdict.withheld


def test_what_lies_as_it_lay_is_not_read_again(settings: Settings, read: Read) -> None:
    checkflow.check(settings, _quiet)
    assert read == Counter(CASES)
    checkflow.check(settings, _quiet)
    assert read == Counter(CASES)


def test_a_change_is_seen_and_costs_its_group_alone(settings: Settings, read: Read) -> None:
    checkflow.check(settings, _quiet)
    read.clear()
    _replace(settings.root_dir, GOOD, "\ncategory: ", "\ncategory: 也没有这一类\nsubtitle: ")
    checked = checkflow.check(settings, _quiet)
    assert checked.verdict.withheld >= {BAD, GOOD}
    assert set(read) == {GOOD}


@pytest.mark.parametrize("shared", ["vocabulary.yml", "regions.yml", "yueyang-2021/campaign.yml"])
def test_new_rules_judge_every_case_anew(settings: Settings, read: Read, shared: str) -> None:
    checkflow.check(settings, _quiet)
    path = settings.cases_dir / shared
    path.write_text(path.read_text("utf-8") + "\n# 一行说明\n", "utf-8")
    checkflow.check(settings, _quiet)
    assert read == Counter(CASES + CASES)


def test_a_new_picture_is_a_change(settings: Settings, read: Read) -> None:
    checkflow.check(settings, _quiet)
    media = settings.cases_dir / GOOD / "media"
    source = next(path for path in sorted(media.iterdir()) if path.suffix == ".jpg")
    shutil.copy(source, media / "nobody-names-me.jpg")
    assert any(GOOD in file and code.startswith("MED") for file, code in _codes(checkflow.check(settings, _quiet)))


def test_a_case_that_clashes_is_told_where_even_when_nothing_was_read(settings: Settings) -> None:
    original = (settings.cases_dir / GOOD / "index.md").read_text("utf-8")
    copy = settings.cases_dir / "yueyang-2021" / "zz-copy"
    shutil.copytree(settings.cases_dir / GOOD, copy)
    cold, warm = (checkflow.check(settings, _quiet) for _ in range(2))
    clashes = [one for one in warm.verdict.diagnostics if one.code == "CAT002"]
    assert [(one.file, one.case_id) for one in clashes] == [
        ("cases/yueyang-2021/zz-copy/index.md", "yueyang-2021/zz-copy")
    ]
    assert clashes[0].line == original[: original.index("\n## ")].count("\n") + 2
    assert cold.verdict == warm.verdict


def test_a_file_that_changed_a_moment_ago_is_not_relied_upon(
    settings: Settings, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "_SETTLED_NS", 10**18)
    checkflow.check(settings, _quiet)
    checkflow.check(settings, _quiet)
    assert read == Counter(CASES + CASES)
    for _ in range(2):
        checkflow.check(settings, _quiet, changed=frozenset({GOOD}), only_changed=True)
    assert read == Counter((*CASES, *CASES, GOOD, GOOD))


def test_a_spoilt_memory_is_no_memory(settings: Settings, read: Read) -> None:
    before = checkflow.check(settings, _quiet)
    for path in (*settings.store_dir.rglob("judged/*/*.json"), *settings.store_dir.rglob("checked/*/*.json")):
        path.write_bytes(path.read_bytes()[:-9])
    assert checkflow.check(settings, _quiet).verdict == before.verdict
    assert read == Counter(CASES + CASES)


def test_with_a_proposal_only_its_cases_are_judged_and_their_media_opened(settings: Settings) -> None:
    checked = checkflow.check(settings, _quiet, changed=frozenset({GOOD}), only_changed=True)
    assert not [one for one in checked.verdict.diagnostics if BAD in one.file]
    assert [sheet.id for sheet in checked.sheets] == [GOOD]
    opened = {path.name for path in (settings.store_dir / "facts").rglob("*.json")}
    own = [path for path in (settings.cases_dir / GOOD).rglob("*") if path.is_file() and path.name != "index.md"]
    assert 0 < len(opened) <= len(own)


def test_the_proposal_is_blamed_for_a_clash(settings: Settings) -> None:
    copy = "yueyang-2021/zz-copy"
    shutil.copytree(settings.cases_dir / GOOD, settings.cases_dir / copy)
    for blamed in (GOOD, copy):
        checked = checkflow.check(settings, _quiet, changed=frozenset({blamed}), only_changed=True)
        assert [one.case_id for one in checked.verdict.diagnostics if one.code == "CAT002"] == [blamed]


def test_of_a_proposal_beside_which_nothing_changed_no_other_case_is_read_again(settings: Settings, read: Read) -> None:
    def proposed() -> checkflow.Checked:
        return checkflow.check(settings, _quiet, changed=frozenset({GOOD}), only_changed=True)

    before = proposed()
    assert read == Counter([GOOD])  # of the others some lines
    assert proposed() == before
    assert read == Counter([GOOD])
    _replace(settings.root_dir, GOOD, "\ncategory: ", "\ncategory: 没有这一类\nsubtitle: ")
    assert GOOD in proposed().verdict.withheld
    assert read == Counter([GOOD, GOOD])


@pytest.mark.parametrize("stray", ["campaign.yml", "notice.md"])
def test_a_link_in_the_place_of_a_file_of_a_call_is_a_change(settings: Settings, tmp_path: Path, stray: str) -> None:
    (settings.cases_dir / "yueyang-2021" / stray).unlink()
    without = checkflow.check(settings, _quiet).verdict
    (settings.cases_dir / "yueyang-2021" / stray).symlink_to(tmp_path / "nowhere")
    assert checkflow.check(settings, _quiet).verdict == _at_once(settings).verdict
    assert (without == _at_once(settings).verdict) == (stray == "notice.md")


def test_a_file_in_no_case_is_a_change(settings: Settings) -> None:
    assert "CAT003" not in {code for _, code in _codes(checkflow.check(settings, _quiet))}
    (settings.cases_dir / "yueyang-2021" / "照片.jpg").write_bytes(b"x")
    assert "CAT003" in {code for _, code in _codes(checkflow.check(settings, _quiet))}
