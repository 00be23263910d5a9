"""What stands above and below a title, in a form's caption or a line of keywords, finds its place and is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from generator.catalog.reader import read_catalog
from generator.intake.byline import byline_of

from .conftest import Run
from .word import HEI, SONG, Word, h2, p, r, tbl, text, title

CAPTION = "附表 基础教育信息化应用展示交流活动典型案例推荐表（2021年）"
TITLE = "一块屏幕进山：示例小学的午间课"
UNIT = "平江县红庙示例小学"


def form(*rows: list[str]) -> str:
    return tbl(["案例名称", TITLE], *rows, ["案例简介（500字左右）", "学校有六个班。\n关键词：午间课；双师"])


def imported(run: Run, project: Path, tmp_path: Path, *blocks: str) -> tuple[str, dict[str, Any], str]:
    """The report, the front matter and the body of a file with *blocks* and a text below them."""
    body = (h2("一、案例背景"), text("山里只有六个班。"), h2("二、主要成效"), text("都有课上。"))
    file = Word().add(*blocks, *body).save(tmp_path / "sent.docx")
    done = run("import", file, "--campaign", "yueyang-2021", "--category", "学校", "--slug", "sent")
    post = frontmatter.loads((project / "cases/yueyang-2021/sent/index.md").read_text("utf-8"))
    return done.output, post.metadata, post.content


def test_a_form_that_comes_first_leaves_caption_title_and_byline_out_of_the_body(
    run: Run, project: Path, tmp_path: Path
) -> None:
    told, case, body = imported(
        run, project, tmp_path,
        p(r(CAPTION, HEI)), p(r("填报日期 2021年9月")), form(["申报单位（加盖公章）", UNIT], ["案例撰写人员（不超过5人）", "王示例"]),
        p(r(TITLE.replace("：", "——"), SONG)), text(f"{UNIT}　王示例"),
    )  # fmt: skip
    assert case["title"] == TITLE
    assert case["authors"] == [{"name": "王示例"}]
    assert body.startswith("## 一、案例背景")
    assert "填报日期" not in body
    assert "不公开的信息 1 项" in told
    for words in (CAPTION, "一块屏幕", "王示例", UNIT):
        assert words not in body
        assert words in told
    assert "不再留在正文里：表名“" in told
    assert f"署名“{UNIT} 王示例”" in told
    assert "这段文字没有导入" not in told


def test_a_caption_as_the_call_words_it_goes_wherever_it_stands(run: Run, project: Path, tmp_path: Path) -> None:
    _, case, body = imported(
        run, project, tmp_path, text("附件3：基础教育信息化应用展示交流活动典型案例推荐表"), title(TITLE)
    )
    assert case["title"] == TITLE
    assert body.startswith("## 一、案例背景")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ((f"{UNIT} 王示例",), [{"name": "王示例", "unit": UNIT}]),
        ((f"{UNIT}：王示例、欧 阳",), [{"name": "王示例", "unit": UNIT}, {"name": "欧阳", "unit": UNIT}]),
        ((f"单位：{UNIT}", "作者：王示例"), [{"name": "王示例", "unit": UNIT}]),
        (("王示例", f"（{UNIT}）"), [{"name": "王示例", "unit": UNIT}]),
        (
            (f"{UNIT} 王示例 李示范 岳阳县示例幼儿园 张示例",),
            [{"name": "王示例", "unit": UNIT}, {"name": "李示范", "unit": UNIT}, {"name": "张示例", "unit": "岳阳县示例幼儿园"}],
        ),
    ],
)  # fmt: skip
def test_a_line_below_the_title_names_unit_and_writers(
    lines: tuple[str, ...], authors: list[dict[str, str]], run: Run, project: Path, tmp_path: Path
) -> None:
    told, case, body = imported(run, project, tmp_path, title(TITLE), *map(text, lines))
    assert case["unit"] == {"name": UNIT, "region": "pingjiang", "kind": "学校"}
    assert case["authors"] == authors
    assert body.startswith("## 一、案例背景")
    assert "没有找到单位" not in told


@pytest.mark.parametrize(
    "line",
    ["走进红庙示例小学", f"{UNIT}有六个班。", f"{UNIT} 教研组", "王示例", f"{UNIT} 王示例 教龄三年", "高效课堂"],
)
def test_what_says_more_than_who_wrote_stays_text(line: str) -> None:
    assert byline_of([line]) is None


def test_a_name_that_the_form_does_not_have_is_told(run: Run, project: Path, tmp_path: Path) -> None:
    told, case, _ = imported(
        run, project, tmp_path, form(["申报单位（加盖公章）", UNIT], ["案例撰写人员（不超过5人）", "王示例"]),
        title(TITLE), text(f"{UNIT} 李示范"),
    )  # fmt: skip
    assert case["authors"] == [{"name": "王示例"}]
    assert "需要您处理的" in told
    assert "标题下面写的“李示范”，表里没有" in told


@pytest.mark.parametrize("line", ["关键词：午间课；双师", "【关键词】 午间课 双师", "关 键 词　午间课、双师"])
@pytest.mark.parametrize("head", [h2("摘要"), text("摘要："), ""])
def test_a_line_of_keywords_is_a_field_and_ends_the_summary(
    line: str, head: str, run: Run, project: Path, tmp_path: Path
) -> None:
    summary = [head, text("把课排进午间。")] if head else [text("摘要：把课排进午间。")]
    told, case, body = imported(run, project, tmp_path, title(TITLE), *summary, text(line), text("这一段是正文。"))
    assert case["summary"] == "把课排进午间。"
    assert case["keywords"] == ["午间课", "双师"]
    assert body.startswith("这一段是正文。")
    assert "关" not in case["summary"] + body
    assert "这段文字没有导入" not in told


def test_a_line_of_keywords_in_a_form_is_a_field(run: Run, project: Path, tmp_path: Path) -> None:
    told, case, _ = imported(run, project, tmp_path, form(), title(TITLE))
    assert case["intro"] == "学校有六个班。"
    assert case["keywords"] == ["午间课", "双师"]
    assert "这段文字没有导入" not in told


def test_lines_that_nobody_wrote_are_given_to_be_pasted(run: Run, project: Path, tmp_path: Path) -> None:
    told, _, _ = imported(run, project, tmp_path, title(TITLE))
    file = project / "cases/yueyang-2021/sent/index.md"
    pasted: list[str] = re.findall(r"请在信息区里加一行 (\w+: [^（]*)", told)
    assert [line.partition(":")[0] for line in pasted] == ["unit", "authors"]
    lines = [line.replace("单位全称", UNIT).replace("县市区的代码", "pingjiang") for line in pasted]
    file.write_text(file.read_text("utf-8").replace("---\n", "---\n" + "\n".join(lines) + "\n", 1), "utf-8")
    one = next(one for one in read_catalog(project / "cases").submissions if one.slug == "sent")
    assert one.faults == ()
    assert one.case is not None
    assert (one.case.unit.name, one.case.authors[0].name) == (UNIT, "姓名")
