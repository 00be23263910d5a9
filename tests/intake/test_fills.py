"""A Word file fills the draft that a county's list made, and files that came along tell no place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from PIL import Image

from .books import summary_book
from .conftest import Run, tree
from .word import Word, h2, photograph, text, title

CALL = "enshi-2023"
TITLE = "5G课堂：示例双师教学的一年"
ROWS = [
    (1, "B1", TITLE, "王示例", "利川市示例第一小学", ""),
    (2, "B1", "另一份示例的做法", "李示例", "利川市示例第二小学", ""),
]
DRAFT = "lichuan-5g-ke-tang-shi"


def word(folder: Path, *blocks: str) -> Path:
    folder.mkdir(exist_ok=True)
    body = (h2("一、案例概述"), text("学校有六个班。"))
    return Word().add(*blocks, *body).save(folder / "sent.docx")


@pytest.fixture
def drafts(run: Run, project: Path, tmp_path: Path) -> Path:
    assert run("import-list", summary_book(tmp_path / "汇总表.xlsx", ROWS), "--campaign", CALL).exit_code == 0
    return project / "cases" / CALL


def test_a_draft_without_text_is_filled_and_keeps_what_the_file_does_not_say(
    run: Run, drafts: Path, tmp_path: Path
) -> None:
    index = drafts / DRAFT / "index.md"
    known = "consent: {date: 2023-05-06, scope: [网站]}\nstatus:"
    index.write_text(index.read_text("utf-8").replace("status:", known).replace("lichuan", "badong"), "utf-8")
    others = {path: data for path, data in tree(drafts).items() if DRAFT not in path}
    sent = word(
        tmp_path / "sent",
        title("5G 课堂——示例双师教学的一年"),
        text("恩施州利川市示例第一小学 王示例"),
        text("关键词：双师"),
    )
    (tmp_path / "sent" / "课堂.jpg").write_bytes(photograph())
    done = run("import", sent, "--campaign", CALL)
    assert f"已填入草稿 cases/{CALL}/{DRAFT}：" in done.output
    assert "请补上 original\n" in done.output
    assert "没有找到类别" not in done.output
    content = frontmatter.loads(index.read_text("utf-8")).content
    post: dict[str, Any] = frontmatter.loads(index.read_text("utf-8")).metadata
    assert post["title"] == "5G 课堂——示例双师教学的一年"
    assert post["unit"] == {"name": "恩施州利川市示例第一小学", "region": "badong", "kind": "学校"}
    assert (post["category"], post["status"], str(post["consent"]["date"])) == ("B1", "草稿", "2023-05-06")
    assert post["authors"] == [{"name": "王示例", "unit": "恩施州利川市示例第一小学"}]
    assert content == "## 一、案例概述\n\n学校有六个班。"
    assert (drafts / DRAFT / "media/ke-tang.jpg").is_file()
    assert {path: data for path, data in tree(drafts).items() if DRAFT not in path} == others
    assert not [one.name for one in drafts.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("touched", ["a text", "a file", "published"])
def test_a_draft_in_which_somebody_worked_is_left_alone(touched: str, run: Run, drafts: Path, tmp_path: Path) -> None:
    index = drafts / DRAFT / "index.md"
    if touched == "a text":
        index.write_text(index.read_text("utf-8") + "写了一句。\n", "utf-8")
    elif touched == "a file":
        (index.parent / "media").mkdir()
        (index.parent / "media" / "x.jpg").write_bytes(photograph())
    else:
        index.write_text(index.read_text("utf-8").replace("草稿", "发布"), "utf-8")
    before = tree(drafts)
    done = run("import", word(tmp_path / "sent", title(TITLE)), "--campaign", CALL, "--slug", DRAFT)
    assert done.exit_code == 2
    assert "已经有了；要重新导入" in done.stderr
    assert tree(drafts) == before


def test_another_school_or_another_title_fills_no_draft(run: Run, drafts: Path, tmp_path: Path) -> None:
    before = tree(drafts)
    sent = word(tmp_path / "a", title(TITLE), text("利川市示例第三小学 王示例"))
    assert "已写入" in run("import", sent, "--campaign", CALL).output
    sent = word(tmp_path / "b", title("第三份示例的做法"))
    assert "已写入" in run("import", sent, "--campaign", CALL).output
    assert {path: data for path, data in tree(drafts).items() if path in before} == before


def test_a_draft_that_is_named_is_filled_whatever_its_title(run: Run, drafts: Path, tmp_path: Path) -> None:
    done = run("import", word(tmp_path / "sent", title("换了一个题目")), "--campaign", CALL, "--slug", DRAFT)
    assert "已填入草稿" in done.output
    assert frontmatter.load(str(drafts / DRAFT / "index.md"))["title"] == "换了一个题目"


def test_a_list_is_answered_with_the_command_for_lists(run: Run, tmp_path: Path) -> None:
    done = run("import", summary_book(tmp_path / "汇总表.xlsx", ROWS), "--campaign", CALL)
    assert done.exit_code == 2
    assert "汇总表用 showcase import-list" in done.stderr


def test_a_loose_picture_loses_its_place_and_no_pixel(run: Run, project: Path, tmp_path: Path) -> None:
    sent = word(tmp_path / "sent", title(TITLE))
    data = photograph(place=True, orientation=6)
    (tmp_path / "sent" / "课堂.JPG").write_bytes(data)
    (tmp_path / "sent" / "破损.jpg").write_bytes(b"\xff\xd8\xff\xe1")
    done = run("import", sent, "--campaign", CALL, "--slug", "loose")
    media = project / "cases" / CALL / "loose" / "media"
    kept = (media / "ke-tang.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(kept)) as after:
        assert dict(after.getexif()) == {0x0112: 6}
        assert before.tobytes() == after.tobytes()
    assert "示例相机".encode() not in kept
    assert (media / "po-sun.jpg").read_bytes() == b"\xff\xd8\xff\xe1"
    assert "MED011" not in done.output


def test_signed_papers_stay_behind_and_nobody_has_to_do_anything(run: Run, tmp_path: Path) -> None:
    sent = word(tmp_path / "sent", title(TITLE), text("利川市示例第一小学 王示例"))
    for name in ("推荐表（盖章扫描件）.pdf", "作者同意书.jpg"):
        (tmp_path / "sent" / name).write_bytes(b"%PDF-1.4\n")
    told = run("import", sent, "--campaign", CALL, "--category", "B1", "--slug", "signed").output
    assert "没有丢失内容。" in told
    to_note = told[told.index("请留意：") :]
    assert "推荐表（盖章扫描件）.pdf 没有导入：盖章" in to_note
    assert "作者同意书.jpg 没有导入：盖章" in to_note
