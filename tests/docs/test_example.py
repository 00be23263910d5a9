"""The guide's example is a clean case, its tables tell every field and the errors that the guide says they tell."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Union, get_args, get_origin

import pytest
from PIL import Image
from pydantic import BaseModel

from generator.catalog.case import Case
from generator.check.reports import report

from .conftest import Check
from .guide import fences, rows

Spoil = Callable[[Path], object]


def _swap(old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / "index.md").read_text("utf-8")
        assert text.count(old) >= 1, f"the example has no “{old}”"
        (folder / "index.md").write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def _encoded(encoding: str) -> Spoil:
    return lambda folder: (folder / "index.md").write_bytes((folder / "index.md").read_text("utf-8").encode(encoding))


def _with_crlf(folder: Path) -> None:
    data = (folder / "index.md").read_bytes()
    (folder / "index.md").write_bytes(data.replace(b"\n", b"\r\n"))


def _picture(name: str, form: str, *, tells_place: bool = False) -> Spoil:
    """Puts a small picture of that format in the place of *name*."""

    def spoil(folder: Path) -> None:
        exif = Image.Exif()
        if tells_place:
            exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 22.0, 0.0), 3: "E", 4: (113.0, 6.0, 0.0)})
        Image.effect_noise((64, 48), 20).save(folder / name, form, exif=exif)

    return spoil


def _renamed(folder: Path) -> None:
    (folder / "media" / "studio-lesson.jpg").rename(folder / "media" / "Studio.jpg")
    text = (folder / "index.md").read_text("utf-8")
    (folder / "index.md").write_text(text.replace("studio-lesson.jpg", "Studio.jpg"), "utf-8")


def _without_open_ends(folder: Path) -> None:
    """The second --- goes; the table's own lines of dashes stay."""
    head, _, rest = (folder / "index.md").read_text("utf-8").partition("\n---\n\n")
    (folder / "index.md").write_text(f"{head}\n\n{rest}", "utf-8")


AUTHORS = "  - {name: 周示范, unit: 岳阳楼区示例小学, role: 行政}\n"
FOUR_MORE = AUTHORS + "".join(f"  - {{name: {name}示例, unit: 岳阳楼区示例小学}}\n" for name in "吴郑王冯")
HONOUR = "  - {level: 市级, grade: 二等奖, year: 2021}\n"

SPOILT: dict[str, Spoil] = {
    "DOC001": _encoded("gb18030"),
    "DOC003": _swap("---\ntitle", "\n---\ntitle"),
    "DOC004": _without_open_ends,
    "DOC009": _swap("  name: 岳阳楼区示例小学", "\tname: 岳阳楼区示例小学"),
    "DOC010": _swap("title: ", "title："),
    "DOC011": _swap("title: 午间三分钟：", "title: 午间三分钟: "),
    "DOC012": _swap('example.org/noon"', "example.org/noon"),
    "DOC013": _swap("category: 学校\n", "category: 学校\ncategory: 区域\n"),
    "DOC016": _swap("topics: [网络学习空间, 数字素养]", "topics: [网络学习空间, 数字素养"),
    "DOC018": _swap("学校有1268名", "学校有\x0b1268名"),
    "DOC019": _with_crlf,
    "SHP001": _swap("category: 学校\n", ""),
    "SHP002": _swap("keywords: ", "关键词: "),
    "SHP003": _swap("published: 2021-11-24", "published: 2021年11月"),
    "SHP004": _swap("level: 市级", "level: 市"),
    "SHP006": lambda folder: folder.rename(folder.with_name("Noon_Broadcast")),
    "SHP007": _swap("region: yueyanglou", "region: lou-qu"),
    "SHP008": _swap("category: 学校", "category: A1"),
    "SHP009": _swap("二等奖", "贰等奖"),
    "SHP016": _swap("region: yueyanglou", "region: lichuan"),
    "SHP017": _swap("region: yueyanglou", "region: yunxi"),
    "AWD001": _swap(f"honors:\n{HONOUR}", ""),
    "AWD002": _swap(HONOUR, HONOUR + HONOUR.replace("二", "一")),
    "TXT001": _swap("summary: ", "summary: " + "学校广播" * 70),
    "TXT003": _swap("## 技术方案", "## 买了什么"),
    "TXT004": _swap("**学生愿意听、也愿意说**", "<b>学生愿意听、也愿意说</b>"),
    "TXT005": _swap("学校有1268名", "我们我们学校有1268名"),
    "TXT006": _swap("## 案例背景", "# 案例背景"),
    "MED001": _swap("cover: media/studio-lesson.jpg", "cover: media/studio-lesson.JPG"),
    "MED002": lambda folder: (folder / "attachments" / "broadcast-rules.pdf").write_bytes(b""),
    "MED003": _picture("media/left-over.jpg", "JPEG"),
    "MED004": _swap("![三名学生背对镜头围坐在小桌旁，对着麦克风看一页写好的稿子]", "![]"),
    "MED007": _swap("    captions: media/noon-broadcast.srt\n", ""),
    "MED008": _picture("media/studio-lesson.jpg", "PNG"),
    "MED010": _picture("media/studio-lesson.jpg", "JPEG"),
    "MED011": _picture("media/studio-lesson.jpg", "JPEG", tells_place=True),
    "MED014": _renamed,
    "MED015": _swap("title: 午间三分钟审听制度", "title: 案例推荐表"),
    "MED017": _swap("](media/studio-lesson.jpg", "](https://example.org/studio-lesson.jpg"),
    "PRV001": _swap("original: true\n", "original: true\nphone: 办公室\n"),
    "PRV002": _swap("学校有1268名", "联系人的手机是13800138000。学校有1268名"),
    "PRV005": _swap("学校有1268名", "总机0730-8881234。学校有1268名"),
    "PRV012": _swap("学校有1268名", "编辑小周家住示例花园3栋2单元501室。学校有1268名"),
    "PPL002": _swap("{name: 陈示例, unit: 岳阳楼区示例小学}", "{name: 陈示例, role: 学生}"),
    "PPL004": _swap("学校有1268名", "三（2）班刘小雨同学说，学校有1268名"),
    "CON002": _swap("given: true", "given: false"),
    "LNK001": _swap("学校有1268名", "见[制度](attachments/rules.pdf)。学校有1268名"),
}


CLEAN = "错误 0 处，警告 0 处，提示 0 处；没有暂缓发布的案例\n"


def test_the_example_is_clean_and_the_guide_says_so_in_these_words(check: Check) -> None:
    assert report(check()) == CLEAN
    assert CLEAN in fences("text")


def test_the_diagnostic_that_the_guide_explains_is_the_one_that_is_printed(check: Check, example: Path) -> None:
    _swap(AUTHORS, FOUR_MORE)(example)
    assert report(check()) in fences("text")


def test_every_listed_error_has_its_example() -> None:
    listed = [row[0].strip("`") for row in rows("代码")]
    assert listed == list(SPOILT)


@pytest.mark.parametrize("code", SPOILT)
def test_the_mistake_gives_the_code_that_the_guide_names(code: str, check: Check, example: Path) -> None:
    SPOILT[code](example)
    assert code in {diagnostic.code for diagnostic in check().diagnostics}


def test_later_changes_of_the_guide_leave_the_case_clean(check: Check, example: Path) -> None:
    honour, withdrawal, renaming = fences("yaml")[2:]
    for change in (honour, withdrawal):
        _write(example, change)
        assert report(check()) == CLEAN, change
    _write(example.rename(example.with_name("yueyanglou-noon-radio")), renaming)
    assert report(check()) == CLEAN


def test_what_the_guide_allows_stands_with_its_reason(check: Check, example: Path) -> None:
    SPOILT["PRV005"](example)
    _write(example, fences("yaml")[1])
    (allowed,) = check().diagnostics
    assert allowed.code == "PRV013"
    assert "学校对外公布的总机" in allowed.message.zh


def test_an_original_elsewhere_as_the_guide_writes_it_waits_for_the_setting_alone(check: Check, example: Path) -> None:
    (example / "media" / "noon-broadcast.mp4").unlink()
    _write(example, fences("yaml")[0])
    assert {one.code for one in check().diagnostics} == {"MED024"}


def _write(folder: Path, change: str) -> None:
    """Puts the fields of *change* in the place of those of their names, or at the end of the front matter."""
    text = (folder / "index.md").read_text("utf-8")
    for key in re.findall(r"^([a-z]+):", change, re.MULTILINE):
        # A field is its own line and the indented ones below it.
        text = re.sub(rf"^{key}:.*\n(?:[ ]+.*\n)*", "", text, count=1, flags=re.MULTILINE)
    (folder / "index.md").write_text(text.replace("\n---\n\n", f"\n{change}---\n\n", 1), "utf-8")


def test_a_case_withdrawn_for_privacy_passes_as_the_guide_leaves_it(check: Check, example: Path) -> None:
    for name in ("media", "attachments"):
        for path in (example / name).iterdir():
            path.unlink()
    kept = """---
title: 午间三分钟
unit: {name: 岳阳楼区示例小学, region: yueyanglou}
category: 学校
honors:
  - {level: 市级, grade: 二等奖, year: 2021}
consent: {given: true, date: 2021-10-12}
status: 已撤回
---
"""
    (example / "index.md").write_text(kept, "utf-8")
    assert check().withheld == frozenset()
    (example / "index.md").write_text(kept.replace("given: true", "given: false"), "utf-8")
    assert check().withheld == frozenset()


def test_the_tables_name_every_field_of_a_case_and_whether_it_must_be_there() -> None:
    written = {row[0].strip("`"): row[3] for row in rows("名称")}
    assert written == dict(_fields(Case))


def _fields(model: type[BaseModel], path: str = "", need: str = "必填") -> Iterator[tuple[str, str]]:
    """Every field that holds a value, with the word of the guide for how needed it is."""
    model.model_rebuild()  # a class named before it is written stays a name until then
    for name, field in model.model_fields.items():
        name = f"{path}{field.alias or name}"
        inner = next(_models(field.annotation), None)
        own = need if field.is_required() else "选填"
        if inner is None:
            yield name, own
        else:
            yield from _fields(inner, f"{name}.", "必填" if own == "必填" else "填了就要")


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, Annotated, Union, types.UnionType):
        for argument in get_args(annotation):
            yield from _models(argument)
