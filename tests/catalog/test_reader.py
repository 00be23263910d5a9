"""The walk over cases/: what becomes a call, a case or a stray, and with which faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog.marks import Mark
from generator.catalog.reader import CatalogError, read_catalog

from .conftest import CALL, CASE, only_case


def test_a_call_and_its_case_are_read_whole(cases: Path) -> None:
    catalog = read_catalog(cases)
    (call,) = catalog.calls
    assert (call.id, call.file, call.notice_file) == ("call", "cases/call/campaign.yml", "cases/call/notice.md")
    assert (call.notice, call.faults) == ("通知。\n", ())
    assert catalog.campaigns["call"].title == "一次活动"
    case = only_case(catalog)
    assert (case.id, case.file, case.files) == ("call/one", "cases/call/one/index.md", ())
    assert case.case is not None
    assert case.case.title == "一个案例"
    assert case.body.text == "正文。"
    assert catalog.strays == ()
    assert [file.file for file in catalog.data_files] == ["cases/regions.yml", "cases/vocabulary.yml"]


def test_everything_comes_in_the_order_of_its_path(cases: Path) -> None:
    for name in ("zwei", "b-10", "b-2", "a"):
        (cases / "call" / name).mkdir()
        (cases / "call" / name / "index.md").write_text(CASE, "utf-8")
    for name in ("b.jpg", "a.jpg", "media/b.jpg", "media/a.jpg"):
        path = cases / "call" / "a" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"xy")
    catalog = read_catalog(cases)
    assert [case.slug for case in catalog.submissions] == ["a", "b-10", "b-2", "one", "zwei"]
    assert [entry.path for entry in catalog.submissions[0].files] == ["a.jpg", "b.jpg", "media/a.jpg", "media/b.jpg"]
    assert {entry.bytes for entry in catalog.submissions[0].files} == {2}


def test_a_field_of_the_wrong_shape_is_a_fault_with_its_place(cases: Path) -> None:
    text = CASE.replace("region: yunxi", "region: 云溪").replace("category: 学校", "categroy: 学校")
    (cases / "call" / "one" / "index.md").write_text(text, "utf-8")
    case = only_case(read_catalog(cases))
    assert case.case is None
    assert case.document.is_readable
    found = {fault.loc: (fault.kind, fault.given) for fault in case.faults}
    assert found[("unit", "region")] == ("string_pattern_mismatch", "云溪")
    assert found[("categroy",)] == ("extra_forbidden", "学校")
    assert found[("category",)][0] == "missing"
    assert case.document.mark(("unit", "region")) == Mark(3, 28)


@pytest.mark.parametrize("field", ["title", "region", "captions", "from", "points"])
def test_a_full_width_colon_is_known_after_every_field_however_deep(cases: Path, field: str) -> None:
    text = CASE.replace("category: 学校", f"category: 学校\nx:\n  - {field}：示例")
    (cases / "call" / "one" / "index.md").write_text(text, "utf-8")
    (problem,) = only_case(read_catalog(cases)).document.problems
    assert (problem.kind, problem.mark) == ("fullwidth-colon", Mark(6, 5 + len(field)))


def test_a_full_width_colon_in_prose_is_prose(cases: Path) -> None:
    text = CASE.replace("category: 学校", "category: 学校\nsummary: |\n  AI：助手\n  目标：减负")
    (cases / "call" / "one" / "index.md").write_text(text, "utf-8")
    case = only_case(read_catalog(cases)).case
    assert case is not None
    assert case.summary == "AI：助手\n目标：减负"


# — what calls and the shared files say —


def test_a_call_in_a_folder_of_another_name_is_a_fault_of_its_id(cases: Path) -> None:
    (cases / "call").rename(cases / "other")
    (call,) = read_catalog(cases).calls
    assert call.campaign is None
    assert [(fault.loc, fault.kind, fault.given) for fault in call.faults] == [(("id",), "id_is_not_folder", "call")]


def test_a_call_takes_over_from_its_parent_and_keeps_what_it_wrote(cases: Path) -> None:
    (cases / "call" / "campaign.yml").write_text(CALL + "themes: [{text: 停课不停学}]\n", "utf-8")
    (cases / "next").mkdir()
    text = CALL.replace("id: call", "id: next") + "parent: call\n"
    (cases / "next" / "campaign.yml").write_text(text, "utf-8")
    child = read_catalog(cases).calls[1]
    assert child.campaign is not None
    assert child.own is not None
    assert [theme.text for theme in child.campaign.themes] == ["停课不停学"]
    assert child.own.themes == ()


def test_without_its_folder_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="找不到案例目录") as error:
        read_catalog(tmp_path / "cases")
    assert error.value.exit_code == 2


@pytest.mark.parametrize("name", ["regions.yml", "vocabulary.yml"])
@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "1:1 missing"), ("regions: [: \n", "1:"), ("regions: []\nlevles: []\n", "levles")],
    ids=["missing", "broken", "misspelt"],
)
def test_without_regions_or_vocabulary_nothing_is_read(cases: Path, name: str, text: str | None, said: str) -> None:
    (cases / name).unlink()
    if text is not None:
        (cases / name).write_text(text, "utf-8")
    with pytest.raises(CatalogError) as error:
        read_catalog(cases)
    assert name in str(error.value)
    assert said in str(error.value)
