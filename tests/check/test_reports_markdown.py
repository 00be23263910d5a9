"""The comment on a pull request: one, found again, short enough, and nothing in it but what we put there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import comrak
import pytest
from hypothesis import given
from lxml import html

from generator.catalog.case import Picture
from generator.catalog.demands import Limit
from generator.catalog.facts import Facts, PictureFacts, Refusal
from generator.catalog.submission import Catalog, FileEntry
from generator.check.diagnostics import Severity
from generator.check.lengths import Length
from generator.check.reports import report
from generator.check.reports.markdown import MARKER, MOST_CHARACTERS, escaped
from generator.check.sheets import CaseSheet, SoundPicture, sheets_of, sound_pictures

from .findings import HOSTILE, finding, verdict
from .overlay import EXAMPLES, catalog_of

SUMMARY = Length(
    target="summary", label="摘要", count=312, limits=(Limit(target="summary", op="max", value=300, unit="字"),)
)
BODY = Length(target="body", label="正文", count=4812, limits=(
    Limit(target="body", op="min", value=3500, unit="字"), Limit(target="body", op="max", value=5000, unit="字"),
))  # fmt: skip
SHEET = CaseSheet(id="c/a", file="cases/c/a/index.md", title="云上课堂", lengths=(SUMMARY, BODY))
CLEAN = CaseSheet(id="c/b", file="cases/c/b/index.md", title="纸上作业")


def shown(markdown: str) -> html.HtmlElement:
    """*markdown* as a host shows it, with everything switched on that hosts have."""
    extensions = comrak.ExtensionOptions()
    for name in ("table", "autolink", "strikethrough", "tasklist", "footnotes", "shortcodes", "math_dollars"):
        setattr(extensions, name, True)
    for name in ("superscript", "subscript", "spoiler", "wikilinks_title_after_pipe", "highlight", "underline"):
        setattr(extensions, name, True)
    render = comrak.RenderOptions()
    render.unsafe_ = True
    page: html.HtmlElement = html.fromstring(
        f"<div>{comrak.render_markdown(markdown, extension_options=extensions, render_options=render)}</div>"
    )
    return page


def cells(page: html.HtmlElement) -> list[list[str]]:
    """Every row of every table, without heads."""
    return [[cell.text_content() for cell in row] for row in page.iterfind(".//tbody/tr")]


def words(text: str) -> str:
    """*text* as a reader sees it: one line, without what has no width."""
    return " ".join(text.replace("\u200b", "").split())


def test_the_whole_comment_word_for_word() -> None:
    error = finding("视频是 1280×720", "请换原片", line=14, clause="E23 二2", quote="不低于\n1080P")
    warning = finding("写法 | 不规范", "改成 a_b", line=3, code="AWD005", severity=Severity.WARNING)
    assert report(verdict(error, warning), "markdown", sheets=(SHEET, CLEAN)) == (
        "<!-- showcase-check -->\n"
        "## 检查没有通过\n\n"
        "错误 1 处，警告 1 处，提示 0 处。\n\n"
        "### 云上课堂\n\n"
        "文件：cases/c/a/index.md\n\n"
        "字数：**摘要 312 字（不超过 300 字）**；正文 4812 字（不少于 3500 字，不超过 5000 字）\n\n"
        "| 行 | 级别 | 问题 | 怎样改 | 依据 |\n"
        "| ---: | --- | --- | --- | --- |\n"
        "| 3 | 警告 AWD005 | 写法 &#124; 不规范 | 改成 a&#95;b |  |\n"
        "| 14 | 错误 MED012 | 视频是 1280×720 | 请换原片 | E23 二2 “不低于 1080P” |\n\n"
        "### 没有问题的案例 1 个\n\n"
        "| 案例 | 字数 |\n| --- | --- |\n"
        "| 纸上作业 | 没有限制 |\n"
    )


def test_nothing_wrong_is_said_plainly_with_what_was_looked_at() -> None:
    text = report(verdict(), "markdown", sheets=(CLEAN,))
    assert text.startswith(f"{MARKER}\n## 检查通过，没有发现问题\n")
    assert "检查了 1 个案例。" in text
    assert cells(shown(text)) == [["纸上作业", "没有限制"]]


def test_a_warning_alone_is_passed_with_a_reminder_and_a_withheld_case_is_counted() -> None:
    warned = report(verdict(finding(severity=Severity.WARNING)), "markdown")
    assert "## 检查通过，另有提醒" in warned
    assert "暂不发布" not in warned
    found = verdict(finding())
    withheld = type(found)(diagnostics=found.diagnostics, withheld=frozenset({"c/a"}))
    assert "暂不发布 1 个案例" in report(withheld, "markdown")


@given(HOSTILE)
def test_hostile_words_are_shown_as_they_are_and_become_nothing_else(hostile: str) -> None:
    # The length is checked below; here nothing may be cut.
    sheet = CaseSheet(id="c/a", file="cases/c/a/index.md", title=f"案例 {hostile}")
    other = CaseSheet(id="c/b", file="cases/c/b/index.md", title=f"案例 {hostile}")
    found = verdict(finding(hostile, hostile, clause="E23", quote=hostile))
    page = shown(report(found, "markdown", sheets=(sheet, other)))
    allowed = {"div", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= allowed
    assert len([element for element in page.iter() if not isinstance(element.tag, str)]) == 1  # the marker
    (row, clean) = cells(page)
    unseen = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
    expected = words(re.sub(unseen, "\ufffd", hostile))
    assert [words(cell) for cell in row[2:4]] == [expected, expected]
    assert words(row[4]) == words(f"E23 “{expected}”" if hostile else "E23")
    assert words(clean[0]) == words(f"案例 {expected}")
    assert words(page.findall("h3")[0].text_content()) == words(f"案例 {expected}")


@pytest.mark.parametrize("text", ["@all", "见 #12", "!3", "http://e.cn", "HTTP://e.cn", "www.e.cn", "a/b#1", "a@b.cn"])
def test_nobody_is_called_and_nothing_linked(text: str) -> None:
    without_width = escaped(text).replace("&#35;", "#")
    assert "&#8203;" in without_width
    assert text not in without_width


def test_a_long_comment_is_cut_between_rows_and_says_how_many_are_left() -> None:
    found = [finding(f"第{i}处<" * 60, file=f"cases/c/{i // 10:03}/index.md", line=i + 1) for i in range(600)]
    text = report(verdict(*found), "markdown", sheets=(SHEET,))
    assert 50_000 < len(text) <= MOST_CHARACTERS
    rows = len(cells(shown(text)))
    assert 0 < rows < 600
    assert text.endswith(f"\n篇幅有限，还有 {600 - rows} 处问题没有列出；运行 `showcase check` 可以看到全部。\n")
    assert "纸上作业" not in text


def test_many_clean_cases_are_cut_too() -> None:
    sheets = tuple(CaseSheet(id=f"c/{i}", file=f"cases/c/{i}/index.md", title=f"案例{i}" * 20) for i in range(2000))
    text = report(verdict(), "markdown", sheets=sheets)
    assert len(text) <= MOST_CHARACTERS
    assert f"还有 {2000 - len(cells(shown(text)))} 个没有问题的案例没有列出" in text


def test_a_case_is_told_with_what_its_texts_use_and_a_private_number_in_its_title_is_masked(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def sheet(catalog: Catalog) -> CaseSheet:
        return next(one for one in sheets_of(catalog) if one.id == "call-2023/good-case")

    long = sheet(catalog_of(EXAMPLES / "TXT001" / "bad", tmp_path_factory.mktemp("long")))
    assert [(one.label, one.count, bool(one.breached)) for one in long.lengths] == [
        ("标题", 10, False), ("摘要", 31, True), ("正文", 178, True), ("案例简介", 2, True),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("private")
    catalog_of(None, folder)
    index = folder / "cases" / "call-2023" / "good-case" / "index.md"
    text = index.read_text("utf-8").replace("山村教学点的网络联校", "联系13812345678")
    overlay = folder / "overlay"
    (overlay / "call-2023" / "good-case").mkdir(parents=True)
    (overlay / "call-2023" / "good-case" / "index.md").write_text(text, "utf-8")
    private = sheet(catalog_of(overlay, tmp_path_factory.mktemp("private-catalog")))
    assert private.title == "联系138****78"


FILES = "https://forge.example/city/showcase/raw/0123abcd"


def test_pictures_are_shown_small_three_a_case_and_none_without_an_address() -> None:
    pictures = tuple(SoundPicture(file=f"cases/c/a/media/{name}.jpg", alt="课堂") for name in "1234")
    sheet = CaseSheet(id="c/a", file="cases/c/a/index.md", title="云上课堂", pictures=pictures)
    clean = CaseSheet(id="c/b", file="cases/c/b/index.md", title="纸上作业", pictures=pictures)
    text = report(verdict(finding()), "markdown", sheets=(sheet, clean), files_url=f"{FILES}/")
    shown_pictures = [
        (image.get("src"), image.get("width"), image.get("alt")) for image in shown(text).iterfind(".//img")
    ]
    assert shown_pictures == [(f"{FILES}/cases/c/a/media/{name}.jpg", "160", "课堂") for name in "123"] * 2
    assert "| 案例 | 字数 | 图片 |" in text
    assert "<img" not in report(verdict(finding()), "markdown", sheets=(sheet, clean))


@given(HOSTILE, HOSTILE)
def test_a_hostile_name_or_alt_text_stays_inside_its_quotes(name: str, alt: str) -> None:
    picture = SoundPicture(file=f'cases/c/a/media/"{name}.jpg', alt=f'"{alt}')
    sheet = CaseSheet(id="c/a", file="cases/c/a/index.md", title="云上课堂", pictures=(picture,))
    text = report(verdict(finding()), "markdown", sheets=(sheet,), files_url=FILES)
    (line,) = [line for line in text.splitlines() if line.startswith("<img")]
    found = re.fullmatch(r'<img src="([^"<>\s]+)" width="160" alt="([^"<>]*)">', line)
    assert found
    assert re.fullmatch(r"[A-Za-z0-9._~%/:-]+", found[1])
    (image,) = shown(text).iterfind(".//img")
    assert sorted(image.keys()) == ["alt", "src", "width"]


def test_only_sound_pictures_of_the_repository_are_shown(tmp_path: Path) -> None:
    """Facts as the probe gives them: a good picture, one with a place, one refused, a video, one that lies elsewhere."""
    good = next(one for one in catalog_of(None, tmp_path).submissions if one.id == "call-2023/good-case")
    assert good.case is not None
    jpeg = PictureFacts(format="JPEG", width_px=10, height_px=10)
    of = {
        "good.jpg": {"picture": jpeg},
        "place.jpg": {"picture": replace(jpeg, has_gps=True)},
        "phone.heic": {"picture": replace(jpeg, format="HEIC")},
        "broken.jpg": {"refusal": Refusal(reason="truncated", zh="", en="")},
        "elsewhere.jpg": {"picture": jpeg},
        "unprobed.jpg": None,
    }
    facts = {
        name: Facts(path=name, kind="picture", bytes=1, sha256="", **more)  # type: ignore[arg-type]
        for name, more in of.items()
        if more is not None
    }
    named = [{"file": name, "alt": "电话13812345678"} for name in of]
    case = good.case.model_copy(update={"pictures": tuple(Picture.model_validate(one) for one in named)})
    files = tuple(FileEntry(path=name, bytes=1, is_regular=True) for name in of if name != "elsewhere.jpg")
    body = replace(good.body, images=())
    sheet = sound_pictures(replace(good, case=case, files=files, facts=facts, body=body))
    assert sheet == (SoundPicture(file="cases/call-2023/good-case/good.jpg", alt="电话138****78"),)
