"""Files get their place and their line in the front matter; nothing there is written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from generator.catalog.document import read_document
from generator.catalog.reader import read_catalog
from generator.check.examine import examine
from generator.commands import media as command

from .books import word_table
from .conftest import Run, tree

CASE = "yueyang-2021/quyuan-nineteen-pupils"


@pytest.fixture
def sent(tmp_path: Path, root: Path) -> Path:
    """What a school sent: names as phones and people give them."""
    folder = tmp_path / "报送材料"
    folder.mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "课堂 照片（1）.JPG", "JPEG")
    Image.new("RGB", (40, 30), "blue").save(folder / "IMG_2031.png")
    films = root / "cases" / "enshi-2023" / "enshi-evening-request-slips" / "media"
    (folder / "晚修.MP4").write_bytes((films / "evening-study.mp4").read_bytes())
    (folder / "晚修.srt").write_bytes((films / "evening-study.srt").read_bytes())
    word_table(folder / "审听制度.docx", [("示例", "表")])
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "说明.txt").write_text("示例")
    (folder / ".hidden").write_text("x")
    return folder


def _front(project: Path) -> dict[str, object]:
    return dict(read_document((project / "cases" / CASE / "index.md").read_bytes()).front)


def test_a_folder_is_taken_in_named_and_registered(run: Run, project: Path, sent: Path) -> None:
    old = _front(project)
    before = tree(project)
    done = run("media", "add", CASE, sent, "--alt", "IMG_2031.png=蓝色的示例图", "--kind", "制度")
    assert done.exit_code == 1, done.output  # two files are no case's
    new = tree(project / "cases" / CASE)
    assert new.keys() == {
        "index.md",
        "attachments/shen-ting-zhi-du.docx",
        "media/img-2031.png",
        "media/ke-tang-zhao-pian-1.jpg",
        "media/wan-xiu.mp4",
        "media/wan-xiu.srt",
    }
    assert new["media/wan-xiu.mp4"] == (sent / "晚修.MP4").read_bytes()
    assert _front(project) == {
        **old,
        "pictures": [
            *list(old.get("pictures", ())),  # type: ignore[call-overload]
            {"file": "media/img-2031.png", "alt": "蓝色的示例图"},
            {"file": "media/ke-tang-zhao-pian-1.jpg", "alt": ""},
        ],
        "videos": [
            *list(old.get("videos", ())),  # type: ignore[call-overload]
            {"file": "media/wan-xiu.mp4", "title": "晚修", "captions": "media/wan-xiu.srt"},
        ],
        "attachments": [
            *list(old.get("attachments", ())),  # type: ignore[call-overload]
            {"file": "attachments/shen-ting-zhi-du.docx", "title": "审听制度", "kind": "管理制度"},
        ],
    }
    assert "旧.doc：旧格式" in done.output
    assert ".hidden" not in done.output
    assert "说明.txt：不是图片" in done.output
    assert {name for name in before if before[name] != tree(project)[name]} == {f"cases/{CASE}/index.md"}


def test_a_picture_without_words_is_refused_by_check_at_its_line(run: Run, project: Path, sent: Path) -> None:
    assert run("media", "add", CASE, sent / "IMG_2031.png").exit_code == 0
    text = (project / "cases" / CASE / "index.md").read_text("utf-8")
    line = next(i for i, one in enumerate(text.splitlines(), 1) if "img-2031" in one)
    assert 'alt: ""}  # 待填' in text.splitlines()[line - 1]
    found = [d for d in examine(read_catalog(project / "cases")).diagnostics if CASE in d.file and d.line == line]
    assert [(d.severity.value, d.code[:3]) for d in found] == [("error", "SHP")]


def test_a_second_run_changes_nothing_and_no_file_is_written_over(run: Run, project: Path, sent: Path) -> None:
    assert run("media", "add", CASE, sent / "IMG_2031.png", sent / "晚修.MP4", sent / "晚修.srt").exit_code == 0
    before = tree(project)
    done = run("media", "add", CASE, sent / "IMG_2031.png", sent / "晚修.MP4", sent / "晚修.srt")
    assert "已经有了，没有再放（3）" in done.output
    assert tree(project) == before
    Image.new("RGB", (40, 30), "green").save(sent / "img 2031.png")  # another picture of that name
    assert run("media", "add", CASE, sent / "img 2031.png").exit_code == 0
    after = tree(project)
    assert after[f"cases/{CASE}/media/img-2031.png"] == before[f"cases/{CASE}/media/img-2031.png"]
    assert after[f"cases/{CASE}/media/img-2031-2.png"] == (sent / "img 2031.png").read_bytes()


def test_on_a_terminal_the_words_of_a_picture_are_asked_for(
    run: Run, project: Path, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "is_asking", lambda: True)
    run("media", "add", CASE, sent / "IMG_2031.png", answers="一片: 蓝色\n")
    assert _front(project)["pictures"][-1]["alt"] == "一片: 蓝色"  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    [
        ("enshi-2023/nobody", "IMG_2031.png"),
        ("../报送材料", "IMG_2031.png"),
        (CASE, "IMG_2031.png", "--alt", "别的.png=示例"),
        (CASE, "IMG_2031.png", "--alt", "没有等号"),
        (CASE, "审听制度.docx", "--kind", "没有这种"),
    ],
)
def test_wrong_words_put_nothing_anywhere(words: tuple[str, ...], run: Run, project: Path, sent: Path) -> None:
    before = tree(project)
    case, file, *options = words
    assert run("media", "add", case, sent / file, *options).exit_code == 2
    assert tree(project) == before


def test_a_case_that_cannot_be_read_keeps_its_folder_as_it_is(run: Run, project: Path, sent: Path) -> None:
    index = project / "cases" / CASE / "index.md"
    index.write_text(index.read_text("utf-8").replace("title: ", "title："), "utf-8")
    before = tree(project)
    assert run("media", "add", CASE, sent / "IMG_2031.png").exit_code == 2
    assert tree(project) == before
