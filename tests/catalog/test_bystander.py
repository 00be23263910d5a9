"""A case that nobody changed is read in part, and what cases beside it learn of it is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from generator.catalog.bystander import gist_beside
from generator.catalog.gist import Gist, gist_of
from generator.catalog.reader import CaseFolder, read_case, read_frame

CALL = "yueyang-2021"
USUAL = """---
title: 一个示例
unit:
  name: 示例学校
  region: junshan
category: 教育信息化应用类
status: 已公布
aliases: [cases/old/one]
related:
- yueyang-2021/two
---

## 做法

{}
""".format("把黑板上的图放大了给最后一排看，从第一周起就有人照着画。" * 20)


def both(text: str, folder: Path) -> tuple[Gist | None, Gist]:
    """What is read of a case in part, and what is read of it whole."""
    case = CaseFolder(CALL, folder / "cases" / CALL / "one")
    case.path.mkdir(parents=True, exist_ok=True)
    (case.path / "index.md").write_text(text, "utf-8")
    return gist_beside(case, folder / "cases"), gist_of(read_case(case, folder / "cases"))


def test_every_sample_that_is_no_draft_is_read_in_part_and_the_same() -> None:
    _, folders = read_frame(ROOT / "cases")
    in_part = 0
    for folder in folders:
        submission = read_case(folder, ROOT / "cases")
        found = gist_beside(folder, ROOT / "cases")
        assert submission.case is not None
        assert (found is None) == (submission.case.status == "草稿"), folder.path
        assert found in (None, gist_of(submission))
        in_part += found is not None
    assert in_part > 20


WRITINGS = {
    "as always": ("", ""),
    "a quoted title": ("title: 一个示例", 'title: "一个“示例”"'),
    "a folded title": ("title: 一个示例", "title: >-\n  一个\n  示例"),
    "a title behind a comment": ("title: 一个示例", "# 标题\ntitle: 一个示例 # 的标题"),
    "a title over two lines": ("title: 一个示例", "title: 一个\n  示例"),
    "a unit in braces": ("unit:\n  name: 示例学校\n  region: junshan", "unit: {name: 示例学校, region: junshan}"),
    "a unit with a comment in the first column": ("  region: junshan", "# 君山区\n  region: junshan"),
    "a number for a title": ("title: 一个示例", "title: 2021"),
    "another field that looks alike": ("category:", "subtitle: title是别的\ncategory:"),
    "a text that looks like a field": ("category:", "summary: |\n  title: 不是题目\n  status: 草稿\ncategory:"),
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_however_it_is_written_it_is_the_same(writing: tuple[str, str], tmp_path: Path) -> None:
    assert writing[0] in USUAL
    found, whole = both(USUAL.replace(*writing, 1), tmp_path)
    assert found == whole
    assert whole.title
    assert whole.text_digest


UNUSUAL = {
    "a draft": ("已公布", "草稿"),
    "a quoted key": ("title:", '"title":'),
    "a wide colon": ("title:", "title："),
    "a title twice": ("title:", "title: 两个\ntitle:"),
    "no unit": ("unit:\n  name: 示例学校\n  region: junshan\n", ""),
    "an alias": ("title: 一个示例", "title: &t 一个示例"),
    "no status of ours": ("已公布", "公布了"),
    "no end": ("---\n\n##", "##"),
    "a title in braces that go on in the first column": ("title: 一个示例", "title: [一个,\n示例]"),
}


@pytest.mark.parametrize("writing", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_written_in_no_usual_way_is_read_whole(writing: tuple[str, str], tmp_path: Path) -> None:
    assert writing[0] in USUAL
    assert both(USUAL.replace(*writing, 1), tmp_path)[0] is None


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    both(USUAL, tmp_path)
    text = tmp_path / "cases" / CALL / "one" / "index.md"
    text.rename(tmp_path / "elsewhere.md")
    text.symlink_to(tmp_path / "elsewhere.md")
    assert gist_beside(CaseFolder(CALL, text.parent), tmp_path / "cases") is None


def test_of_a_case_with_other_faults_its_names_still_stand(tmp_path: Path) -> None:
    found, whole = both(USUAL.replace("category:", "catgory:"), tmp_path)
    assert found is not None
    assert (found.title, whole.title) == ("一个示例", "")
    assert found.text_digest == whole.text_digest


def test_only_white_space_is_no_difference_between_two_texts(tmp_path: Path) -> None:
    one, _ = both(USUAL, tmp_path)
    other, _ = both(USUAL.replace("。", "。\n\u3000\u3000"), tmp_path)
    another, _ = both(USUAL.replace("黑板", "白板", 1), tmp_path)
    assert one and other and another
    assert one.text_digest == other.text_digest != another.text_digest
